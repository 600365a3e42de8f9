"""One small, complete batch: a run polls a feed of two entries, loads one article and leaves the other entry pending."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from tasks.urls import article_id
from warehouse.batch import Batch
from warehouse.rows import (
    ArticleBlocksRow,
    ArticleMetadataRow,
    ArticleRow,
    ArticleTextRow,
    ChangedBlock,
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
    Ledger,
    MetadataCandidateRow,
    NearDuplicatePairRow,
    ObservationRow,
    OverrideRow,
    PageRow,
    PollRow,
    PublisherRow,
    RestoredBlock,
    RunRow,
    SnapshotRow,
    TemplateCheckRow,
    TemplatePlaceRow,
    TemplateRow,
    TemplateStateRow,
    TextChangeRow,
    TextSignatureRow,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SPACE = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
RUN_ID, POLL_ID, PAGE_ID = (uuid5(SPACE, name) for name in ("run", "poll", "page"))
ARTICLE_ID = article_id("news.example/one")

RUN = RunRow(RUN_ID, "ingest", "1.0", "rules-1", None, "c0ffee", "mill", 4711, NOON, None, "running", None)
PUBLISHER = PublisherRow("news.example", "Example News", "DE", "de", NOON)
FEED = FeedRow("example", "news.example", "https://news.example/rss", "feed", "Example", "de", NOON)
FEED_STATE = FeedStateRow(
    "example", FEED.url, '"1"', None, "b0d1", NOON + timedelta(hours=1), "active", 0, NOON, NOON, NOON,
    interval_seconds=3_600, due_reason="publisher", least_seconds=3_000, skip_hours=(0, 23), skip_days=(), read_entries=2,
)  # fmt: skip
MOVE = FeedMoveRow("example", "http://news.example/rss", FEED.url, "redirect held", NOON - timedelta(days=1), 3, NOON)
POLL = PollRow(
    POLL_ID, "example", RUN_ID, NOON, "ok", 200, FEED.url, 0, 900, 4_000, "b0d1", 2, 0, 35, "a.warc.gz", 0, 900, None, 0,
    ("ids_clash",), 2, 0,
)  # fmt: skip
FIRST_URL, SECOND_URL = "https://news.example/one", "https://news.example/two"
LOADED_ENTRY = EntryOutcomeRow(
    POLL_ID, RUN_ID, "example", "one", "urn:one", FIRST_URL, "One", ("Ada",), NOON, "loaded", None, ARTICLE_ID, 1, None, NOON
)
PENDING_ENTRY = EntryOutcomeRow(
    POLL_ID,
    RUN_ID,
    "example",
    "two",
    "urn:two",
    SECOND_URL,
    "Two",
    (),
    None,
    "pending",
    "timeout",
    None,
    1,
    NOON + timedelta(minutes=5),
    NOON,
)
KNOWN_ONE = KnownEntryRow("example", "one", 2**64 - 1, ARTICLE_ID, NOON)
KNOWN_TWO = KnownEntryRow("example", "two", 7, None, NOON)
ALIAS = EntryAliasRow(2**63 + 5, ARTICLE_ID, "url", "", FIRST_URL, NOON)
PAGE = PageRow(
    PAGE_ID, RUN_ID, FIRST_URL, FIRST_URL, NOON, "ok", 200, "text/html", 3_000, 9_000, "feed", 80, "a.warc.gz", 900, 3_000, None,
    ("x-robots-tag",), (),
)  # fmt: skip
TIMED_OUT = PageRow(
    uuid5(SPACE, "timed out"),
    RUN_ID,
    SECOND_URL,
    None,
    NOON,
    "timeout",
    None,
    None,
    None,
    None,
    None,
    None,
    None,
    None,
    None,
    "too slow",
    None,
    None,
)
HASH = "4d22e7828f28b3522b3c175f66e5ebe7"
"""Of the headline, text and (no) corrections below."""
ARTICLE = ArticleRow(ARTICLE_ID, "news.example/one", FIRST_URL, "news.example", NOON, NOON.date())
TEXT = ArticleTextRow(ARTICLE_ID, HASH, "One 🎈", "Grüße 🎈 aus Köln.\n\nZweiter Absatz.", "de", 5, 2, NOON.date())
METADATA = ArticleMetadataRow(
    ARTICLE_ID,
    "meta-a",
    None,
    ("Ada", "Grace"),
    "Politik",
    ("a", "b"),
    (),
    (),
    (),
    None,
    NOON,
    date(2026, 3, 1),
    "second",
    "json-ld",
    None,
    NOON.date(),
)
OBSERVATION = ObservationRow(
    ARTICLE_ID, HASH, "meta-a", NOON, NOON, PAGE_ID, RUN_ID, "fetch", "extractor 1", "rules-1", None, ("paywalled",)
)


def block(
    position: int, text: str | None, verdict: str, span: tuple[int, int] | None = None, rule_id: str | None = None
) -> tuple[object, ...]:
    """In the order of Ledger's columns."""
    start, end = span or (None, None)
    reason = f"because of {rule_id}" if rule_id else None
    return position, text, 2**64 - 1 - position, "paragraph", "main/p", 0.1, None, verdict, rule_id, reason, None, start, end, None


def ledger(*blocks: tuple[object, ...]) -> Ledger:
    return Ledger(*zip(*blocks, strict=True))  # type: ignore[arg-type]


LEDGER = ArticleBlocksRow(
    ARTICLE_ID,
    HASH,
    "rules-1",
    None,
    PAGE_ID,
    ledger(block(0, None, "kept", (0, 17)), block(1, "Jetzt melden", "removed", rule_id="prompt"), block(2, None, "kept", (19, 34))),
)
CANDIDATE = MetadataCandidateRow(ARTICLE_ID, "meta-a", "title", "One 🎈", "h1", True, "the first heading")
SIGNATURE = TextSignatureRow(ARTICLE_ID, HASH, NOON.date(), 2, (7, 2**32 - 1))
ROBOTS = HostFileRow(
    "https://news.example", "/robots.txt", "news.example", "ok", 200, None, "User-agent: *\nCrawl-delay: 2", False, 2.0, NOON,
    NOON + timedelta(days=1), None,
)  # fmt: skip
LEARNED_RULE = LearnedRuleRow(
    "learned-a", "news.example", "learned-text-00000000000000aa", "text", "00000000000000aa", "active", 8, 20, 4, NOON.date(), NOON.date(),
    "Jetzt melden",
)  # fmt: skip
SNAPSHOT = SnapshotRow(
    "snapshot-a", "news.example", "learned-a", 1, ("prompt",), (RestoredBlock(ARTICLE_ID, 2**64 - 1),), NOON, RUN_ID, "template-a"
)
TEMPLATE = TemplateRow("template-a", "news.example", 8, 0.98, 120, 2_000, 3, NOON, RUN_ID)
TEMPLATE_PLACE = TemplatePlaceRow("template-a", "main/article/p", 2_000, 10, "inside")
TEMPLATE_STATE = TemplateStateRow("news.example", "template-a", NOON, 0, None, "template-0", "refused", 30, 0.4)
TEMPLATE_CHECK = TemplateCheckRow(PAGE_ID, ARTICLE_ID, NOON, "news.example", "template-a", "refused", "few_words", None, RUN_ID)
LEARNING_STATE = LearningStateRow("news.example", "learned-a", "snapshot-a", 20, NOON, is_followed=True)
OVERRIDE = OverrideRow(uuid5(SPACE, "override"), NOON, "ada", "disable", "prompt", "news.example", None, None, None, "it is news", RUN_ID)

TEXT_CHANGE = TextChangeRow(
    ARTICLE_ID, TEXT.content_hash, TEXT.content_hash, 1, "minor", ("minor", "other"), 0, 0, 1, 0, 2, 3, ("Corrected.",),
    (ChangedBlock("edited", 0, 1, 2, 3, figures=True), ChangedBlock("added", None, 1, 0, 0, figures=False)), NOON, RUN_ID,
)  # fmt: skip

BATCH = Batch(
    runs=(RUN,),
    publishers=(PUBLISHER,),
    feeds=(FEED,),
    feed_states=(FEED_STATE,),
    feed_moves=(MOVE,),
    polls=(POLL,),
    entry_outcomes=(LOADED_ENTRY, PENDING_ENTRY),
    known_entries=(KNOWN_ONE, KNOWN_TWO),
    entry_aliases=(ALIAS,),
    pages=(PAGE, TIMED_OUT),
    host_files=(ROBOTS,),
    templates=(TEMPLATE,),
    template_places=(TEMPLATE_PLACE,),
    template_states=(TEMPLATE_STATE,),
    template_checks=(TEMPLATE_CHECK,),
    learned_rules=(LEARNED_RULE,),
    snapshots=(SNAPSHOT,),
    learning_states=(LEARNING_STATE,),
    overrides=(OVERRIDE,),
    articles=(ARTICLE,),
    article_texts=(TEXT,),
    article_metadata=(METADATA,),
    article_observations=(OBSERVATION,),
    article_blocks=(LEDGER,),
    metadata_candidates=(CANDIDATE,),
    text_signatures=(SIGNATURE,),
    text_changes=(TEXT_CHANGE,),
)

SECOND_ID, SECOND_PAGE_ID = article_id("news.example/two"), uuid5(SPACE, "second page")
LATER = NOON + timedelta(minutes=10)
PAIR = NearDuplicatePairRow(*(part for each in sorted((ARTICLE_ID, SECOND_ID)) for part in (each, HASH)), 2, 1.0, 1.0, 1.0, LATER, RUN_ID)
SECOND = Batch(
    pages=(replace(PAGE, page_id=SECOND_PAGE_ID, requested_url=SECOND_URL, final_url=SECOND_URL, fetched_at=LATER),),
    entry_aliases=(replace(ALIAS, alias_key=7, article_id=SECOND_ID, value=SECOND_URL),),
    articles=(ArticleRow(SECOND_ID, "news.example/two", SECOND_URL, "news.example", LATER, LATER.date()),),
    article_texts=(replace(TEXT, article_id=SECOND_ID),),
    article_metadata=(replace(METADATA, article_id=SECOND_ID),),
    article_observations=(replace(OBSERVATION, article_id=SECOND_ID, observed_at=LATER, recorded_at=LATER, page_id=SECOND_PAGE_ID),),
    article_blocks=(replace(LEDGER, article_id=SECOND_ID, page_id=SECOND_PAGE_ID),),
    text_signatures=(replace(SIGNATURE, article_id=SECOND_ID),),
    near_duplicate_pairs=(PAIR,),
    finished_entries=(FinishedEntryRow(POLL_ID, "two", "loaded", None, SECOND_ID, 2, None, LATER),),
)
"""What a later pass adds: the pending entry is fetched and becomes an article."""
