"""What a run tells of publishers whose pages changed so that cleaning takes nothing from them any more."""

from __future__ import annotations

import pytest

from flows.commands.alarms import with_alarms
from flows.commands.ingest_run import described
from flows.pipeline.import_files import import_files
from flows.pipeline.maintain import maintain
from flows.world import this_world
from tests.pipeline.paper_files import STEPS, Paper, page

COLOURS, THINGS = ("red", "green", "blue", "old", "new"), ("ferry", "bridge", "market", "school", "mill")
TOPICS = [f"{colour}-{thing}" for colour in COLOURS for thing in THINGS]


@pytest.fixture
def paper(tmp_path) -> Paper:
    return Paper(tmp_path)


def bring(paper, topics, tail):
    files = []
    for topic in topics:
        files.append(paper.pages / f"{topic}.html")
        files[-1].write_text(page(topic, tail=tail.format(topic=topic)), encoding="utf-8")
    return import_files(paper.settings, files, this_world(), steps=STEPS)


def test_a_run_and_maintenance_tell_of_cleaning_that_stopped_and_fail_for_none(paper):
    assert bring(paper, TOPICS, "Dismiss").alarms == ()
    summary = bring(
        paper, [f"last-{topic}" for topic in TOPICS[:12]], "Nobody knew what would come of the {topic}, and nobody asked again."
    )

    assert {(each.alarm, each.rule_id, each.articles) for each in summary.alarms} == {
        ("nothing_removed", None, 12),
        ("rule_silent", "edge-label", 12),
    }
    lines = with_alarms(described(summary), summary.alarms).splitlines()
    assert [line.partition(", since")[0] for line in lines[1:]] == [
        "alarm: gazette.example: nothing was removed from its 12 newest articles, before something from 100% of them",
        'alarm: gazette.example: rule edge-label ("Dismiss") took nothing from its 12 newest articles, before from 100% of them',
    ]
    assert maintain(paper.settings, this_world()).alarms == summary.alarms
    assert paper.query("select distinct status from runs") == [("completed",)]
