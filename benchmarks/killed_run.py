"""An ingest that kills itself: run by kill_ingest.py in a process of its own.

    python -m benchmarks.killed_run SETTINGS DAYS PHASE NTH BATCH_PAGES

SETTINGS: JSON of the installation. DAYS: how far its clock is ahead of the real one, so that feeds are due again.
The process ends by SIGKILL inside the NTH event of PHASE, or with exit code 0 if it never comes.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Lock

from flows.feeds_file import read_feeds
from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.settings import Settings
from flows.world import World, this_world
from warehouse.publish import publish


def days_later(days: int) -> World:
    """The world as it is, but for its clock, which is so far ahead."""
    return replace(this_world(), now=lambda: datetime.now(UTC) + timedelta(days=days))


def main(settings: Settings, days: int, phase: str, nth: int, batch_pages: int) -> None:
    """Ingest and publish, as the command does, until the event comes."""
    events, lock = itertools.count(1), Lock()

    def tell(event: str, count: int) -> None:
        del count
        with lock:
            if event == phase and next(events) == nth:
                os.kill(os.getpid(), signal.SIGKILL)

    world = days_later(days)
    ingest(settings, read_feeds(settings.feeds), world, tell=tell, steps=Steps(batch_pages=batch_pages))
    publish(
        settings.live,
        settings.published,
        now=world.now(),
        code_version=world.code_version,
        wait_seconds=settings.lock_wait_seconds,
        on_phase=lambda each: tell(each, 1),
    )


if __name__ == "__main__":
    main(Settings.model_validate_json(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
