from __future__ import annotations

import pytest

from tasks.polling.moves import permanent_target
from tests.polling.feed_life import (
    BUSY,
    DAY,
    ELSEWHERE,
    FIRST,
    HOUR,
    HTML,
    MISSING,
    NOT_MODIFIED,
    TIMEOUT,
    URL,
    Life,
    read,
    redirected,
)  # fmt: skip
from warehouse.rows import FeedMoveRow

MOVED = redirected(read(), 301)


@pytest.fixture
def moved():
    """A feed right after its move."""
    life = Life()
    life.poll(FIRST)
    life.poll(MOVED, MOVED, MOVED, after=12 * HOUR)
    return life


@pytest.mark.parametrize(
    ("statuses", "target"),
    [((301,), ELSEWHERE), ((308, 301), ELSEWHERE), ((301, 302), "https://paper.test/hop-1"), ((302, 301), URL), ((307,), URL), ((), URL)],
)
def test_only_an_unbroken_run_of_permanent_redirects_is_a_move(statuses, target):
    assert permanent_target(URL, redirected(read(), *statuses).hops) == target


def test_a_move_is_believed_once_it_held_for_three_polls_over_a_day(moved):
    assert [decided.state.current_url for decided in moved.decided] == [URL, URL, URL, ELSEWHERE]
    assert moved.notices == ("moved",)
    assert moved.decided[-1].move == FeedMoveRow("paper", URL, ELSEWHERE, "redirect held", moved.now - DAY, 3, moved.now)


def test_many_polls_within_a_day_do_not_make_it_hold_sooner():
    life = Life()
    life.poll(FIRST)
    assert life.poll(*[MOVED] * 23, after=HOUR).current_url == URL
    assert life.poll(*[MOVED] * 2, after=HOUR).current_url == ELSEWHERE


@pytest.mark.parametrize("other", [read(), NOT_MODIFIED, redirected(read(), 302), redirected(read(), 301, to="https://other.test/")])
def test_a_redirect_that_flips_is_never_believed(other):
    life = Life()
    life.poll(FIRST)
    for _ in range(10):
        assert life.poll(MOVED, MOVED, other, after=12 * HOUR).current_url == URL


def test_a_failure_in_between_neither_counts_nor_begins_anew():
    life = Life()
    life.poll(FIRST)
    assert life.poll(MOVED, BUSY, MOVED, MOVED, after=12 * HOUR).current_url == ELSEWHERE


def test_a_redirect_to_what_is_no_feed_moves_nothing():
    life = Life()
    life.poll(FIRST)
    assert life.poll(*[redirected(HTML, 301)] * 10, after=12 * HOUR).current_url == URL


@pytest.mark.parametrize("failure", [MISSING, HTML])
def test_a_feed_that_fails_where_it_moved_to_is_asked_at_its_configured_address(moved, failure):
    state = moved.poll(failure)

    assert (state.current_url, state.etag, state.last_modified) == (URL, None, None)
    assert moved.notices == ("fell_back",)
    assert moved.decided[-1].move == FeedMoveRow("paper", ELSEWHERE, URL, "fell back", None, 1, moved.now)


def test_a_temporary_failure_there_is_given_time(moved):
    assert moved.poll(TIMEOUT, TIMEOUT).current_url == ELSEWHERE
    assert moved.poll(TIMEOUT).current_url == URL


def test_a_feed_that_never_moved_falls_back_nowhere():
    life = Life()
    life.poll(FIRST, MISSING)

    assert life.decided[-1].move is None
    assert life.state.etag == '"1"'
