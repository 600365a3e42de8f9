"""What the queries of the report answer about texts: one class per query in queries/figures/, as in rows.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RuleRemovals:
    """example: how the block that the rule took most often begins. articles_looked_at: the same in every row."""

    rule_id: str | None
    reason: str | None
    blocks: int
    articles: int
    characters: int
    example: str
    articles_looked_at: int


@dataclass(frozen=True, slots=True)
class ClusterMember:
    """language: of its title, None where it could not be told. copied_share: of its text, in the first one's; None for the first one.

    clusters: how many there are, the same in every row.
    """

    cluster_id: UUID
    is_first: bool
    publisher_id: str
    url: str
    title: str | None
    language: str | None
    known_at: datetime
    known_by: str
    copied_share: float | None
    articles: int
    publishers: int
    clusters: int


@dataclass(frozen=True, slots=True)
class Firsts:
    """had_first, had_later: clusters."""

    publisher_id: str
    had_first: int
    had_later: int


@dataclass(frozen=True, slots=True)
class Revisions:
    """Of one step of time. articles: those that were changed in it."""

    begins_at: datetime
    revisions: int
    articles: int


@dataclass(frozen=True, slots=True)
class RevisionKind:
    """kind: as in the view revisions; None: not compared yet."""

    kind: str | None
    revisions: int
    articles: int
    publishers: int


@dataclass(frozen=True, slots=True)
class GraveRevision:
    """kinds, words, corrections_added: None where the texts were not compared yet. It was made between last_seen_before_at and seen_at."""

    publisher_id: str
    url: str
    kinds: tuple[str, ...] | None
    title_before: str | None
    title_after: str | None
    language: str | None
    seen_at: datetime
    last_seen_before_at: datetime
    words_added: int | None
    words_removed: int | None
    corrections_added: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """It was withdrawn between last_there_at and gone_at. withdrawals: how many there are in all, the same in every row."""

    publisher_id: str
    url: str
    title: str | None
    language: str | None
    last_there_at: datetime
    gone_at: datetime
    reason: str
    withdrawals: int
