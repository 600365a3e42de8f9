"""Text of others in our own messages."""

from __future__ import annotations

LONGEST = 500


def printable(text: str) -> str:
    """The text in one line of at most 500 characters, with control and direction characters escaped, so that a log line stays one."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text[:LONGEST])[:LONGEST]
