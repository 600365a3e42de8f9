from __future__ import annotations

import time

from benchmarks import editions
from benchmarks.page_server import PageServer
from benchmarks.stage_clock import StageClock
from benchmarks.stages import PLACES, THEIRS, play

SELDOM = {"extract: template", "extract: guessed date", "learn: which articles it touches"}


def burn(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_stage_within_a_stage_counts_for_itself_only():
    clock = StageClock()
    with clock.stage("outer"):
        burn(0.05)
        with clock.stage("inner"):
            burn(0.1)

    assert 0.05 <= clock.seconds["outer"] < 0.09
    assert 0.1 <= clock.seconds["inner"] < 0.14
    assert abs(clock.on_main_thread - sum(clock.seconds.values())) < 0.001


def test_a_run_enters_every_stage_that_the_table_names(tmp_path):
    found = editions.models(None, None)[:4]
    layout = editions.write(editions.many_of_few(found, publishers=1, pages=18, hosts=2), found, tmp_path / "site")
    with PageServer(tmp_path / "site", (0.0, 0.0)) as server:
        arrivals = play(layout, server, tmp_path)

    assert [each.articles for each in arrivals] == [16, 1, 1]
    entered = {name for each in arrivals for name, seconds in each.seconds.items() if seconds}
    assert {stage for stage, _ in PLACES} - entered <= SELDOM
    assert THEIRS in entered
