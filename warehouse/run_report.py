"""What given runs brought and what they removed, counted for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.session import staged
from warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    import duckdb

EXAMPLE_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class PublisherVolume:
    """loaded: articles that these runs observed first. revised: older articles whose text they found changed."""

    publisher_id: str
    loaded: int
    revised: int


@dataclass(frozen=True, slots=True)
class Removal:
    """What one rule removed. example: the beginning of one such block; it is the publisher's text, escape it where it is shown."""

    rule_id: str | None
    reason: str | None
    blocks: int
    articles: int
    characters: int
    example: str


def publisher_volumes(connection: duckdb.DuckDBPyConnection, run_ids: Collection[UUID]) -> tuple[PublisherVolume, ...]:
    """One for each publisher of which the runs brought anything, most articles first."""
    with staged(connection, _keys(run_ids)):
        return tuple(PublisherVolume(*row) for row in connection.execute(statement("queries/report/publisher_volumes.sql")).fetchall())


def removals(connection: duckdb.DuckDBPyConnection, run_ids: Collection[UUID]) -> tuple[Removal, ...]:
    """One for each rule that removed anything from the articles that the runs observed, most blocks first."""
    with staged(connection, _keys(run_ids)):
        found = connection.execute(statement("queries/report/removals.sql"), {"example_characters": EXAMPLE_CHARACTERS}).fetchall()
    return tuple(Removal(*row) for row in found)


def _keys(run_ids: Collection[UUID]) -> pa.Table:
    return pa.table({"run_id": pa.array(run_ids, pa.uuid())})
