"""Logs of processes that run for months."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def cut_log(log: Path, largest_bytes: int) -> None:
    """Begin it anew if it is larger; what it held is kept beside it as NAME.log.1, in place of what was kept before.

    Its process writes on meanwhile, at the end of the file wherever that is (O_APPEND); a line that it writes in that moment may be lost.
    """
    if log.stat().st_size > largest_bytes:
        shutil.copyfile(log, log.with_suffix(".log.1"))
        os.truncate(log, 0)
