"""What one load writes: rows of any tables, put down together or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.rows import (
        ArticleBlocksRow,
        ArticleMetadataRow,
        ArticleRow,
        ArticleTextRow,
        EntryAliasRow,
        EntryOutcomeRow,
        FeedMoveRow,
        FeedRow,
        FeedStateRow,
        FinishedEntryRow,
        HostFileRow,
        KnownEntryRow,
        LearnedRuleRow,
        LearningStateRow,
        MetadataCandidateRow,
        NearDuplicatePairRow,
        ObservationRow,
        OverrideRow,
        PageRow,
        PollRow,
        PublisherRow,
        RunRow,
        SnapshotRow,
        TemplateCheckRow,
        TemplatePlaceRow,
        TemplateRow,
        TemplateStateRow,
        TextChangeRow,
        TextSignatureRow,
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of one load, by table, in any order. Of rows equal in key the first counts."""

    runs: tuple[RunRow, ...] = ()
    publishers: tuple[PublisherRow, ...] = ()
    feeds: tuple[FeedRow, ...] = ()
    feed_states: tuple[FeedStateRow, ...] = ()
    feed_moves: tuple[FeedMoveRow, ...] = ()
    polls: tuple[PollRow, ...] = ()
    entry_outcomes: tuple[EntryOutcomeRow, ...] = ()
    known_entries: tuple[KnownEntryRow, ...] = ()
    entry_aliases: tuple[EntryAliasRow, ...] = ()
    pages: tuple[PageRow, ...] = ()
    host_files: tuple[HostFileRow, ...] = ()
    templates: tuple[TemplateRow, ...] = ()
    template_places: tuple[TemplatePlaceRow, ...] = ()
    template_states: tuple[TemplateStateRow, ...] = ()
    learned_rules: tuple[LearnedRuleRow, ...] = ()
    snapshots: tuple[SnapshotRow, ...] = ()
    learning_states: tuple[LearningStateRow, ...] = ()
    overrides: tuple[OverrideRow, ...] = ()
    articles: tuple[ArticleRow, ...] = ()
    article_texts: tuple[ArticleTextRow, ...] = ()
    article_metadata: tuple[ArticleMetadataRow, ...] = ()
    article_observations: tuple[ObservationRow, ...] = ()
    article_blocks: tuple[ArticleBlocksRow, ...] = ()
    template_checks: tuple[TemplateCheckRow, ...] = ()
    text_signatures: tuple[TextSignatureRow, ...] = ()
    near_duplicate_pairs: tuple[NearDuplicatePairRow, ...] = ()
    text_changes: tuple[TextChangeRow, ...] = ()
    metadata_candidates: tuple[MetadataCandidateRow, ...] = ()
    finished_entries: tuple[FinishedEntryRow, ...] = ()
