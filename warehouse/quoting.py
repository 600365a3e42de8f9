"""Names and text as SQL spells them, for statements that take no parameters."""

from __future__ import annotations


def identifier(name: str) -> str:
    """A name, quoted."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Text, quoted."""
    return "'" + text.replace("'", "''") + "'"
