"""How much of an article its page shows: what others wrote may be of any length."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """block_characters: of one block, and of each side of a change. blocks, characters: of the article. rows: of each list beside it.

    compared_words: of each side of an edited block; a longer one is marked as a whole.
    """

    block_characters: int
    blocks: int
    characters: int
    rows: int
    compared_words: int


def cut(text: str, most: int) -> tuple[str, int]:
    """The beginning of a text and how many characters are left out."""
    return (text, 0) if len(text) <= most else (text[:most], len(text) - most)
