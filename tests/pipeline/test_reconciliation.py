"""A row that goes missing between two stages ends the run: whatever becomes of an entry, it is written down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.failures import told
from flows.pipeline.context import Steps
from flows.pipeline.run import RunFailed
from tasks.feeds.parse import parse_feed
from tasks.polling.decide import decide_entries
from tasks.shape import shape
from tests.pipeline.in_process_pool import InProcessPool
from warehouse.connect import live


@pytest.fixture
def one_feed(newsroom):
    """The feed of one publisher: 20 entries, of which one is rejected."""
    return newsroom.with_feeds(tuple(feed for feed in newsroom.feeds if feed.feed_id.startswith("echo")))


def losing_an_entry(body, **given):
    parsed = parse_feed(body, **given)
    return replace(parsed, entries=parsed.entries[:-1])


def losing_a_decision(parsed, **given):
    return decide_entries(parsed, **given)[1:]


def losing(table):
    """A `shape` that forgets the first row of one table in every batch that holds one."""

    def lossy(finished, known, **given):
        batch = shape(finished, known, **given)
        return replace(batch, **{table: getattr(batch, table)[1:]})

    return lossy


def losing_a_page(*, of_an_article):
    """A `shape` that forgets one page in every batch that holds one of that kind."""

    def lossy(finished, known, **given):
        batch = shape(finished, known, **given)
        observed = {row.page_id for row in batch.article_observations}
        lost = next((page for page in batch.pages if (page.page_id in observed) is of_an_article), None)
        return replace(batch, pages=tuple(page for page in batch.pages if page is not lost))

    return lossy


LOSSES = [
    ("an entry, while the feed is read", Steps(parse=losing_an_entry), "missing_outcomes"),
    ("a decision", Steps(decide=losing_a_decision), "missing_outcomes"),
    ("the end of an entry", Steps(shape=losing("finished_entries")), "entries_never_attempted"),
    ("an article", Steps(shape=losing("articles")), "incomplete_observations"),
    ("a text", Steps(shape=losing("article_texts")), "incomplete_observations"),
    ("what the publisher says besides", Steps(shape=losing("article_metadata")), "incomplete_observations"),
    ("a ledger", Steps(shape=losing("article_blocks")), "incomplete_observations"),
    ("the page of an article", Steps(shape=losing_a_page(of_an_article=True)), "incomplete_observations"),
    ("the page of an entry that was rejected", Steps(shape=losing_a_page(of_an_article=False)), "attempts_without_page"),
    ("an observation", Steps(shape=losing("article_observations")), "outcomes_without_observation"),
]


@pytest.mark.parametrize(("what", "steps", "noticed_by"), LOSSES, ids=[what for what, _, _ in LOSSES])
def test_a_run_that_loses_something_fails_and_says_what(one_feed, what, steps, noticed_by):
    with pytest.raises(RunFailed) as failed:
        one_feed.ingest(steps=replace(steps, open_pool=InProcessPool))

    assert noticed_by in {violation.audit for violation in failed.value.violations}
    assert noticed_by in str(failed.value)
    assert one_feed.query("select status, finished_at is not null, error like '%audit violations%' from runs") == [("failed", True, True)]


def test_a_run_that_fails_its_audit_ends_the_command_with_exit_code_1(one_feed):
    with pytest.raises(RunFailed) as failed:
        one_feed.ingest(steps=Steps(decide=losing_a_decision, open_pool=InProcessPool))

    ending = told(failed.value)
    assert ending is not None
    assert ending.exit_code == 1
    assert "does not add up" in ending.message


def test_an_outcome_that_vanishes_after_it_was_written_is_noticed(one_feed):
    def vanish(event, count):
        if event == "load":
            with live(one_feed.settings.live, wait_seconds=5) as connection:
                connection.execute("delete from entry_outcomes where entry_key = (select min(entry_key) from entry_outcomes)")

    with pytest.raises(RunFailed) as failed:
        one_feed.ingest(steps=Steps(open_pool=InProcessPool), tell=vanish)

    assert "missing_outcomes" in {violation.audit for violation in failed.value.violations}


def test_an_undisturbed_run_completes(one_feed):
    summary = one_feed.ingest(steps=Steps(open_pool=InProcessPool))

    assert summary.entries == {"loaded": 19, "rejected": 1}
    assert one_feed.query("select status, error from runs") == [("completed", None)]
