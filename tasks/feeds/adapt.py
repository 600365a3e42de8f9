"""From what the feed reader gives for one item to an `Entry`. Every item gives one, whatever it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from tasks.feeds.dates import moment
from tasks.feeds.encoding import without_controls
from tasks.feeds.limits import FeedLimits
from tasks.feeds.plain_text import as_html, plain_text
from tasks.model import Entry
from tasks.urls import canonical_url

Fields = Mapping[str, Any]
"""One entry of feedparser, untyped there, as a plain dict: its own class answers `updated` with `published`."""

LONGEST_NAME = 1_000
"""Characters of a name, tag, id or URL."""

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_MAIL_THEN_NAME = re.compile(r"\S{1,254}@\S{1,254}\s*\((.{1,256})\)")
_NAME_THEN_MAIL = re.compile(r"([^<>@]{1,256}?)\s*[<(]\s*[^\s<>()]{1,254}@[^\s<>()]{1,254}\s*[>)]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


def adapted(fields: Fields, *, position: int, kind: str, feed_authors: tuple[str, ...], limits: FeedLimits) -> Entry:
    """kind: rss, rdf or atom. feed_authors: Atom's authors of the feed, which hold for entries without (RFC 4287, 4.2.1)."""
    (published_at, published_on), (updated_at, updated_on) = _dates(fields, kind)
    return Entry(
        position=position,
        entry_id=short(fields.get("id")),
        url=_link(fields, kind),
        title=_text(fields, "title", kind, limits),
        authors=names(fields)[: limits.max_list_items] or (feed_authors if kind == "atom" and not any(fields.get("authors", ())) else ()),
        published_at=published_at,
        updated_at=updated_at,
        summary=_text(fields, "summary", kind, limits) if "summary_detail" in fields else None,
        content_html=_content(fields, limits),
        language=language(fields.get("language") or fields.get("title_detail", {}).get("language")),
        tags=unique(_text_of(tag.get("label") or tag.get("term")) for tag in fields.get("tags", ()))[: limits.max_list_items],
        image_url=_image(fields),
        published_on=published_on,
        updated_on=updated_on,
    )


def names(fields: Fields) -> tuple[str, ...]:
    """Names of people without their mail addresses, each once: `a@b.c (Anna B)` and `Anna B <a@b.c>` give `Anna B`."""
    return unique(person_name(author.get("name")) for author in fields.get("authors", ()))


def person_name(value: object) -> str | None:
    """A name as plain text without a mail address; None if nothing else stands there."""
    text = _text_of(value)
    if text is None:
        return None
    found = _MAIL_THEN_NAME.fullmatch(text) or _NAME_THEN_MAIL.fullmatch(text)
    name = (found.group(1) if found else text).strip(" \t,;()")
    return name if name and not ("@" in name and " " not in name) else None


def language(value: object) -> str | None:
    """A language tag (BCP 47) as given, `_` read as `-`; None if it cannot be one."""
    tag = value.strip().replace("_", "-") if isinstance(value, str) else ""
    return tag if _LANGUAGE.fullmatch(tag) else None


def short(value: object) -> str | None:
    """An id or URL without outer white space and control characters; None if empty."""
    text = without_controls(value).strip() if isinstance(value, str) else ""
    return text[: LONGEST_NAME * 4] or None


def unique(values: Iterable[str | None]) -> tuple[str, ...]:
    """The values that are there, each once, in order."""
    return tuple(dict.fromkeys(value for value in values if value))


def _text_of(value: object) -> str | None:
    return plain_text(value, limit=LONGEST_NAME) if isinstance(value, str) else None


def _text(fields: Fields, name: str, kind: str, limits: FeedLimits) -> str | None:
    """RSS does not say whether a value is markup, so it is read as such; Atom says it (RFC 4287, 3.1.1)."""
    markup = kind != "atom" or fields.get(f"{name}_detail", {}).get("type") in _HTML_TYPES
    return plain_text(fields.get(name), limit=limits.max_field_chars, markup=markup)


def _dates(fields: Fields, kind: str) -> tuple[tuple[datetime | None, date | None], ...]:
    """Published and updated, each as instant or day. RSS has one date, also spelt dc:date, which the reader calls `updated`: there it is
    when it was published.
    """
    published = moment(fields.get("published"), fields.get("created"))
    updated = moment(fields.get("updated"))
    if kind != "atom" and published == (None, None) and not fields.get("published"):
        return updated, (None, None)
    return published, updated


def _link(fields: Fields, kind: str) -> str | None:
    """The alternate link, a web page before other types; else the id, where it may be a link and is one for http. Never an enclosure.

    What is no http link is kept, so that it can be seen why the entry was rejected.
    """
    alternates = [link for link in fields.get("links", ()) if link.get("rel") == "alternate" and link.get("href")]
    pages = [link for link in alternates if link.get("type") in _HTML_TYPES]
    chosen = next(iter([*pages, *alternates]), None)
    if chosen is not None:
        return short(chosen["href"])
    entry_id = short(fields.get("id"))
    may_be_link = kind == "rdf" or fields.get("guidislink", False)
    return entry_id if may_be_link and entry_id and canonical_url(entry_id) else None


def _content(fields: Fields, limits: FeedLimits) -> str | None:
    """The first content that is HTML, else the first that is text, as HTML."""
    contents = [content for content in fields.get("content", ()) if (content.get("value") or "").strip()]
    markup = next((content["value"] for content in contents if content.get("type") in _HTML_TYPES), None)
    text = next((content["value"] for content in contents if content.get("type") == "text/plain"), None)
    found = markup if markup is not None else as_html(text)
    return without_controls(found)[: limits.max_field_chars] if found else None


def _image(fields: Fields) -> str | None:
    media = [item.get("url") for item in fields.get("media_content", ()) if _is_image(item)]
    thumbnails = [item.get("url") for item in fields.get("media_thumbnail", ())]
    enclosures = [link.get("href") for link in fields.get("links", ()) if link.get("rel") == "enclosure" and _is_image(link)]
    return next((url for url in map(short, [*media, *enclosures, *thumbnails]) if url and canonical_url(url)), None)


def _is_image(item: Fields) -> bool:
    return item.get("medium") == "image" or str(item.get("type", "")).startswith("image/")
