"""What the lines around a page's headline and text say of author and date: candidates like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.model import Action, Candidate, Kind
from tasks.text.metadata.bylines import read_byline
from tasks.text.metadata.dates import is_update, read_date
from tasks.text.words import ends_a_sentence, fold, word_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.model import Block, Verdict

MAX_LINE_WORDS = 25
PROSE_WORDS = 20
NEAR = 15  # blocks before the first paragraph, where the headline is not among the blocks, and after the last
MAX_HEAD = 40  # blocks between headline and first paragraph
NAMES_WITHIN = 6  # blocks after the first byline in which further ones belong to the same article
ELSEWHERE = frozenset("navigation breadcrumb related comments promo control newsletter share footer caption credit tags alert cookie".split())


def visible_candidates(blocks: Sequence[Block], verdicts: Sequence[Verdict], *, title: str | None) -> tuple[Candidate, ...]:
    """Names, dates and standfirst. verdicts: one per block, in order.

    Sources: "byline" for a line that opens like one or is marked as one, "near the headline" for what stands there unmarked.
    """
    head = _head(blocks, verdicts, title)
    shown = [block for block in head if block.role not in ELSEWHERE and word_count(block.text) <= MAX_LINE_WORDS]
    found = [*_authors(shown), *_dates(shown, verdicts)]
    if not any(each.field == "authors" for each in found):
        found.extend(_authors_below(blocks, verdicts))
    found.extend(
        Candidate("subtitle", block.text, "standfirst")
        for block, verdict in zip(blocks, verdicts, strict=True)
        if verdict.kind is Kind.STANDFIRST and verdict.action is Action.MOVED
    )
    return tuple(found)


def _head(blocks: Sequence[Block], verdicts: Sequence[Verdict], title: str | None) -> Sequence[Block]:
    """The blocks between headline and first paragraph of the text, both excluded; a line or two above the headline included."""
    wanted = fold(title or "")
    prose = [
        block.position
        for block, verdict in zip(blocks, verdicts, strict=True)
        if verdict.action is Action.KEPT and word_count(block.text) >= PROSE_WORDS
    ]
    first = prose[0] if prose else len(blocks)
    headlines = [block.position for block in blocks if block.kind is Kind.HEADING and wanted and fold(block.text) == wanted]
    above = [position for position in headlines if position < first]
    start = above[-1] if above else headlines[0] if headlines and prose and headlines[0] < prose[-1] else max(0, first - NEAR)
    end = next((position for position in prose if position > start), first)
    return blocks[max(0, start - 2) : min(end, start + MAX_HEAD)]


def _authors(lines: Sequence[Block]) -> Iterator[Candidate]:
    """Whoever a byline in the head names. Names far from the first are other people's."""
    first: int | None = None
    for block in lines:
        said = read_byline(block.text)
        yield from (Candidate("editors", name, "byline") for name in said.others)
        marked = block.role == "byline" or said.opened
        if not said.names or ends_a_sentence(block.text) or (first is not None and block.position - first > NAMES_WITHIN):
            continue
        if marked:
            first = block.position if first is None else first
            yield from (Candidate("authors", name, "byline") for name in said.names)
        elif read_date(block.text, ""):
            yield from (Candidate("authors", name, "near the headline") for name in said.names)


def _authors_below(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> Iterator[Candidate]:
    """A byline within the article or just under it, where there is none at its head: the first, and what stands beside it."""
    kept = [block.position for block, verdict in zip(blocks, verdicts, strict=True) if verdict.action is Action.KEPT]
    span = blocks[kept[0] : kept[-1] + NEAR] if kept else ()
    for block in span:
        verdict = verdicts[block.position]
        if block.role in ELSEWHERE or verdict.action is Action.KEPT or word_count(block.text) > MAX_LINE_WORDS:
            continue
        said = read_byline(block.text)
        if said.names and (said.opened or block.role == "byline") and not ends_a_sentence(block.text):
            yield from (Candidate("authors", name, "byline below") for name in said.names)
            return


def _dates(lines: Sequence[Block], verdicts: Sequence[Verdict]) -> Iterator[Candidate]:
    for block in lines:
        if read_date(block.text, ""):
            verdict = verdicts[block.position]
            is_line = verdict.action is Action.MOVED and verdict.kind in (Kind.BYLINE, Kind.DATELINE)
            source = "byline" if is_line or block.role in ("byline", "time") else "near the headline"
            yield Candidate("modified" if is_update(block.text) else "published", block.text, source)
