"""One frozen class per table that a run writes: the vocabulary in which `tasks.shape` speaks to the warehouse.

Field names and order are the columns'. Instants are aware UTC datetimes. A test compares these classes with the tables.
"""

from warehouse.rows.articles import (
    ArticleBlocksRow,
    ArticleMetadataRow,
    ArticleRow,
    ArticleTextRow,
    EntryAliasRow,
    Ledger,
    MetadataCandidateRow,
    ObservationRow,
    PageRow,
)
from warehouse.rows.duplicates import NearDuplicatePairRow, TextSignatureRow
from warehouse.rows.hosts import HostFileRow
from warehouse.rows.learning import (
    LearnedRuleRow,
    LearningStateRow,
    OverrideRow,
    RestoredBlock,
    SnapshotRow,
)
from warehouse.rows.polls import FeedMoveRow, FeedStateRow, PollRow
from warehouse.rows.revisions import ChangedBlock, TextChangeRow
from warehouse.rows.runs import (
    EntryOutcomeRow,
    FeedRow,
    FinishedEntryRow,
    KnownEntryRow,
    PublisherRow,
    RunRow,
)
from warehouse.rows.templates import (
    TemplateCheckRow,
    TemplatePlaceRow,
    TemplateRow,
    TemplateStateRow,
)

__all__ = [
    "ArticleBlocksRow",
    "ArticleMetadataRow",
    "ArticleRow",
    "ArticleTextRow",
    "ChangedBlock",
    "EntryAliasRow",
    "EntryOutcomeRow",
    "FeedMoveRow",
    "FeedRow",
    "FeedStateRow",
    "FinishedEntryRow",
    "HostFileRow",
    "KnownEntryRow",
    "LearnedRuleRow",
    "LearningStateRow",
    "Ledger",
    "MetadataCandidateRow",
    "NearDuplicatePairRow",
    "ObservationRow",
    "OverrideRow",
    "PageRow",
    "PollRow",
    "PublisherRow",
    "RestoredBlock",
    "RunRow",
    "SnapshotRow",
    "TemplateCheckRow",
    "TemplatePlaceRow",
    "TemplateRow",
    "TemplateStateRow",
    "TextChangeRow",
    "TextSignatureRow",
]
