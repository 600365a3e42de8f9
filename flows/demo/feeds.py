"""Feeds as text, in four formats.

https://www.rssboard.org/rss-specification, RFC 4287, https://web.resource.org/rss/1.0/spec, https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An entry as its feed writes it; what is None is left out. id_is_link: whether the id is the article's address."""

    entry_id: str
    id_is_link: bool
    url: str | None
    title: str | None
    summary: str
    authors: tuple[str, ...]
    published_at: datetime | None
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What a feed says about itself. updated_at: its newest entry's."""

    title: str
    home_url: str
    feed_url: str
    language: str
    updated_at: datetime


MEDIA_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "json": "application/feed+json",
}


def write_feed(kind: str, head: FeedHead, items: tuple[FeedItem, ...]) -> str:
    """The feed as text. kind: rss, atom, rdf or json."""
    return {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json_feed}[kind](head, items)


def _element(name: str, value: str | None, attributes: str = "") -> str:
    return "" if value is None else f"<{name}{attributes}>{escape(value)}</{name}>"


def _instant(name: str, at: datetime | None) -> str:
    return "" if at is None else _element(name, at.isoformat())


def _rss(head: FeedHead, items: tuple[FeedItem, ...]) -> str:
    def item(entry: FeedItem) -> str:
        guid = _element("guid", entry.entry_id, "" if entry.id_is_link else ' isPermaLink="false"')
        published = "" if entry.published_at is None else _element("pubDate", format_datetime(entry.published_at))
        authors = "".join(_element("dc:creator", author) for author in entry.authors)
        head_parts = (_element("title", entry.title), _element("link", entry.url), guid, published)
        return f"<item>{''.join(head_parts)}{authors}{_element('description', entry.summary)}</item>"

    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"{_element('title', head.title)}{_element('link', head.home_url)}{_element('description', head.title)}"
        f"{_element('language', head.language)}{_element('lastBuildDate', format_datetime(head.updated_at))}\n"
        + "\n".join(map(item, items))
        + "\n</channel></rss>\n"
    )


def _atom(head: FeedHead, items: tuple[FeedItem, ...]) -> str:
    def entry_of(entry: FeedItem) -> str:
        link = "" if entry.url is None else f'<link rel="alternate" type="text/html" href={quoteattr(entry.url)}/>'
        authors = "".join(f"<author>{_element('name', author)}</author>" for author in entry.authors)
        dates = _instant("published", entry.published_at) + _instant("updated", entry.updated_at)
        head_parts = (_element("id", entry.entry_id), _element("title", entry.title), link, dates, authors)
        return f"<entry>{''.join(head_parts)}{_element('summary', entry.summary)}</entry>"

    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(head.language)}>'
        f"{_element('title', head.title)}{_element('id', head.feed_url)}{_element('updated', head.updated_at.isoformat())}"
        f'<link rel="self" href={quoteattr(head.feed_url)}/><link rel="alternate" href={quoteattr(head.home_url)}/>\n'
        + "\n".join(map(entry_of, items))
        + "\n</feed>\n"
    )


def _rdf(head: FeedHead, items: tuple[FeedItem, ...]) -> str:
    def item(entry: FeedItem) -> str:
        authors = "".join(_element("dc:creator", author) for author in entry.authors)
        date = _instant("dc:date", entry.published_at)
        parts = (_element("title", entry.title), _element("link", entry.url), _element("description", entry.summary), date, authors)
        return f"<item rdf:about={quoteattr(entry.entry_id)}>{''.join(parts)}</item>"

    sequence = "".join(f"<rdf:li rdf:resource={quoteattr(entry.entry_id)}/>" for entry in items)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel rdf:about={quoteattr(head.feed_url)}>{_element('title', head.title)}{_element('link', head.home_url)}"
        f"{_element('description', head.title)}{_element('dc:language', head.language)}"
        f"<items><rdf:Seq>{sequence}</rdf:Seq></items></channel>\n" + "\n".join(map(item, items)) + "\n</rdf:RDF>\n"
    )


def _json_feed(head: FeedHead, items: tuple[FeedItem, ...]) -> str:
    def item(entry: FeedItem) -> dict[str, object]:
        values = {
            "id": entry.entry_id,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "date_published": entry.published_at and entry.published_at.isoformat(),
            "date_modified": entry.updated_at and entry.updated_at.isoformat(),
            "authors": [{"name": author} for author in entry.authors],
        }
        return {name: value for name, value in values.items() if value is not None}

    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.title,
        "home_page_url": head.home_url,
        "feed_url": head.feed_url,
        "language": head.language,
        "items": [item(entry) for entry in items],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)
