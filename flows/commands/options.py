"""Options that several commands share, and the settings they make."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.settings import Settings

State = Annotated[Path | None, Parameter(name="--state", help="Folder of the warehouse. [default: $FEEDMILL_STATE, else ./state]")]
Json = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON for programs instead of text for people.")]
Workers = Annotated[int | None, Parameter(name="--workers", help="Processes that read pages. [default: one per core]")]


def settings_with(**given: object) -> Settings:
    """The environment's settings, with the options that were given in their place."""
    return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
