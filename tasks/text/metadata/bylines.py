"""Visible bylines: lines of a page that say who wrote the article, and often when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.text.metadata.authors import looks_like_a_name, read_names
from tasks.text.metadata.byline_words import byline_words
from tasks.text.metadata.dates import DATE_MARK, mark_dates

MAX_LINE_CHARS = 400
GLUED_MONTH = re.compile(r"(?<=[a-z])(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d)")
SEGMENT = re.compile(rf"\s[|•·●⋅–—-]\s|[|•●⋅\n{DATE_MARK}]|\s/\s|[ \t]*\u00a0\s*|\s{{2,}}")
DATE_WORDS = re.compile(r"[\s,|•·–—-]*(?:\b(?:published|posted|updated|on|at|am|pm|um|uhr|am|le|el|il|den|à)\b[\s,:]*)*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    """names: of authors. others: of those who edited, checked, translated or took pictures. opened: by a word like "By"."""

    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    opened: bool = False


def byline_names(line: str) -> tuple[str, ...]:
    """The names in a visible byline ("By Ann Lee and Bo Cruz January 30, 2025"); empty if the line does not open like one."""
    found = read_byline(line)
    return found.names if found.opened else ()


def read_byline(line: str) -> Byline:
    """Who a line names. Without an opening word the first part between dates and dividers that is a name and nothing else counts."""
    text = line.strip()
    if not text or len(text) > MAX_LINE_CHARS:
        return Byline()
    words = byline_words()
    names: list[str] = []
    others: list[str] = []
    opened = False
    for segment in _segments(text):
        hand = words.hand.match(segment)
        lead = None if hand else words.lead.match(segment)
        if hand:
            others += _people(segment[hand.end() :])
        elif lead:
            found = _people(segment[lead.end() :])
            opened = opened or bool(found)
            names += found
        elif not names:
            names += [name for name in _people(words.pushed.sub("", segment)) if looks_like_a_name(name)]
    return Byline(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(others)), opened)


def _segments(text: str) -> list[str]:
    """The parts of a line between dates and dividers, inner "edited by" included."""
    marked = mark_dates(GLUED_MONTH.sub(" ", text))
    inner = byline_words().inner_hand.sub(lambda found: f"\n{found[0].strip(' ,;(|')} ", marked)
    parts = (DATE_WORDS.sub("", part).strip(" ,;:") for part in SEGMENT.split(inner))
    return [part for part in parts if part]


def _people(text: str) -> list[str]:
    found = read_names([text])
    return list(found.people or found.desks)
