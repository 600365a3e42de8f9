"""Visible bylines: lines of a page that say who wrote the article, and often when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tasks.text.metadata.authors import is_desk, looks_like_a_name, read_names
from tasks.text.metadata.byline_words import byline_words
from tasks.text.metadata.dates import DATE_MARK, mark_dates

MAX_LINE_CHARS = 400
MAX_DESK_WORDS = 5
GLUED_MONTH = re.compile(r"(?<=[a-z])(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d)")
SEGMENT = re.compile(rf"\s[|•·●⋅–—-]\s|[|•●⋅\n{DATE_MARK}]|\s/\s|[ \t]*\u00a0\s*|\s{{2,}}")
BEFORE_DATES = ("published", "posted", "updated", "on", "at", "am", "pm", "um", "uhr", "le", "el", "il", "den", "à")
DATE_WORDS = re.compile(rf"[\s,|•·–—-]*(?:\b(?:{'|'.join(BEFORE_DATES)})\b[\s,:]*)*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    """names: of authors. others: of those who edited, checked, translated or took pictures. desks: offices and agencies.

    opened: by a word like "By". dated: a date or time of day stands there too.
    """

    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    opened: bool = False
    dated: bool = False


def byline_names(line: str) -> tuple[str, ...]:
    """The names in a visible byline ("By Ann Lee and Bo Cruz January 30, 2025"); empty if the line does not open like one."""
    if not byline_words().lead.match(line.strip()[:MAX_LINE_CHARS]):
        return ()
    found = read_byline(line, announced=True)
    return found.names if found.opened else ()


def read_byline(line: str, *, announced: bool = False) -> Byline:
    """Who a line names. Without an opening word the first part between dates and dividers that is a name and nothing else counts.

    announced: only who follows an opening word is asked for, so no other part is read.
    """
    text = line.strip()
    return _read(text, announced) if text and len(text) <= MAX_LINE_CHARS else Byline()


@lru_cache(maxsize=2048)  # what stands around the headline is the same on many pages of a publisher
def _read(text: str, announced: bool) -> Byline:  # noqa: FBT001 - a cache tells calls apart by their arguments as they are given
    words = byline_words()
    names: list[str] = []
    bare: list[str] = []
    others: list[str] = []
    desks: list[str] = []
    marked = mark_dates(GLUED_MONTH.sub(" ", text))
    for segment in _segments(marked):
        hand = words.hand.match(segment)
        lead = None if hand else words.lead.match(segment)
        if hand:
            others += _people(segment[hand.end() :])
        elif lead:
            names += _people(segment[lead.end() :])
        elif not bare and not announced:
            bare += [name for name in _bare_names(segment) if name in segment]
            desks += [segment] if len(segment.split()) <= MAX_DESK_WORDS and not segment[0].islower() and is_desk(segment, ()) else []
    if not names and (inner := words.inner_lead.search(marked)):
        inside = re.split(f"[|•●\n{DATE_MARK}]", marked[inner.end() :])[0]
        names = [name for name in _people(inside) if looks_like_a_name(name)]
        return Byline(tuple(names or bare), tuple(others), tuple(desks), bool(names) and DATE_MARK in marked, DATE_MARK in marked)
    return Byline(tuple(dict.fromkeys(names or bare)), tuple(dict.fromkeys(others)), tuple(desks), bool(names), DATE_MARK in marked)


def _segments(marked: str) -> list[str]:
    """The parts of a line between dates and dividers, inner "edited by" included."""
    inner = byline_words().inner_hand.sub(lambda found: f"\n{found[0].strip(' ,;(|')} ", marked)
    parts = (_without_date_words(part).strip(" ,;:") for part in SEGMENT.split(inner))
    return [part for part in parts if part]


def _without_date_words(part: str) -> str:
    """Without the words at its end that stood before a date. Most parts end with none of them, and need not be tried."""
    if part.isascii() and part[-1:].isalnum() and not part.lower().endswith(BEFORE_DATES):
        return part
    return DATE_WORDS.sub("", part)


def _bare_names(segment: str) -> list[str]:
    """Names that nothing announces. One word is none."""
    if " " not in segment:
        return []
    return [name for name in _people(byline_words().pushed.sub("", segment)) if looks_like_a_name(name)]


def _people(text: str) -> list[str]:
    found = read_names([text])
    return list(found.people or found.desks)
