"""One poll: a feed is asked, a 304 checked when its time has come, and a body that was not seen before read in the pool."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.readers import as_value
from flows.pipeline.sitemaps import IndexReader, Unread, sitemaps_of_host, unread, window_at
from flows.pipeline.worker import WorkerLost
from tasks.errors import FetchError, NotAFeed
from tasks.feeds.sitemap import SITEMAP_INDEX, Window
from tasks.model import ArchivePlace, Feed, Fetched, ParsedFeed, Validators
from tasks.polling.probes import validators_to_send, wants_probe
from tasks.polling.result import NETWORK_OUTCOMES
from warehouse.rows import FeedStateRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from flows.pipeline.archive import RunArchive
    from flows.pipeline.context import RunContext
    from flows.pipeline.pool import WorkerPool
    from tasks.web.client import WebClient
    from tasks.web.private import PrivateHeaders


@dataclass(frozen=True, slots=True)
class Asked:
    """One poll as it begins. state: None for a feed that is polled for the first time at its address."""

    poll_id: UUID
    feed: Feed
    url: str
    state: FeedStateRow | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Polled:
    """One answer to one poll.

    parsed: only if outcome is ok. error: for people; of an index also which of its sitemaps were not read. retryable: of a fetch that
    failed. probed: a 304 was checked, this is what came then. ended_at: when the answer was there.
    """

    asked: Asked
    outcome: str
    fetched: Fetched | None = None
    body_hash: str | None = None
    place: ArchivePlace | None = None
    parsed: ParsedFeed | None = None
    error: str | None = None
    retryable: bool = False
    probed: bool = False
    ended_at: datetime | None = None

    @property
    def reached(self) -> bool:
        """Whether anybody answered, be it with an error."""
        return self.fetched is not None or self.outcome not in NETWORK_OUTCOMES


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks feeds. web, pool, archive: the network, the workers, the raw archive of this run. private: feed_id -> headers of its own."""

    context: RunContext
    web: WebClient
    pool: WorkerPool
    archive: RunArchive
    private: Mapping[str, PrivateHeaders]

    async def ask(self, feed: Feed, state: FeedStateRow | None) -> Polled:
        """One request, or two, and what they brought."""
        world = self.context.world
        asked = Asked(world.new_id(), feed, state.current_url if state else feed.url, state, world.now())
        return replace(await self._ask(asked), ended_at=world.now())

    async def _ask(self, asked: Asked) -> Polled:
        answered, state = partial(Polled, asked), asked.state
        sent = validators_to_send(state, asked.at, policy.POLLING.probing)
        try:
            fetched = await self._get(asked.feed, asked.url, sent)
        except FetchError as failure:
            return answered(failure.reason, error=failure.detail, retryable=failure.retryable)
        if fetched.status != HTTPStatus.NOT_MODIFIED or state is None or sent == Validators():
            return await self._of_answer(asked, fetched)
        not_modified = answered("not_modified", fetched)
        return await self._probed(asked, not_modified) if wants_probe(state, asked.at, policy.POLLING.probing) else not_modified

    async def _get(self, feed: Feed, url: str, validators: Validators) -> Fetched:
        return await self.web.get(
            url,
            accept=policy.ACCEPT_FEED,
            max_body_bytes=policy.FEED.max_body_bytes,
            validators=validators,
            private=self.private.get(feed.feed_id),
        )

    async def _probed(self, asked: Asked, not_modified: Polled) -> Polled:
        """The whole feed in place of a 304. A probe that fails proves nothing: the 304 stands."""
        try:
            whole = await self._get(asked.feed, asked.url, Validators())
        except FetchError:
            return not_modified
        if whole.status != HTTPStatus.OK:
            return not_modified
        return replace(await self._of_answer(asked, whole), probed=True)

    async def _of_answer(self, asked: Asked, fetched: Fetched) -> Polled:
        answered, state = partial(Polled, asked), asked.state
        if fetched.status != HTTPStatus.OK:
            return answered("http_error", fetched, error=f"HTTP {fetched.status}")
        body_hash = hashlib.sha256(fetched.body).hexdigest()[:32]
        if state and state.body_hash == body_hash:
            return answered("same_body", fetched, body_hash)
        return await self._read(asked, fetched, body_hash)

    async def _read(self, asked: Asked, fetched: Fetched, body_hash: str) -> Polled:
        """A body that was not seen before: kept, then read in the pool; an index of sitemaps with what it leads to.

        What is no feed, or an index, has no hash, so that it is looked at again.
        """
        answered = partial(Polled, asked)
        place = await asyncio.to_thread(self.archive.append, fetched)
        window = window_at(asked.at, self.context.settings.sitemap_window)
        parsed = await self._parse(fetched, window)
        if isinstance(parsed, Unread):
            return answered(parsed.outcome, fetched, None, place, error=parsed.detail)
        if parsed.kind == SITEMAP_INDEX:
            parse, declared = partial(self._parse, window=window), partial(sitemaps_of_host, self.web)
            found, note = await IndexReader(partial(self._sitemap, asked.feed), parse, declared, window).follow(
                parsed, url=fetched.final_url
            )
            if isinstance(found, Unread):
                return answered(found.outcome, fetched, None, place, error=found.detail)
            return answered("ok", fetched, None, place, found, error=note)
        return answered("ok", fetched, body_hash, place, parsed)

    async def _sitemap(self, feed: Feed, url: str) -> Fetched:
        """A sitemap that an index of the feed names, kept in the archive."""
        fetched = await self._get(feed, url, Validators())
        await asyncio.to_thread(self.archive.append, fetched)
        return fetched

    async def _parse(self, fetched: Fetched, window: Window) -> ParsedFeed | Unread:
        of, content_type = partial(self.context.steps.parse, fetched.body), fetched.header("content-type")
        try:
            parse = partial(of, url=fetched.final_url, content_type=content_type, limits=policy.FEED, window=window)
            parsed = await self.pool.run(as_value, parse)
        except WorkerLost as lost:
            return Unread(lost.reason, lost.detail)
        if isinstance(parsed, NotAFeed):
            return unread(parsed)
        return parsed
