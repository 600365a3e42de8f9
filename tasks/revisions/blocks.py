"""Two texts of one article, block against block: which were added, removed, edited, moved. In time that grows with the texts' length."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from tasks.revisions.figures import figures_changed
from tasks.revisions.material import material
from tasks.text.words import fold, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Words: TypeAlias = Counter[str]

BETWEEN_BLOCKS = "\n\n"
FIRST_UNSPACED = "\u3040"  # from here on every character counts as a word: pairs of them are compared
ALIKE = 0.5  # of the words of both: so much in common makes two blocks one that was edited
COMMON = 16  # a word that more of the removed blocks have says nothing about which of them is meant
TRIED = 4  # removed blocks that one new block is compared with, those that share most words


@dataclass(frozen=True, slots=True)
class BlockChange:
    """One block that changed. change: added, removed, edited or moved. before, after: its place in the texts, from 0, None where it is not.

    words_added, words_removed: of an edited block those that the other side has not, counted without their order.
    figures: of an edited block, whether a sentence differs in its figures alone.
    """

    change: str
    before: int | None
    after: int | None
    words_added: int = 0
    words_removed: int = 0
    figures: bool = False


def changed_blocks(before: str, after: str) -> tuple[BlockChange, ...]:
    """In the order of the later text, each removed block behind what stood before it."""
    earlier, later = before.split(BETWEEN_BLOCKS), after.split(BETWEEN_BLOCKS)
    same = _matched([material(block) for block in earlier], [material(block) for block in later])
    stays = _in_order([same[position] for position in sorted(same)])
    moved = [BlockChange("moved", place, position) for position, place in same.items() if place not in stays]
    held = frozenset(same.values())
    gone = {place: _words(block) for place, block in enumerate(earlier) if place not in held and material(block)}
    come = {position: _words(block) for position, block in enumerate(later) if position not in same and material(block)}
    pairs = _edited(gone, come)
    edited = [
        BlockChange(
            "edited", place, position, (come[position] - gone[place]).total(), (gone[place] - come[position]).total(),
            figures_changed(earlier[place], later[position]),
        )
        for position, place in pairs.items()
    ]  # fmt: skip
    added = [BlockChange("added", None, position, words_added=have.total()) for position, have in come.items() if position not in pairs]
    left = gone.keys() - set(pairs.values())
    removed = [BlockChange("removed", place, None, words_removed=gone[place].total()) for place in sorted(left)]
    found = (*moved, *edited, *added, *removed)
    behind = _places_behind(len(earlier), {place: position for position, place in (same | pairs).items()})
    placed = [((each.after, 0, 0) if each.after is not None else (behind[each.before or 0], 1, each.before or 0), each) for each in found]
    return tuple(each for _, each in sorted(placed, key=itemgetter(0)))


def counted(text: str) -> Words:
    """The words of a text, each as often as it stands there; pairs of characters in scripts without spaces."""
    return _words(text)


def _places_behind(blocks: int, followed: Mapping[int, int]) -> list[int]:
    """For each block of the earlier text where the last one up to it that is still there stands now; -1: none is.

    followed: place before -> place after, of the blocks that stand in both.
    """
    behind, last = [], -1
    for place in range(blocks):
        last = followed.get(place, last)
        behind.append(last)
    return behind


def _matched(earlier: Sequence[str], later: Sequence[str]) -> dict[int, int]:
    """Place after -> place before, of blocks that say the same; of several alike the first with the first."""
    places: dict[str, deque[int]] = defaultdict(deque)
    for place, block in enumerate(earlier):
        places[block].append(place)
    return {position: places[block].popleft() for position, block in enumerate(later) if places.get(block)}


def _in_order(places: Sequence[int]) -> frozenset[int]:
    """The most of them that stand in rising order: the others moved. Patience sorting, n log n."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        before[place] = tails[at - 1] if at else None
        tails[at : at + 1] = [place]
    stays: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        stays.add(last)
        last = before[last]
    return frozenset(stays)


def _edited(gone: Mapping[int, Words], come: Mapping[int, Words]) -> dict[int, int]:
    """Place after -> place before, of blocks with most words in common; the most alike are paired first, then the nearest."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, have in gone.items():
        for word in have:
            holders[word].append(place)
    likeness = []
    for position, have in come.items():
        shared = Counter(place for word in have for place in (holders[word] if len(holders.get(word, ())) <= COMMON else ()))
        for place in sorted(shared, key=lambda each: (-shared[each], abs(each - position), each))[:TRIED]:
            alike = 2 * (gone[place] & have).total() / (gone[place].total() + have.total())
            if alike >= ALIKE:
                likeness.append((-alike, abs(place - position), place, position))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, place, position in sorted(likeness):
        if position not in pairs and place not in taken:
            pairs[position] = place
            taken.add(place)
    return pairs


def _words(text: str) -> Words:
    found = words(fold(text))
    return Counter(
        word + following if len(word) == 1 and word >= FIRST_UNSPACED else word
        for word, following in zip(found, [*found[1:], ""], strict=True)
    )
