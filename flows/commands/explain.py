"""`feedmill explain`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from flows.commands.extract import job_of
from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json, console, printable, table
from flows.commands.revised import show_revisions
from flows.html_pages.spelling import ranges
from flows.unusable import Unusable
from tasks.errors import StageError
from tasks.identity import URL, Alias
from tasks.model import Article
from tasks.text.article import make_article
from tasks.text.describe import described
from tasks.text.learning.sightings import OUTSIDE
from tasks.urls import url_key
from warehouse.explain import Explained, ExplainedBlock, OfferedValue, SameStory
from warehouse.explain import explain as explain_stored

STYLES = {"kept": "green", "moved": "cyan", "removed": "red"}
VALUE_CHARS = 120
SHOWN_CHARS = 110  # of a kept block: what is asked for are the others


def explain(
    subject: Annotated[str, Parameter(help="The URL of an article in the warehouse, or an HTML or plain-text file.")],
    *,
    state: State = None,
    url: Annotated[str | None, Parameter(help="For a file: where the page was found.")] = None,
    whole_page: Annotated[
        bool,
        Parameter(name="--all", negative=(), help="Show whole texts, and what stands outside the article on its page too."),
    ] = False,
    json: Json = False,
) -> int:
    """Tell what was kept, moved and removed of an article, by which rule and why; exit code 1 if there is no such article.

    Of an article in the warehouse also where else its removed blocks stand, which sources offered what, its versions, feed and page.
    """
    if "://" not in subject:
        return _file(Path(subject), url, whole_page=whole_page, json=json)
    found = explain_stored(settings_with(state=state).published, url=subject, alias_key=Alias(URL, "", url_key(subject)).key)
    if found is None:
        print(f"no article goes by the address {printable(subject)}: it may be in the view rejects, or not published yet", file=sys.stderr)
        return 1
    if json:
        print(as_json(asdict(found)))
    else:
        _show_stored(console(), found, whole_page=whole_page)
    return 0


def _file(path: Path, url: str | None, *, whole_page: bool, json: bool) -> int:
    if str(path) != "-" and not path.exists():
        raise Unusable(f"{path} is neither a file nor the URL of an article (a URL begins with http:// or https://)")
    made = make_article(job_of(path, url))
    if isinstance(made, StageError):
        told = as_json({"error": made.reason, "detail": made.detail}) if json else f"no article: {made.reason} ({made.detail})"
        print(told, file=sys.stderr)
        return 1
    if json:
        print(as_json(described(made) | {"candidates": [asdict(each) for each in made.candidates]}))
        return 0
    out, published = console(), made.published
    when = published.at or published.on if published else None
    _head(out, made.title, made.subtitle, made.authors, [str(when or ""), f"{made.word_count} words", *made.flags, made.ruleset_id])
    _show_blocks(out, _blocks(made), whole_page=whole_page)
    _show_candidates(out, [OfferedValue(each.field, each.value, each.source, each.chosen, each.why) for each in made.candidates])
    return 0


def _blocks(article: Article) -> list[ExplainedBlock]:
    pairs = zip(article.document.blocks, article.verdicts, strict=True)
    return [
        ExplainedBlock(
            block.position, verdict.action.value, verdict.kind.value, verdict.rule_id, verdict.reason, verdict.field, verdict.repeat_of,
            block.text, None,
        )
        for block, verdict in pairs
    ]  # fmt: skip


def _show_stored(out: Console, found: Explained, *, whole_page: bool) -> None:
    article = found.article
    when = article.published_at or article.published_on
    known = [article.publisher_id, printable(when), f"{article.word_count} words", *article.flags, article.url]
    _head(out, article.title, article.subtitle, article.authors, known)
    out.print(Text(printable(_read_by(found)), style="dim"), soft_wrap=True)
    out.print()
    _show_blocks(out, found.blocks, whole_page=whole_page)
    _show_candidates(out, found.candidates)
    _show_near_duplicates(out, found.near_duplicates)
    out.print(
        table(
            "Versions",
            ["version", "from", "until", "words", "headline"],
            [(each.version, each.observed_from, each.observed_until, each.word_count, each.title) for each in found.versions],
        )
    )
    show_revisions(out, found.revisions, found.revised_blocks, whole=whole_page)
    out.print(
        table(
            "Cleanings",
            ["page of", "cleaned at", "cause", "read by", "ruleset", "snapshot", "page in the archive"],
            [
                (each.observed_at, each.recorded_at, each.cause, each.extractor, each.ruleset_id, each.snapshot_id, each.archive_file)
                for each in found.readings
            ],
        )
    )
    out.print(
        table(
            "Entries",
            ["feed", "outcome", "reason", "at", "link"],
            [(each.feed_id, each.outcome, each.reason, each.recorded_at, each.entry_url) for each in found.entries],
        )
    )
    if found.decisions:
        out.print(
            table(
                "Decisions",
                ["at", "by", "what", "rule", "block", "why"],
                [(each.made_at, each.made_by, each.action, each.rule_id, each.example, each.why) for each in found.decisions],
            )
        )


def _read_by(found: Explained) -> str:
    """What told the article's blocks from others on its newest page."""
    if not found.templates:
        return f"read by {found.article.extractor}"
    (asked,) = found.templates
    known = f"{asked.template_id}, learned from {asked.pages} pages at {printable(asked.learned_at)}"
    if asked.outcome == "refused":
        return f"read by {found.article.extractor}; refused: {known} ({asked.reason})"
    agreed = f"; it agrees to {asked.agreement:.0%} with the extractor here" if asked.agreement is not None else ""
    return f"read by {known}{agreed}"


def _show_near_duplicates(out: Console, found: Sequence[SameStory]) -> None:
    """Who says the same, the earliest first; nothing where nobody does."""
    if not found:
        return
    out.print(Text("Near-duplicates", style="bold"))
    for each in found:
        when = f"known {'before' if each.is_first else 'after'} it, {printable(each.known_at)} UTC ({each.known_by})"
        shares = f"{each.own_share:.0%} of this article stands there, {each.other_share:.0%} of that one here"
        out.print(Text(printable(f"  {each.publisher_id}, {when}: {shares}"), style="yellow"), soft_wrap=True)
        alike = f"{'block' if len(each.shared) == 1 else 'blocks'} {ranges(each.shared)} alike" if each.shared else "no whole block alike"
        credit = f"; both name {printable(each.credited_by_both)}" if each.credited_by_both else ""
        out.print(Text(f"     {alike}{credit}"), soft_wrap=True)
        out.print(Text(printable(f"     {each.title or '(no headline)'}  {each.url}")), soft_wrap=True)
    out.print()


def _head(out: Console, title: str | None, subtitle: str | None, authors: Sequence[str], facts: Sequence[str]) -> None:
    out.print(Text(printable(title or "(no headline)"), style="bold"))
    for line in (subtitle, ", ".join(authors), " · ".join(each for each in facts if each)):
        if line:
            out.print(Text(printable(line), style="dim"))
    out.print()


def _show_blocks(out: Console, blocks: Sequence[ExplainedBlock], *, whole_page: bool) -> None:
    """A line of why and one of text for each block, and how many there are of each kind at the end."""
    shown = [block for block in blocks if whole_page or block.rule_id != OUTSIDE]
    for block in shown:
        out.print(Text(f"{block.position:>4} {block.verdict:<8}{_why(block)}".rstrip(), style=STYLES[block.verdict]), soft_wrap=True)
        out.print(Text(f"     {printable(_shortened(block, whole_page=whole_page))}"), soft_wrap=True)
    counts = Counter(block.verdict for block in shown)
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in STYLES if counts[verdict])
    hidden = len(blocks) - len(shown)
    more = f"; {hidden} more stand outside the article on its page: --all shows them" if hidden else ""
    out.print(Text(f"{len(shown)} {'block' if len(shown) == 1 else 'blocks'}: {told}{more}", style="dim"))
    out.print()


def _shortened(block: ExplainedBlock, *, whole_page: bool) -> str:
    if whole_page or block.verdict != "kept" or len(block.text) <= SHOWN_CHARS:
        return block.text
    return f"{block.text[:SHOWN_CHARS].rstrip()}… ({len(block.text):,} characters)"


def _why(block: ExplainedBlock) -> str:
    """E.g. `byline -> authors: names who wrote the article`; of a block that no rule decided on, its kind."""
    if block.rule_id is None:
        return block.kind
    to = f" -> {block.field}" if block.field else ""
    of = f" (block {block.repeat_of})" if block.repeat_of is not None else ""
    learned = f"; learned from {block.support} of {block.looked_at} articles" if block.support is not None else ""
    also = f"; also in {_other_articles(block.elsewhere)}" if block.elsewhere and block.verdict == "removed" and not learned else ""
    return f"{block.rule_id}{to}: {block.reason}{of}{learned}{also}"


def _other_articles(count: int) -> str:
    return f"{count} other {'article' if count == 1 else 'articles'} of the publisher"


def _show_candidates(out: Console, candidates: Sequence[OfferedValue]) -> None:
    """A line for each value, with all sources that offered it; of each field the chosen first."""
    offered: dict[tuple[str, str], list[OfferedValue]] = {}
    for each in sorted(candidates, key=lambda each: (each.field, not each.chosen)):
        offered.setdefault((each.field, each.value), []).append(each)
    rows = [
        (field, "chosen" if said[0].chosen else "", value[:VALUE_CHARS], ", ".join(each.source for each in said), said[0].why)
        for (field, value), said in offered.items()
    ]
    out.print(table("Metadata", ["field", "", "value", "offered by", "why"], rows))
