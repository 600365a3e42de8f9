"""`feedmill restore`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from flows.commands.decide import Why, carried_out
from flows.commands.options import Json, State, settings_with
from flows.commands.output import printable
from flows.pipeline.decisions import Decision
from flows.unusable import Unusable
from tasks.identity import URL, Alias
from tasks.text.learning.masks import masked_hash
from tasks.urls import url_key
from warehouse.explain import explain

EXAMPLE_CHARS = 200


def restore(
    url: Annotated[str, Parameter(help="The URL of an article in the warehouse.")],
    *,
    block: Annotated[int, Parameter(help="Number of the block, as `feedmill explain URL` shows it.", validator=Number(gte=0))],
    undo: Annotated[bool, Parameter(negative=(), help="Take it out again: the rules decide as before.")] = False,
    why: Why = None,
    state: State = None,
    json: Json = False,
) -> int:
    """Put a block that was removed or moved back into an article's text, now and whenever it is cleaned again."""
    settings = settings_with(state=state)
    found = explain(settings.published, url=url, alias_key=Alias(URL, "", url_key(url)).key)
    if found is None:
        raise Unusable(f"no article goes by the address {printable(url)}")
    chosen = next((each for each in found.blocks if each.position == block), None)
    if chosen is None:
        raise Unusable(f"the article has no block {block}: its page has blocks 0 to {len(found.blocks) - 1}, `feedmill explain` shows them")
    key = masked_hash(chosen.text)
    is_restored = any(each.action == "restore" and each.block_hash == key for each in found.decisions)
    if undo and not is_restored:
        raise Unusable(f"block {block} was not restored: there is nothing to undo")
    if not undo and chosen.verdict == "kept":
        raise Unusable(f"block {block} stands in the text already")
    decision = Decision(
        "unrestore" if undo else "restore",
        publisher_id=found.article.publisher_id,
        article_id=found.article.article_id,
        block_hash=key,
        example=chosen.text[:EXAMPLE_CHARS],
        why=why,
    )
    return carried_out(settings, decision, json=json)
