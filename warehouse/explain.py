"""The life of one article, out of the published copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from warehouse.connect import published
from warehouse.read import rows_of
from warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path
    from uuid import UUID

    import duckdb

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class CurrentArticle:
    """An article as it stands now."""

    article_id: UUID
    url: str
    publisher_id: str
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    published_at: datetime | None
    published_on: date | None
    published_source: str | None
    language: str | None
    word_count: int
    flags: tuple[str, ...]
    first_seen_at: datetime
    last_observed_at: datetime
    extractor: str
    ruleset_id: str
    snapshot_id: str | None
    content_hash: str
    metadata_hash: str
    page_id: UUID


@dataclass(frozen=True, slots=True)
class ExplainedBlock:
    """One block and what became of it.

    elsewhere: other articles of the publisher that carry it; None for a kept block, or not known.
    support, looked_at: of a learned rule that decided, how many articles showed it, of how many; else None.
    """

    position: int
    verdict: str
    kind: str
    rule_id: str | None
    reason: str | None
    field: str | None
    repeat_of: int | None
    text: str
    elsewhere: int | None
    support: int | None = None
    looked_at: int | None = None


@dataclass(frozen=True, slots=True)
class OfferedValue:
    """One value that a source offered, chosen or not, and why."""

    field: str
    value: str
    source: str
    chosen: bool
    why: str | None


@dataclass(frozen=True, slots=True)
class SeenVersion:
    """One version. observed_until: None for the last."""

    version: int
    observed_from: datetime
    observed_until: datetime | None
    title: str | None
    word_count: int


@dataclass(frozen=True, slots=True)
class SeenRevision:
    """What changed from the version before to this one, counted. kind: None if they were not compared yet."""

    version: int
    last_seen_before_at: datetime
    seen_at: datetime
    kind: str | None
    kinds: tuple[str, ...] | None
    blocks_added: int | None
    blocks_removed: int | None
    blocks_edited: int | None
    blocks_moved: int | None
    words_added: int | None
    words_removed: int | None
    title_before: str | None
    title_after: str | None
    corrections_added: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class RevisedBlock:
    """One block that changed with a version."""

    version: int
    change: str
    text_before: str | None
    text_after: str | None
    words_added: int
    words_removed: int
    figures_changed: bool


@dataclass(frozen=True, slots=True)
class PastReading:
    """One cleaning of one page, and where that page lies."""

    observed_at: datetime
    recorded_at: datetime
    cause: str
    extractor: str
    ruleset_id: str
    snapshot_id: str | None
    final_url: str | None
    archive_file: str | None
    archive_offset: int | None


@dataclass(frozen=True, slots=True)
class AskedTemplate:
    """The template of its publisher that the newest page of an article was read with.

    pages: it was learned from, at learned_at. outcome: used, or refused for a reason: then the extractor read the page. agreement: with
    the extractor's reading, None where that was not asked for.
    """

    template_id: str
    learned_at: datetime
    pages: int
    outcome: str
    reason: str | None
    agreement: float | None


@dataclass(frozen=True, slots=True)
class LeadingEntry:
    """An entry that led to the article."""

    feed_id: str
    entry_key: str
    entry_url: str | None
    outcome: str
    reason: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class SameStory:
    """Another article that says the same word for word in good part, as both stand now.

    is_first: whether it was known before this one; known_by: publisher or first seen, what known_at rests on. own_share, other_share: how
    much of this article stands in it, and the other way round, 0 to 1. shared: positions of kept blocks of this article that it has alike.
    """

    article_id: UUID
    url: str
    publisher_id: str
    title: str | None
    known_at: datetime
    known_by: str
    is_first: bool
    similarity: float
    own_share: float
    other_share: float
    credited_by_both: tuple[str, ...]
    shared: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DecisionInForce:
    """What a person decided about the article, or about a rule that holds for it."""

    made_at: datetime
    made_by: str
    action: str
    rule_id: str | None
    publisher_id: str | None
    block_hash: int | None
    example: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything about one article, newest first where there is an order; blocks, versions and near-duplicates from the first.

    templates: one, or none where the publisher had none.
    """

    article: CurrentArticle
    templates: tuple[AskedTemplate, ...]
    blocks: tuple[ExplainedBlock, ...]
    candidates: tuple[OfferedValue, ...]
    versions: tuple[SeenVersion, ...]
    revisions: tuple[SeenRevision, ...]
    revised_blocks: tuple[RevisedBlock, ...]
    readings: tuple[PastReading, ...]
    entries: tuple[LeadingEntry, ...]
    decisions: tuple[DecisionInForce, ...]
    near_duplicates: tuple[SameStory, ...]


def explain(published_path: Path, *, url: str, alias_key: int) -> Explained | None:
    """The article that goes by an address, None if there is none. alias_key: of the address in its normal form.

    Raises NotPublished, WarehouseUnusable.
    """
    with published(published_path) as connection:
        return explained(connection, url=url, alias_key=alias_key)


def explained(connection: duckdb.DuckDBPyConnection, *, url: str, alias_key: int) -> Explained | None:
    """The same in a copy that is open."""
    named = connection.execute(_query("identity"), {"url": url, "alias_key": alias_key}).fetchone()
    articles = rows_asked(connection, CurrentArticle, "article", article_id=named[0]) if named else ()
    return _explained(connection, articles[0]) if articles else None


def _explained(connection: duckdb.DuckDBPyConnection, article: CurrentArticle) -> Explained:
    key = article.article_id
    return Explained(
        article,
        rows_asked(connection, AskedTemplate, "template", article_id=key),
        rows_asked(connection, ExplainedBlock, "blocks", article_id=key),
        rows_asked(connection, OfferedValue, "candidates", article_id=key),
        rows_asked(connection, SeenVersion, "versions", article_id=key),
        rows_asked(connection, SeenRevision, "revisions", article_id=key),
        rows_asked(connection, RevisedBlock, "revised_blocks", article_id=key),
        rows_asked(connection, PastReading, "readings", article_id=key),
        rows_asked(connection, LeadingEntry, "entries", article_id=key),
        rows_asked(connection, DecisionInForce, "overrides", article_id=key, publisher_id=article.publisher_id),
        rows_asked(connection, SameStory, "near_duplicates", article_id=key),
    )


def rows_asked(connection: duckdb.DuckDBPyConnection, row: type[Row], query: str, **given: object) -> tuple[Row, ...]:
    """What one of the queries of this part answers."""
    return tuple(rows_of(row, connection.execute(_query(query), given).fetchall()))


def _query(name: str) -> str:
    return statement(f"queries/explain/{name}.sql")
