"""Which blocks of a page are the lines of an extractor's output.

Both are in document order, so the answer is the heaviest chain of matches that rises in both. A block matches a line by its words, or,
where one of them holds several of the other, by the place of its word runs in the output.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.text.words import word_count, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

RUN = 5  # words
COVERED = 0.7  # share of a block's runs that must stand in the output
MAX_CANDIDATES = 8
GROWS = "\u0130"  # İ: of all letters the only one whose small form is two characters, the second of which is of no word


@dataclass(frozen=True, slots=True)
class Alignment:
    """matched: per block, whether it is in the output. words: of each block. output_words: of all lines;
    unmatched_words: those of them that no block accounts for.
    """

    matched: tuple[bool, ...]
    words: tuple[int, ...]
    output_words: int
    unmatched_words: int


class _Heaviest:
    """Prefix maxima: the heaviest chain that ends at or before a line."""

    def __init__(self, size: int) -> None:
        self.tree: list[tuple[int, int]] = [(0, -1)] * (size + 2)

    def best(self, line: int) -> tuple[int, int]:
        found, i = (0, -1), line + 1
        while i > 0:
            if self.tree[i][0] > found[0]:
                found = self.tree[i]
            i -= i & -i
        return found

    def put(self, line: int, weight: int, link: int) -> None:
        i = line + 1
        while i < len(self.tree):
            if weight > self.tree[i][0]:
                self.tree[i] = (weight, link)
            i += i & -i


def align(blocks: Sequence[str], lines: Sequence[str]) -> Alignment:
    """blocks: texts of a page in order. lines: the extractor's, in order."""
    lowered = [line.lower() for line in lines]
    line_words = [words(line) for line in lowered]
    known = dict(zip(lowered, line_words, strict=True))  # most blocks of an article are lines to the letter
    whole: dict[tuple[str, ...], list[int]] = {}
    for number, found in enumerate(line_words):
        whole.setdefault(tuple(found), []).append(number)
    starts: list[int] = []
    stream: list[str] = []
    for found in line_words:
        starts.append(len(stream))
        stream.extend(found)
    runs = _places(stream)

    nodes: list[tuple[int, int, int, int, int]] = []  # block, line, weight, previous node, words
    chain = _Heaviest(len(lines))
    counts: list[int] = []
    for number, block in enumerate(blocks):
        text = block.lower()
        found = known.get(text) or words(text)
        counts.append(word_count(block) if GROWS in block else len(found))
        if not found:
            continue
        exact = whole.get(tuple(found), [])[:MAX_CANDIDATES]
        candidates = [(line, True) for line in exact] or [(line, False) for line in _holding_lines(found, runs, starts)]
        reached = []
        for line, is_whole in candidates:
            weight, link = chain.best(line - 1 if is_whole else line)
            nodes.append((number, line, weight + 2 * len(found) + is_whole, link, len(found)))
            reached.append(len(nodes) - 1)
        for node in reached:
            chain.put(nodes[node][1], nodes[node][2], node)
    matched = [False] * len(blocks)
    node = chain.best(len(lines))[1]
    accounted = 0
    while node >= 0:
        matched[nodes[node][0]] = True
        accounted += nodes[node][4]
        node = nodes[node][3]
    return Alignment(tuple(matched), tuple(counts), len(stream), max(0, len(stream) - accounted))


def _runs(found: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(found[at:] for at in range(RUN)), strict=False)


def _places(stream: Sequence[str]) -> dict[tuple[str, ...], Sequence[int]]:
    """Where each run begins, first place first."""
    every = list(_runs(stream))
    first = dict(zip(reversed(every), range(len(every) - 1, -1, -1), strict=True))
    places: dict[tuple[str, ...], Sequence[int]] = dict(zip(first, zip(first.values(), strict=True), strict=True))
    if len(first) < len(every):  # few runs stand twice
        for at, run in enumerate(every):
            if first[run] != at:
                places[run] = (*places[run], at)[:MAX_CANDIDATES]
    return places


def _holding_lines(found: list[str], runs: Mapping[tuple[str, ...], Sequence[int]], starts: list[int]) -> list[int]:
    """Lines in which most runs of a block's words stand: it is part of the line, or begins there and goes on in the next."""
    if len(found) < RUN:
        return []  # too short to have a place of its own inside a line: only whole lines count
    own = list(_runs(found))
    known = [run for run in own if run in runs]
    if len(known) < COVERED * len(own):
        return []
    return sorted({bisect_right(starts, place) - 1 for place in runs[known[0]][:MAX_CANDIDATES]})
