"""What a block is where its wording says more than its markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.corrections import is_correction
from tasks.text.credits import is_credit

if TYPE_CHECKING:
    from tasks.model import Block


def kind_of(block: Block, words: int) -> Kind:
    """A correction notice or a credit, else as its markup says. words: how many it has."""
    if is_correction(block.text):
        return Kind.CORRECTION
    if block.kind is not Kind.HEADING and is_credit(block.text, words):
        return Kind.CREDIT
    return block.kind
