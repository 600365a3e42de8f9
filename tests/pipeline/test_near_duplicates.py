"""The newsroom's agency stories: which articles copy which, whatever the order in which their texts are compared."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from uuid import uuid4

import pytest

from flows import policy
from flows.demo.story import Part
from flows.pipeline.context import RunContext, Steps
from flows.pipeline.near_duplicates import find_near_duplicates
from flows.pipeline.progress import nobody
from flows.settings import Settings
from flows.world import this_world
from tests.pipeline.newsroom_run import rows_of
from tests.pipeline.warehouse_readings import out_by
from warehouse.batch import Batch
from warehouse.connect import live
from warehouse.load import load
from warehouse.migrate import migrate
from warehouse.rows import ArticleTextRow

PAIRS = "select article_a, content_hash_a, article_b, content_hash_b, shared_shingles, similarity from near_duplicate_pairs order by all"


@pytest.fixture
def texts(played):
    found = rows_of(played.copies[3], "select article_id, content_hash, text, first_seen_date from article_texts order by article_id")
    return [ArticleTextRow(article_id, content_hash, None, text, None, 0, 0, day) for article_id, content_hash, text, day in found]


def compared(folder, batches, **pairing):
    """The pairs, after each batch of texts was loaded and compared."""
    world = this_world()
    steps = Steps(pairing=replace(policy.PAIRING, **pairing))
    context = RunContext(world.new_id(), Settings(state=folder), world, nobody, steps)
    with context.warehouse() as connection:
        migrate(connection, now=world.now(), code_version="1.0")
    for batch in batches:
        with context.warehouse() as connection:
            load(connection, Batch(article_texts=tuple(batch)))
        asyncio.run(find_near_duplicates(context))
    with context.warehouse() as connection:
        return connection.execute(PAIRS).fetchall()


def test_the_copies_of_an_agency_story_are_near_duplicates_and_nothing_else_is(played):
    published = [article for article in out_by(played.truth, 3) if article.wire]
    copies = {frozenset((a.url, b.url)) for a, b in combinations(published, 2) if a.wire == b.wire}
    found = rows_of(played.copies[3], "select first_url, later_url, first_known_at <= later_known_at, copied_share from near_duplicates")

    assert copies
    assert {frozenset(urls) for *urls, _, _ in found} == copies
    assert all(in_order and share > 0.9 for *_, in_order, share in found)


def test_the_agency_is_named_where_both_credit_it(played):
    printed = {article.url: agency_credit(article.at(3)) for article in out_by(played.truth, 3) if article.wire}
    credited = rows_of(played.copies[3], "select first_url, credited_by_both from near_duplicates")

    assert credited
    assert all(any(name in printed[url] for name in names) for url, names in credited)


def agency_credit(reading):
    return next(line.text for line in reading.lines if line.part is Part.AGENCY_CREDIT)


def test_clusters_hold_each_copy_once_behind_the_article_that_was_first(played):
    rows = rows_of(
        played.copies[3],
        """
        select cluster_id, count(*), any_value(articles), count(*) filter (where is_first), arg_min(is_first, (known_at, article_id))
        from near_duplicate_clusters
        group by cluster_id
        """,
    )
    copies = [article.wire for article in out_by(played.truth, 3) if article.wire]

    assert sorted(count for _, count, *_ in rows) == sorted(count for wire in set(copies) if (count := copies.count(wire)) > 1)
    assert all((told, firsts, is_first) == (count, 1, True) for _, count, told, firsts, is_first in rows)


def test_paragraphs_that_several_publishers_print_are_shown_with_the_one_who_was_first(played):
    rows = rows_of(played.copies[3], "select publishers, articles, text from shared_paragraphs where publishers > 1")

    assert rows
    assert all(articles >= publishers and len(text) >= 80 for publishers, articles, text in rows)


def test_order_and_size_of_steps_change_no_pair(tmp_path, texts):
    at_once = compared(tmp_path / "at-once", [texts])
    backwards = [texts[start : start + 60] for start in range(0, len(texts), 60)][::-1]

    assert at_once
    assert compared(tmp_path / "backwards", backwards, texts_at_a_time=25) == at_once


def test_a_text_that_was_left_out_while_later_ones_were_compared_is_compared_by_the_next_run(tmp_path, texts):
    at_once = compared(tmp_path, [texts])
    left_out = {"article_id": at_once[0][0]}
    with live(tmp_path / "live.duckdb", wait_seconds=0) as connection:
        connection.execute("delete from near_duplicate_pairs where $article_id in (article_a, article_b)", left_out)
        connection.execute("delete from text_signatures where article_id = $article_id", left_out)
        assert connection.execute(PAIRS).fetchall() != at_once

    assert texts[-1].article_id != left_out["article_id"]
    assert compared(tmp_path, [[]]) == at_once


def test_what_is_too_much_for_one_run_the_next_one_goes_on_with(tmp_path, texts):
    steps = [texts, *([[]] * 3)]

    assert compared(tmp_path / "slowly", steps, texts=len(texts) // 4 + 1, texts_at_a_time=40) == compared(tmp_path / "at-once", [texts])


@pytest.mark.parametrize(("days_over", "pairs"), [(0, 1), (1, 0)])
def test_articles_first_seen_further_apart_than_the_window_are_not_compared(tmp_path, texts, days_over, pairs):
    earlier = texts[0].first_seen_date - timedelta(days=policy.PAIRING.window_days + days_over)
    copy = replace(texts[0], article_id=uuid4(), first_seen_date=earlier)

    assert len(compared(tmp_path, [texts[:1], [copy]])) == pairs
