"""A document and the rules -> one verdict per block.

Nothing is edited: a block is kept, moved to a field, or removed, with its rule and reason.

The passes run in the order of PASSES; the first verdict on a block stands. Edges are looked at again once learned rules bared them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.model import Action, Kind, Verdict
from tasks.text.apart import apart, link_lists
from tasks.text.fields import NEAR_ARTICLE, article_ends, fields_around
from tasks.text.kinds import kind_of
from tasks.text.knowledge import NOTHING_KNOWN
from tasks.text.learning.obey import learned_boilerplate
from tasks.text.learning.sightings import OUTSIDE
from tasks.text.pointers import cards, pointers
from tasks.text.prose import prose_of
from tasks.text.rescue import rescue
from tasks.text.said_twice import headline, repeats
from tasks.text.wording import edges, phrases
from tasks.text.words import fold, word_count
from tasks.text.work import PROTECTED, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tasks.model import Document
    from tasks.text.knowledge import Knowledge
    from tasks.text.rules import Ruleset

KEPT = {kind: Verdict(Action.KEPT, kind) for kind in Kind}  # because no rule applied
CEILING = 0.6  # of the words that the extractor found: rules that would take more are not believed


def decide(
    document: Document,
    *,
    title: str | None,
    rules: Ruleset,
    knowledge: Knowledge = NOTHING_KNOWN,
    counts: Sequence[int] | None = None,
) -> tuple[tuple[Verdict, ...], tuple[str, ...]]:
    """(one verdict per block in order, flags). title: the chosen headline. knowledge: of its publisher.

    counts: words per block, None to count them here.
    """
    work = Work(document, title, rules, knowledge)
    work.counts = [word_count(block.text) for block in document.blocks] if counts is None else list(counts)
    work.article = [block for block in document.blocks if block.in_article]
    work.folded = {block.position: fold(block.text) for block in work.article}
    work.kinds = _kinds(document, work.counts, knowledge)
    work.verdicts = [None] * len(document.blocks)
    work.prose = prose_of(document.blocks, work.counts)
    for run in PASSES:
        run(work)
    flags = (*work.flags, *_hold_ceiling(work))
    decided = zip(work.verdicts, work.kinds, strict=True)
    return tuple(verdict or work.rescued.get(at) or KEPT[kind] for at, (verdict, kind) in enumerate(decided)), flags


def _kinds(document: Document, counts: Sequence[int], knowledge: Knowledge) -> list[Kind]:
    """What each block is: by its wording only where that matters, which far from the article it does once people overruled a rule."""
    first, last = article_ends(document.blocks)
    near = range(first - NEAR_ARTICLE, last + NEAR_ARTICLE + 1)
    everywhere = knowledge.disabled or knowledge.restored
    counted = zip(document.blocks, counts, strict=True)
    return [kind_of(block, words) if everywhere or block.position in near else block.kind for block, words in counted]


def outside(work: Work) -> None:
    """What the extractor left out."""
    for block in work.document.blocks:
        if not block.in_article and block.position not in work.rescued and work.verdicts[block.position] is None:
            work.remove(block, OUTSIDE, "stands outside the article on the page", kind=Kind.BOILERPLATE)


def furniture(work: Work) -> None:
    """Blocks whose markup says that they are not the article, unless they read like long prose."""
    for block in work.open():
        rule = work.rules.roles.get(block.role or "")
        if rule and work.counts[block.position] <= rule.max_words and work.kinds[block.position] not in PROTECTED:
            work.remove(block, rule.rule.rule_id, rule.rule.reason, kind=Kind.BOILERPLATE)


PASSES: tuple[Callable[[Work], None], ...] = (
    fields_around, rescue, outside, headline, furniture, link_lists, apart, phrases, pointers, cards, edges, learned_boilerplate, repeats,
    edges,
)  # fmt: skip


def _hold_ceiling(work: Work) -> tuple[str, ...]:
    """Rules that would take most of what the extractor found are wrong about this page: their removals, except of repeats, are undone."""
    inside = [block.position for block in work.document.blocks if block.in_article]
    taken = [at for at in inside if (verdict := work.verdicts[at]) and verdict.action is Action.REMOVED and verdict.repeat_of is None]
    if sum(work.counts[at] for at in taken) <= CEILING * sum(work.counts[at] for at in inside):
        return ()
    for at in taken:
        verdict = work.verdicts[at]
        if verdict and verdict.rule_id != "headline-repeat":
            work.verdicts[at] = None
            work.kinds[at] = kind_of(work.document.blocks[at], work.counts[at])
    return ("ceiling_reached",)
