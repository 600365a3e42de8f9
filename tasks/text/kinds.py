"""What a block is where its wording says more than its markup."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.corrections import is_correction
from tasks.text.credits import is_credit
from tasks.text.words import CACHED_CHARS

if TYPE_CHECKING:
    from tasks.model import Block


def kind_of(block: Block, words: int) -> Kind:
    """A correction notice or a credit, else as its markup says. words: how many it has."""
    read = _kind_of if len(block.text) <= CACHED_CHARS else _kind_of.__wrapped__
    return read(block.text, block.kind, words)


@lru_cache(maxsize=8192)
def _kind_of(text: str, marked: Kind, words: int) -> Kind:
    if is_correction(text):
        return Kind.CORRECTION
    return Kind.CREDIT if marked is not Kind.HEADING and is_credit(text, words) else marked
