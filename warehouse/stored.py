"""Articles as the warehouse holds them, in the shape in which they are read to be learned from or cleaned again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from warehouse.rows import TemplatePlaceRow, TemplateRow

TextKey: TypeAlias = "tuple[UUID, str]"
"""(article_id, content_hash)."""


class StoredBlock(NamedTuple):
    """One block of a ledger, kept ones with their text too."""

    position: int
    text: str
    kind: str
    dom_path: str
    link_density: float
    role: str | None
    verdict: str
    rule_id: str | None


class StoredSurroundings(NamedTuple):
    """Blocks at one place of a page that the extractor left out: how many, and where."""

    dom_path: str
    link_density: float
    role: str | None
    blocks: int


@dataclass(frozen=True, slots=True)
class StoredLedger:
    """An article as it stands now. day: published, or first seen. snapshot_id: what it was cleaned with.

    blocks: in document order, all of them; or without those that the extractor left out, which are counted as surroundings then.
    """

    article_id: UUID
    day: date
    snapshot_id: str | None
    blocks: tuple[StoredBlock, ...]
    surroundings: tuple[StoredSurroundings, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredReading:
    """An article's newest reading, and where the page lies that it was read from. archive_file: None if it was not kept.

    feed_values: (field, value) for all that its feed said of it.
    """

    article_id: UUID
    publisher_id: str
    content_hash: str
    metadata_hash: str
    observed_at: datetime
    page_id: UUID
    extractor: str
    ruleset_id: str
    snapshot_id: str | None
    final_url: str | None
    content_type: str | None
    body_hash: str | None
    archive_file: str | None
    archive_offset: int | None
    archive_length: int | None
    feed_values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text as it stands in the warehouse."""

    article_id: UUID
    content_hash: str
    first_seen_date: date
    text: str

    @property
    def key(self) -> TextKey:
        """What it is known by."""
        return self.article_id, self.content_hash


@dataclass(frozen=True, slots=True)
class StoredWording:
    """All that makes a wording of an article. corrections: what the publisher says it corrected."""

    article_id: UUID
    content_hash: str
    title: str | None
    text: str
    corrections: tuple[str, ...]

    @property
    def key(self) -> TextKey:
        """What it is known by."""
        return self.article_id, self.content_hash


@dataclass(frozen=True, slots=True)
class SeenArticle:
    """An article whose page came from the web. url: where its newest page was. checked_at: when it was last looked at again, if it was.

    gone_in_a_row: how often its page was gone since it was last there.
    """

    article_id: UUID
    url: str
    first_seen_at: datetime
    observed_at: datetime
    checked_at: datetime | None
    gone_in_a_row: int
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class StoredTemplate:
    """A template with its places, in order."""

    row: TemplateRow
    places: tuple[TemplatePlaceRow, ...]


@dataclass(frozen=True, slots=True)
class TemplateRecord:
    """How a template in use has fared.

    agreements: with the extractor, of its newest audits, newest first. pages: the newest that it was asked about, as many as count, 0 where
    it refused few ever; refused: of these.
    """

    publisher_id: str
    template_id: str
    agreements: tuple[float, ...]
    pages: int
    refused: int
