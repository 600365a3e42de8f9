"""What a run tells while it is at work. The command line draws bars from it, tests stop the run at a point of their choice."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str, int], None]
"""(event, how many). Events: queued, poll, fetch, archive, extract, load, load.in_transaction, load.committed, learn, template, reclean,
publish.checkpoint, publish.copy, publish.update, publish.check, publish.rename, publish.manifest, publish.keep."""


def nobody(event: str, count: int) -> None:
    """For runs that nobody watches."""
    del event, count
