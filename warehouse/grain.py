"""What a row is of each table, view and table macro: the columns that no two of its rows share (NULL counts as a value)."""

from __future__ import annotations

from warehouse.tables import TABLES

OF_VIEWS: dict[str, tuple[str, ...]] = {
    "article_readings": ("article_id", "observed_at"),
    "article_versions": ("article_id", "version"),
    "articles_current": ("article_id",),
    "blocks": ("article_id", "content_hash", "ruleset_id", "snapshot_id", "position"),
    "boilerplate_removed": ("publisher_id", "rule_id"),
    "cleaning_alarms": ("publisher_id", "alarm", "rule_id"),
    "daily_volume": ("publisher_id", "day"),
    "feed_alarms": ("feed_id", "alarm"),
    "feed_health": ("feed_id",),
    "feed_volume": ("feed_id",),
    "gaps": ("poll_id",),
    "learned_rules_current": ("publisher_id", "rule_id"),
    "near_duplicate_clusters": ("cluster_id", "article_id"),
    "near_duplicates": ("first_article_id", "later_article_id"),
    "overrides_current": ("rule_id", "publisher_id", "article_id", "block_hash"),
    "publisher_overview": ("publisher_id",),
    "publication_lags": ("article_id",),
    "rechecks": ("article_id", "run_id"),
    "rejects": ("poll_id", "entry_key"),
    "repeated_texts": ("example_url",),
    "revision_blocks": ("article_id", "version", "position"),
    "revisions": ("article_id", "version"),
    "rule_firings": ("publisher_id", "rule_id", "day"),
    "run_overview": ("run_id",),
    "shared_paragraphs": ("text_hash",),
    "syndication": ("first_publisher_id", "later_publisher_id"),
    "template_health": ("publisher_id",),
    "withdrawals": ("article_id",),
}

OF_MACROS: dict[str, tuple[str, ...]] = {
    "article_versions_since": ("article_id", "version"),
    "articles_as_of": ("article_id",),
    "articles_at": ("article_id",),
    "known_as_of": ("article_id",),
    "search": ("article_id",),
}

OF_BOOKKEEPING: dict[str, tuple[str, ...]] = {
    "run_leases": ("name",),
    "schema_docs": ("relation", "column_name"),
    "migration_history": ("number",),
    "applied_definitions": ("sha256",),
}
"""Tables that no load writes."""

GRAINS = {table.name: table.key for table in TABLES} | OF_VIEWS | OF_MACROS | OF_BOOKKEEPING
"""By table, view or macro."""
