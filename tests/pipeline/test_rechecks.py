"""Articles are looked at again though no feed says a word: what was edited or withdrawn in silence is found, and nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.world import this_world
from tasks.model import Feed
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_site import HOST, Answer, item, page, paper_site, rss
from warehouse.audit import audit
from warehouse.connect import live
from warehouse.feed_status import recheck_counts
from warehouse.publish import publish

if TYPE_CHECKING:
    from pathlib import Path

    from flows.pipeline.run import RunSummary
    from tests.pipeline.paper_site import PaperSite

BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINK = f"http://{HOST}/news/story"
STORY = page("The pier")
EDITED = STORY.replace(b"until autumn", b"until winter")
FEED = Answer(rss(item("/news/story", title="The pier") + "<pubDate>Sun, 01 Mar 2026 10:11:12 GMT</pubDate>"), "application/rss+xml")
CHECKS = "select outcome, reason, attempts from rechecks order by checked_at"


@dataclass(slots=True)
class Paper:
    """A site with one article in its feed, which never changes, and an installation that was run once, at noon."""

    site: PaperSite
    state: Path
    rechecks: int = 100
    summaries: list[RunSummary] = field(default_factory=list)

    def run(self, hours: float) -> dict[str, int]:
        """At so many hours after noon; what became of entries."""
        world = replace(this_world(), now=lambda: BEGAN + timedelta(hours=hours))
        settings = self.site.settings(self.state).model_copy(update={"rechecks": self.rechecks})
        summary = ingest(settings, [Feed("paper", f"http://{HOST}/feed")], world, steps=Steps(open_pool=InProcessPool))
        self.summaries.append(summary)
        return dict(summary.entries)

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with live(self.state / "live.duckdb", wait_seconds=1) as connection:
            return connection.execute(sql).fetchall()

    def shows(self, answer: Answer) -> None:
        self.site.answers["/news/story"] = answer


@pytest.fixture
def paper(tmp_path):
    with paper_site({"/feed": FEED, "/news/story": Answer(STORY, etag='"1"')}) as site:
        paper = Paper(site, tmp_path / "state")
        assert paper.run(0) == {"loaded": 1}
        yield paper


def test_a_silent_edit_is_found_and_told_by_its_kind(paper):
    paper.shows(Answer(EDITED))

    assert paper.run(0.5) == {}
    assert paper.run(2) == {"revised": 1}
    assert paper.ask("select kind, last_seen_before_at, seen_at from revisions") == [("minor", BEGAN, BEGAN + timedelta(hours=2))]
    assert paper.ask("select cause from article_observations order by observed_at") == [("fetch",), ("recheck",)]
    assert paper.summaries[-1].polls == {"same_body": 1}


def test_what_only_the_feed_said_still_holds(paper):
    said = paper.ask("select * exclude (column0) from (select 0 as column0, title, published_at, published_source from articles_current)")
    paper.shows(Answer(EDITED))
    paper.run(2)

    assert said[0][1] == datetime(2026, 3, 1, 10, 11, 12, tzinfo=UTC)
    assert paper.ask("select title, published_at, published_source from articles_current") == said


def test_a_page_that_did_not_change_is_a_row_and_nothing_else(paper):
    assert paper.run(2) == {"unchanged": 1}
    assert paper.ask(CHECKS) == [("unchanged", "not modified", 1)]
    assert paper.ask("select outcome, http_status, body_hash is null or body_bytes = 0 from pages order by fetched_at") == [
        ("ok", 200, False),
        ("not_modified", 304, True),
    ]
    assert paper.ask("select count(*) from article_observations") == [(1,)]


def test_a_page_without_validators_that_says_the_same_is_unchanged(paper):
    paper.shows(Answer(STORY))

    assert paper.run(2) == {"unchanged": 1}
    assert paper.ask(CHECKS) == [("unchanged", "same text", 1)]


def test_articles_are_looked_at_in_growing_intervals_and_then_no_more(paper):
    checked = [hours for hours in (0.9, 1.3, 2, 5, 7.5, 8, 23, 30, 48, 71, 90, 200, 239, 290, 300, 2000) if paper.run(hours)]

    assert checked == [1.3, 7.5, 30, 90, 290]


def test_what_was_missed_is_made_up_for_once(paper):
    assert [paper.run(hours) for hours in (60, 61, 62)] == [{"unchanged": 1}, {}, {}]


@pytest.mark.parametrize("answer", [Answer(b"gone", status=404), Answer(b"gone", status=410), Answer(b"", status=302, location="/news/")])
def test_an_article_that_is_gone_twice_was_withdrawn_and_what_was_loaded_stays(paper, answer):
    held = paper.ask("select * from articles_current")
    paper.site.answers["/news/"] = Answer(page("All the news"))
    paper.shows(answer)

    assert paper.run(2) == {"rejected": 1}
    assert paper.ask("select * from withdrawals") == []
    assert paper.run(6) == {}
    assert paper.run(8.1) == {"rejected": 1}

    reason = "moved_away" if answer.location else f"http_{answer.status}"
    assert paper.ask("select url, title, last_there_at, gone_at, last_checked_at, checks, reason from withdrawals") == [
        (LINK, "The pier", BEGAN, BEGAN + timedelta(hours=2), BEGAN + timedelta(hours=8.1), 2, reason)
    ]
    assert paper.ask("select * from articles_current") == held
    assert paper.ask("select * from rejects") == []


def test_an_article_that_comes_back_was_not_withdrawn(paper):
    paper.shows(Answer(b"gone", status=404))
    paper.run(2)
    paper.run(9)
    assert paper.ask("select checks from withdrawals") == [(2,)]
    paper.shows(Answer(STORY))

    assert paper.run(30) == {"unchanged": 1}
    assert paper.ask("select * from withdrawals") == []


def test_a_page_that_cannot_be_had_now_is_tried_again_and_costs_nothing(paper):
    held = paper.ask("select * from articles_current")
    paper.shows(Answer(b"busy", status=503))

    assert paper.run(2) == {"pending": 1}
    assert paper.ask("select * from articles_current") == held
    paper.shows(Answer(EDITED))
    assert paper.run(2.5) == {"revised": 1}
    assert paper.ask(CHECKS) == [("revised", None, 2)]


def test_a_page_that_holds_no_article_any_more_takes_nothing_away(paper):
    held = paper.ask("select * from articles_current")
    paper.shows(Answer(b"<!doctype html><title>x</title><p>Sorry."))

    assert paper.run(2) == {"rejected": 1}
    assert paper.ask("select outcome from rechecks") == [("failed",)]
    assert paper.ask("select * from articles_current") == held


def test_no_article_is_looked_at_where_nobody_wants_it(paper):
    paper.rechecks = 0

    assert paper.run(2) == {}
    assert paper.ask(CHECKS) == []


def test_the_last_day_of_looks_is_counted(paper):
    paper.run(2)
    paper.run(8)
    copy = paper.state / "copy.duckdb"
    publish(paper.state / "live.duckdb", copy, now=BEGAN, code_version="1.0", wait_seconds=1)

    assert recheck_counts(copy, BEGAN + timedelta(hours=9)) == {"unchanged": 2}
    assert recheck_counts(copy, BEGAN + timedelta(hours=27)) == {"unchanged": 1}


@pytest.mark.parametrize("table", ["entry_outcomes", "pages"])
def test_an_audit_finds_a_look_that_left_no_row(paper, table):
    paper.run(2)
    with live(paper.state / "live.duckdb", wait_seconds=1) as connection:
        assert audit(connection, run_id=None) == ()
        condition = "feed_id = 'rechecks'" if table == "entry_outcomes" else "outcome = 'not_modified'"
        connection.execute(f"delete from {table} where {condition}")  # noqa: S608 - tables above

        assert {each.audit for each in audit(connection, run_id=None)} == {
            "missing_outcomes" if table == "entry_outcomes" else "attempts_without_page"
        }
