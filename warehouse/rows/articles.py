"""Articles and the pages that they were read from, one class per table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EntryAliasRow:
    """One identity an article was seen under. alias_key is a 64-bit hash of kind, scope and value; kind: url, entry_id, title_day."""

    alias_key: int
    article_id: UUID
    kind: str
    scope: str
    value: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class PageRow:
    """One fetch of a page, or one imported file. outcome: ok, or why there is no body. The body lies in the archive.

    opt_outs, redirects: None where no server answered. etag, last_modified: validators, None where the server gave none.
    """

    page_id: UUID
    run_id: UUID
    requested_url: str
    final_url: str | None
    fetched_at: datetime
    outcome: str
    http_status: int | None
    content_type: str | None
    wire_bytes: int | None
    body_bytes: int | None
    body_hash: str | None
    duration_ms: int | None
    archive_file: str | None
    archive_offset: int | None
    archive_length: int | None
    error: str | None
    opt_outs: tuple[str, ...] | None
    redirects: tuple[str, ...] | None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One canonical URL: identity, and what never changes."""

    article_id: UUID
    url_key: str
    canonical_url: str
    publisher_id: str
    first_seen_at: datetime
    first_seen_date: date


@dataclass(frozen=True, slots=True)
class ArticleTextRow:
    """One article and content_hash: headline and cleaned text, stored once. material_hash: None in rows older than the column."""

    article_id: UUID
    content_hash: str
    title: str | None
    text: str
    language: str | None
    word_count: int
    paragraph_count: int
    first_seen_date: date
    material_hash: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleMetadataRow:
    """One article and metadata_hash: what the publisher says about the article besides its text, stored once."""

    article_id: UUID
    metadata_hash: str
    subtitle: str | None
    authors: tuple[str, ...]
    section: str | None
    tags: tuple[str, ...]
    credits: tuple[str, ...]
    captions: tuple[str, ...]
    corrections: tuple[str, ...]
    image_url: str | None
    published_at: datetime | None
    published_on: date | None
    published_precision: str | None
    published_source: str | None
    modified_at: datetime | None
    first_seen_date: date


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One time a text was observed, or recomputed from the same page. cause: fetch, import, recheck, reclean."""

    article_id: UUID
    content_hash: str
    metadata_hash: str
    observed_at: datetime
    recorded_at: datetime
    page_id: UUID
    run_id: UUID
    cause: str
    extractor: str
    ruleset_id: str
    snapshot_id: str | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The blocks of one page in document order, column by column: the n-th values of all are the n-th block.

    text is None for a kept block: it stands in article_texts.text[char_start:char_end].
    """

    position: tuple[int, ...]
    text: tuple[str | None, ...]
    text_hash: tuple[int, ...]
    kind: tuple[str, ...]
    dom_path: tuple[str, ...]
    link_density: tuple[float, ...]
    role: tuple[str | None, ...]
    verdict: tuple[str, ...]
    rule_id: tuple[str | None, ...]
    reason: tuple[str | None, ...]
    field: tuple[str | None, ...]
    char_start: tuple[int | None, ...]
    char_end: tuple[int | None, ...]
    repeat_of: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ArticleBlocksRow:
    """The ledger of one text under one ruleset and snapshot: every block of the page, in document order."""

    article_id: UUID
    content_hash: str
    ruleset_id: str
    snapshot_id: str | None
    page_id: UUID
    blocks: Ledger


@dataclass(frozen=True, slots=True)
class MetadataCandidateRow:
    """One value that a source offered for a field of an article."""

    article_id: UUID
    metadata_hash: str
    field: str
    value: str
    source: str
    chosen: bool
    why: str | None
