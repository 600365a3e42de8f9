"""One page's way through a run: what is to be had, what was got, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tasks.errors import StageError
    from tasks.identity import Alias
    from tasks.model import ArchivePlace, Entry
    from tasks.reading import Reading


@dataclass(frozen=True, slots=True)
class WorkItem:
    """An entry whose page is to be had. attempts: tries before this one. article_id: the article it is known to be about, or None."""

    poll_id: UUID
    feed_id: str
    entry_key: str
    entry: Entry
    aliases: tuple[Alias, ...]
    article_id: UUID | None
    attempts: int
    url: str


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page as fetched from the network or read from a file, or why it could not be.

    outcome: ok, or the reason. retryable: whether another try may go better. body: empty unless outcome is ok.
    opt_outs: see `tasks.web.opt_outs`. redirects: the URLs that led to the final one, in order. Both None where no server answered.
    etag, last_modified: validators that the server gave.
    """

    page_id: UUID
    requested_url: str
    final_url: str | None
    at: datetime
    outcome: str
    retryable: bool = False
    http_status: int | None = None
    content_type: str | None = None
    body: bytes = b""
    body_hash: str | None = None
    wire_bytes: int | None = None
    body_bytes: int | None = None
    duration_ms: int | None = None
    place: ArchivePlace | None = None
    error: str | None = None
    opt_outs: tuple[str, ...] | None = None
    redirects: tuple[str, ...] | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of one item: what its page said, or the failure that ended it.

    address: of its article, see `tasks.canonical`. instead_of: the page that could not be had, where `page` is made of what the feed
    brings; then `failure` says why it could not.
    """

    item: WorkItem
    page: PageRead
    address: str
    reading: Reading | None
    failure: StageError | None
    retryable: bool = False
    instead_of: PageRead | None = None
