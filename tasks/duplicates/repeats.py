"""Paragraphs that stand twice in one article, exactly or nearly, and which of the two goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from tasks.text.words import fold, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

MIN_WORDS = 8  # shorter lines repeat on purpose: refrains, answers, scores
MIN_CHARS = 20  # likewise where every character counts as a word
NEAR_SHARE = 0.9  # of the words of the shorter, in order of runs
MAX_OWN = 0.11  # of its runs that no other paragraph has: with more, less than NEAR_SHARE is left
COMMON = 40  # a run of three words that more paragraphs share tells none of them from another
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
    found = [words(text) for text in folded]
    long_enough = [i for i in range(len(folded)) if len(found[i]) >= MIN_WORDS and len(folded[i]) >= MIN_CHARS]
    gone: dict[int, Repeat] = {}
    first: dict[tuple[str, ...], int] = {}
    for i in sorted(long_enough, key=lambda i: (paragraphs[i].aside, i)):  # exact ones first, so that the first of them stays
        twin = first.setdefault(tuple(found[i]), i)
        if twin != i and folded[twin] == folded[i]:
            gone[i] = Repeat(i, twin, exact=True)
    staying = [i for i in long_enough if i not in gone]
    once = {word for word, count in Counter(chain.from_iterable(found[i] for i in staying)).items() if count == 1}
    if not any(_may_repeat(found[i], once) for i in staying):
        return tuple(gone[i] for i in sorted(gone))
    runs = {i: frozenset(zip(found[i], found[i][1:], found[i][2:], strict=False)) for i in staying}

    def says_again(j: int, i: int) -> bool:
        """Whether paragraph j says all that i says."""
        if _is_within(folded[i], folded[j]):
            return True
        if paragraphs[i].aside:
            return _repeats(runs[i], runs[j], aside=True)
        return _figures(found[i]) == _figures(found[j]) and _repeats(runs[i], runs[j], aside=False)

    holders: dict[tuple[str, ...], tuple[int, ...]] = {}  # of the paragraphs that stay, by run
    for i in sorted(runs, key=lambda i: (paragraphs[i].aside, -len(found[i]), i)):
        shared = holders.keys() & runs[i]
        telling = [run for run in shared if len(holders[run]) <= COMMON]
        enough = len(shared) >= NEAR_SHARE * len(runs[i])
        sharing = {j for run in telling for j in holders[run]} if enough else ()
        of = next((j for j in sorted(sharing) if says_again(j, i)), None)
        if of is None:
            holders |= dict.fromkeys(runs[i] - shared, (i,)) | {run: (*holders[run], i) for run in telling}
        else:
            gone[i] = Repeat(i, of, exact=False)
    return tuple(gone[i] for i in sorted(gone))


def _may_repeat(found: Sequence[str], once: AbstractSet[str]) -> bool:
    """Whether so few runs of a paragraph have a word that stands once in the whole article that others can share nearly all of them.

    found: its words. Most articles have no such paragraph, and are done with.
    """
    between = bytes(map(once.__contains__, found)).split(b"\1")
    shared = sum(len(gap) - 2 for gap in between if len(gap) > 2)  # noqa: PLR2004 - a run has three words
    runs = len(found) - 2
    return runs - shared <= MAX_OWN * runs


def _is_within(folded: str, of: str) -> bool:
    """Whether whole sentences stand again among others, and not in quotation marks: those quote them."""
    at = of.find(folded)
    if at < 0 or len(folded) == len(of):
        return at == 0
    before, after = of[:at].rstrip(), of[at + len(folded) :]
    return (not before or before[-1] in SENTENCE_ENDS) and (not after or folded[-1] in SENTENCE_ENDS)


def _figures(found: Sequence[str]) -> list[str]:
    return [word for word in found if any(map(str.isdigit, word))]


def _repeats(runs: frozenset[tuple[str, ...]], of: frozenset[tuple[str, ...]], *, aside: bool) -> bool:
    shared = len(runs & of)
    if shared < NEAR_SHARE * len(runs):
        return False
    return aside or len(runs) >= NEAR_SHARE * len(of)
