"""What a command was asked, as text."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence


def as_text(arguments: Sequence[str]) -> Iterator[str]:
    """Arguments read as UTF-8, whatever the locale says. One that is none, such as the name of an old file, stays as it is."""
    for argument in arguments:
        text = argument
        with contextlib.suppress(UnicodeError):
            text = os.fsencode(argument).decode()
        yield text
