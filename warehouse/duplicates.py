"""What finding near-duplicates needs to know: which texts are new, and which stored ones may be near them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.columns import arrow_table
from warehouse.read import rows_of
from warehouse.rows import TextSignatureRow
from warehouse.session import staged
from warehouse.statements import statement
from warehouse.stored import StoredText, TextKey

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import duckdb


def unsigned(connection: duckdb.DuckDBPyConnection, limit: int) -> tuple[TextKey, ...]:
    """Keys of texts that have no signature yet, oldest day first."""
    [(stored, missing)] = connection.execute(_query("unsigned_count")).fetchall()
    if not missing:
        return ()
    asked = {"texts": stored, "unsigned": missing, "limit": limit}
    found: list[TextKey] = connection.execute(_query("unsigned_last"), asked).fetchall()
    if len(found) < min(missing, limit):
        found = connection.execute(_query("unsigned"), {"limit": limit}).fetchall()
    return tuple(found)


def candidates(
    connection: duckdb.DuckDBPyConnection, signatures: Sequence[TextSignatureRow], *, window_days: int, least_shared: int
) -> tuple[tuple[TextKey, TextKey], ...]:
    """Pairs of a given text and one of another article, given or stored, first seen at most so many days apart.

    signatures: of texts whose signatures are not stored yet. least_shared: sampled shingles that both have. A pair of given texts comes in
    both orders.
    """
    asked = {"window_days": window_days, "least_shared": least_shared}
    with staged(connection, arrow_table(TextSignatureRow, signatures)):
        found = connection.execute(_query("candidates"), asked).fetchall()
    return tuple(((article, content), (other, other_content)) for article, content, other, other_content in found)


def texts(connection: duckdb.DuckDBPyConnection, keys: Collection[TextKey]) -> tuple[StoredText, ...]:
    """Those of the keys, oldest day first."""
    ordered = sorted(keys)
    given = {
        "article_id": pa.array([article_id for article_id, _ in ordered], pa.uuid()),
        "content_hash": pa.array([content_hash for _, content_hash in ordered], pa.string()),
    }
    with staged(connection, pa.table(given)):
        return tuple(rows_of(StoredText, connection.execute(_query("texts")).fetchall()))


def _query(name: str) -> str:
    return statement(f"queries/duplicates/{name}.sql")
