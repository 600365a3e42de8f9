"""When an article is looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import policy
from tasks.polling.recheck import due_articles, due_at, leads_above
from warehouse.stored import SeenArticle

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RULES = policy.RECHECKING
SEEN = SeenArticle(UUID(int=7), "https://news.example/1", NOON, NOON, None, 0, None, None)
ARTICLES = [replace(SEEN, article_id=uuid5(SEEN.article_id, str(n)), url=f"https://paper{n % 40}.example/{n}") for n in range(400)]


def test_an_article_is_not_due_at_once_and_due_an_hour_later():
    assert due_at(SEEN, NOON + 0.9 * HOUR, RULES) is None
    assert NOON + HOUR <= due_at(SEEN, NOON + 1.3 * HOUR, RULES) <= NOON + 1.2 * HOUR


def test_a_page_that_was_fetched_meanwhile_needs_no_look():
    assert due_at(replace(SEEN, observed_at=NOON + 1.25 * HOUR), NOON + 2 * HOUR, RULES) is None
    assert due_at(replace(SEEN, checked_at=NOON + 1.25 * HOUR), NOON + 2 * HOUR, RULES) is None


def test_a_page_that_was_gone_once_is_asked_for_again_soon():
    gone = replace(SEEN, checked_at=NOON + 30 * HOUR, gone_in_a_row=1)
    confirm = NOON + 30 * HOUR + RULES.confirm_after

    assert due_at(gone, confirm, RULES) == confirm
    assert due_at(gone, confirm - HOUR, RULES) is None
    assert due_at(replace(gone, gone_in_a_row=2), confirm, RULES) is None


@given(st.floats(0, 400), st.floats(0, 400), st.integers(0, 3))
def test_nothing_that_is_older_than_the_horizon_is_due(hours, checked, gone):
    at = NOON + RULES.horizon + hours * HOUR
    article = replace(SEEN, checked_at=NOON + min(checked * HOUR, RULES.after[-1] * (1 + RULES.spread)), gone_in_a_row=gone)

    due = due_at(article, at, RULES)
    assert due is None or at - due >= RULES.late


def test_articles_of_one_minute_do_not_come_in_a_crowd():
    due = [due_at(article, NOON + 24 * HOUR, RULES) for article in ARTICLES]

    assert len({each.replace(second=0, microsecond=0) for each in due}) > 50


def test_a_run_takes_what_is_longest_due_and_few_of_one_domain():
    at = NOON + 2 * HOUR
    chosen = due_articles(ARTICLES, at, replace(RULES, per_domain=3), limit=100)
    waits = [due_at(article, at, RULES) for article in chosen]

    assert len(chosen) == 100
    assert waits == sorted(waits)
    assert max(sum(each.url.startswith(f"https://paper{n}.example/") for each in chosen) for n in range(40)) == 3
    assert due_articles(reversed(ARTICLES), at, replace(RULES, per_domain=3), limit=100) == chosen


@pytest.mark.parametrize(
    ("asked", "final", "above"),
    [
        ("https://a.example/news/1", "https://a.example/", True),
        ("https://a.example/news/1", "https://www.a.example", True),
        ("https://a.example/news/1", "https://a.example/news/", True),
        ("https://a.example/news/1", "https://a.example/news/1/", False),
        ("https://a.example/news/1", "https://a.example/news/1-new-headline", False),
        ("https://a.example/news/1", "https://a.example/new", False),
        ("https://a.example/article?id=1", "https://a.example/article?id=1&x=2", False),
        ("https://a.example/article?id=1", "https://a.example/", True),
    ],
)
def test_a_redirect_to_a_page_above_leads_away_from_the_article(asked, final, above):
    assert leads_above(asked, final) is above
