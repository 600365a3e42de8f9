"""The list that comes with the project, for its form: nothing is asked."""

from __future__ import annotations

from pathlib import Path

from flows.feeds_file import read_feeds

FEEDS = read_feeds(Path(__file__).parents[2] / "feeds.example.toml")


def test_about_forty_feeds_in_at_least_ten_languages_are_listed():
    assert 40 <= len(FEEDS) <= 50
    assert len({feed.language.partition("-")[0] for feed in FEEDS if feed.language}) >= 10


def test_each_has_a_short_id_a_publisher_a_language_a_country_and_https():
    for feed in FEEDS:
        assert feed.publisher
        assert feed.language
        assert feed.country
        assert feed.url.startswith("https://")
        assert len(feed.feed_id) <= 20
        assert not feed.paused
