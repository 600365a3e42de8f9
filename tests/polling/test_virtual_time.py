"""Weeks of polls in virtual time, with faults of every kind: `python -m benchmarks.polling_in_virtual_time` has the long version."""

from __future__ import annotations

from benchmarks.virtual_feeds import KINDS, feeds_of
from benchmarks.virtual_polls import play
from benchmarks.virtual_verdicts import judged

DAYS = 40
TOO_LONG = {"410 for 40 days"}


def test_after_weeks_of_faults_every_feed_stands_where_the_rules_say():
    kinds = [kind for kind in KINDS if kind.name not in TOO_LONG]
    verdicts = judged(play(feeds_of(kinds, 1, DAYS, seed=7), DAYS))

    assert [line for verdict in verdicts for line in verdict.broken] == []
    assert {verdict.kind for verdict in verdicts if verdict.held == 1} == {kind.name for kind in kinds}
