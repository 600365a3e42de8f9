"""Options that several commands share, and the settings they make."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.settings import Settings
from flows.unusable import Unusable

PREFIX = "FEEDMILL_"

State = Annotated[Path | None, Parameter(name="--state", help="Folder of the warehouse. [default: $FEEDMILL_STATE, else ./state]")]
Json = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON for programs instead of text for people.")]
Workers = Annotated[int | None, Parameter(name="--workers", help="Processes that read pages. [default: one per core]")]


def settings_with(**given: object) -> Settings:
    """The environment's settings, with the options that were given in their place. Raises Unusable for a FEEDMILL_ name that is none."""
    names = [f"{PREFIX}{field.upper()}" for field in Settings.model_fields]
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in names:
            near = difflib.get_close_matches(name.upper(), names, n=1)
            raise Unusable(
                f"{name} in the environment is no setting: " + (f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}")
            )
    return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
