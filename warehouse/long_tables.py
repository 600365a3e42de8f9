"""The tables that grow with every article, and how their rows are dealt out to months."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LongTable:
    """dated_by: the column whose UTC month a row belongs to; None: that of its article's first_seen_date.

    known_by: columns from whose hashes, added up, and the number of rows it shows that a month changed: of rows that are only ever added,
    what names them or their article; else what changes with them as well. They are short: a month is looked through without its texts.
    """

    name: str
    dated_by: str | None
    known_by: tuple[str, ...]


LONG_TABLES = (
    LongTable("articles", "first_seen_date", ("article_id",)),
    LongTable("article_texts", "first_seen_date", ("article_id", "content_hash")),
    LongTable("article_metadata", "first_seen_date", ("article_id", "metadata_hash")),
    LongTable("article_observations", "observed_at", ("article_id", "page_id", "recorded_at", "content_hash", "metadata_hash")),
    LongTable("article_blocks", None, ("article_id", "content_hash", "ruleset_id", "snapshot_id", "page_id")),
    LongTable("metadata_candidates", None, ("article_id",)),
    LongTable("text_signatures", "first_seen_date", ("article_id", "content_hash")),
    LongTable("text_changes", "compared_at", ("article_id", "before_hash", "after_hash", "method")),
    LongTable("near_duplicate_pairs", "found_at", ("article_a", "content_hash_a", "article_b", "content_hash_b")),
    LongTable("pages", "fetched_at", ("page_id",)),
    LongTable("polls", "polled_at", ("poll_id",)),
    LongTable("entry_outcomes", "recorded_at", ("poll_id", "attempts", "recorded_at")),
    LongTable("known_entries", "seen_at", ("feed_id", "entry_key", "fingerprint", "article_id", "seen_at")),
    LongTable("entry_aliases", "first_seen_at", ("alias_key",)),
)
