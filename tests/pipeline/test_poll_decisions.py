"""What polls find decides when and where feeds are asked, as rows: whole runs against a loopback server, in a time of their own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from flows import policy
from flows.commands.alarms import with_alarms
from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.world import this_world
from tasks.model import Feed
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_site import HOST, Answer, PaperSite, item, page, paper_site, rss
from warehouse.connect import live
from warehouse.feed_status import feed_past, feed_statuses
from warehouse.publish import publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.pipeline.run import RunSummary
    from flows.settings import Settings

FEED = Feed("paper", f"http://{HOST}/feed")
HALF_A_DAY = timedelta(hours=12)
STORIES = [f"/story-{number}" for number in range(12)]


@dataclass(slots=True)
class Mill:
    """A site, an installation, and a clock that only the test moves."""

    site: PaperSite
    settings: Settings
    now: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 6, tzinfo=UTC))

    def carries(self, *paths: str, etag: str | None = None, ids: str = "") -> None:
        """The feed holds these stories from now on. ids: what their ids end in."""
        items = [item(path, guid=f"{path}{ids}") for path in paths]
        self.site.answers["/feed"] = Answer(rss(*items), "application/rss+xml", etag=etag)

    def run(self, *feeds: Feed, settings: Settings | None = None, after: timedelta = HALF_A_DAY) -> RunSummary:
        self.now += after
        world = replace(this_world(), now=lambda: self.now)
        return ingest(settings or self.settings, feeds or [FEED], world, force=True, steps=Steps(open_pool=InProcessPool))

    def query(self, sql: str) -> list[tuple[object, ...]]:
        with live(self.settings.live, wait_seconds=1) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def mill(tmp_path: Path) -> Iterator[Mill]:
    with paper_site({path: Answer(page(f"The {path} of a town by the sea")) for path in STORIES}) as site:
        made = Mill(site, site.settings(tmp_path / "state").model_copy(update={"rechecks": 0}))
        made.carries(*STORIES[:4])
        yield made


def test_a_feed_is_asked_at_its_new_address_once_the_redirect_held_and_at_the_old_one_if_it_fails_there(mill):
    mill.site.answers["/new"] = mill.site.answers["/feed"]
    mill.site.answers["/feed"] = Answer(b"", status=301, location="/new")
    for _ in range(2):
        mill.run()
    assert mill.query("select current_url, moving_polls from feed_states") == [(FEED.url, 2)]
    mill.run()
    assert mill.query("select current_url from feed_states") == [(f"http://{HOST}/new",)]

    del mill.site.answers["/new"]
    summary = mill.run()
    assert [each.alarm for each in summary.poll_alarms] == ["fell_back"]
    assert mill.query("select from_url, to_url, cause, polls from feed_moves order by moved_at") == [
        (FEED.url, f"http://{HOST}/new", "redirect held", 3),
        (f"http://{HOST}/new", FEED.url, "fell back", 1),
    ]
    assert mill.query("select redirects, notices from polls order by polled_at") == [(1, []), (1, []), (1, ["moved"]), (0, ["fell_back"])]


def test_an_outage_of_our_own_is_charged_to_no_feed_and_told(mill):
    hosts = [f"{name}.test" for name in ("one", "two", "three", "four")]
    feeds = [Feed(host, f"http://{host}/feed") for host in hosts]
    online = mill.settings.model_copy(update={"connect_to": dict.fromkeys(hosts, f"127.0.0.1:{mill.site.port}")})
    offline = mill.settings.model_copy(update={"connect_to": dict.fromkeys(hosts, "127.0.0.1:1")})
    mill.run(*feeds, settings=online)
    kept = "select feed_id, state, failures, etag, last_success_at, interval_seconds from feed_states order by feed_id"
    before = mill.query(kept)

    summary = mill.run(*feeds, settings=offline)
    assert mill.query(kept) == before
    assert mill.query("select distinct due_reason, next_due_at from feed_states") == [
        ("own_outage", mill.now + policy.POLLING.outage.again)
    ]
    newest = "select outcome, notices from polls qualify rank() over (order by polled_at desc) = 1"
    assert mill.query(newest) == [("connect", ["own_outage"])] * 4
    assert [(each.alarm, each.feeds) for each in summary.poll_alarms] == [("own_outage", 4)]
    assert "our own network is to blame" in with_alarms("", summary.alarms, summary.poll_alarms)

    halved = offline.model_copy(update={"connect_to": dict(list(online.connect_to.items())[:2] + list(offline.connect_to.items())[2:])})
    mill.run(*feeds, settings=halved)
    assert mill.query("select feed_id, failures, failure_kind from feed_states where failures > 0 order by feed_id") == [
        ("four.test", 1, "temporary"),
        ("three.test", 1, "temporary"),
    ]


def test_a_304_that_hides_entries_is_found_out_and_the_feed_asked_without_validators(mill):
    mill.carries(*STORIES[:4], etag='"same"')
    mill.run()
    mill.carries(*STORIES[1:5], etag='"same"')
    outcomes = "select outcome, notices from polls order by polled_at"
    mill.run()
    assert mill.query(outcomes)[1:] == [("not_modified", [])]

    mill.run(after=policy.POLLING.probing.after)
    assert mill.query(outcomes)[2:] == [("ok", ["lying_304"])]
    assert mill.query("select count(*) from articles") == [(5,)]
    mill.carries(*STORIES[2:6], etag='"same"')
    mill.run()
    assert mill.query(outcomes)[3:] == [("ok", [])]
    assert mill.query("select count(*), max(conditional_distrusted_at) is not null from articles, feed_states") == [(6, True)]


def test_a_304_that_is_true_is_believed_on(mill):
    mill.carries(*STORIES[:4], etag='"same"')
    mill.run()
    mill.run(after=policy.POLLING.probing.after)
    mill.run()

    assert mill.query("select outcome, notices from polls order by polled_at") == [
        ("ok", []),
        ("same_body", ["probe_agreed"]),
        ("not_modified", []),
    ]


def test_a_probe_that_fails_leaves_the_304_as_it_is(mill):
    mill.carries(*STORIES[:4], etag='"same"')
    mill.run()
    mill.site.answers["/feed"] = Answer(b"", status=503, etag='"same"')
    mill.run(after=policy.POLLING.probing.after)

    assert mill.query("select outcome from polls order by polled_at desc limit 1") == [("not_modified",)]
    assert mill.query("select failures, trusted_304s from feed_states") == [(0, 1)]


def test_a_web_page_in_place_of_a_feed_is_told_from_a_broken_feed(mill):
    mill.run()
    mill.site.answers["/feed"] = Answer(page("Sorry, we are being repaired"))
    mill.run()

    assert mill.query("select outcome, http_status from polls order by polled_at desc limit 1") == [("html_instead", 200)]
    assert mill.query("select state, failure_kind, due_reason from feed_states") == [("backing_off", "soft", "soft")]


def test_two_polls_that_share_no_entry_leave_a_gap_between_them(mill):
    mill.run()
    mill.run()
    before = mill.query("select max(polled_at) from polls")
    mill.carries(*STORIES[4:9])
    summary = mill.run()

    assert [each.alarm for each in summary.poll_alarms] == ["gap"]
    gap = "select previous_polled_at, polled_at, hours, entries_before, entries from gaps"
    assert mill.query(gap) == [(before[0][0], mill.now, 12.0, 4, 5)]
    assert mill.query("select interval_seconds from feed_states") == [(policy.POLLING.pace.shortest.total_seconds(),)]


def test_what_happened_to_a_feed_is_told_out_of_the_published_copy(mill):
    mill.site.answers["/new"] = mill.site.answers["/feed"]
    mill.site.answers["/feed"] = Answer(b"", status=301, location="/new")
    for _ in range(3):
        mill.run()
    mill.carries(*STORIES[4:9])
    mill.site.answers["/new"] = mill.site.answers["/feed"]
    mill.run()
    publish(mill.settings.live, mill.settings.published, now=mill.now, code_version="1", wait_seconds=1)

    past = feed_past(mill.settings.published, "paper", limit=3)
    assert [poll.notices for poll in past.polls] == [("gap",), ("moved",), ()]
    assert [(move.from_url, move.to_url, move.moved_at) for move in past.moves] == [(FEED.url, f"http://{HOST}/new", mill.now - HALF_A_DAY)]
    assert [(gap.hours, gap.entries_before, gap.entries) for gap in past.gaps] == [(12.0, 4, 5)]
    status = feed_statuses(mill.settings.published)["paper"]
    assert (status.current_url, status.due_reason, status.last_notices) == (f"http://{HOST}/new", "interval", ("gap",))


def test_a_feed_that_renames_its_entries_at_each_turn_is_read_by_its_links(mill):
    mill.run()
    for turn in range(1, 5):
        mill.carries(*STORIES[: 4 + turn], ids=f"?{turn}")
        mill.run()

    assert mill.query("select churned_ids, 'ids_churn' in notices from polls order by polled_at") == [
        (0, False), (4, True), (5, True), (0, False), (0, False),
    ]  # fmt: skip
    assert mill.query("select count(*) from articles") == [(8,)]
    assert mill.query("select count(*) from known_entries where starts_with(entry_key, 'id:')") == [(4 + 5 + 6,)]
    assert mill.query("select overlap_count, entry_count from polls order by polled_at") == [(0, 4), (4, 5), (5, 6), (6, 7), (7, 8)]


def test_what_a_feed_says_about_its_pace_is_kept_and_obeyed(mill):
    items = "".join(f"<item>{item(path)}</item>" for path in STORIES[:4])
    said = f"<ttl>90</ttl><skipHours><hour>3</hour></skipHours>{items}"
    mill.site.answers["/feed"] = Answer(f'<rss version="2.0"><channel>{said}</channel></rss>'.encode(), "application/rss+xml")
    mill.run()

    assert mill.query("select least_seconds, skip_hours, skip_days, due_reason from feed_states") == [(5_400, [3], [], "publisher")]
    [(due,)] = mill.query("select next_due_at from feed_states")
    assert timedelta(minutes=90) <= due - mill.now <= timedelta(minutes=99)
