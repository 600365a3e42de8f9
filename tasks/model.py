"""The values that travel between the stages, all frozen.

Instants (`*_at`) are aware UTC datetimes. None means "not known" and is never replaced by a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.text.templates.template import TemplateUse

# --- the network -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed?" with, sent back as If-None-Match and If-Modified-Since."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the URL that answered, its status (301, 302, 303, 307, 308), the absolute URL it named, and its headers."""

    url: str
    status: int
    location: str
    headers: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One finished HTTP exchange, whatever its status, after redirects.

    headers: of the last response, in the order and spelling received.
    wire_body: as transferred (de-chunked, still compressed); body: the same with its Content-Encoding undone.
    duration_ms: from the first connection attempt to the last byte, redirects included, waiting for politeness excluded.
    sent_headers: those of every request on the way, without private ones.
    """

    requested_url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    wire_body: bytes
    body: bytes
    hops: tuple[Hop, ...]
    fetched_at: datetime
    duration_ms: int
    sent_headers: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class ArchivePlace:
    """Where a fetched body lies: a file name inside the archive folder, and its gzip member's offset and length in bytes."""

    file: str
    offset: int
    length: int


# --- feeds -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Feed:
    """A configured source of entries.

    feed_id: its stable name in the warehouse. publisher, language and country are what its owner configured, or None.
    paused: it is listed and not polled. min_interval_minutes, max_interval_minutes: its owner's bounds of the time between two polls
    that find it well, None where the general ones hold.
    """

    feed_id: str
    url: str
    publisher: str | None = None
    language: str | None = None
    country: str | None = None
    paused: bool = False
    min_interval_minutes: int | None = None
    max_interval_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class FeedPace:
    """How often the publisher says that a feed may change, in the feed itself.

    least_seconds: from one change to the next, None if it does not say. skip_hours: hours of the UTC day (0 to 23), and skip_days:
    days of the week (1 Monday to 7 Sunday), without changes.
    """

    least_seconds: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed, adapted from whatever format it came in. Nothing but `position` is certain to be there.

    url is absolute; title and summary are plain text; content_html is the article itself where the feed carries it.
    published_on, updated_on: the publisher's own day, where there is no instant, or that has another day in UTC.
    """

    position: int
    entry_id: str | None = None
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    summary: str | None = None
    content_html: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    published_on: date | None = None
    updated_on: date | None = None


@dataclass(frozen=True, slots=True)
class SitemapPart:
    """A sitemap that an index names. changed_by: its last change was not later than that, as far as index and address tell."""

    url: str
    changed_by: datetime | None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as read.

    kind: rss, rdf, atom, json, sitemap, news sitemap or sitemap index. entry_count: items counted in the source itself, before any was
    adapted; the run is checked against it. passed_over: URLs of a sitemap that are not among them, since they are old or undated.
    parts: the sitemaps that an index names.
    """

    kind: str
    title: str | None
    language: str | None
    home_url: str | None
    entry_count: int
    entries: tuple[Entry, ...]
    pace: FeedPace = FeedPace()
    passed_over: int = 0
    parts: tuple[SitemapPart, ...] = ()


# --- text ------------------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What a block is, as far as its markup, place and wording tell."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    TABLE = "table"
    CODE = "code"
    CAPTION = "caption"
    CREDIT = "credit"
    BYLINE = "byline"
    DATELINE = "dateline"
    STANDFIRST = "standfirst"
    CORRECTION = "correction"
    BOILERPLATE = "boilerplate"

    __hash__ = str.__hash__  # the enumeration's own is slower, and a page asks for it a thousand times


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption ... of a page, in document order.

    text: as the publisher wrote it, runs of ASCII white space folded, never empty.
    dom_path: tags from the body down with their classes, e.g. `main/article.story/p`; empty for plain text.
    link_density: share of its characters inside links, 0 to 1.
    role: what its markup says it is for (caption, byline, credit, share, related, newsletter ...), or None.
    in_article: whether the extractor took it for part of the article.
    """

    position: int
    text: str
    kind: Kind
    dom_path: str = ""
    link_density: float = 0.0
    role: str | None = None
    in_article: bool = True


class Action(StrEnum):
    """What became of a block. Moved: it stands in a field of its own. Removed: only in the ledger."""

    KEPT = "kept"
    MOVED = "moved"
    REMOVED = "removed"

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one block, and why.

    rule_id: which rule decided, None for a block kept because none applied. reason: for people.
    field: where a moved block went. repeat_of: position of the block that a removed repeat repeats.
    """

    action: Action
    kind: Kind
    rule_id: str | None = None
    reason: str | None = None
    field: str | None = None
    repeat_of: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value that a source offers for a field (title, authors, published, modified, language, ...), as it stood there."""

    field: str
    value: str
    source: str
    chosen: bool = False
    why: str | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """What pickle does by itself for a frozen class takes three times as long, and a page has dozens of them."""
        return Candidate, (self.field, self.value, self.source, self.chosen, self.why)


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """When the publisher says it published.

    at: the instant, only where the source gives a time of day and its offset. on: the publisher's own calendar day.
    precision: second, minute or day. source: which candidate won.
    """

    at: datetime | None
    on: date
    precision: str
    source: str


@dataclass(frozen=True, slots=True)
class Document:
    """A page as read, before any verdict: all of its blocks and every metadata candidate. `title` is the best headline.

    extractor: what told the article's blocks from others: trafilatura with its version, or the id of a template.
    fetched_at: no date on it can be later; None where that is not known. template_use: what became of its publisher's template, None
    where no template was asked. words: of each block, None where nobody has counted them.
    """

    url: str | None
    title: str | None
    blocks: tuple[Block, ...]
    candidates: tuple[Candidate, ...]
    extractor: str = ""
    flags: tuple[str, ...] = ()
    fetched_at: datetime | None = None
    template_use: TemplateUse | None = None
    words: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A document with its verdicts, one per block, and its chosen metadata.

    text: kept blocks joined by a blank line. spans: per block, the half-open character range in text, None if not kept.
    """

    document: Document
    verdicts: tuple[Verdict, ...]
    text: str
    spans: tuple[tuple[int, int] | None, ...]
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    credits: tuple[str, ...]
    captions: tuple[str, ...]
    corrections: tuple[str, ...]
    published: PublishedDate | None
    modified_at: datetime | None
    language: str | None
    section: str | None
    tags: tuple[str, ...]
    image_url: str | None
    word_count: int
    candidates: tuple[Candidate, ...]
    flags: tuple[str, ...]
    ruleset_id: str
    snapshot_id: str | None
