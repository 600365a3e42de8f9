"""The pull step of every deployment: a worker starts runs in a temporary folder, and this brings them home."""

from __future__ import annotations

import os
from pathlib import Path

HOME = "MILL_HOME"
"""Environment variable of a worker: the folder in which its runs work, where it is not the one that was deployed from."""


def bring_home(folder: str | None = None) -> dict[str, str]:
    """Go to the folder against which state, feeds and the like are resolved; called by Prefect before each run.

    It is the worker's MILL_HOME, else the folder that was deployed from, else the one that holds `flows/`.
    """
    home = Path(os.environ.get(HOME) or folder or Path(__file__).parent.parent).resolve()
    os.chdir(home)
    return {"directory": str(home)}
