"""The address of a page without what only says that it is shown for AMP or for a telephone.

Sources: amp.dev, "Make your pages discoverable" (a page and its AMP version are one document), and the spellings that content systems
give their AMP versions: a host of its own, a first or last path segment, a file suffix, a parameter.
"""

from __future__ import annotations

import re

HOSTS = frozenset({"amp", "m", "mobile"})
"""First labels of hosts that serve the same articles in another layout."""

PARAMETERS = {"amp": frozenset({"", "1", "true"}), "outputtype": frozenset({"amp"}), "output": frozenset({"amp"})}
"""Name, lower case -> the values with which it asks for the AMP version."""

_FEWEST_LABELS_LEFT = 2
_SUFFIX = re.compile(r"\.amp(?=\.html?$|$)")


def full_host(host: str) -> str:
    """`m.paper.test` -> `paper.test`; never a single label or a number."""
    first, _, rest = host.partition(".")
    is_name = not rest.rpartition(".")[2].partition(":")[0].isdigit()
    return rest if first in HOSTS and is_name and rest.count(".") + 1 >= _FEWEST_LABELS_LEFT else host


def full_path(path: str) -> str:
    """`/world/story/amp`, `/amp/world/story` and `/world/story.amp.html` without their mark; a path that would be empty stays."""
    trimmed = path.rstrip("/")
    found = trimmed.removeprefix("/amp") if trimmed.startswith("/amp/") else trimmed.removesuffix("/amp")
    found = _SUFFIX.sub("", found)
    return found if found.strip("/") else path


def asks_for_amp(parameter: str) -> bool:
    """Whether `name=value` only chooses the AMP version."""
    name, _, value = parameter.partition("=")
    return value.lower() in PARAMETERS.get(name.lower(), frozenset())
