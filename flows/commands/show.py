"""`feedmill show`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from flows import policy
from flows.article_page.page import Made, page
from flows.commands.options import State, settings_with
from flows.commands.output import console, printable
from flows.commands.written import write_whole
from flows.world import this_world
from tasks.identity import URL, Alias
from tasks.urls import url_key
from warehouse.article_life import ArticleLife, article_life
from warehouse.manifest import read_manifest

LINE_CHARACTERS = 88


def show(
    url: Annotated[str, Parameter(help="The URL of an article in the warehouse.")],
    *,
    html: Annotated[bool, Parameter(name="--html", negative=(), help="Print an HTML page with all that is known of it.")] = False,
    to: Annotated[Path | None, Parameter(name="--to", help="Write that page to a file instead.")] = None,
    state: State = None,
) -> int:
    """Show one article as it stands: its text, or a page with every block, version, copy and source. Exit code 1 if there is none.

    The page stands alone: it opens from a file, loads nothing and sends nothing.
    """
    settings, world = settings_with(state=state), this_world()
    key = Alias(URL, "", url_key(url)).key
    life = article_life(settings.published, url=url, alias_key=key, most=policy.ARTICLE_PAGE.rows)
    if life is None:
        print(f"no article goes by the address {printable(url)}: it may be in the view rejects, or not published yet", file=sys.stderr)
        return 1
    if not html and to is None:
        _show(console(), life)
        return 0
    manifest = read_manifest(settings.published)
    made = page(life, Made(world.now(), manifest.published_at if manifest else None, world.code_version), policy.ARTICLE_PAGE)
    if to is None:
        print(made, end="")
    else:
        write_whole(to, made)
        print(f"wrote {to}")
    return 0


def _show(out: Console, life: ArticleLife) -> None:
    """Headline, who and when, the text in lines that read well, and what stands beside it."""
    article, fields = life.explained.article, life.fields
    out.width = min(out.width, LINE_CHARACTERS)
    out.print(Text(printable(article.title or "(no headline)"), style="bold"))
    when = printable(article.published_at or article.published_on)
    for line in (article.subtitle, " · ".join(filter(None, (printable(article.authors), when, article.publisher_id))), article.url):
        if line:
            out.print(Text(printable(line), style="dim"))
    for paragraph in fields.text.split("\n\n"):
        out.print()
        out.print(Text(printable(paragraph)))
    out.print()
    for name, values in (("correction", fields.corrections), ("caption", fields.captions), ("credit", fields.credits)):
        for value in values:
            out.print(Text(printable(f"{name}: {value}"), style="dim"))
    out.print(Text(_life(life), style="dim"))


def _life(life: ArticleLife) -> str:
    """Counts that say what else there is to see."""
    told = life.explained
    counts = (
        (told.article.word_count, "word"),
        (len(told.versions), "version"),
        (len(told.near_duplicates), "near-duplicate"),
        (sum(block.verdict != "kept" for block in told.blocks), "block"),
    )
    return f"{' · '.join(_counted(count, what) for count, what in counts)} of its page not in the text: feedmill explain tells why"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
