"""How a template names places: paths, what stands for a path that was never seen, and texts that recur at a path."""

from __future__ import annotations

from tasks.text.places import HEADINGS

LONG_END = 4  # steps
SHORT_END = 3
HOLDER_STEPS = 6
MAX_CHARS = 1_000  # no longer path is learned
ANYWHERE = "**/"
BELOW = "/**"
STANDS = " = "


def backoffs(path: str) -> tuple[str, ...]:
    """`**/article.story/div.text/ul/li`, `**/main/article.story/div.text/ul/**`, `**/div.text/ul/li`, `**/main/article.story/div.text/**`.

    The most telling first. A short path has fewer, or none. A heading has no last one: boxes have headings too.
    """
    steps = path.split("/")
    found = []
    if len(steps) > LONG_END:
        found.append(ANYWHERE + "/".join(steps[-LONG_END:]))
    if len(steps) >= SHORT_END:
        found.append(f"{ANYWHERE}{'/'.join(steps[:-1][-HOLDER_STEPS:])}{BELOW}")
    if len(steps) > SHORT_END:
        found.append(ANYWHERE + "/".join(steps[-SHORT_END:]))
    if len(steps) > SHORT_END and steps[-1].partition(".")[0] not in HEADINGS:
        found.append(f"{ANYWHERE}{'/'.join(steps[:-2][-HOLDER_STEPS:])}{BELOW}")
    return tuple(found)


def is_backoff(place: str) -> bool:
    """Whether it stands for other paths."""
    return place.startswith(ANYWHERE)


def standing_text(path: str, mask: int) -> str:
    """One text at a path. mask: its `masked_hash`."""
    return f"{path}{STANDS}{mask:016x}"


def path_of_text(place: str) -> str:
    """The path of a `standing_text`, nothing for other places."""
    return place.rpartition(STANDS)[0]
