"""What the demo newsroom's feeds carry."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import feedparser
import pytest

from flows.demo.cases import Case
from flows.demo.newsroom import Newsroom
from flows.demo.responses import Request

NEWSROOM = Newsroom(7)
TRUTH = NEWSROOM.truth()
LIVING = [feed for feed in TRUTH.feeds if feed.kind]
ROUNDS = (1, 2, 3)


def get(url: str, round_number: int, **headers: str):
    parts = urlsplit(url)
    return NEWSROOM.respond(
        Request(parts.netloc, parts.path, {name.replace("_", "-"): value for name, value in headers.items()}), round_number
    )


def header(response, name: str) -> str | None:
    return dict(response.headers).get(name)


def parsed(feed, round_number: int) -> list[dict]:
    body = get(feed.final_url, round_number).body
    if feed.kind == "json":
        return json.loads(body)["items"]
    return feedparser.parse(body, response_headers={"content-type": "application/xml"}).entries


def entries(feed, round_number: int) -> list:
    return [entry for entry in TRUTH.entries_in(round_number) if entry.feed_url == feed.final_url]


def entry_for(case: Case, round_number: int):
    urls = [article.url for article in TRUTH.articles_in(case)]
    return [entry for entry in TRUTH.entries_in(round_number) if entry.article_url in urls]


def test_the_feeds_cover_four_formats():
    assert {feed.kind for feed in LIVING} == {"rss", "atom", "rdf", "json"}


@pytest.mark.parametrize("round_number", ROUNDS)
@pytest.mark.parametrize("feed", LIVING, ids=lambda feed: feed.final_url)
def test_a_reader_finds_every_entry_as_the_truth_has_it(feed, round_number):
    known = entries(feed, round_number)
    found = parsed(feed, round_number)

    assert len(found) == len(known)
    for entry, truth in zip(found, known, strict=True):
        assert entry.get("title") == truth.item.title
        assert entry.get("link" if feed.kind != "json" else "url") == truth.item.url
        assert entry["id"] == truth.item.entry_id
        assert entry["summary"] == truth.item.summary
        assert ("published" in entry or "date_published" in entry or "updated" in entry) == (truth.item.published_at is not None)


def test_every_article_that_is_out_is_in_its_publishers_feed():
    for round_number in ROUNDS:
        carried = {entry.article_url for entry in TRUTH.entries_in(round_number)}
        assert carried == {a.url for a in TRUTH.articles if a.readings[0].round_number <= round_number}


def test_a_section_feed_overlaps_with_tracked_and_untracked_links():
    (section,) = (feed for feed in LIVING if "sections" in feed.url)
    links = [entry.item.url for entry in entries(section, 1)]

    assert {entry.expected for entry in entries(section, 1)} == {"duplicate"}
    assert 0 < sum("utm_source" in link for link in links) < len(links)


def test_a_feed_that_moved_says_so():
    (moved,) = (feed for feed in TRUTH.feeds if feed.status == 301)
    response = get(moved.url, 1)

    assert (response.status, header(response, "Location")) == (301, moved.final_url)
    assert get(moved.final_url, 1).status == 200


def test_two_feeds_are_dead():
    assert sorted(get(feed.url, 1).status for feed in TRUTH.feeds if feed.kind is None) == [404, 410]


def test_one_feed_title_is_not_utf_8_and_its_entries_are_unharmed():
    (feed,) = (feed for feed in LIVING if feed.final_url.startswith("http://eschtaler-bote"))
    with pytest.raises(UnicodeDecodeError):
        get(feed.final_url, 1).body.decode()
    assert [entry["title"] for entry in parsed(feed, 1)] == [entry.item.title for entry in entries(feed, 1)]


@pytest.mark.parametrize("feed", LIVING, ids=lambda feed: feed.final_url)
def test_validators_give_304_until_the_next_round(feed):
    first = get(feed.final_url, 1)
    etag, last_modified = header(first, "ETag"), header(first, "Last-Modified")

    assert get(feed.final_url, 1, if_none_match=etag).status == 304
    assert get(feed.final_url, 1, if_modified_since=last_modified).status == 304
    assert get(feed.final_url, 1, if_none_match='"other"', if_modified_since=last_modified).status == 200
    assert get(feed.final_url, 2, if_none_match=etag, if_modified_since=last_modified).status == 200


@pytest.mark.parametrize("value", ["", "yesterday", "Mon, 99 Foo 2026", "\x00"])
def test_a_senseless_date_is_no_validator(value):
    assert get(LIVING[0].final_url, 1, if_modified_since=value).status == 200


def test_ids_change_under_the_same_address():
    for before, after in zip(entry_for(Case.NEW_ID, 1), entry_for(Case.NEW_ID, 2), strict=True):
        assert before.item.entry_id != after.item.entry_id
        assert before.item.url == after.item.url
        assert after.expected == "unchanged"


def test_links_gain_tracking_parameters_under_the_same_id():
    for before, after in zip(entry_for(Case.NEW_TRACKING, 1), entry_for(Case.NEW_TRACKING, 2), strict=True):
        assert before.item.url == before.article_url
        assert after.item.url.startswith(before.item.url)
        assert "utm_campaign=round2" in after.item.url
        assert before.item.entry_id == after.item.entry_id


def test_some_links_redirect_to_their_article():
    for entry in entry_for(Case.REDIRECT, 1):
        assert header(get(entry.item.url, 1), "Location") == entry.article_url != entry.item.url


def test_some_entries_lack_a_date_a_title_or_a_link():
    assert {entry.item.published_at for entry in entry_for(Case.NO_DATE, 1)} == {None}
    assert {entry.item.title for entry in entry_for(Case.NO_TITLE, 1)} == {None}
    assert {entry.item.url for entry in entry_for(Case.NO_LINK, 1)} == {None}


def test_two_entries_share_an_id_and_not_an_article():
    (shared,) = entry_for(Case.SHARED_ID, 1)
    twins = [entry for entry in TRUTH.entries_in(1) if entry.item.entry_id == shared.item.entry_id]

    assert len({entry.article_url for entry in twins}) == 2


@pytest.mark.parametrize("case", [Case.TEXT_EDIT, Case.HEADLINE_EDIT, Case.CORRECTION, Case.THERE_AND_BACK])
def test_a_revision_is_announced_by_another_summary_and_date(case):
    for before, after in zip(entry_for(case, 1), entry_for(case, 2), strict=True):
        assert after.expected == "revised"
        assert before.item.summary != after.item.summary
        assert before.item.updated_at < after.item.updated_at


def test_going_back_to_the_first_text_is_a_revision_too():
    assert {entry.expected for entry in entry_for(Case.THERE_AND_BACK, 3)} == {"revised"}


def test_an_update_of_nothing_is_announced_and_expected_unchanged():
    for before, after in zip(entry_for(Case.ANNOUNCED_ONLY, 1), entry_for(Case.ANNOUNCED_ONLY, 2), strict=True):
        assert before.item.updated_at < after.item.updated_at
        assert after.expected == "unchanged"
