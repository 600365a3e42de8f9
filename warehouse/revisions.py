"""What comparing versions needs to know: which texts followed each other and were not compared, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from warehouse.read import rows_of
from warehouse.session import staged
from warehouse.statements import statement
from warehouse.stored import StoredWording, TextKey

if TYPE_CHECKING:
    from collections.abc import Collection

    import duckdb

EVER = "-infinity"

Step: TypeAlias = "tuple[TextKey, TextKey]"
"""Two texts of one article, the earlier one first."""


def uncompared(connection: duckdb.DuckDBPyConnection, *, method: int, limit: int, everything: bool) -> tuple[Step, ...]:
    """Texts that follow each other as versions and that this method of comparing has not seen, the latest first.

    everything: of all articles; else of those of which anything was recorded since the last run that completed began.
    """
    since = EVER if everything else connection.execute(statement("queries/revisions/last_compared_at.sql")).fetchall()[0][0]
    asked = {"method": method, "limit": limit, "since": since}
    found = connection.execute(statement("queries/revisions/uncompared.sql"), asked).fetchall()
    return tuple(((article_id, before), (article_id, after)) for article_id, before, after in found)


def wordings(connection: duckdb.DuckDBPyConnection, keys: Collection[TextKey]) -> dict[TextKey, StoredWording]:
    """These wordings, by key."""
    ordered = sorted(keys)
    given = {
        "article_id": pa.array([article_id for article_id, _ in ordered], pa.uuid()),
        "content_hash": pa.array([content_hash for _, content_hash in ordered], pa.string()),
    }
    with staged(connection, pa.table(given)):
        found = connection.execute(statement("queries/revisions/wordings.sql")).fetchall()
    return {each.key: each for each in rows_of(StoredWording, found)}
