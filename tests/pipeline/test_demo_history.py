"""What becomes of the newsroom's entries, feeds and revisions over three rounds."""

from __future__ import annotations

import pytest

from flows.demo.cases import REVISED, Case
from flows.demo.story import ROUNDS
from tests.pipeline.newsroom_run import installation, rows_of

VERSIONS = """
select
  articles.canonical_url,
  count(*),
  list(versions.title order by versions.version),
  list(versions.content_hash order by versions.version)
from article_versions as versions
join articles using (article_id)
group by all
"""
OUTCOMES = """
select articles.canonical_url, polls.polled_at, outcomes.outcome, outcomes.reason
from entry_outcomes as outcomes
join polls using (poll_id)
join articles using (article_id)
order by polls.polled_at
"""


@pytest.fixture(scope="module")
def versions(played) -> dict[str, tuple[int, list[str], list[str]]]:
    """By URL: how many versions, their titles, their hashes, oldest first."""
    return {url: tuple(rest) for url, *rest in rows_of(played.copies[3], VERSIONS)}


def test_an_article_has_as_many_versions_as_its_publisher_wrote(played, versions):
    wanted = {
        article.url: 3 if Case.THERE_AND_BACK in article.cases else 2 if article.cases & REVISED else 1
        for article in played.truth.articles
        if article.is_loadable
    }

    assert {url: count for url, (count, _, _) in versions.items()} == wanted


def test_a_text_that_returns_to_its_first_words_is_a_third_version_with_the_first_ones_hash(played, versions):
    for article in played.truth.articles_in(Case.THERE_AND_BACK):
        _, _, (first, second, third) = versions[article.url]

        assert first == third != second


def test_a_changed_headline_is_a_version(played, versions):
    for article in played.truth.articles_in(Case.HEADLINE_EDIT):
        assert versions[article.url][1] == [article.at(1).title, article.at(2).title]


def test_a_correction_notice_is_a_version_and_stands_in_its_field(played):
    found = dict(rows_of(played.copies[2], "select url, corrections from articles_current where len(corrections) > 0"))

    assert found.keys() == {article.url for article in played.truth.articles_in(Case.CORRECTION)}


def test_an_update_that_changes_nothing_is_read_again_and_makes_no_version(played):
    for article in played.truth.articles_in(Case.ANNOUNCED_ONLY):
        outcomes = [tuple(row[2:]) for row in rows_of(played.copies[3], OUTCOMES) if row[0] == article.url]

        assert outcomes == [("loaded", None), ("unchanged", "same text"), ("unchanged", None)]


def test_a_related_box_that_rotates_is_no_version(played, versions):
    """Every page shows other related links in every round; articles read twice with one text have one version all the same."""
    observed = dict(
        rows_of(
            played.copies[3],
            "select canonical_url, count(distinct observed_at) from article_observations join articles using (article_id) group by all",
        )
    )
    read_twice = [article.url for article in played.truth.articles_in(Case.ANNOUNCED_ONLY)]

    assert read_twice
    assert [(observed[url], versions[url][0]) for url in read_twice] == [(2, 1)] * len(read_twice)


@pytest.mark.parametrize("case", [Case.NEW_ID, Case.NEW_TRACKING, Case.REDIRECT, Case.SHARED_ID, Case.NO_TITLE, Case.SLOW])
def test_an_entry_under_another_name_is_the_same_article(played, case):
    for article in played.truth.articles_in(case):
        outcomes = [row[2] for row in rows_of(played.copies[3], OUTCOMES) if row[0] == article.url]

        assert outcomes[0] == "loaded"
        assert set(outcomes[1:]) <= {"unchanged"}


def test_a_second_feed_with_the_same_links_makes_no_second_article(played):
    """The section feed carries every third article, half of them with tracking parameters: whichever feed comes first loads it."""
    per_article = rows_of(
        played.copies[1],
        """
        select list(outcome order by outcome)
        from entry_outcomes
        where feed_id like 'harbour-gazette-%' and article_id is not null
        group by article_id
        having count(*) > 1
        """,
    )

    assert per_article
    assert all(outcomes in (["duplicate", "loaded"], ["loaded", "unchanged"]) for (outcomes,) in per_article)


def test_an_agencys_story_is_an_article_at_each_of_its_customers(played):
    urls = {url for (url,) in rows_of(played.copies[3], "select url from articles_current")}
    stories: dict[str, set[str]] = {}
    for article in played.truth.articles_in(Case.AGENCY):
        stories.setdefault(article.wire or "", set()).add(article.url)

    assert len(stories) >= 3
    assert all(len(copies) >= 2 and copies <= urls for copies in stories.values())


REASONS = {
    Case.GONE: "http_404",
    Case.HUGE: "too_large",
    Case.VIDEO_SHELL: "too_short",
    Case.LINK_INDEX: "links_only",
    Case.NO_LINK: "no link",
    Case.ROBOTS_FORBIDDEN: "robots",
}


@pytest.mark.parametrize(("case", "reason"), REASONS.items())
def test_an_entry_without_an_article_is_rejected_with_its_reason(played, case, reason):
    entries = {
        entry.item.title
        for entry in played.truth.entries_in(1)
        for article in played.truth.articles_in(case)
        if entry.article_url == article.url
    }
    found = rows_of(played.copies[1], "select entry_title, outcome, reason from entry_outcomes where outcome = 'rejected'")

    assert entries
    assert {title for title, _, why in found if why == reason} == entries


def test_a_page_that_fails_once_is_pending_and_loaded_in_the_next_run(played):
    urls = {article.url for article in played.truth.articles_in(Case.ERROR_ONCE)}
    waiting = rows_of(
        played.copies[1],
        "select entry_url, outcome, reason, attempts, next_try_at > recorded_at from entry_outcomes where outcome = 'pending'",
    )

    assert {row[0] for row in waiting} == urls
    assert {row[1:] for row in waiting} == {("pending", "http_500", 1, True)}
    assert {(row[0], row[2]) for row in rows_of(played.copies[2], OUTCOMES) if row[0] in urls} >= {(url, "loaded") for url in urls}


def test_an_entry_without_a_date_has_none(played):
    undated = {article.url for article in played.truth.articles_in(Case.NO_DATE)}

    found = dict(rows_of(played.copies[1], "select entry_url, entry_published_at from entry_outcomes where entry_published_at is null"))

    assert found.keys() == undated


def test_where_a_feed_moves_to_is_remembered_and_not_believed_at_once(played):
    moved = {(feed.url, feed.final_url) for feed in played.truth.feeds if feed.status == 301}
    redirected = rows_of(played.copies[1], "select current_url, moving_to from feed_states where moving_to is not null")

    assert set(redirected) == moved


def test_a_feed_that_is_gone_or_missing_is_asked_less_often(played):
    states = rows_of(
        played.copies[3], "select url, gone_since is not null from feed_states join feeds using (feed_id) where state <> 'active'"
    )

    assert set(states) == {(feed.url, feed.status == 410) for feed in played.truth.feeds if feed.kind is None}


@pytest.mark.parametrize("round_number", ROUNDS)
def test_every_entry_has_the_outcome_that_the_newsroom_expects(played, round_number):
    """Entry by entry; a rejected entry may be left unchanged later, and whichever of two feeds comes first loads an article."""
    mine = rows_of(
        played.copies[round_number],
        """
        select feeds.url, outcomes.entry_id, outcomes.entry_url, outcomes.outcome, runs.started_at
        from entry_outcomes as outcomes
        join feeds using (feed_id)
        join runs using (run_id)
        qualify dense_rank() over (order by runs.started_at desc) = 1
        """,
    )
    found = {(feed, entry_id, url): outcome for feed, entry_id, url, outcome, _ in mine}
    moved = {feed.final_url: feed.url for feed in played.truth.feeds}
    fetched = {feed for feed, *_ in found}
    accepted = {
        "rejected": {"rejected", "unchanged"},
        "duplicate": {"duplicate", "loaded", "unchanged"},
        "loaded": {"loaded", "duplicate", "unchanged"},
    }
    wrong = []
    for entry in played.truth.entries_in(round_number):
        feed = moved[entry.feed_url]
        if feed not in fetched:
            continue  # not modified since the round before
        outcome = found[feed, entry.item.entry_id, entry.item.url]
        if outcome not in accepted.get(entry.expected, {entry.expected}):
            wrong.append((entry.article_url, entry.expected, outcome))

    assert wrong == []
    assert len(found) == sum(moved[entry.feed_url] in fetched for entry in played.truth.entries_in(round_number))


def test_a_round_that_is_played_again_adds_polls_and_nothing_else(tmp_path):
    with installation(tmp_path / "state") as place:
        place.play(1)
        place.play(2)
        before = _counts(place)
        summary = place.play(2)
        after = _counts(place)

    assert summary.is_quiet
    assert {name for name in after if after[name] != before[name]} == {"polls", "runs"}


def _counts(place) -> dict[str, int]:
    tables = [name for (name,) in place.query("select table_name from duckdb_tables() where not temporary")]
    return {name: place.query(f'select count(*) from "{name}"')[0][0] for name in tables}  # noqa: S608 - our own tables
