"""One poll: a feed is asked, a 304 checked when its time has come, and a body that was not seen before read in the pool."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.worker import WorkerLost
from tasks.errors import FetchError, NotAFeed
from tasks.model import ArchivePlace, Feed, Fetched, ParsedFeed, Validators
from tasks.polling.probes import validators_to_send, wants_probe
from warehouse.rows import FeedStateRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from uuid import UUID

    from flows.pipeline.archive import RunArchive
    from flows.pipeline.context import RunContext
    from flows.pipeline.pool import WorkerPool
    from tasks.web.client import WebClient
    from tasks.web.private import PrivateHeaders


@dataclass(frozen=True, slots=True)
class Polled:
    """One answer to one poll.

    parsed: only if outcome is ok. error: for people. retryable: of a fetch that failed. probed: a 304 was checked, this is what came then.
    ended_at: when the answer was there, `at` when it was asked for.
    """

    poll_id: UUID
    feed: Feed
    url: str
    state: FeedStateRow | None
    at: datetime
    outcome: str
    fetched: Fetched | None = None
    body_hash: str | None = None
    place: ArchivePlace | None = None
    parsed: ParsedFeed | None = None
    error: str | None = None
    retryable: bool = False
    probed: bool = False
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks feeds. web, pool, archive: the network, the workers, the raw archive of this run. private: feed_id -> headers of its own."""

    context: RunContext
    web: WebClient
    pool: WorkerPool
    archive: RunArchive
    private: Mapping[str, PrivateHeaders]

    async def ask(self, feed: Feed, state: FeedStateRow | None) -> Polled:
        """One request, or two, and what they brought. state: None for a feed that is polled for the first time at its address."""
        world = self.context.world
        url = state.current_url if state else feed.url
        answered = partial(Polled, world.new_id(), feed, url, state, world.now())
        return replace(await self._ask(answered, feed, url, state), ended_at=world.now())

    async def _ask(self, answered: Callable[..., Polled], feed: Feed, url: str, state: FeedStateRow | None) -> Polled:
        sent = validators_to_send(state, self.context.world.now(), policy.POLLING.probing)
        try:
            fetched = await self._get(feed, url, sent)
        except FetchError as failure:
            return answered(failure.reason, error=failure.detail, retryable=failure.retryable)
        if fetched.status == HTTPStatus.NOT_MODIFIED and state is not None and sent != Validators():
            return await self._checked(answered, feed, url, state, fetched)
        return await self._of_answer(answered, state, fetched)

    async def _get(self, feed: Feed, url: str, validators: Validators) -> Fetched:
        return await self.web.get(
            url,
            accept=policy.ACCEPT_FEED,
            max_body_bytes=policy.FEED.max_body_bytes,
            validators=validators,
            private=self.private.get(feed.feed_id),
        )

    async def _checked(self, answered: Callable[..., Polled], feed: Feed, url: str, state: FeedStateRow, fetched: Fetched) -> Polled:
        """A 304, or the whole feed in its place if it is time for a probe. A probe that fails proves nothing: the 304 stands."""
        not_modified: Polled = answered("not_modified", fetched)
        if not wants_probe(state, self.context.world.now(), policy.POLLING.probing):
            return not_modified
        try:
            whole = await self._get(feed, url, Validators())
        except FetchError:
            return not_modified
        if whole.status != HTTPStatus.OK:
            return not_modified
        return replace(await self._of_answer(answered, state, whole), probed=True)

    async def _of_answer(self, answered: Callable[..., Polled], state: FeedStateRow | None, fetched: Fetched) -> Polled:
        if fetched.status != HTTPStatus.OK:
            return answered("http_error", fetched, error=f"HTTP {fetched.status}")
        body_hash = hashlib.sha256(fetched.body).hexdigest()[:32]
        if state and state.body_hash == body_hash:
            return answered("same_body", fetched, body_hash)
        return await self._read(answered, fetched, body_hash)

    async def _read(self, answered: Callable[..., Polled], fetched: Fetched, body_hash: str) -> Polled:
        """A body that was not seen before: kept, then read in the pool. What is no feed has no hash, so that it is looked at again."""
        place = await asyncio.to_thread(self.archive.append, fetched)
        parse, content_type = self.context.steps.parse, fetched.header("content-type")
        try:
            parsed = await self.pool.run(parse_in_worker, parse, fetched.body, fetched.final_url, content_type)
        except WorkerLost as lost:
            return answered(lost.reason, fetched, None, place, error=lost.detail)
        if isinstance(parsed, NotAFeed):
            error = f"{parsed.reason} {parsed.detail or ''}".strip()
            return answered("html_instead" if parsed.reason == "html" else "not_a_feed", fetched, None, place, error=error)
        return answered("ok", fetched, body_hash, place, parsed)


def parse_in_worker(parse: object, body: bytes, url: str, content_type: str | None) -> ParsedFeed | NotAFeed:
    """The feed, read in a worker process by `parse`; a failure comes back as a value."""
    try:
        return parse(body, url=url, content_type=content_type, limits=policy.FEED)  # type: ignore[operator,no-any-return]
    except NotAFeed as failure:
        return failure
