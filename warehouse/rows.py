"""One frozen class per table that a run writes: the vocabulary in which `tasks.shape` speaks to the warehouse.

Field names and order are the columns'. Instants are aware UTC datetimes. A test compares these classes with the tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of a flow or command. status: running, completed, failed, crashed, skipped."""

    run_id: UUID
    flow: str
    code_version: str
    ruleset_id: str | None
    snapshot_id: str | None
    config_hash: str | None
    host: str
    process_id: int
    started_at: datetime
    finished_at: datetime | None
    status: str
    error: str | None


@dataclass(frozen=True, slots=True)
class PublisherRow:
    """One publisher: a registrable domain."""

    publisher_id: str
    name: str | None
    country: str | None
    language: str | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One source of entries: a configured feed, or the files given to `feedmill import`. kind: feed or files."""

    feed_id: str
    publisher_id: str | None
    url: str
    kind: str
    title: str | None
    language: str | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class FeedStateRow:
    """One feed's memory between polls. state: active, backing_off, parked."""

    feed_id: str
    current_url: str
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    next_due_at: datetime | None
    state: str
    failures: int
    last_success_at: datetime | None
    last_new_entry_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PollRow:
    """One request for a feed.

    outcome: ok, not_modified, same_body, http_error, timeout, dns, tls, connect, refused_address, too_large, not_a_feed, robots,
    worker_died, too_many_redirects, bad_url, bad_encoding, protocol.
    entry_count: items the feed held; None unless outcome is ok. overlap_count: those already known for this feed.
    """

    poll_id: UUID
    feed_id: str
    run_id: UUID
    polled_at: datetime
    outcome: str
    http_status: int | None
    final_url: str | None
    redirects: int
    wire_bytes: int | None
    body_bytes: int | None
    body_hash: str | None
    entry_count: int | None
    overlap_count: int | None
    duration_ms: int | None
    archive_file: str | None
    archive_offset: int | None
    archive_length: int | None
    error: str | None


@dataclass(frozen=True, slots=True)
class EntryOutcomeRow:
    """What became of one entry of one poll. (poll_id, entry_key) is unique.

    outcome: loaded, revised, unchanged, duplicate, rejected, pending. A pending row is also the queue of what is still to fetch.
    """

    poll_id: UUID
    run_id: UUID
    feed_id: str
    entry_key: str
    entry_id: str | None
    entry_url: str | None
    entry_title: str | None
    entry_authors: tuple[str, ...]
    entry_published_at: datetime | None
    outcome: str
    reason: str | None
    article_id: UUID | None
    attempts: int
    next_try_at: datetime | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class FinishedEntryRow:
    """The end of a pending entry outcome: replaces outcome, reason, article_id, attempts, next_try_at and recorded_at of that row."""

    poll_id: UUID
    entry_key: str
    outcome: str
    reason: str | None
    article_id: UUID | None
    attempts: int
    next_try_at: datetime | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class KnownEntryRow:
    """One entry of one feed as last seen. fingerprint changes when its title, summary or update time does."""

    feed_id: str
    entry_key: str
    fingerprint: int
    article_id: UUID | None
    seen_at: datetime


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

    opt_outs, redirects: None where no server answered.
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
    """One article and content_hash: headline and cleaned text, stored once."""

    article_id: UUID
    content_hash: str
    title: str | None
    text: str
    language: str | None
    word_count: int
    paragraph_count: int
    first_seen_date: date


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
    """One time a text was observed, or recomputed from the same page. cause: fetch, import, reclean."""

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
class LedgerBlock:
    """One block of an article's ledger. text is None for a kept block: it stands in article_texts.text[char_start:char_end]."""

    position: int
    text: str | None
    text_hash: int
    kind: str
    dom_path: str
    link_density: float
    role: str | None
    verdict: str
    rule_id: str | None
    reason: str | None
    field: str | None
    char_start: int | None
    char_end: int | None
    repeat_of: int | None


@dataclass(frozen=True, slots=True)
class ArticleBlocksRow:
    """The ledger of one text under one ruleset and snapshot: every block of the page, in document order."""

    article_id: UUID
    content_hash: str
    ruleset_id: str
    snapshot_id: str | None
    page_id: UUID
    blocks: tuple[LedgerBlock, ...]


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


@dataclass(frozen=True, slots=True)
class LearnedRuleRow:
    """One rule of one learning of a publisher. feature: text, edge or place. state: shadow, active or retired."""

    learned_id: str
    publisher_id: str
    rule_id: str
    feature: str
    rule_key: str
    state: str
    support: int
    articles: int
    days: int
    first_day: date | None
    last_day: date | None
    example: str


@dataclass(frozen=True, slots=True)
class RestoredBlock:
    """A block that people want kept in one article, by the masked hash of its text."""

    article_id: UUID
    block_hash: int


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """What one publisher's pages are cleaned with: the active rules of a learning (None: nothing was learned), less what is switched off.

    disabled: ids of rules, shipped ones too. publisher_id: `*` stands for publishers that have no learning state of their own.
    """

    snapshot_id: str
    publisher_id: str
    learned_id: str | None
    active_rules: int
    disabled: tuple[str, ...]
    restored: tuple[RestoredBlock, ...]
    created_at: datetime
    run_id: UUID


@dataclass(frozen=True, slots=True)
class LearningStateRow:
    """One publisher as last learned. articles: how many it had then. is_followed: whether its articles were cleaned with the snapshot."""

    publisher_id: str
    learned_id: str | None
    snapshot_id: str | None
    articles: int
    learned_at: datetime | None
    is_followed: bool


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """One decision of a person. action: disable or enable (a rule, publisher_id None: everywhere), restore or unrestore (a block)."""

    override_id: UUID
    made_at: datetime
    made_by: str
    action: str
    rule_id: str | None
    publisher_id: str | None
    article_id: UUID | None
    block_hash: int | None
    example: str | None
    why: str | None
    run_id: UUID
