"""JSON Feed, versions 1.0 and 1.1 (jsonfeed.org/version/1.1): shape, then adaption. feedparser does not read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tasks.errors import NotAFeed
from tasks.feeds.adapt import language, person_name, short, unique
from tasks.feeds.dates import moment
from tasks.feeds.encoding import without_controls
from tasks.feeds.limits import FeedLimits
from tasks.feeds.plain_text import as_html, plain_text
from tasks.model import Entry, ParsedFeed
from tasks.urls import absolute, canonical_url

Fields = Mapping[str, Any]


class _Number(str):
    """A number as it was written, however long: an id (version 1.0 asks for it) or a tag, and nothing else."""

    __slots__ = ()


def parse_json_feed(text: str, *, url: str, limits: FeedLimits) -> ParsedFeed:
    """The feed in that text; items that are no objects give an Entry with nothing but its position.

    Raises NotAFeed: not_json, other_json (not a JSON Feed), too_deep, too_large (more items than `limits.max_entries`).
    """
    feed = _read(text, url=url, limits=limits)
    items = feed.get("items")
    if "jsonfeed.org/version/" not in str(feed.get("version", ""))[:100] or not isinstance(items, list):
        raise NotAFeed(url, "other_json", "no JSON Feed: `version` or `items` is missing")
    if len(items) > limits.max_entries:
        raise NotAFeed(url, "too_large", f"{len(items):,} items, at most {limits.max_entries:,} are read")
    feed_authors = _authors(feed)
    return ParsedFeed(
        kind="json",
        title=plain_text(_string(feed.get("title")), limit=limits.max_field_chars, markup=False),
        language=language(feed.get("language")),
        home_url=_page(url, feed.get("home_page_url")),
        entry_count=len(items),
        entries=tuple(
            _entry(item if isinstance(item, dict) else {}, position=position, url=url, feed_authors=feed_authors, limits=limits)
            for position, item in enumerate(items)
        ),
    )


def _read(text: str, *, url: str, limits: FeedLimits) -> Fields:
    try:
        value = json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    except RecursionError as cause:
        raise NotAFeed(url, "too_deep", "JSON values are nested too deep") from cause
    except ValueError as cause:
        raise NotAFeed(url, "not_json", str(cause)) from cause
    waiting = [(value, 1)]
    while waiting:
        part, depth = waiting.pop()
        if depth > limits.max_depth:
            raise NotAFeed(url, "too_deep", f"JSON values are nested deeper than {limits.max_depth}")
        children = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        waiting += [(child, depth + 1) for child in children if isinstance(child, dict | list)]
    if not isinstance(value, dict):
        raise NotAFeed(url, "other_json", "no JSON Feed: not an object")
    return value


def _entry(item: Fields, *, position: int, url: str, feed_authors: tuple[str, ...], limits: FeedLimits) -> Entry:
    """Numbers are taken as ids (version 1.0 asks for it). `url` is the item's page; `external_url` the page a link blog speaks of."""
    link = short(_string(item.get("url"))) or short(_string(item.get("external_url")))
    published_at, published_on = moment(_string(item.get("date_published")))
    updated_at, updated_on = moment(_string(item.get("date_modified")))
    content = _string(item.get("content_html")) or as_html(_string(item.get("content_text")))
    return Entry(
        position=position,
        entry_id=short(item.get("id")),
        url=(absolute(url, link) or link) if link else None,
        title=plain_text(_string(item.get("title")), limit=limits.max_field_chars, markup=False),
        authors=(_authors(item) or (() if _states_author(item) else feed_authors))[: limits.max_list_items],
        published_at=published_at,
        updated_at=updated_at,
        summary=plain_text(_string(item.get("summary")), limit=limits.max_field_chars),
        content_html=without_controls(content)[: limits.max_field_chars] if content else None,
        language=language(item.get("language")),
        tags=unique(plain_text(short(tag), limit=1_000, markup=False) for tag in _list(item.get("tags"))[: limits.max_list_items]),
        image_url=_page(url, item.get("image")) or _page(url, item.get("banner_image")),
        published_on=published_on,
        updated_on=updated_on,
    )


def _authors(fields: Fields) -> tuple[str, ...]:
    """`authors` of version 1.1, else `author` of 1.0."""
    people = _list(fields.get("authors")) or [fields.get("author")]
    return unique(person_name(person.get("name")) for person in people if isinstance(person, dict))


def _states_author(item: Fields) -> bool:
    """Whether the item has authors of its own, be they without a name: then it is none of the feed's."""
    return any([*_list(item.get("authors")), item.get("author")])


def _page(base: str, value: object) -> str | None:
    resolved = absolute(base, value) if isinstance(value, str) else None
    return short(resolved) if resolved and canonical_url(resolved) else None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and not isinstance(value, _Number) and value.strip() else None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
