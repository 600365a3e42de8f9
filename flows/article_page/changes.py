"""What differs between two wordings of a block, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. differs: whether the other side lacks it."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """One wording and the other; empty where there is none."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def compared(before: str | None, after: str | None, *, most_words: int) -> Sides:
    """Both wordings in pieces. What stands on one side only, or has too many words to be compared, differs as a whole."""
    if not before or not after or before == after:
        return Sides(_whole(before, differs=before != after), _whole(after, differs=before != after))
    old, new = WORDS.findall(before), WORDS.findall(after)
    if max(len(old), len(new)) > most_words:
        return Sides(_whole(before, differs=True), _whole(after, differs=True))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return Sides(
        tuple(_pieces((old[i:j], tag != "equal") for tag, i, j, _, _ in steps)),
        tuple(_pieces((new[i:j], tag != "equal") for tag, _, _, i, j in steps)),
    )


def _pieces(runs: Iterator[tuple[list[str], bool]]) -> Iterator[Piece]:
    return (Piece("".join(words), differs) for words, differs in runs if words)


def _whole(text: str | None, *, differs: bool) -> tuple[Piece, ...]:
    return (Piece(text, differs),) if text else ()
