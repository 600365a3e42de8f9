"""Views of the same rows never disagree, and have one row of what they say: seen on three rounds of the newsroom."""

# ruff: noqa: S608 - all queries are of this file's own words

from __future__ import annotations

import shutil
from dataclasses import dataclass

import duckdb
import pytest

from tests.pipeline.newsroom_run import rows_of
from warehouse.definitions import MACROS
from warehouse.grain import GRAINS


@dataclass(frozen=True, slots=True)
class Identity:
    """Queries that must answer alike, and a change to a table after which they do not."""

    answers: tuple[str, ...]
    broken_by: str


ONE_ARTICLE = "article_id = (select min(article_id) from articles)"
ONE_TEXT = "(article_id, content_hash) = (select (article_id, content_hash) from articles_current order by article_id limit 1)"
A_GAP = "update polls set notices = ['gap'] where poll_id = (select max(poll_id) from polls where outcome = 'ok')"

IDENTITIES = {
    "articles": Identity(
        (
            "select count(*) from articles",
            "select count(*) from articles_current",
            "select sum(articles) from daily_volume",
            "select sum(articles) from publisher_overview",
            "select count(distinct article_id) from article_readings",
            "select count(*) from article_versions where version = 1",
            "select count(*) from article_versions where observed_until is null",
            "select count(distinct article_id) from entry_outcomes where outcome = 'loaded'",
        ),
        f"delete from article_texts where {ONE_TEXT}",
    ),
    "articles of publishers": Identity(
        ("select sum(articles) from daily_volume", "select sum(articles) from publisher_overview"),
        "delete from publishers where publisher_id = (select min(publisher_id) from articles)",
    ),
    "words": Identity(
        (
            "select sum(word_count) from articles_current",
            "select sum(words) from daily_volume",
            "select sum(words) from publisher_overview",
            "select sum(word_count) from article_versions where observed_until is null",
        ),
        "delete from publishers where publisher_id = (select min(publisher_id) from articles)",
    ),
    "undated": Identity(
        (
            "select count(*) from articles_current where published_on is null",
            "select sum(undated) from daily_volume",
            "select sum(undated) from publisher_overview",
        ),
        "update article_metadata set published_on = null;"
        "delete from publishers where publisher_id = (select min(publisher_id) from articles)",
    ),
    "revisions": Identity(
        (
            "select count(*) - (select count(*) from articles) from article_versions",
            "select sum(revisions) from publisher_overview",
        ),
        f"delete from articles where {ONE_ARTICLE}",
    ),
    "readings": Identity(
        (
            "select count(*) from article_readings",
            "select count(distinct (article_id, page_id)) from article_observations",
        ),
        "update article_observations set observed_at = (select max(observed_at) from article_observations)",
    ),
    "entries": Identity(
        (
            "select count(*) from entry_outcomes",
            "select sum(entry_count) from polls where outcome = 'ok'",
            "select sum(entries) from run_overview",
            "select sum(loaded + revised + unchanged + duplicate + rejected + pending) from run_overview",
        ),
        "delete from entry_outcomes where entry_key = (select min(entry_key) from entry_outcomes)",
    ),
    "an outcome that is none": Identity(
        (
            "select sum(entries) from run_overview",
            "select sum(loaded + revised + unchanged + duplicate + rejected + pending) from run_overview",
        ),
        "update entry_outcomes set outcome = 'lost' where entry_key = (select min(entry_key) from entry_outcomes)",
    ),
    "rejects": Identity(
        (
            "select sum(rejected) from run_overview",
            "select count(*) from rejects where outcome = 'rejected'",
            "select count(*) from entry_outcomes where outcome = 'rejected'",
        ),
        "delete from runs",
    ),
    "pages": Identity(("select count(*) from pages", "select sum(pages) from run_overview"), "delete from runs"),
    "polls": Identity(
        ("select count(*) from polls", "select sum(polls) from run_overview", "select sum(polls_24h) from feed_health"),
        "delete from feeds where feed_id = (select min(feed_id) from polls)",
    ),
    "observations": Identity(
        ("select count(*) from article_observations", "select sum(observations) from run_overview"), "delete from runs"
    ),
    "new entries": Identity(
        (
            "select sum(new_entries_24h) from feed_health",
            "select sum(entry_count - overlap_count) from polls where outcome = 'ok'",
            "select count(*) - (select sum(churned_ids) from polls) from known_entries",
        ),
        "delete from feeds where feed_id = (select min(feed_id) from polls where outcome = 'ok')",
    ),
    "gaps": Identity(
        (
            "select count(*) from gaps",
            "select sum(gaps_24h) from feed_health",
            "select coalesce(sum(polls), 0) from feed_alarms where alarm = 'gap'",
        ),
        f"{A_GAP}; delete from feeds",
    ),
    "removed blocks": Identity(
        (
            "select (sum(blocks), sum(characters)) from rule_firings where verdict = 'removed'",
            "select (sum(blocks), sum(characters)) from boilerplate_removed",
            (
                'select (count(*), sum(length(blocks."text"))) from blocks '
                "join articles_current as current using (article_id, content_hash, ruleset_id) "
                "where verdict = 'removed' and blocks.snapshot_id is not distinct from current.snapshot_id"
            ),
        ),
        "update article_blocks set blocks = [struct_update(block, rule_id := null) for block in blocks]",
    ),
    "kept blocks": Identity(
        (
            'select sum(length("text") - 2 * greatest(paragraph_count - 1, 0)) from articles_current',
            (
                'select sum(length(blocks."text")) from blocks '
                "join articles_current as current using (article_id, content_hash, ruleset_id) "
                "where verdict = 'kept' and blocks.snapshot_id is not distinct from current.snapshot_id"
            ),
        ),
        f"delete from article_blocks where {ONE_TEXT}",
    ),
    "near-duplicates": Identity(
        (
            "select count(*) from near_duplicates",
            (
                "select count(distinct (article_a, article_b)) from near_duplicate_pairs as pairs "
                "semi join articles_current as a on a.article_id = pairs.article_a and a.content_hash = pairs.content_hash_a "
                "semi join articles_current as b on b.article_id = pairs.article_b and b.content_hash = pairs.content_hash_b"
            ),
        ),
        "insert into near_duplicate_pairs select * from near_duplicate_pairs limit 1",
    ),
    "clusters": Identity(
        (
            "select count(distinct later_article_id) from near_duplicates",
            "select count(*) from near_duplicate_clusters where not is_first",
            "select sum(articles - 1) from near_duplicate_clusters where is_first",
        ),
        "insert into articles select * from articles",
    ),
    "copies between publishers": Identity(
        (
            "select sum(articles) from syndication",
            (
                "select count(distinct copies.article_id) from near_duplicate_clusters as copies "
                "join near_duplicate_clusters as firsts using (cluster_id) "
                "where firsts.is_first and not copies.is_first and firsts.publisher_id <> copies.publisher_id"
            ),
        ),
        "insert into articles select * from articles",
    ),
    "obeyed rules": Identity(
        (
            "select count(*) from learned_rules_current where is_obeyed",
            "select sum(active_rules) from snapshots join learning_states using (snapshot_id) where len(snapshots.disabled) = 0",
        ),
        "delete from learned_rules where rule_id = (select min(rule_id) from learned_rules_current where is_obeyed)",
    ),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_views_of_the_same_rows_answer_alike(played, name):
    found = {query: rows_of(played.copies[3], query)[0][0] for query in IDENTITIES[name].answers}

    assert len(set(map(str, found.values()))) == 1, found


@pytest.mark.parametrize("name", IDENTITIES)
def test_they_do_not_when_a_row_is_lost_doubled_or_wrong(played, name, tmp_path):
    copy = tmp_path / "copy.duckdb"
    shutil.copyfile(played.copies[3], copy)
    with duckdb.connect(copy) as connection:
        connection.execute(IDENTITIES[name].broken_by)

        assert len({str(connection.execute(query).fetchone()) for query in IDENTITIES[name].answers}) > 1


def test_gaps_are_counted_alike_where_there_are_any(played, tmp_path):
    copy = tmp_path / "copy.duckdb"
    shutil.copyfile(played.copies[3], copy)
    with duckdb.connect(copy) as connection:
        connection.execute(A_GAP)

        assert {connection.execute(query).fetchone() for query in IDENTITIES["gaps"].answers} == {(1,)}


@pytest.mark.parametrize("relation", [name for name in GRAINS if name not in MACROS])
def test_no_two_rows_are_of_the_same_thing(played, relation):
    key = ", ".join(GRAINS[relation])
    assert rows_of(played.copies[3], f"select {key} from {relation} group by {key} having count(*) > 1") == []
