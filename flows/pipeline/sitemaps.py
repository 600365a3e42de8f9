"""Sitemap indexes: the sitemaps that one leads to are fetched and read, within bounds, and come to one source of entries."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from flows import policy
from tasks.errors import FetchError, NotAFeed
from tasks.feeds.discover import declared_sitemaps
from tasks.feeds.sitemap import NEWS_SITEMAP, SITEMAP_INDEX, Window
from tasks.feeds.sitemap_index import named_after_news, together, worth_reading
from tasks.urls import absolute, canonical_url, registrable_domain, url_key

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime, timedelta

    from tasks.feeds.limits import SitemapLimits
    from tasks.model import Fetched, ParsedFeed, SitemapPart
    from tasks.web.client import WebClient


@dataclass(frozen=True, slots=True)
class Unread:
    """A sitemap, or all of an index, that could not be read. outcome: as of a poll. detail: for people."""

    outcome: str
    detail: str | None


def unread(failure: NotAFeed) -> Unread:
    """What came in place of a feed, as a poll says it."""
    return Unread("html_instead" if failure.reason == "html" else "not_a_feed", f"{failure.reason} {failure.detail or ''}".strip())


def window_at(now: datetime, back: timedelta) -> Window:
    """What of a sitemap a poll takes."""
    return Window(now, now - back, policy.SITEMAP.max_new)


async def sitemaps_of_host(web: WebClient, url: str) -> tuple[str, ...]:
    """The sitemaps that the robots.txt of that URL's host names; none where it cannot be had."""
    place = absolute(url, "/robots.txt") or url
    try:
        fetched = await web.get(place, accept="text/plain", max_body_bytes=policy.WEB.robots_max_bytes, obey_robots=False)
    except FetchError:
        return ()
    return declared_sitemaps(fetched.body, url=place, limit=policy.FEEDS_DISCOVERED) if fetched.status == HTTPStatus.OK else ()


@dataclass(slots=True)
class IndexReader:
    """Reads the sitemaps of one index, one after the other.

    get: fetches one; raises FetchError. parse: reads what came. declared: URL -> the sitemaps that the robots.txt of its host names.
    """

    get: Callable[[str], Awaitable[Fetched]]
    parse: Callable[[Fetched], Awaitable[ParsedFeed | Unread]]
    declared: Callable[[str], Awaitable[tuple[str, ...]]]
    window: Window
    limits: SitemapLimits = policy.SITEMAP
    _seen: set[str] = field(default_factory=set)
    _read: list[ParsedFeed] = field(default_factory=list)
    _unread: list[tuple[str, Unread]] = field(default_factory=list)
    _left_out: list[str] = field(default_factory=list)

    async def follow(self, index: ParsedFeed, *, url: str) -> tuple[ParsedFeed | Unread, str | None]:
        """(the index with its entries, or why none of its sitemaps could be read; what was not read of it and why, for people)."""
        self._seen.add(_key(url))
        try:
            async with asyncio.timeout(self.limits.max_seconds):
                await self._follow(index, url)
        except TimeoutError:
            self._unread.append((url, Unread("timeout", f"not all of its sitemaps were had in {self.limits.max_seconds:g} s")))
        note = self._note()
        if self._unread and not self._read:
            return Unread(self._unread[0][1].outcome, note), note
        return together(self._read, self.window), note

    async def _follow(self, index: ParsedFeed, url: str) -> None:
        waiting = deque((part, 1) for part in await self._allowed(index, url))
        asked = 0
        while waiting:
            part, depth = waiting.popleft()
            if _key(part.url) in self._seen or (self._has_news() and not named_after_news(part)):
                continue
            if asked == self.limits.max_files or depth > self.limits.max_depth:
                self._left_out.append(part.url)
                continue
            self._seen.add(_key(part.url))
            asked += 1
            found = await self._one(part.url)
            if isinstance(found, Unread):
                self._unread.append((part.url, found))
            elif found.kind == SITEMAP_INDEX:
                waiting.extendleft((each, depth + 1) for each in reversed(await self._allowed(found, part.url)))
            else:
                self._read.append(found)

    async def _one(self, url: str) -> ParsedFeed | Unread:
        try:
            fetched = await self.get(url)
        except FetchError as failure:
            return Unread(failure.reason, failure.detail)
        if fetched.status != HTTPStatus.OK:
            return Unread("http_error", f"HTTP {fetched.status}")
        return await self.parse(fetched)

    async def _allowed(self, index: ParsedFeed, url: str) -> tuple[SitemapPart, ...]:
        """Those worth reading that belong to the index's own domain, or that its robots.txt names (sitemaps.org, cross submits)."""
        worth = worth_reading(index.parts, self.window)
        foreign = {part.url for part in worth if registrable_domain(part.url) != registrable_domain(url)}
        named = set(map(_key, await self.declared(url))) if foreign else set()
        self._left_out += [part.url for part in worth if part.url in foreign and _key(part.url) not in named]
        return tuple(part for part in worth if part.url not in foreign or _key(part.url) in named)

    def _has_news(self) -> bool:
        return any(each.kind == NEWS_SITEMAP for each in self._read)

    def _note(self) -> str | None:
        notes = [f"{url}: {unread.outcome} {unread.detail or ''}".strip() for url, unread in self._unread[:1]]
        if len(self._unread) > 1:
            notes.append(f"{len(self._unread) - 1} more could not be read")
        if self._left_out:
            notes.append(f"{len(self._left_out)} left out as too many, too deep or another site's: {self._left_out[0]}")
        return "; ".join(notes) or None


def _key(url: str) -> str:
    return url_key(canonical_url(url) or url)
