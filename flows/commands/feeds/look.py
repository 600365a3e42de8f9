"""`feedmill feeds test` and `discover`."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter

from flows.commands.feeds.subject import FeedsFile, find, listed
from flows.commands.options import Json, settings_with
from flows.commands.output import as_json, console, printable, table
from flows.feed_headers import read_feed_headers
from flows.feeds_file import listing_problems, read_feeds
from flows.pipeline.look import Look, discover, look_at
from flows.unusable import Unusable
from flows.world import this_world
from tasks.feeds.listing import FeedListing


def ask(
    feed: Annotated[str, Parameter(help="Id of a listed feed, or the URL of any.")], *, feeds: FeedsFile = None, json: Json = False
) -> int:
    """Ask a feed once, as a run would, and say what came; exit code 1 if it is no feed now. A listed feed gets its private headers."""
    settings = settings_with(feeds=feeds)
    known = read_feeds(settings.feeds) if settings.feeds.exists() or "://" not in feed else ()
    found = find(known, feed) if "://" in feed else listed(known, feed)
    private = read_feed_headers(settings.feed_headers, known, os.environ).get(found.feed_id) if found else None
    url = found.url if found else _url(feed)
    look = asyncio.run(look_at(url, settings, this_world(), private))
    if json:
        print(as_json(asdict(look)))
    else:
        rows = [(name.replace("_", " "), value) for name, value in asdict(look).items() if value is not None]
        console().print(table(None, ["", "what came"], rows))
    return 0 if look.outcome == "ok" else 1


def discover_feeds(
    url: Annotated[str, Parameter(help="A page of the site, or a feed.")], *, feeds: FeedsFile = None, json: Json = False
) -> int:
    """Find the feeds and sitemaps of a site: those its page and robots.txt name, else those in usual places; exit code 1 if there is none.

    robots.txt is obeyed.
    """
    settings = settings_with(feeds=feeds)
    known = read_feeds(settings.feeds) if settings.feeds.exists() else ()
    first, found = asyncio.run(discover(_url(url), settings, this_world()))
    listed_as = [next((feed.feed_id for each in (look.url, look.final_url or "") if (feed := find(known, each))), None) for look in found]
    if json:
        print(as_json([asdict(look) | {"listed_as": name} for look, name in zip(found, listed_as, strict=True)]))
    elif found:
        columns = ["feed", "kind", "title", "entries", "newest", "listed as"]
        rows = [(look.url, look.kind, look.title, look.entries, look.newest, name) for look, name in zip(found, listed_as, strict=True)]
        console().print(table(None, columns, rows))
    if not found:
        print(f"no feed found at {printable(url)}: {_why(first)}", file=sys.stderr)
    return 0 if found else 1


def _why(first: Look) -> str:
    if first.outcome in {"not_a_feed", "html_instead"}:
        return "page and robots.txt name none, and there is none in the usual places"
    return f"{first.outcome} {printable(first.detail)}".strip()


def _url(given: str) -> str:
    """A URL that can be asked; raises Unusable."""
    if problems := listing_problems(FeedListing(given)):
        raise Unusable("; ".join(problems))
    return given
