"""What kinds of change a revision is. The gravest comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.revisions.blocks import BlockChange, changed_blocks, counted
from tasks.revisions.figures import figures_changed
from tasks.revisions.material import material

if TYPE_CHECKING:
    from warehouse.stored import StoredWording

CORRECTION = "correction"  # a correction notice that was not there before
DELETION = "deletion"  # a good part of the words is gone, or a block
FIGURES = "figures"  # numbers, dates or amounts changed in otherwise like sentences
HEADLINE = "headline"  # another headline
ADDITION = "addition"  # more text: a block, or some words
MINOR = "minor"  # none of these
KINDS = (CORRECTION, DELETION, FIGURES, HEADLINE, ADDITION, MINOR)

DELETED_WORDS = 20  # of the earlier text that the later one has nowhere: fewer are no deletion
DELETED_SHARE = 0.25  # of all words, where no block was removed
ADDED_WORDS = 10  # more than were taken out, where no block was added


@dataclass(frozen=True, slots=True)
class Change:
    """What lies between two wordings of an article. kinds: at least one, in order of KINDS. corrections_added: notices new in the later."""

    kinds: tuple[str, ...]
    blocks: tuple[BlockChange, ...]
    corrections_added: tuple[str, ...]


def change_between(before: StoredWording, after: StoredWording) -> Change:
    """A function of the two wordings alone."""
    blocks = changed_blocks(before.text, after.text)
    known = {material(notice) for notice in before.corrections}
    notices = tuple(notice for notice in after.corrections if material(notice) not in known)
    holds = {
        CORRECTION: bool(notices),
        DELETION: _is_deletion(before.text, after.text, blocks),
        FIGURES: any(each.figures for each in blocks) or figures_changed(before.title or "", after.title or ""),
        HEADLINE: material(before.title or "") != material(after.title or ""),
        ADDITION: _is_addition(blocks),
    }
    return Change(tuple(kind for kind in KINDS if holds.get(kind)) or (MINOR,), blocks, notices)


def _is_deletion(before: str, after: str, blocks: tuple[BlockChange, ...]) -> bool:
    if sum(each.words_removed for each in blocks) < DELETED_WORDS:
        return False
    had = counted(before)
    lost = (had - counted(after)).total()
    return lost >= DELETED_WORDS and (lost >= DELETED_SHARE * had.total() or any(each.change == "removed" for each in blocks))


def _is_addition(blocks: tuple[BlockChange, ...]) -> bool:
    more = sum(each.words_added - each.words_removed for each in blocks)
    return more >= ADDED_WORDS or any(each.change == "added" and each.words_added for each in blocks)
