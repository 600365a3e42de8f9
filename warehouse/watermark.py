"""How many rows tables hold at one time, so that what is written later can be told from what stood there."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from warehouse.statements import statement

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Watermark:
    """Rows of each table at one time. Rows are only appended, and numbered as they stand: a later one has a rowid of at least so much."""

    articles: int = 0
    article_texts: int = 0
    article_metadata: int = 0
    article_blocks: int = 0
    metadata_candidates: int = 0
    entry_aliases: int = 0
    text_signatures: int = 0

    def parameters(self) -> dict[str, int]:
        """As statements name them: `articles_before` and so on."""
        return {f"{table}_before": rows for table, rows in asdict(self).items()}


EMPTY = Watermark()
"""Of empty tables: all rows are later."""


def watermark(connection: duckdb.DuckDBPyConnection) -> Watermark:
    """Of the tables as they are now."""
    [counts] = connection.execute(statement("queries/maintain/watermark.sql")).fetchall()
    return Watermark(*counts)
