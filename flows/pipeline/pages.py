"""Pages: where they come from. Each item becomes a PageRead, whatever happens: from the network, or from a file."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from flows import policy
from flows.pipeline.files import Unreadable, content_type_of, read_file
from flows.settings import PRODUCT
from tasks.errors import FetchError
from tasks.feeds.own_page import address_in_place_of, is_own_address, own_page, stands_in
from tasks.items import Finished, PageRead, WorkItem
from tasks.model import Validators
from tasks.polling.recheck import NOT_MODIFIED
from tasks.urls import registrable_domain
from tasks.web.opt_outs import opt_outs
from tasks.web.reservations import OPTED_OUT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from uuid import UUID

    from flows.pipeline.archive import RunArchive
    from flows.pipeline.context import RunContext
    from tasks.model import Fetched
    from tasks.web.client import WebClient


NO_VALIDATORS = Validators()
NOT_FROM_FEED = frozenset({OPTED_OUT, "bad_url", "refused_address"})
"""Why there is no page, where the feed's text does not stand in for it: it is reserved wherever it stands, or the link is no public page's.

What robots.txt forbids is to fetch the page; the feed's text was offered to feed readers, by a feed that may be fetched.
"""


class PageSource(Protocol):
    """Gets the page of an item. Never raises for one page's sake."""

    async def get(self, item: WorkItem) -> PageRead:
        """The page, or why there is none."""

    async def instead(self, failed: Finished) -> PageRead | None:
        """What stands in for a page that holds no article, if anything does."""


@dataclass(frozen=True, slots=True)
class WebPages:
    """Pages from the network, kept in the archive before anything is made of them. feed_urls: feed_id -> where the feed is."""

    context: RunContext
    web: WebClient
    archive: RunArchive
    feed_urls: Mapping[str, str]

    async def get(self, item: WorkItem, validators: Validators = NO_VALIDATORS) -> PageRead:
        """Fetch it, if it changed since its server gave the validators. The page of an entry that is complete in itself is made of it."""
        world, obeys = self.context.world, self.context.settings.obey_opt_outs
        page_id, now = world.new_id(), world.now()
        if is_own_address(item.url):
            return await _kept(self.archive, PageRead(page_id, item.url, item.url, now, "ok"), own_page(item.entry), "text/html")
        try:
            fetched = await self.web.get(
                item.url,
                accept=policy.ACCEPT_PAGE,
                max_body_bytes=policy.MAX_PAGE_BYTES,
                validators=validators,
                obey_reservations=obeys,
            )
        except FetchError as failure:
            told = ("tdmrep.json",) if failure.reason == OPTED_OUT else None
            return PageRead(page_id, item.url, None, now, failure.reason, failure.retryable, error=failure.detail, opt_outs=told)
        page = _answered(page_id, item, fetched)
        if page.opt_outs and obeys:
            return replace(page, outcome=OPTED_OUT, retryable=False, body=b"", error=", ".join(page.opt_outs))
        return replace(page, place=await asyncio.to_thread(self.archive.append, fetched))

    async def instead(self, failed: Finished) -> PageRead | None:
        """What the entry's feed brings, if that is a whole article and the feed is of the page's own domain: nobody speaks for another."""
        item, world = failed.item, self.context.world
        reason = failed.failure.reason if failed.failure else failed.page.outcome
        is_theirs = registrable_domain(self.feed_urls.get(item.feed_id, "")) == registrable_domain(item.url)
        if not self.context.settings.feed_text or is_own_address(item.url) or not is_theirs:
            return None
        if reason in NOT_FROM_FEED or not stands_in(item.entry):
            return None
        address = address_in_place_of(item.url)
        return await _kept(self.archive, PageRead(world.new_id(), address, address, world.now(), "ok"), own_page(item.entry), "text/html")


def _answered(page_id: UUID, item: WorkItem, fetched: Fetched) -> PageRead:
    """The page that a server answered with."""
    good = fetched.status == HTTPStatus.OK
    return PageRead(
        page_id,
        item.url,
        fetched.final_url,
        fetched.fetched_at,
        _outcome(fetched.status),
        retryable=fetched.status in policy.RETRYABLE_STATUS,
        http_status=fetched.status,
        content_type=fetched.header("content-type"),
        body=fetched.body if good else b"",
        body_hash=_hash(fetched.body),
        wire_bytes=len(fetched.wire_body),
        body_bytes=len(fetched.body),
        duration_ms=fetched.duration_ms,
        opt_outs=opt_outs(fetched, PRODUCT),
        redirects=tuple(hop.url for hop in fetched.hops),
        etag=fetched.header("etag"),
        last_modified=fetched.header("last-modified"),
    )


def _outcome(status: int) -> str:
    if status == HTTPStatus.NOT_MODIFIED:
        return NOT_MODIFIED
    return "ok" if status == HTTPStatus.OK else f"http_{status}"


@dataclass(frozen=True, slots=True)
class FilePages:
    """Pages from files. paths: URI of an item -> its file."""

    context: RunContext
    archive: RunArchive
    paths: dict[str, Path]

    async def get(self, item: WorkItem) -> PageRead:
        """Read the file."""
        page_id, now = self.context.world.new_id(), self.context.world.now()
        path = self.paths[item.url]
        try:
            body = await asyncio.to_thread(read_file, path)
        except Unreadable as failure:
            return PageRead(page_id, item.url, item.url, now, failure.reason, error=failure.detail)
        return await _kept(self.archive, PageRead(page_id, item.url, item.url, now, "ok"), body, content_type_of(path))

    async def instead(self, failed: Finished) -> PageRead | None:
        """Nothing stands in for a file."""
        del failed
        return None


async def _kept(archive: RunArchive, page: PageRead, body: bytes, content_type: str) -> PageRead:
    """A page that no server answered with, with its body and its place in the archive."""
    place = await asyncio.to_thread(archive.append_file, page.requested_url, body, page.at, content_type)
    return replace(page, content_type=content_type, body=body, body_hash=_hash(body), body_bytes=len(body), place=place)


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]
