"""Finds articles by their words, the best first, with the index of the published copy."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import duckdb

from warehouse.connect import published
from warehouse.errors import NotIndexed, QueryFailed
from warehouse.search import Hit, Narrowing
from warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

MOST_BEGUN = 10_000
"""Words of the index that a beginning such as port* may stand for, the commonest first."""


def ranked_search(published_path: Path, words: str, since: datetime, narrowing: Narrowing, *, most: int) -> tuple[Hit, ...]:
    """What search() finds among articles first seen at `since` or later, those first that the words say most of (BM25).

    Raises NotPublished, WarehouseUnusable, NotIndexed, ExtensionUnusable, QueryFailed (no words, or too many).
    """
    with published(published_path, full_text=True) as connection:
        if connection.execute(statement("queries/search_index/exists.sql")).fetchall() != [(True,)]:
            raise NotIndexed(published_path)
        try:
            asked = _asked(connection, words)
            given = {"words": words, "since": since, "most": most} | asdict(asked)
            given |= {"until": narrowing.until, "publisher_id": narrowing.publisher_id, "language": narrowing.language}
            found = connection.execute(statement("queries/search/ranked_hits.sql"), given).fetchall()
        except duckdb.InvalidInputException as cause:
            raise QueryFailed(str(cause)) from cause
    return tuple(Hit(*row) for row in found)


@dataclass(frozen=True, slots=True)
class _Asked:
    """tokens: indexed words to look for, with spaces between; is_all: an article must have each of them, which it need not where one word
    stands for several; is_exact: articles that have them need not be read to know that they match.
    """

    tokens: str
    is_all: bool
    is_exact: bool


def _asked(connection: duckdb.DuckDBPyConnection, words: str) -> _Asked:
    [(tokens, beginnings, is_exact)] = connection.execute(statement("queries/search/asked.sql"), {"words": words}).fetchall()
    if not beginnings:
        return _Asked(" ".join(tokens), is_all=True, is_exact=is_exact)
    begun = connection.execute(statement("queries/search/begun.sql"), {"beginnings": beginnings, "most": MOST_BEGUN}).fetchall()
    return _Asked(" ".join([*tokens, *(term for (term,) in begun)]), is_all=False, is_exact=False)
