"""What people are shown of templates, out of the published copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from warehouse.connect import published
from warehouse.read import rows_of
from warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import duckdb

Row = TypeVar("Row")
EXAMPLES_FROM = 10  # newest articles of the publisher


@dataclass(frozen=True, slots=True)
class TemplateHealth:
    """A row of the view template_health."""

    publisher_id: str
    state: str
    template_id: str | None
    since: datetime | None
    learned_from: int | None
    learned_agreement: float | None
    pages_read: int
    refused: int
    audited: int
    agreement: float | None
    last_checked_at: datetime | None
    tries: int
    next_try: int | None
    retired_id: str | None
    retired_why: str | None
    retired_pages: int | None
    retired_found: float | None


@dataclass(frozen=True, slots=True)
class Refusals:
    """Pages that a template was refused for, by reason. url: of the last of these articles."""

    reason: str
    pages: int
    last_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place that a template knows. inside, outside: words. example: of a block there, None where none stands in the newest articles."""

    place: str
    decision: str
    inside: int
    outside: int
    example: str | None


@dataclass(frozen=True, slots=True)
class ShownTemplate:
    """How a publisher stands with templates, and what the one in use knows: no places where there is none."""

    health: TemplateHealth
    refusals: tuple[Refusals, ...]
    places: tuple[ShownPlace, ...]


def template_health(published_path: Path) -> tuple[TemplateHealth, ...]:
    """Of all publishers that were tried, in order of publisher. Raises NotPublished, WarehouseUnusable."""
    with published(published_path) as connection:
        return _rows(connection, TemplateHealth, "health", publisher_id=None)


def shown_template(published_path: Path, publisher_id: str) -> ShownTemplate | None:
    """None: the publisher was never tried. Raises NotPublished, WarehouseUnusable."""
    with published(published_path) as connection:
        found = _rows(connection, TemplateHealth, "health", publisher_id=publisher_id)
        if not found:
            return None
        places = _rows(connection, ShownPlace, "places", publisher_id=publisher_id, articles=EXAMPLES_FROM)
        return ShownTemplate(found[0], _rows(connection, Refusals, "refusals", publisher_id=publisher_id), places)


def _rows(connection: duckdb.DuckDBPyConnection, row: type[Row], query: str, **given: object) -> tuple[Row, ...]:
    return tuple(rows_of(row, connection.execute(statement(f"queries/template_health/{query}.sql"), given).fetchall()))
