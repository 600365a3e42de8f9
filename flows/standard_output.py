"""Where commands print: text of every script, whatever the locale of the surroundings."""

from __future__ import annotations

import io
import os
import sys


def settle_output() -> None:
    """Files and pipes get UTF-8, a terminal what it can show and the rest as escapes."""
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding=out.encoding if out.isatty() else "utf-8", errors="backslashreplace")


def drop_output() -> None:
    """Whoever read it has had enough: what is still to be written goes nowhere, and the interpreter does not complain as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
