"""What looking at articles again needs to know: those that were first seen lately, and how that went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.read import rows_of
from warehouse.statements import statement
from warehouse.stored import SeenArticle

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

SOURCE = "rechecks"
"""Kind and id of the source whose entries are articles that were looked at again."""


def recent_articles(connection: duckdb.DuckDBPyConnection, *, since: datetime) -> tuple[SeenArticle, ...]:
    """Articles first seen since then, without those that are waiting for another try. Looks at nothing that is older."""
    found = connection.execute(statement("queries/read/recent_articles.sql"), {"since": since}).fetchall()
    return tuple(rows_of(SeenArticle, found))
