"""Names under which anybody may register a domain of their own (publicsuffix.org): the list that the package `tld` brings.

Read here, since the package takes several times as long for it, in every process. Names are looked up as it does that.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

Node: TypeAlias = "dict[str, Node]"
"""Names below a name: label -> its own node. RULE is among them if the name itself is on the list, EXCEPTION before one that is not."""

LIST = "res/effective_tld_names.dat.txt"
RULE, EXCEPTION, ANY = ".", "!", "*"
IN_LETTERS_OF_DNS = "// xn--"
"""Begins the comment that tells a name as it stands in URLs."""


def registered_under(host: str) -> str | None:
    """The host's name below its public suffix, or the host if it is one itself; None if no suffix is known.

    host: in lower case, without a dot at its end. Private suffixes count (`github.io`).
    """
    labels = host.split(".")
    node, known = suffixes(), 0
    for depth, label in enumerate(reversed(labels), start=1):
        below = None if EXCEPTION + label in node else node.get(label) or node.get(ANY)
        if below is None:
            break
        node = below
        if RULE in node:
            known = depth
    return ".".join(labels[-known - 1 :]) if known else None


@lru_cache(maxsize=1)
def suffixes() -> Node:
    """The list as a tree, from its last labels on."""
    package = find_spec("tld")
    if package is None or package.origin is None:
        raise ModuleNotFoundError(name="tld")
    root: Node = {}
    for line in (Path(package.origin).parent / LIST).read_text(encoding="utf-8").splitlines():
        name = line.split()[1] if IN_LETTERS_OF_DNS in line else line.strip()
        if name and not name.startswith("//"):
            node = root
            for label in reversed(name.split(".")):
                if label.startswith(EXCEPTION):
                    node[label] = {}
                    break
                node = node.setdefault(label, {})
            node[RULE] = {}
    return root
