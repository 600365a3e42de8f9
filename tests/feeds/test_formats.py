"""Each format, whole: what stands in the feed and what comes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tasks.model import Entry, ParsedFeed

Parse = Callable[..., ParsedFeed]

TEN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>The Paper &amp;amp; Co</title><link>https://paper.test/</link><language>en-GB</language>
  <atom:link rel="self" href="https://paper.test/feeds/world.xml"/>
  <item>
    <title><![CDATA[Ferry <b>breaks</b>   down &#8217;again&#8217;]]></title>
    <link>/ferry</link><guid isPermaLink="false">p-1</guid>
    <pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate>
    <atom:updated>2026-11-22T13:00:00+01:00</atom:updated>
    <author>desk@paper.test (Anna Berg)</author><dc:creator>Ben Carr</dc:creator>
    <category>Harbour</category><category>Harbour</category><category>Ships</category>
    <description>&lt;p&gt;It broke.&lt;/p&gt;&lt;p&gt;Again.&lt;/p&gt;</description>
    <content:encoded><![CDATA[<p>It broke <em>down</em>.</p><script>alert(1)</script>]]></content:encoded>
    <media:thumbnail url="https://paper.test/small.jpg"/>
    <media:content url="https://paper.test/ferry.jpg" medium="image"><media:title>A picture</media:title></media:content>
    <enclosure url="https://paper.test/ferry.mp3" type="audio/mpeg" length="1"/>
  </item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://blatt.test/">
  <title type="html">Das &lt;i&gt;Blatt&lt;/i&gt;</title><link href="/"/>
  <author><name>Redaktion</name><email>r@blatt.test</email></author>
  <entry xml:base="lokal/">
    <id>tag:blatt.test,2026:1</id><title type="text">Warum 1 &lt; 2 gilt</title>
    <link rel="enclosure" type="audio/mpeg" href="ton.mp3"/><link rel="self" href="1.atom"/><link href="1"/>
    <published>2026-11-22T11:00:00+01:00</published><updated>2026-11-22T12:00:00Z</updated>
    <summary>Kurz</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Lang &amp; breit</p></div></content>
    <category term="mathe" label="Mathematik"/>
  </entry>
  <entry><id>tag:blatt.test,2026:2</id><title>Zwei</title><author><name>Cem</name></author><updated>2026-11-22T12:00:00Z</updated></entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://journal.test/"><title>Journal</title><link>https://journal.test/</link><dc:language>fr</dc:language>
    <items><rdf:Seq><rdf:li resource="https://journal.test/1"/></rdf:Seq></items></channel>
  <item rdf:about="https://journal.test/1"><title>Un</title><link>https://journal.test/1</link><dc:date>2026-11-22T10:00:00Z</dc:date></item>
  <item rdf:about="https://journal.test/2"><title>Deux</title></item>
</rdf:RDF>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Notes", "home_page_url": "/", "language": "en",
  "authors": [{"name": "Dora"}],
  "items": [
    {"id": 7, "url": "/notes/7", "title": "A <b> c", "content_html": "<p>Hi</p>", "summary": "Hi", "date_published": "2026-11-22T10:00:00Z",
     "date_modified": "2026-11-22T12:00:00Z", "tags": ["a", "b", 3], "image": "/i.png", "author": {"name": "Eve"}},
    {"id": "8", "content_text": "One & two.\\n\\nThree."},
    "no object"
  ]}"""


def test_rss_2(parse: Parse) -> None:
    assert parse(RSS) == ParsedFeed(
        kind="rss",
        title="The Paper & Co",
        language="en-GB",
        home_url="https://paper.test/",
        entry_count=1,
        entries=(
            Entry(
                position=0,
                entry_id="p-1",
                url="https://paper.test/ferry",
                title="Ferry breaks down \u2019again\u2019",
                authors=("Anna Berg", "Ben Carr"),
                published_at=TEN,
                updated_at=NOON,
                summary="It broke. Again.",
                content_html="<p>It broke <em>down</em>.</p><script>alert(1)</script>",
                tags=("Harbour", "Ships"),
                image_url="https://paper.test/ferry.jpg",
            ),
        ),
    )


def test_atom(parse: Parse) -> None:
    feed = parse(ATOM)

    assert (feed.kind, feed.title, feed.language, feed.home_url, feed.entry_count) == ("atom", "Das Blatt", "de", "https://blatt.test/", 2)
    assert feed.entries == (
        Entry(
            position=0,
            entry_id="tag:blatt.test,2026:1",
            url="https://blatt.test/lokal/1",
            title="Warum 1 < 2 gilt",
            authors=("Redaktion",),
            published_at=TEN,
            updated_at=NOON,
            summary="Kurz",
            content_html="<p>Lang &amp; breit</p>",
            language="de",
            tags=("Mathematik",),
        ),
        Entry(position=1, entry_id="tag:blatt.test,2026:2", title="Zwei", authors=("Cem",), updated_at=NOON, language="de"),
    )


def test_rss_1_where_the_resource_itself_stands_for_a_missing_link(parse: Parse) -> None:
    feed = parse(RDF)

    assert (feed.kind, feed.title, feed.language, feed.entry_count) == ("rdf", "Journal", "fr", 2)
    assert feed.entries == (
        Entry(position=0, entry_id="https://journal.test/1", url="https://journal.test/1", title="Un", published_at=TEN),
        Entry(position=1, entry_id="https://journal.test/2", url="https://journal.test/2", title="Deux"),
    )


def test_json_feed(parse: Parse) -> None:
    feed = parse(JSON)

    assert (feed.kind, feed.title, feed.language, feed.home_url, feed.entry_count) == ("json", "Notes", "en", "https://paper.test/", 3)
    assert feed.entries == (
        Entry(
            position=0,
            entry_id="7",
            url="https://paper.test/notes/7",
            title="A <b> c",
            authors=("Eve",),
            published_at=TEN,
            updated_at=NOON,
            summary="Hi",
            content_html="<p>Hi</p>",
            tags=("a", "b", "3"),
            image_url="https://paper.test/i.png",
        ),
        Entry(position=1, entry_id="8", authors=("Dora",), content_html="<p>One &amp; two.</p><p>Three.</p>"),
        Entry(position=2, authors=("Dora",)),
    )


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>https://a.test/1</link><guid>https://a.test/guid</guid>", "https://a.test/1"),
        ("<guid>https://a.test/guid</guid>", "https://a.test/guid"),
        ("<link/><guid>https://a.test/guid</guid>", "https://a.test/guid"),
        ('<guid isPermaLink="false">https://a.test/guid</guid>', None),
        ("<guid>4711</guid>", None),
        ('<enclosure url="https://a.test/a.mp3" type="audio/mpeg"/>', None),
        ("<link>?page=2&amp;x=1</link>", "https://paper.test/feeds/world.xml?page=2&x=1"),
        ("<link>mailto:a@a.test</link>", "mailto:a@a.test"),
        (
            '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="https://a.test/self"/><link>https://a.test/1</link>',
            "https://a.test/1",
        ),
        ('<link xml:base="https://b.test/x/">1</link>', "https://b.test/x/1"),
    ],
)
def test_an_entrys_link_is_its_page_then_its_permanent_id_and_never_an_enclosure(parse: Parse, item: str, url: str | None) -> None:
    (entry,) = parse(f"<rss><channel><item>{item}</item></channel></rss>").entries

    assert entry.url == url


@pytest.mark.parametrize(
    ("link", "is_home"),
    [
        ("https://paper.test/", True),
        ("http://www.paper.test", True),
        ("https://paper.test/#story-7", True),
        ("https://paper.test/?utm_source=rss", True),
        ("https://blog.test/world/", True),
        ("https://blog.test/", True),
        ("https://blog.test/world/7", False),
        ("https://paper.test/?p=7", False),
        ("https://game.test/", False),
    ],
)
def test_a_link_to_the_feeds_own_home_page_is_no_link(parse: Parse, link: str, *, is_home: bool) -> None:
    (entry,) = parse(f"<rss><channel><link>https://blog.test/world</link><item><link>{link}</link></item></channel></rss>").entries

    assert entry.url == (None if is_home else link)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("desk@paper.test (Anna Berg)", ("Anna Berg",)),
        ("Anna Berg &lt;anna@paper.test&gt;", ("Anna Berg",)),
        ("Anna &amp;amp; Ben", ("Anna & Ben",)),
        ("desk@paper.test", ()),
        ("desk@city.museum (Anna Berg)", ("Anna Berg",)),
        ("<b>Anna</b> Berg", ("Anna Berg",)),
        ("", ()),
    ],
)
def test_authors_are_names_without_mail_addresses(parse: Parse, author: str, names: tuple[str, ...]) -> None:
    (entry,) = parse(f"<rss><channel><item><author>{author}</author></item></channel></rss>").entries

    assert entry.authors == names


def test_an_author_without_a_name_is_not_replaced_by_the_feeds(parse: Parse) -> None:
    atom = parse(ATOM.replace("<author><name>Cem</name></author>", "<author><email>c@blatt.test</email></author>"))
    json_feed = parse(JSON.replace('"author": {"name": "Eve"}', '"authors": [{"url": "https://eve.test/"}]'))

    assert atom.entries[1].authors == json_feed.entries[0].authors == ()


def test_a_number_is_an_id_and_neither_a_link_nor_a_title(parse: Parse) -> None:
    (entry,) = parse('{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1.50, "url": 2, "title": 3}]}').entries

    assert (entry.entry_id, entry.url, entry.title) == ("1.50", None, None)


def test_an_entry_that_holds_nothing_is_an_entry(parse: Parse) -> None:
    feed = parse("<rss><channel><item/><item></item></channel></rss>")

    assert (feed.entry_count, feed.entries) == (2, (Entry(position=0), Entry(position=1)))


def test_text_beyond_a_fields_bound_is_cut_and_long_titles_below_it_stay(parse: Parse) -> None:
    long, longer = parse(
        f"<rss><channel><item><title>{'x' * 5_000}</title></item><item><title>{'x' * 5_001}</title></item></channel></rss>"
    ).entries

    assert long.title == longer.title == "x" * 5_000


def test_tags_and_authors_beyond_their_bound_are_left_out(parse: Parse) -> None:
    many = "".join(f"<category>{n}</category><author>A{n}</author>" for n in range(9))
    (entry,) = parse(f"<rss><channel><item>{many}</item></channel></rss>").entries

    assert entry.tags == ("0", "1", "2", "3", "4")
    assert entry.authors == ("A0", "A1", "A2", "A3", "A4")
