"""Paragraphs that stand twice in one article, exactly or nearly, and which of the two goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.text.words import fold, words

if TYPE_CHECKING:
    from collections.abc import Sequence

MIN_WORDS = 8  # shorter lines repeat on purpose: refrains, answers, scores
MIN_CHARS = 20  # likewise where every character counts as a word
NEAR_SHARE = 0.9  # of the words of the shorter, in order of runs
RUN = 3
COMMON = 40  # a run of words that more paragraphs share tells none of them from another
_NONE: frozenset[int] = frozenset()
SENTENCE_ENDS = ".!?:\u2026\u3002\uff01\uff1f\u061f"


@dataclass(frozen=True, slots=True)
class Repeat:
    """paragraph `index` repeats paragraph `of`. exact: letter for letter after folding case, quotes, dashes and blanks."""

    index: int
    of: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as far as repeats care.

    aside: a pull quote, caption or box: where it repeats the body, it goes, whichever comes first.
    """

    text: str
    aside: bool = False


def find_repeats(paragraphs: Sequence[Paragraph]) -> tuple[Repeat, ...]:
    """Which paragraphs repeat another one that stays, in order of index.

    An exact repeat goes in favour of the first, a near one in favour of the fuller (the first on a draw), an aside in favour of
    running text, and whole sentences in favour of the paragraph that says them again among others. A near repeat of running text must
    be as long as what it repeats (within a tenth) and give the same figures: a phrase quoted again inside another sentence is no
    repeat, nor is the next line of a list of scores.
    """
    folded = [fold(paragraph.text) for paragraph in paragraphs]
    counts = [words(text) for text in folded]
    long_enough = [i for i, found in enumerate(counts) if len(found) >= MIN_WORDS and len(folded[i]) >= MIN_CHARS]
    runs = {i: _runs(counts[i]) for i in long_enough}
    figures = {i: [word for word in counts[i] if any(map(str.isdigit, word))] for i in long_enough}
    order = sorted(long_enough, key=lambda i: (paragraphs[i].aside, -len(counts[i]), i))

    def _says_again(j: int, i: int) -> bool:
        """Whether paragraph j says all that i says."""
        if _is_within(folded[i], folded[j]):
            return True
        if paragraphs[i].aside:
            return _repeats(runs[i], runs[j], aside=True)
        return figures[i] == figures[j] and _repeats(runs[i], runs[j], aside=False)

    gone: dict[int, Repeat] = {}
    stays: list[int] = []
    holders: dict[tuple[str, ...], list[int]] = {}
    for i in sorted(long_enough, key=lambda i: (paragraphs[i].aside, i)):  # exact ones first, so that the first of them stays
        twin = next((j for j in holders.get(tuple(counts[i]), [])), None)
        if twin is not None and folded[i] == folded[twin]:
            gone[i] = Repeat(i, twin, exact=True)
        holders.setdefault(tuple(counts[i]), []).append(i)
    index: dict[tuple[str, ...], set[int]] = {}
    for i in order:
        if i in gone:
            continue
        sharing = set[int]().union(*(held for run in runs[i] if len(held := index.get(run, _NONE)) <= COMMON))
        of = next((j for j in sorted(sharing) if _says_again(j, i)), None)
        if of is None:
            stays.append(i)
            for run in runs[i]:
                index.setdefault(run, set()).add(i)
        else:
            gone[i] = Repeat(i, of, exact=False)
    return tuple(gone[i] for i in sorted(gone))


def _is_within(folded: str, of: str) -> bool:
    """Whether whole sentences stand again among others, and not in quotation marks: those quote them."""
    at = of.find(folded)
    if at < 0 or len(folded) == len(of):
        return at == 0
    before, after = of[:at].rstrip(), of[at + len(folded) :]
    return (not before or before[-1] in SENTENCE_ENDS) and (not after or folded[-1] in SENTENCE_ENDS)


def _runs(found: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1))


def _repeats(runs: frozenset[tuple[str, ...]], of: frozenset[tuple[str, ...]], *, aside: bool) -> bool:
    shared = len(runs & of)
    if shared < NEAR_SHARE * len(runs):
        return False
    return aside or len(runs) >= NEAR_SHARE * len(of)
