"""A process that loads, publishes and hands out, and is killed on the way: run by kill_store.py.

    python -m benchmarks.killed_store STATE SHARE NOW PHASE WAY BATCH...

PHASE: where it kills itself; empty: nowhere. WAY: of publishing, file or parquet; files by month are not handed out. BATCH: files of
pickled batches, loaded in order. Prints every phase as it begins, of loading those of the last batch.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from flows import policy
from flows.pipeline.publish import publish
from flows.settings import Settings
from flows.world import this_world
from warehouse.connect import live
from warehouse.load import load
from warehouse.publish import Way


def main(state: Path, share: Path, now: datetime, phase: str, way: Way, batches: list[Path]) -> None:  # noqa: PLR0917
    """Do all of it, unless the phase comes."""

    def tell(event: str) -> None:
        print(event, flush=True)
        if event == phase:
            os.kill(os.getpid(), signal.SIGKILL)

    policy.FORMER_RESTS = timedelta(0)  # the next copy is made of the former one at once
    settings, world = Settings(state=state, keep_copies_days=2, publish_as=way), replace(this_world(), now=lambda: now)
    for path in batches:
        with live(settings.live, wait_seconds=5) as connection:
            batch = pickle.loads(path.read_bytes())  # noqa: S301 - written by kill_store
            load(connection, batch, on_phase=tell if path == batches[-1] else None)
    publish(settings, world, to=share if way == "file" else None, on_phase=tell)


def way_of(text: str) -> Way:
    """The way of that name."""
    return "parquet" if text == "parquet" else "file"


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        datetime.fromisoformat(sys.argv[3]),
        sys.argv[4],
        way_of(sys.argv[5]),
        [Path(name) for name in sys.argv[6:]],
    )
