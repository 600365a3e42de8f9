"""`feedmill feeds add`, `pause`, `resume` and `remove`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter

from flows import feeds_edit
from flows.commands.feeds.subject import FeedsFile, Subject, find, listed
from flows.commands.options import Json, settings_with
from flows.commands.output import as_json, printable
from flows.feeds_file import listing_problems, read_feeds
from flows.unusable import Unusable
from tasks.feeds.listing import FeedListing
from tasks.model import Feed


def add(
    url: Annotated[str, Parameter(help="URL of the feed or sitemap itself; `feedmill feeds discover` finds it.")],
    *,
    feed_id: Annotated[str | None, Parameter(name="--id", help="Its stable name. [default: made from the URL]")] = None,
    publisher: Annotated[str | None, Parameter(help="Name of the publisher.")] = None,
    language: Annotated[str | None, Parameter(help="BCP 47 tag such as en or pt-BR.")] = None,
    country: Annotated[str | None, Parameter(help="Two-letter ISO 3166 code such as DE.")] = None,
    paused: Annotated[bool, Parameter(negative=(), help="List it, but do not poll it yet.")] = False,
    min_interval_minutes: Annotated[int | None, Parameter(help="Poll it no more often than that.")] = None,
    max_interval_minutes: Annotated[int | None, Parameter(help="Poll it no less often than that, while it is well.")] = None,
    feeds: FeedsFile = None,
    json: Json = False,
) -> int:
    """List a feed, at the end of the file; the file is begun if there is none. The next run polls it."""
    path = settings_with(feeds=feeds).feeds
    listing = FeedListing(url, feed_id, publisher, language, country, paused, min_interval_minutes, max_interval_minutes)
    if problems := listing_problems(listing):
        raise Unusable("; ".join(problems))
    known = read_feeds(path) if path.exists() else ()
    made = feeds_edit.feed_of(listing)
    if (same := find(known, url) or find(known, made.feed_id)) is not None:
        raise Unusable(f"it is listed already: {same.feed_id}, {same.url}")
    feeds_edit.add(path, [listing])
    return _told(made, f"listed as {made.feed_id}; `feedmill feeds test {made.feed_id}` asks it once", json=json)


def pause(feed: Subject, *, feeds: FeedsFile = None, json: Json = False) -> int:
    """Poll a feed no more. It stays in the list, and pages that are still to be fetched are fetched."""
    return _set_paused(feed, feeds, paused=True, json=json)


def resume(feed: Subject, *, feeds: FeedsFile = None, json: Json = False) -> int:
    """Poll a paused feed again, from the next run on."""
    return _set_paused(feed, feeds, paused=False, json=json)


def remove(feed: Subject, *, feeds: FeedsFile = None, json: Json = False) -> int:
    """Take a feed off the list, with the comment above it. What it brought stays in the warehouse."""
    path = settings_with(feeds=feeds).feeds
    found = listed(read_feeds(path), feed)
    feeds_edit.remove(path, found.feed_id)
    return _told(found, f"{found.feed_id} is listed no more: {found.url}", json=json)


def _set_paused(subject: str, feeds: FeedsFile, *, paused: bool, json: bool) -> int:
    path = settings_with(feeds=feeds).feeds
    found = listed(read_feeds(path), subject)
    changed = feeds_edit.set_paused(path, found.feed_id, paused=paused)
    state = "paused" if paused else "polled"
    return _told(listed(read_feeds(path), found.feed_id), f"{found.feed_id} is {'now' if changed else 'already'} {state}", json=json)


def _told(feed: Feed, words: str, *, json: bool) -> int:
    print(as_json(asdict(feed)) if json else printable(words))
    return 0
