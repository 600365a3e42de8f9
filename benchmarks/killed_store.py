"""A process that loads, publishes and hands out, and is killed on the way: run by kill_store.py.

    python -m benchmarks.killed_store STATE SHARE NOW PHASE BATCH...

PHASE: where it kills itself; empty: nowhere. BATCH: files of pickled batches, loaded in order. Prints every phase as it begins, of loading
those of the last batch.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from flows.pipeline.publish import publish
from flows.settings import Settings
from flows.world import this_world
from warehouse.connect import live
from warehouse.load import load


def main(state: Path, share: Path, now: datetime, phase: str, batches: list[Path]) -> None:
    """Do all of it, unless the phase comes."""

    def tell(event: str) -> None:
        print(event, flush=True)
        if event == phase:
            os.kill(os.getpid(), signal.SIGKILL)

    settings, world = Settings(state=state, keep_copies_days=2), replace(this_world(), now=lambda: now)
    for path in batches:
        with live(settings.live, wait_seconds=5) as connection:
            batch = pickle.loads(path.read_bytes())  # noqa: S301 - written by kill_store
            load(connection, batch, on_phase=tell if path == batches[-1] else None)
    publish(settings, world, to=share, on_phase=tell)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]), sys.argv[4], [Path(name) for name in sys.argv[5:]])
