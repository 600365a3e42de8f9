"""Finds articles by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.query import query
from warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found.

    snippet: its text around the first word, in one line. score: how well it fits (BM25), None where hits are not ranked.
    """

    first_seen_at: datetime
    published_on: date | None
    publisher_id: str
    language: str | None
    title: str | None
    url: str
    is_in_title: bool
    snippet: str
    article_id: UUID
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which of them are wanted; None: all. until: first seen before it."""

    until: datetime | None = None
    publisher_id: str | None = None
    language: str | None = None


def search(published_path: Path, words: str, since: datetime, narrowing: Narrowing, *, most: int) -> tuple[Hit, ...]:
    """The newest articles first seen at `since` or later that have all the words, as the macro of that name reads them.

    Raises NotPublished, WarehouseUnusable, QueryFailed (no words, or too many).
    """
    given = {"words": words, "since": since, "most": most}
    given |= {"until": narrowing.until, "publisher_id": narrowing.publisher_id, "language": narrowing.language}
    return tuple(Hit(*row) for row in query(published_path, statement("queries/search/hits.sql"), given).rows)  # type: ignore[arg-type]
