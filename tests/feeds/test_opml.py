from __future__ import annotations

import pytest

from tasks.errors import NotAList
from tasks.feeds.limits import FeedLimits
from tasks.feeds.listing import FeedListing
from tasks.feeds.opml import read_opml, write_opml

LIMITS = FeedLimits(max_body_bytes=2_000_000, max_depth=20, max_entries=100, max_field_chars=1_000, max_list_items=5)


def read(text: str | bytes):
    return read_opml(text.encode() if isinstance(text, str) else text, source="list.opml", limits=LIMITS)


def opml(body: str) -> str:
    return f'<?xml version="1.0"?><opml version="1.1"><head/><body>{body}</body></opml>'


def outline(number: int) -> str:
    return f'<outline type="rss" text="Feed {number}" xmlUrl="https://a{number}.test/"/>'


def test_what_is_written_is_read_back_as_it_was():
    listings = (
        FeedListing(
            "https://a.test/?x=1&y=2",
            "a",
            'Ümlaut & "Co"',
            "de-AT",
            "AT",
            paused=True,
            min_interval_minutes=5,
            max_interval_minutes=90,
            line=1,
        ),
        FeedListing("https://b.test/", line=2),
    )
    found = read(write_opml(listings))

    assert found.feeds == listings
    assert (found.bad, found.notes) == ((), ())


def test_folders_are_flattened_in_order_and_that_is_said():
    found = read(opml(f'<outline text="News">{outline(1)}<outline text="World">{outline(2)}</outline></outline>{outline(3)}'))

    assert [each.url for each in found.feeds] == ["https://a1.test/", "https://a2.test/", "https://a3.test/"]
    assert [each.name for each in found.feeds] == ["Feed 1", "Feed 2", "Feed 3"]
    assert found.notes == ("folders are not kept: their feeds stand side by side",)


@pytest.mark.parametrize("name", ["xmlUrl", "xmlurl", "xmlURL", "XMLURL"])
def test_the_address_is_found_in_every_spelling_of_its_attribute(name):
    assert [each.url for each in read(opml(f'<outline text="x" {name}=" https://a.test/ "/>')).feeds] == ["https://a.test/"]


def test_a_feed_without_address_is_handed_on_to_be_told_and_a_folder_is_not():
    found = read(opml('<outline type="rss" text="x"/><outline text="an empty folder"/>'))

    assert [(each.url, each.line) for each in found.feeds] == [("", 1)]


def test_a_stray_ampersand_is_mended():
    assert [each.url for each in read(opml('<outline text="A & B" xmlUrl="https://a.test/?a=1&b=2"/>')).feeds] == [
        "https://a.test/?a=1&b=2"
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        ("just words", "not_xml"),
        ("<!doctype html><html><body>no list</body></html>", "html"),
        ("<rss version='2.0'><channel/></rss>", "other_xml"),
        ('<!DOCTYPE opml [<!ENTITY a "b">]><opml><body><outline text="&a;"/></body></opml>', "entities"),
        ('<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml>&a;</opml>', "entities"),
        (opml("<outline text='x'>" * 50 + "</outline>" * 50), "too_deep"),
        (opml("<outline text='x'>" * 30_000 + "</outline>" * 30_000), "too_deep"),
        (opml("".join(map(outline, range(101)))), "too_large"),
        (opml(" " * 2_000_000), "too_large"),
        (opml('<outline xmlUrl="https://a.test/"/><outline xmlUrl="https://b.test/" <outline xmlUrl="https://c.test/">'), "not_xml"),
    ],
)
def test_what_is_no_list_or_a_hostile_one_is_refused_whole_with_its_reason(body, reason):
    with pytest.raises(NotAList) as caught:
        read(body)
    assert caught.value.reason == reason
