"""What templates ask of a block, on a page that is being read and in a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tasks.text.words import ends_a_sentence

if TYPE_CHECKING:
    from tasks.model import Kind

PROSE_WORDS = 20
MOSTLY_LINK = 0.5


class Placed(Protocol):
    """A block and where it stands."""

    @property
    def text(self) -> str:
        """As the publisher wrote it."""
        ...

    @property
    def kind(self) -> Kind:
        """As far as its markup tells."""
        ...

    @property
    def dom_path(self) -> str:
        """Tags and class names."""
        ...

    @property
    def link_density(self) -> float:
        """Share of its characters inside links, 0 to 1."""
        ...


def is_prose(block: Placed, words: int) -> bool:
    """Text of some length that is not made of links and closes like a sentence, whatever it stands in."""
    return words >= PROSE_WORDS and block.link_density < MOSTLY_LINK and ends_a_sentence(block.text)
