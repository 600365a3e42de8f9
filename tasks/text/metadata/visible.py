"""What the lines around a page's headline and text say of author and date: candidates like any other."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.model import Action, Candidate, Kind
from tasks.text.metadata.authors import looks_like_a_name
from tasks.text.metadata.byline_words import byline_words
from tasks.text.metadata.bylines import read_byline
from tasks.text.metadata.dates import is_publication, is_update, may_hold_date, read_date, without_date
from tasks.text.words import ends_a_sentence, fold, word_count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tasks.model import Block, Verdict

MAX_LINE_WORDS = 25
MAX_WORDS_BESIDE_DATE = 3
PROSE_WORDS = 20
NEAR = 15  # blocks before the first paragraph, where the headline is not among the blocks, and after the last
MAX_HEAD = 40  # blocks between headline and first paragraph
NAMES_WITHIN = 6  # blocks after the first byline in which further ones belong to the same article
COMMENTS = re.compile(r"comment|respond|disqus", re.IGNORECASE)  # in a path: readers name themselves there
NEVER_BYLINES = frozenset(["comments", "footer", "caption", "credit", "navigation", "breadcrumb"])
ELSEWHERE = NEVER_BYLINES | frozenset("related promo control newsletter share tags alert cookie".split())


def visible_candidates(
    blocks: Sequence[Block],
    verdicts: Sequence[Verdict],
    counts: Sequence[int],
    *,
    title: str | None,
    descriptions: Collection[str] = (),
) -> tuple[Candidate, ...]:
    """Names, dates and standfirst. verdicts, counts of words: one per block, in order. descriptions: folded, what the page calls its
    summary elsewhere.

    Sources: "byline" for a line that opens like one or is marked as one, "near the headline" for what stands there unmarked.
    """
    head = _head(blocks, verdicts, counts, title)
    short = [block for block in head if block.role not in NEVER_BYLINES and counts[block.position] <= MAX_LINE_WORDS]
    shown = [block for block in short if block.role not in ELSEWHERE]
    found = [*_authors(_with_openings(short)), *_dates(shown, blocks, verdicts, counts)]
    if not any(each.field == "authors" for each in found):
        found.extend(_authors_below(blocks, verdicts, counts))
    found.extend(
        Candidate("subtitle", block.text, "standfirst")
        for block, verdict in zip(blocks, verdicts, strict=True)
        if verdict.kind is Kind.STANDFIRST and verdict.action is Action.MOVED
    )
    found.extend(
        Candidate("subtitle", block.text, "description on the page")
        for block in head
        if verdicts[block.position].action is Action.REMOVED and block.role not in ELSEWHERE and fold(block.text) in descriptions
    )
    return tuple(found)


def _head(blocks: Sequence[Block], verdicts: Sequence[Verdict], counts: Sequence[int], title: str | None) -> Sequence[Block]:
    """The blocks between headline and first paragraph of the text, both excluded; a line or two above the headline included."""
    wanted = fold(title or "")
    prose = [at for at, verdict in enumerate(verdicts) if counts[at] >= PROSE_WORDS and verdict.action is Action.KEPT]
    first = prose[0] if prose else len(blocks)
    headlines = [block.position for block in blocks if block.kind is Kind.HEADING and wanted and fold(block.text) == wanted]
    above = [position for position in headlines if position < first]
    within = [position for position in above if first - position <= MAX_HEAD]
    start = next(iter(within or above[-1:] or [position for position in headlines if prose and position < prose[-1]]), max(0, first - NEAR))
    end = next((position for position in prose if position > start), first)
    return blocks[max(0, start - 2) : min(end, start + MAX_HEAD)]


def _with_openings(lines: Sequence[Block]) -> list[Block]:
    """The lines, each that is nothing but "By" or "Edited by" put before the next."""
    words = byline_words()
    joined: list[Block] = []
    opening = ""
    for block in lines:
        if words.lead_alone.fullmatch(block.text.strip()) or words.hand_alone.fullmatch(block.text.strip()):
            opening = block.text.strip()
            continue
        joined.append(replace(block, text=f"{opening} {block.text}") if opening else block)
        opening = ""
    return joined


def _authors(lines: Sequence[Block]) -> Iterator[Candidate]:
    """Whoever a byline in the head names. Names far from the first are other people's."""
    first: int | None = None
    for block in lines:
        is_far = first is not None and block.position - first > NAMES_WITHIN
        is_no_byline = is_far or ends_a_sentence(block.text)
        said = read_byline(block.text, announced=is_no_byline or block.role in ELSEWHERE)
        yield from (Candidate("editors", name, "byline") for name in said.others)
        if is_no_byline:
            continue
        if said.names and (said.opened or block.role == "byline"):
            first = block.position if first is None else first
            yield from (Candidate("authors", name, "byline:opened" if said.opened else "byline") for name in said.names)
        elif block.role == "byline":
            yield from (Candidate("authors", desk, "byline") for desk in said.desks)
        elif said.names and block.role not in ELSEWHERE and (said.dated or _is_beside_date(block, lines)):
            yield from (Candidate("authors", name, "near the headline") for name in said.names)


def _is_beside_date(block: Block, lines: Sequence[Block]) -> bool:
    """Whether a line is a name and nothing else, and the one before or after it is a date and little more."""
    beside = (line for line in lines if abs(line.position - block.position) == 1)
    return looks_like_a_name(block.text) and any(
        word_count(without_date(line.text)) <= MAX_WORDS_BESIDE_DATE and read_date(line.text, "") for line in beside
    )


def _authors_below(blocks: Sequence[Block], verdicts: Sequence[Verdict], counts: Sequence[int]) -> Iterator[Candidate]:
    """A byline within the article or just under it, where there is none at its head: the first, and what stands beside it."""
    kept = [block.position for block, verdict in zip(blocks, verdicts, strict=True) if verdict.action is Action.KEPT]
    span = blocks[kept[0] : kept[-1] + NEAR] if kept else ()
    for block in span:
        verdict = verdicts[block.position]
        if counts[block.position] > MAX_LINE_WORDS or (verdict.action is Action.KEPT and block.kind is not Kind.HEADING):
            continue
        if block.role in ELSEWHERE or COMMENTS.search(block.dom_path):
            continue
        said = read_byline(block.text, announced=block.role != "byline")
        if said.names and (said.opened or block.role == "byline") and not ends_a_sentence(block.text):
            yield from (Candidate("authors", name, "byline below") for name in said.names)
            return


def _dates(head: Sequence[Block], blocks: Sequence[Block], verdicts: Sequence[Verdict], counts: Sequence[int]) -> Iterator[Candidate]:
    """Dates in the head, in lines moved out of the article, and in lines that say "Published on" themselves."""
    in_head = {block.position for block in head}
    for block, verdict in zip(blocks, verdicts, strict=True):
        if counts[block.position] > MAX_LINE_WORDS:
            continue
        is_near = block.position in in_head
        is_line = _is_date_line(verdict) or (is_near and block.role in ("byline", "time"))
        is_labelled = is_line or is_near or (block.role not in NEVER_BYLINES and may_hold_date(block.text) and is_publication(block.text))
        if is_labelled and read_date(block.text, ""):
            source = "byline" if is_line else "near the headline" if is_near else "labelled date"
            yield Candidate("modified" if is_update(block.text) else "published", block.text, source)


def _is_date_line(verdict: Verdict) -> bool:
    return verdict.action is Action.MOVED and verdict.kind in (Kind.BYLINE, Kind.DATELINE)
