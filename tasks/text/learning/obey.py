"""The pass that takes out of an article what was learned of its publisher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.learning.learned import MAX_CHARS
from tasks.text.learning.masks import hash_of_folded
from tasks.text.learning.standing import Standing, Zone, is_of_place, is_protected, standing, zones

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.text.learning.learned import Learned, Obeyed
    from tasks.text.work import Work


CEILING = 0.5  # of the words that other rules left: learned rules that would take more are wrong about this article


def learned_boilerplate(work: Work) -> None:
    """Blocks that recur on this publisher's pages, where they recur. Protected kinds stay, and so does all of it beyond the ceiling."""
    learned = work.knowledge.learned
    if learned is None:
        return
    left = [standing(b, work.kinds[b.position], hash_of_folded(work.folded[b.position]), work.counts[b.position]) for b in work.open()]
    taken = [(block, obeyed) for block, obeyed in _taken(left, learned) if not is_protected(block)]
    if sum(block.words for block, _ in taken) > CEILING * sum(block.words for block in left):
        work.flags.append("ceiling_reached")
        return
    for block, obeyed in taken:
        work.remove(work.document.blocks[block.position], obeyed.rule_id, obeyed.reason, kind=Kind.BOILERPLATE)


def _taken(left: list[Standing], learned: Learned) -> Iterator[tuple[Standing, Obeyed]]:
    """The blocks that a rule takes, with it."""
    known = learned.anywhere.keys() | learned.start.keys() | learned.end.keys()
    for block, zone in zip(left, zones(left, known), strict=True):
        obeyed = None
        if len(block.text) <= MAX_CHARS:
            obeyed = learned.anywhere.get(block.mask)
            if zone is not Zone.WITHIN and not obeyed:
                obeyed = (learned.start if zone is Zone.START else learned.end).get(block.mask)
        if not obeyed and is_of_place(block):
            obeyed = learned.places.get(block.place)
        if obeyed:
            yield block, obeyed
