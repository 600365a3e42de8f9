"""A look at feeds before they are listed: asked as a run would ask, with its manners and bounds; nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.web import open_web
from tasks.errors import FetchError, NotAFeed
from tasks.feeds.discover import distinct, linked_feeds, usual_places
from tasks.feeds.parse import parse_feed
from tasks.urls import canonical_url

if TYPE_CHECKING:
    from flows.settings import Settings
    from flows.world import World
    from tasks.model import Fetched, ParsedFeed
    from tasks.web.client import WebClient
    from tasks.web.private import PrivateHeaders


@dataclass(frozen=True, slots=True)
class Look:
    """What a URL answered. outcome: ok, or why it is no feed now, as a poll would say it. detail: for people.

    usable: entries with a link that can be fetched. newest: the latest date that an entry gives.
    """

    url: str
    outcome: str
    detail: str | None = None
    http_status: int | None = None
    final_url: str | None = None
    kind: str | None = None
    title: str | None = None
    language: str | None = None
    entries: int | None = None
    usable: int | None = None
    newest: datetime | None = None
    body_bytes: int | None = None
    milliseconds: int | None = None


async def look_at(url: str, settings: Settings, world: World, private: PrivateHeaders | None = None) -> Look:
    """Ask for one feed. private: headers that its origin is sent."""
    async with open_web(settings, world) as web:
        return (await _ask(web, url, private))[0]


async def discover(url: str, settings: Settings, world: World) -> tuple[Look, tuple[Look, ...]]:
    """(what the URL itself answered, the feeds found): the URL if it is one, else those its page names, else those in usual places."""
    async with open_web(settings, world) as web:
        first, page = await _ask(web, url, None)
        if first.outcome == "ok" or page is None:
            return first, (first,) if first.outcome == "ok" else ()
        content_type = page.header("content-type")
        named = linked_feeds(page.body, url=page.final_url, content_type=content_type, limit=policy.FEEDS_DISCOVERED)
        found = await _feeds_among(web, named)
        usual = distinct(list(usual_places(page.final_url)), limit=policy.FEEDS_DISCOVERED)
        return first, found or await _feeds_among(web, usual)


async def _feeds_among(web: WebClient, urls: Sequence[str]) -> tuple[Look, ...]:
    """One after the other; a feed under two addresses is found once."""
    found: dict[str, Look] = {}
    for url in urls:
        look, _ = await _ask(web, url, None)
        if look.outcome == "ok":
            found.setdefault(look.final_url or url, look)
    return tuple(found.values())


async def _ask(web: WebClient, url: str, private: PrivateHeaders | None) -> tuple[Look, Fetched | None]:
    """(what came, the answer itself if it had status 200)."""
    try:
        fetched = await web.get(url, accept=policy.ACCEPT_FEED, max_body_bytes=policy.FEED.max_body_bytes, private=private)
    except FetchError as failure:
        return Look(url, failure.reason, failure.detail), None
    look = Look(
        url,
        "ok",
        http_status=fetched.status,
        final_url=fetched.final_url,
        body_bytes=len(fetched.body),
        milliseconds=fetched.duration_ms,
    )
    if fetched.status != HTTPStatus.OK:
        return replace(look, outcome="http_error", detail=f"HTTP {fetched.status}"), None
    try:
        parsed = parse_feed(fetched.body, url=fetched.final_url, content_type=fetched.header("content-type"), limits=policy.FEED)
    except NotAFeed as failure:
        return replace(look, outcome="not_a_feed", detail=f"{failure.reason} {failure.detail or ''}".strip()), fetched
    return _with_feed(look, parsed), fetched


def _with_feed(look: Look, parsed: ParsedFeed) -> Look:
    dates = [date for entry in parsed.entries if (date := entry.updated_at or entry.published_at) is not None]
    return replace(
        look,
        kind=parsed.kind,
        title=parsed.title,
        language=parsed.language,
        entries=parsed.entry_count,
        usable=sum(entry.url is not None and canonical_url(entry.url) is not None for entry in parsed.entries),
        newest=max(dates, default=None),
    )
