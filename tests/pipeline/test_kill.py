"""SIGKILL in the middle of a run, then run again: nothing lost, nothing doubled. `benchmarks/kill_ingest.py` does it with everything."""

from __future__ import annotations

import sys

import pytest

from benchmarks.kill_ingest import PHASES, Kill, only, planned, run_and_kill, torment
from tests.pipeline.newsroom_run import installation

KILLS = (
    Kill(1, "fetch", 10), Kill(1, "load.in_transaction", 4), Kill(1, "load.committed", 4), Kill(1, "learn", 1), Kill(1, "template", 1),
    Kill(1, "reclean", 1), Kill(1, "compare", 1), Kill(1, "publish.rename", 1),
)  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="processes are counted in /proc")
def test_a_run_killed_in_any_phase_is_made_good_by_the_next(tmp_path):
    left, reader, faults = torment(tmp_path, KILLS, seed=1, hosts=("echo-valmer.test", "sahil-marjan.test"), batch_pages=8)

    assert [each.died for each in left] == [True] * len(KILLS) + [False]
    assert [each.orphans for each in left] == [0] * len(left)
    assert [each.articles for each in left] == sorted(each.articles for each in left)
    assert left[0].pending > 0
    assert left[-1].pending == 0
    assert reader.failures == []
    assert faults == []


def test_as_many_kills_as_phases_hit_every_phase():
    assert {kill.phase for kill in planned(len(PHASES))} == set(PHASES)


def test_the_next_run_marks_a_killed_one_as_crashed(tmp_path):
    with installation(tmp_path / "state") as served:
        place = only(served, ("echo-valmer.test",))
        run_and_kill(place, Kill(1, "fetch", 5), batch_pages=8)
        running = place.query("select status from runs")
        place.ingest()

        assert running == [("running",)]
        assert place.query("select status, finished_at is not null from runs order by started_at") == [
            ("crashed", True),
            ("completed", True),
        ]
