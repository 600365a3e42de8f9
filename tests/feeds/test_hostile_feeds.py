from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import NotAFeed
from tasks.feeds.limits import FeedLimits
from tasks.feeds.parse import parse_feed
from tasks.model import ParsedFeed

Parse = Callable[..., ParsedFeed]

ITEM = "<item><title>One</title><link>https://a.test/1</link></item>"
TWO = f"<rss version='2.0'><channel><title>T</title>{ITEM}{ITEM}</channel></rss>"
SEEDS = (
    TWO.encode(),
    (
        b"<?xml version='1.0' encoding='iso-8859-1'?><rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><item>"
        b"<dc:creator>J\xfcrg</dc:creator><title>"
        b"<![CDATA[a <b>c</b>]]></title><pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate><category>x</category></item></channel></rss>"
    ),
    (
        b"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.test/'><entry><id>1</id><link href='x'/><content type='xhtml'><div>"
        b"<p>a</p></div></content><author><name>N</name></author></entry></feed>"
    ),
    (
        b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
        b"<url><loc>x</loc>"
        b"<news:news><news:title>T</news:title></news:news><lastmod>2026-11-22</lastmod></url></urlset>"
    ),
    b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "url": "a", "author": {"name": "N"}, "date_published": "2026"}]}',
)
SPLICES = st.sampled_from(
    [
        b"<",
        b">",
        b"&",
        b"<item>",
        b"</item>",
        b"</channel>",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"\0",
        b"\xff\xfe",
        b"&nbsp;",
        b"&#0;",
        b"&#x110000;",
        b"'",
        b'"',
        b"xmlns='u:x'",
        b"<x:y>",
        b"<!DOCTYPE a [",
        b"<entry/>",
        b"http://[",
        b"9" * 5_000,
        b"{",
        b"]",
        b"\\ud800",
        b"<guid>http://[x</guid>",
        b"<width>x</width>",
        b"<media:content xmlns:media='http://search.yahoo.com/mrss/' url='//['/>",
        b"<pubDate>Sun, 99 Nov 99999 10:00:00 GMT</pubDate>",
    ],
)


def refusal(parse: Parse, body: str | bytes, content_type: str | None = None) -> str:
    with pytest.raises(NotAFeed) as caught:
        parse(body, content_type)
    assert caught.value.url == "https://paper.test/feeds/world.xml"
    return caught.value.reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("\ufeff", "empty"),
        ("\0\0", "empty"),
        ("Service unavailable", "not_xml"),
        ("<!DOCTYPE html><html><body>Not found</body></html>", "html"),
        ("<html><head><title>x</title></head></html>", "html"),
        ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "html"),
        ("<urlset></urlset></x><url/><url/>", "not_xml"),
        ("<opml><body/></opml>", "other_xml"),
        ("{", "not_json"),
        ("[]", "other_json"),
        ('{"items": []}', "other_json"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": 3}', "other_json"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 40 + "]" * 40 + "}", "too_deep"),
        ("[" * 100_000, "too_deep"),
        ("<rss>" + "<a>" * 31, "too_deep"),
        ("<rss>" + "<a>" * 5_000, "too_deep"),
        ("<rss>" + "x" * 100_000, "too_large"),
        ("<rss><channel>" + "<item/>" * 51 + "</channel></rss>", "too_large"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [' + ",".join("1" * 51) + "]}", "too_large"),
    ],
)
def test_what_is_no_feed_says_why(parse: Parse, body: str, reason: str) -> None:
    assert refusal(parse, body) == reason


@pytest.mark.parametrize(
    "declarations",
    [
        '<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">',
        '<!ENTITY xxe SYSTEM "file:///etc/passwd">',
        '<!entity % p SYSTEM "https://a.test/x.dtd"> %p;',
        '<!ELEMENT a ANY><!-- ] --><!ENTITY x "y">',
    ],
)
def test_declared_entities_are_refused_unread(parse: Parse, declarations: str) -> None:
    assert refusal(parse, f"<?xml version='1.0'?>\n<!DOCTYPE rss [{declarations}]>{TWO}") in {"entities", "not_xml"}


def test_a_document_type_without_entities_is_passed_over(parse: Parse) -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'

    assert parse(f"<?xml version='1.0'?><!-- x -->{doctype}{TWO}").entry_count == 2


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Fish & chips", "Fish & chips"),
        ("caf&eacute;&nbsp;noir", "café noir"),
        ("1 < 2", "1 < 2"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("a&#0;&#x1F;b", "ab"),
        ("a &unknown; b", "a &unknown; b"),
        ("<x:y>A</x:y>B", "B"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Hi", "Hi"),
        ("&lt;b&gt;unclosed", "unclosed"),
    ],
)
def test_broken_markup_in_a_title_costs_no_item_and_little_text(parse: Parse, title: str, read: str) -> None:
    first, second = parse(TWO.replace("<title>One</title>", f"<title>{title}</title>", 1)).entries

    assert (first.title or "").endswith(read)
    assert second.title == "One"


@pytest.mark.parametrize(
    "broken",
    [
        TWO.replace("</item>", "", 1),
        TWO.removesuffix("</channel></rss>"),
        TWO.replace("</title>", "</title><author>", 1).replace("</item>", "", 1),
        TWO.replace("<channel>", "<channel><dc:creator>x</dc:creator>"),
        "Warning: something in line 3\n" + TWO,
        TWO.replace("<rss version='2.0'>", "<rss version='2.0' version='2.0'>"),
    ],
)
def test_broken_feeds_keep_all_their_items(parse: Parse, broken: str) -> None:
    feed = parse(broken)

    assert (feed.entry_count, [entry.url for entry in feed.entries]) == (2, ["https://a.test/1"] * 2)


def test_a_feed_so_broken_that_items_would_be_lost_is_refused(parse: Parse) -> None:
    assert refusal(parse, TWO.replace("</item>", "</channel></rss></item>", 1)) == "not_xml"


def test_items_in_comments_and_in_content_are_not_counted(parse: Parse) -> None:
    feed = parse(TWO.replace("<title>One</title>", "<!-- <item> --><description><![CDATA[<item>]]></description><title>One</title>"))

    assert (feed.entry_count, len(feed.entries)) == (2, 2)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<rss><channel><item><title>Zürich</title></item></channel></rss>".encode(), "text/xml; charset=iso-8859-1"),
        ("<rss><channel><item><title>Zürich</title></item></channel></rss>".encode("latin-1"), "text/xml; charset=ISO-8859-1"),
        (
            "<?xml version='1.0' encoding='windows-1252'?><rss><channel><item><title>Zürich</title></item></channel></rss>".encode(
                "cp1252"
            ),
            None,
        ),
        ("<rss><channel><item><title>Zürich</title></item></channel></rss>".encode("latin-1"), "text/xml; charset=punycode"),
        ("<?xml version='1.0' encoding='utf-16'?><rss><channel><item><title>Zürich</title></item></channel></rss>".encode("utf-16"), None),
        (
            "<?xml version='1.0' encoding='utf-16'?><rss><channel><item><title>Zürich</title></item></channel></rss>".encode("utf-16-le"),
            None,
        ),
        ("\ufeff<rss><channel><item><title>Zürich</title></item></channel></rss>".encode(), "application/xml"),
        (b"<rss><channel><item><title>Z&#252;rich</title></item></channel></rss>", "text/xml; charset=nonsense"),
    ],
)
def test_the_encoding_is_found_whatever_the_labels_say(parse: Parse, body: bytes, content_type: str | None) -> None:
    assert parse(body, content_type).entries[0].title == "Zürich"


def test_a_bad_byte_spoils_one_character_not_the_feed(parse: Parse) -> None:
    first, second = parse(TWO.replace("One", "Zürich", 1).replace("One", "Genève", 1).encode().replace("è".encode(), b"\xe8")).entries

    assert (first.title, second.title) == ("Zürich", "Gen\ufffdve")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), SPLICES | st.binary(max_size=6)), max_size=5))
def test_any_damage_ends_in_a_whole_feed_or_in_not_a_feed(seed: bytes, damage: list[tuple[float, int, bytes]]) -> None:
    limits = FeedLimits(max_body_bytes=100_000, max_depth=30, max_entries=50, max_field_chars=500, max_list_items=5)
    for place, removed, inserted in damage:
        start = int(place * len(seed))
        seed = seed[:start] + inserted + seed[start + removed :]

    try:
        feed = parse_feed(seed, url="https://paper.test/", content_type=None, limits=limits)
    except NotAFeed as refused:
        assert refused.reason  # noqa: PT017 - either end is right
    else:
        assert feed.entry_count == len(feed.entries)
        assert [entry.position for entry in feed.entries] == list(range(feed.entry_count))
        for entry in feed.entries:
            assert len(entry.title or "") <= 500
            assert "\0" not in f"{entry.title}{entry.url}{entry.entry_id}{entry.content_html}"
            f"{entry}".encode()


@given(st.binary(max_size=300), st.none() | st.text(max_size=60))
def test_any_bytes_end_in_a_feed_or_in_not_a_feed(body: bytes, content_type: str | None) -> None:
    limits = FeedLimits(max_body_bytes=200, max_depth=30, max_entries=50, max_field_chars=500, max_list_items=5)

    try:
        parsed: object = parse_feed(body, url="", content_type=content_type, limits=limits)
    except NotAFeed as refused:
        parsed = refused

    assert isinstance(parsed, ParsedFeed | NotAFeed)
