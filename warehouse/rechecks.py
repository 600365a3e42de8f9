"""What looking at articles again needs to know: those that were first seen lately, and how that went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from warehouse.read import rows_of
from warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

SOURCE = "rechecks"
"""Kind and id of the source whose entries are articles that were looked at again."""


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


def recent_articles(connection: duckdb.DuckDBPyConnection, *, since: datetime) -> tuple[SeenArticle, ...]:
    """Articles first seen since then, without those that are waiting for another try. Looks at nothing that is older."""
    found = connection.execute(statement("queries/read/recent_articles.sql"), {"since": since}).fetchall()
    return tuple(rows_of(SeenArticle, found))
