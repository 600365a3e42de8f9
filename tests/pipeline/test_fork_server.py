"""When the process that workers are forked from is started, and that workers then come from it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.pipeline.fork_server import will_be_needed
from flows.settings import Settings

SCRIPT = """
import asyncio, os
from multiprocessing.forkserver import _forkserver
from flows.pipeline.fork_server import start_ahead
from flows.pipeline.pool import WorkerPool

async def parent_of_worker():
    async with WorkerPool(1) as pool:
        return await pool.run(os.getppid)

if __name__ == "__main__":
    start_ahead()
    print(_forkserver._forkserver_pid, asyncio.run(parent_of_worker()))
"""


UNDER_A_LIMIT = """
import asyncio, os, resource, sys
from flows.pipeline.pool import WorkerPool
from flows.pipeline.worker import WorkerLost

async def is_answered():
    async with WorkerPool(1) as pool:
        try:
            return await pool.run(os.getpid) > 0
        except WorkerLost as lost:
            return lost.reason

if __name__ == "__main__":
    limit = int(sys.argv[2])
    resource.setrlimit(getattr(resource, sys.argv[1]), (limit, limit))
    print(asyncio.run(is_answered()))
"""


@pytest.mark.parametrize(
    ("live_at", "published_at", "needed"),
    [(None, None, True), (100, 101, True), (101, 100, False), (100, None, False)],
)
def test_workers_are_expected_at_first_and_after_a_run_that_had_something_to_publish(tmp_path, live_at, published_at, needed):
    settings = Settings(state=tmp_path)
    for path, at in ((settings.live, live_at), (settings.published, published_at)):
        if at:
            path.touch()
            os.utime(path, (at, at))

    assert will_be_needed(settings) is needed


def test_workers_are_forked_from_what_was_started_ahead(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)

    told = subprocess.run(
        [sys.executable, script], env=os.environ | {"PYTHONPATH": str(Path.cwd())}, capture_output=True, text=True, check=True
    )

    started, parent = told.stdout.split()
    assert started == parent


@pytest.mark.parametrize(
    ("limit", "at", "answered"),
    [("RLIMIT_FSIZE", 100_000, "True"), ("RLIMIT_DATA", 70_000_000, "worker_died")],
    ids=["no room for temporary files", "no memory for what all workers share"],
)
def test_workers_are_started_or_lost_whatever_the_process_that_they_come_from_lacks(tmp_path, limit, at, answered):
    script = tmp_path / "script.py"
    script.write_text(UNDER_A_LIMIT)

    ran = subprocess.run(
        [sys.executable, script, limit, str(at)],
        env=os.environ | {"PYTHONPATH": str(Path.cwd()), "OMP_NUM_THREADS": "1"}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert ran.stdout.split() == [answered]
