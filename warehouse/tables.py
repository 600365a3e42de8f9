"""Which table holds which row class, and by what a row is known."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse import rows


@dataclass(frozen=True, slots=True)
class Table:
    """key: the columns that name a row; no two rows of the table share their values (None counts as a value)."""

    name: str
    row: type
    key: tuple[str, ...]


ARTICLES = Table("articles", rows.ArticleRow, ("article_id",))
TABLES = (
    Table("runs", rows.RunRow, ("run_id",)),
    Table("publishers", rows.PublisherRow, ("publisher_id",)),
    Table("feeds", rows.FeedRow, ("feed_id",)),
    Table("feed_states", rows.FeedStateRow, ("feed_id",)),
    Table("feed_moves", rows.FeedMoveRow, ("feed_id", "moved_at")),
    Table("polls", rows.PollRow, ("poll_id",)),
    Table("entry_outcomes", rows.EntryOutcomeRow, ("poll_id", "entry_key")),
    Table("known_entries", rows.KnownEntryRow, ("feed_id", "entry_key")),
    Table("entry_aliases", rows.EntryAliasRow, ("alias_key",)),
    Table("pages", rows.PageRow, ("page_id",)),
    Table("host_files", rows.HostFileRow, ("origin", "path")),
    Table("templates", rows.TemplateRow, ("template_id",)),
    Table("template_places", rows.TemplatePlaceRow, ("template_id", "place")),
    Table("template_states", rows.TemplateStateRow, ("publisher_id",)),
    Table("learned_rules", rows.LearnedRuleRow, ("learned_id", "rule_id")),
    Table("snapshots", rows.SnapshotRow, ("snapshot_id",)),
    Table("learning_states", rows.LearningStateRow, ("publisher_id",)),
    Table("overrides", rows.OverrideRow, ("override_id",)),
    ARTICLES,
    Table("article_texts", rows.ArticleTextRow, ("article_id", "content_hash")),
    Table("article_metadata", rows.ArticleMetadataRow, ("article_id", "metadata_hash")),
    Table("article_observations", rows.ObservationRow, ("page_id", "article_id", "recorded_at")),
    Table("article_blocks", rows.ArticleBlocksRow, ("article_id", "content_hash", "ruleset_id", "snapshot_id")),
    Table("template_checks", rows.TemplateCheckRow, ("page_id", "article_id", "checked_at")),
    Table("text_signatures", rows.TextSignatureRow, ("article_id", "content_hash")),
    Table("near_duplicate_pairs", rows.NearDuplicatePairRow, ("article_a", "content_hash_a", "article_b", "content_hash_b")),
    Table("text_changes", rows.TextChangeRow, ("article_id", "before_hash", "after_hash", "method")),
    Table("metadata_candidates", rows.MetadataCandidateRow, ("article_id", "metadata_hash", "field", "value", "source")),
)
"""In the order in which a load writes them: what is named stands before what names it."""

FINISHED_ENTRIES = Table("finished_entries", rows.FinishedEntryRow, ("poll_id", "entry_key"))
"""No table of its own: its rows end pending rows of entry_outcomes."""
