"""What hosts told in robots.txt holds beyond the run that asked, and for how long."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import FetchError
from tasks.model import Fetched
from tasks.web.host_answers import ABSENT, UNREACHABLE, Asking
from tasks.web.robots import read_rules
from tests.web.conftest import LIMITS, NOW
from warehouse.rows import HostFileRow

PAGE = "http://news.example/page"
ALLOWS = b"User-agent: *\nDisallow: /other\nCrawl-delay: 0.01"
FORBIDS = b"User-agent: *\nDisallow: /"
HOURS = timedelta(hours=1)


class Years:
    """One run after the other, each with a client of its own that remembers what those before learned."""

    def __init__(self, web):
        self.web, self.now, self.rows = web, NOW, {}

    def run(self, robots, *, wait=timedelta(0), **limits):
        """(the page's status, or why it was not fetched; how often robots.txt was asked for)."""
        self.now += wait
        answers = {"/robots.txt": robots, "/page": self.web.response(200)}

        async def scenario(client):
            try:
                outcome = (await client.get(PAGE, accept="*/*", max_body_bytes=10)).status
            except FetchError as error:
                outcome = error.reason
            return outcome, client.learned()

        outcome, learned = self.web.visit(answers, scenario, remembered=self.rows.values(), clock=lambda: self.now, **limits)
        self.rows |= {(row.origin, row.path): row for row in learned}
        return outcome, self.web.site.paths().count("/robots.txt")

    @property
    def row(self):
        (row,) = self.rows.values()
        return row


@pytest.fixture
def years(web):
    return Years(web)


def test_rules_hold_for_later_runs_until_a_day_is_over(years, web):
    robots = web.response(200, ALLOWS)

    assert years.run(robots, robots_seconds=86_400) == (200, 1)
    assert years.row == HostFileRow(
        "http://news.example", "/robots.txt", "news.example", "ok", 200, None, ALLOWS.decode(), False, 0.01, NOW, NOW + 24 * HOURS, None
    )  # fmt: skip
    assert years.run(web.response(200, FORBIDS), wait=23 * HOURS) == (200, 0)
    assert years.run(web.response(200, FORBIDS), wait=HOURS) == ("robots", 1)
    assert years.run(robots, wait=HOURS / 2) == ("robots", 0)
    assert (years.row.refuses_front_page, years.row.content) == (True, FORBIDS.decode())


def test_that_a_host_has_no_robots_txt_is_remembered_too(years, web):
    assert years.run(web.response(404)) == (200, 1)
    assert (years.row.outcome, years.row.http_status, years.row.content) == (ABSENT, 404, None)
    assert years.run(web.response(200, FORBIDS), wait=HOURS / 2) == (200, 0)


def test_a_web_page_in_place_of_robots_txt_is_not_kept(years, web):
    years.run(web.response(200, b"<html>" + b"<p>hello: world</p>" * 1000))

    assert (years.row.outcome, years.row.content) == ("ok", None)


def test_a_host_that_answers_with_an_error_is_left_alone_across_runs(years, web):
    assert years.run(web.response(503)) == ("robots", 1)
    assert (years.row.outcome, years.row.error, years.row.refuses_front_page) == (UNREACHABLE, "answered 503", True)
    assert years.run(web.response(200, ALLOWS), wait=timedelta(seconds=59)) == ("robots", 0)
    assert years.run(web.response(200, ALLOWS), wait=timedelta(seconds=1)) == (200, 1)
    assert years.row.failing_since is None


def test_a_host_that_goes_on_failing_is_asked_more_and_more_rarely(years, web):
    asked = []
    for minute in range(120):
        _, times = years.run(web.response(500), wait=timedelta(minutes=1 if minute else 0))
        asked += [minute] * times

    assert asked == [0, 1, 2, 4, 8, 16, 31, 46, 61, 76, 91, 106]  # each time after as long as it has failed, at most 15 minutes
    assert years.row.failing_since == NOW


def test_after_a_month_without_a_readable_robots_txt_it_counts_as_none(years, web):
    years.run(web.response(500))

    assert years.run(web.response(500), wait=timedelta(days=29)) == ("robots", 1)
    assert years.run(web.response(500), wait=timedelta(days=1)) == (200, 1)
    assert (years.row.outcome, years.row.refuses_front_page, years.row.failing_since) == (UNREACHABLE, False, NOW)
    assert years.run(web.response(200, FORBIDS), wait=HOURS) == ("robots", 1)


async def hang_up(_request, writer):
    writer.close()


async def stay_silent(_request, writer):
    await writer.wait_closed()


@pytest.mark.parametrize(("answer", "kept"), [(hang_up, True), (stay_silent, False)])
def test_a_timeout_that_may_be_our_own_networks_is_forgotten_with_the_run(years, answer, kept):
    assert years.run(answer, silence_seconds=0.1)[0] == "robots"
    assert bool(years.rows) is kept


def test_a_host_that_cannot_be_reached_is_asked_anew_by_the_next_run(web):
    async def scenario(client):
        with pytest.raises(FetchError) as caught:
            await client.get("http://closed.test/", accept="*/*", max_body_bytes=10)
        return caught.value.reason, client.learned()

    assert web.visit({}, scenario, connect_to={"closed.test": "127.0.0.1:1"}) == ("connect", ())


def test_what_was_fetched_in_the_future_is_not_believed(years, web):
    years.run(web.response(200, FORBIDS))

    assert years.run(web.response(200, ALLOWS), wait=-HOURS) == (200, 1)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([], 3600),
        (["Cache-Control: public"], 3600),
        (["Cache-Control: max-age=1200"], 1200),
        (["Cache-Control: public, Max-Age=1200, must-revalidate"], 1200),
        (['Cache-Control: max-age="1200"'], 1200),
        (["Cache-Control: s-maxage=700"], 3600),
        (["Cache-Control: max-age=1200", "Age: 300"], 900),
        (["Cache-Control: max-age=1200", "Age: 5000"], 600),
        (["Cache-Control: max-age=1200", "Age: soon"], 1200),
        (["Cache-Control: max-age=99999999999999"], 3600),
        (["Cache-Control: max-age=999999999"], 3600),
        (["Cache-Control: max-age=0"], 600),
        (["Cache-Control: no-cache, max-age=1200"], 600),
        (["Cache-Control: private", "Cache-Control: no-store"], 600),
        (["Cache-Control: max-age=-5"], 3600),
        (["Cache-Control: max-age=soon"], 3600),
    ],
)
def test_cache_control_shortens_the_time_within_bounds(years, web, headers, seconds):
    years.run(web.response(200, ALLOWS, *headers), robots_least_seconds=600, robots_seconds=3600)

    assert years.row.expires_at - NOW == timedelta(seconds=seconds)


@pytest.mark.parametrize(("header", "seconds"), [("300", 300), ("Sun, 01 Mar 2026 12:40:15 GMT", 599.75), ("999999999", 3600), ("1", 60)])
@pytest.mark.parametrize("status", [429, 503])
def test_a_robots_txt_that_asks_to_be_left_alone_is(years, web, status, header, seconds):
    years.run(web.response(status, b"", f"Retry-After: {header}"), max_slow_down_seconds=0, slow_down_seconds=0)

    assert years.row.expires_at - NOW == timedelta(seconds=seconds)


@given(st.lists(st.tuples(st.sampled_from([200, 404, 429, 500, 503]), st.integers(0, 10**7)), max_size=12))
def test_whatever_a_host_answers_the_wait_is_bounded_and_the_beginning_of_a_failure_stays(history):
    now, failing_since = NOW, None
    for status, seconds in history:
        now += timedelta(seconds=seconds)
        url = "https://a.test/robots.txt"
        fetched = Fetched(url, url, status, (("Retry-After", str(seconds)),), b"", b"", (), now, 1)
        row = Asking("https://a.test", "/robots.txt", now, failing_since, waits=True, limits=LIMITS).answered(
            fetched, partial(read_rules, product="a")
        )
        expected = None if status < 429 else failing_since or now
        assert row.failing_since == expected
        assert LIMITS.robots_failure_seconds <= (row.expires_at - now).total_seconds() <= LIMITS.robots_seconds
        failing_since = row.failing_since
