"""A look at feeds before they are listed: asked as a run would ask, with its manners and bounds; nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.sitemaps import IndexReader, Unread, sitemaps_of_host, unread, window_at
from flows.pipeline.web import open_web
from tasks.errors import FetchError, NotAFeed
from tasks.feeds.discover import distinct, linked_feeds, usual_places
from tasks.feeds.parse import parse_feed
from tasks.feeds.sitemap import SITEMAP_INDEX, Window
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

    usable: entries with a link that can be fetched. passed_over: URLs of sitemaps that are no entries, None for other feeds.
    sitemaps: of an index, those it names. newest: the latest date that an entry gives.
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
    passed_over: int | None = None
    sitemaps: int | None = None
    newest: datetime | None = None
    body_bytes: int | None = None
    milliseconds: int | None = None


async def look_at(url: str, settings: Settings, world: World, private: PrivateHeaders | None = None) -> Look:
    """Ask for one feed; an index of sitemaps with what it leads to. private: headers that its origin is sent."""
    async with open_web(settings, world) as web:
        looking = _Looking(web, window_at(world.now(), settings.sitemap_window), private)
        look, fetched, parsed = await looking.ask(url)
        return await looking.follow(look, fetched, parsed) if fetched and parsed and parsed.kind == SITEMAP_INDEX else look


async def discover(url: str, settings: Settings, world: World) -> tuple[Look, tuple[Look, ...]]:
    """(what the URL itself answered, the feeds found).

    The URL if it is one; else those its page names, and the sitemaps that robots.txt names; else those in usual places.
    """
    async with open_web(settings, world) as web:
        looking = _Looking(web, window_at(world.now(), settings.sitemap_window))
        first, page, _ = await looking.ask(url)
        if first.outcome == "ok" or page is None:
            return first, (first,) if first.outcome == "ok" else ()
        content_type = page.header("content-type")
        named = linked_feeds(page.body, url=page.final_url, content_type=content_type, limit=policy.FEEDS_DISCOVERED)
        found = await looking.feeds_among([*named, *await sitemaps_of_host(web, page.final_url)])
        usual = distinct(list(usual_places(page.final_url)), limit=policy.FEEDS_DISCOVERED)
        return first, found or await looking.feeds_among(usual)


@dataclass(frozen=True, slots=True)
class _Looking:
    """Asks for feeds over one client."""

    web: WebClient
    window: Window
    private: PrivateHeaders | None = None

    async def feeds_among(self, urls: Sequence[str]) -> tuple[Look, ...]:
        """One after the other; a feed under two addresses is found once."""
        found: dict[str, Look] = {}
        for url in urls:
            look, *_ = await self.ask(url)
            if look.outcome == "ok":
                found.setdefault(look.final_url or url, look)
        return tuple(found.values())

    async def ask(self, url: str) -> tuple[Look, Fetched | None, ParsedFeed | None]:
        """(what came, the answer itself if it had status 200, what was read of it)."""
        try:
            fetched = await self._get(url)
        except FetchError as failure:
            return Look(url, failure.reason, failure.detail), None, None
        look = Look(
            url,
            "ok",
            http_status=fetched.status,
            final_url=fetched.final_url,
            body_bytes=len(fetched.body),
            milliseconds=fetched.duration_ms,
        )
        if fetched.status != HTTPStatus.OK:
            return replace(look, outcome="http_error", detail=f"HTTP {fetched.status}"), None, None
        parsed = await self._parse(fetched)
        if isinstance(parsed, Unread):
            return replace(look, outcome=parsed.outcome, detail=parsed.detail), fetched, None
        return _with_feed(look, parsed), fetched, parsed

    async def follow(self, look: Look, fetched: Fetched, index: ParsedFeed) -> Look:
        """The look at an index, with what its sitemaps hold."""
        reader = IndexReader(self._get, self._parse, partial(sitemaps_of_host, self.web), self.window)
        found, note = await reader.follow(index, url=fetched.final_url)
        if isinstance(found, Unread):
            return replace(look, outcome=found.outcome, detail=found.detail)
        return replace(_with_feed(look, found), sitemaps=len(index.parts), detail=note)

    async def _get(self, url: str) -> Fetched:
        return await self.web.get(url, accept=policy.ACCEPT_FEED, max_body_bytes=policy.FEED.max_body_bytes, private=self.private)

    async def _parse(self, fetched: Fetched) -> ParsedFeed | Unread:
        content_type = fetched.header("content-type")
        try:
            return parse_feed(fetched.body, url=fetched.final_url, content_type=content_type, limits=policy.FEED, window=self.window)
        except NotAFeed as failure:
            return unread(failure)


def _with_feed(look: Look, parsed: ParsedFeed) -> Look:
    dates = [date for entry in parsed.entries if (date := entry.updated_at or entry.published_at) is not None]
    return replace(
        look,
        kind=parsed.kind,
        title=parsed.title,
        language=parsed.language,
        entries=parsed.entry_count,
        usable=sum(entry.url is not None and canonical_url(entry.url) is not None for entry in parsed.entries),
        passed_over=parsed.passed_over if "sitemap" in parsed.kind else None,
        sitemaps=len(parsed.parts) or None,
        newest=max(dates, default=None),
    )
