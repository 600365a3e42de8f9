"""A process killed in the middle of a load."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.warehouse.warehouse_samples import BATCH
from warehouse.audit import audit
from warehouse.connect import live
from warehouse.load import Loaded, load

LOAD_AND_DIE = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.warehouse_samples import BATCH
from warehouse.connect import live
from warehouse.load import load
def die(phase):
    if phase == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
with live(Path(sys.argv[1]), wait_seconds=0) as connection:
    load(connection, BATCH, on_phase=die)
"""


@pytest.mark.parametrize(("phase", "articles"), [("load.in_transaction", 0), ("load.committed", 1)])
def test_a_killed_load_is_there_wholly_or_not_at_all_and_can_be_repeated(live_path, store, phase, articles):
    store.close()
    killed = subprocess.run([sys.executable, "-c", LOAD_AND_DIE, live_path, phase], check=False)

    assert killed.returncode == -9
    with live(live_path, wait_seconds=0) as again:
        assert len(again.table("articles")) == len(again.table("article_blocks")) == len(again.table("runs")) == articles
        assert (load(again, BATCH) == Loaded()) == bool(articles)
        assert audit(again, run_id=None) == ()
