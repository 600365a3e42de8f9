from __future__ import annotations

import pytest

from tasks.errors import NotAList
from tasks.feeds.csv_list import read_csv, write_csv
from tasks.feeds.limits import FeedLimits
from tasks.feeds.listing import FeedListing

LIMITS = FeedLimits(max_body_bytes=100_000, max_depth=20, max_entries=100, max_field_chars=1_000, max_list_items=5)


def read(text: str | bytes):
    return read_csv(text.encode() if isinstance(text, str) else text, source="list.csv", limits=LIMITS)


def test_what_is_written_is_read_back_as_it_was():
    listings = (
        FeedListing(
            "https://a.test/?x=1,2",
            "a",
            'Ümlaut, "Co"',
            "de-AT",
            "AT",
            paused=True,
            min_interval_minutes=5,
            max_interval_minutes=90,
            line=2,
        ),
        FeedListing("https://b.test/", line=3),
    )
    assert read(write_csv(listings)).feeds == listings


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_separate(separator):
    (feed,) = read(separator.join(["\ufeffURL", "Language"]) + "\r\n" + separator.join(["https://a.test/", "en"]) + "\r\n").feeds

    assert (feed.url, feed.language, feed.line) == ("https://a.test/", "en", 2)


def test_columns_that_are_not_known_are_passed_over_and_told():
    found = read("folder,url\nNews,https://a.test/\n")

    assert [each.url for each in found.feeds] == ["https://a.test/"]
    assert found.notes == ("columns that are not read: folder",)


def test_a_bad_row_is_told_by_its_line_and_the_others_are_read():
    found = read("url,paused\nhttps://a.test/,perhaps\n\nhttps://b.test/,yes,too,many\nhttps://c.test/,yes\nhttps://d.test/\n")

    assert [(each.url, each.paused, each.line) for each in found.feeds] == [("https://c.test/", True, 5), ("https://d.test/", False, 6)]
    assert [line for line, _ in found.bad] == [2, 4]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        ("https://a.test/\nhttps://b.test/\n", "other_csv"),
        (b"url\nM\xfcller\n", "other_csv"),
        ("url\n" + "https://a.test/\n" * 101, "too_large"),
        ("url\n" + "x" * 100_000, "too_large"),
    ],
)
def test_what_is_no_list_is_refused_whole_with_its_reason(body, reason):
    with pytest.raises(NotAList) as caught:
        read(body)
    assert caught.value.reason == reason
