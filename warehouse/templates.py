"""Templates of publishers as the warehouse holds them: which are in use, what they know, how they fared, and what to learn them from."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.read import rows_of
from warehouse.rows import TemplatePlaceRow, TemplateRow, TemplateStateRow
from warehouse.session import staged
from warehouse.statements import statement
from warehouse.stored import StoredTemplate, TemplateRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    import duckdb


def template_states(connection: duckdb.DuckDBPyConnection) -> dict[str, TemplateStateRow]:
    """The state of every publisher for which a template was ever tried, by publisher_id."""
    return {row.publisher_id: row for row in rows_of(TemplateStateRow, connection.execute(_query("states")).fetchall())}


def templates_in_snapshots(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The template of the snapshot that a publisher is cleaned with now, by publisher_id; those without one are left out."""
    return dict(connection.execute(_query("in_snapshots")).fetchall())


def templates(connection: duckdb.DuckDBPyConnection, template_ids: Collection[str]) -> dict[str, StoredTemplate]:
    """These templates with their places, by template_id."""
    if not template_ids:
        return {}
    with staged(connection, pa.table({"template_id": pa.array(template_ids, pa.string())})):
        found = rows_of(TemplateRow, connection.execute(_query("templates")).fetchall())
        places = connection.execute(_query("places")).fetchall()
    by_template = {key: tuple(TemplatePlaceRow(*row) for row in rows) for key, rows in groupby(places, key=lambda row: row[0])}
    return {row.template_id: StoredTemplate(row, by_template.get(row.template_id, ())) for row in found}


def read_by_extractor(
    connection: duckdb.DuckDBPyConnection, publishers: Sequence[TemplateStateRow], *, limit: int, looked_at: int
) -> dict[str, tuple[UUID, ...]]:
    """By publisher: no more than `limit` articles whose page the extractor read since the publisher's last template was retired.

    looked_at: of a publisher, the newest articles that are looked through for them.
    """
    keys = {
        "publisher_id": pa.array([each.publisher_id for each in publishers], pa.string()),
        "since": pa.array([each.since for each in publishers], pa.timestamp("us", tz="UTC")),
    }
    with staged(connection, pa.table(keys)):
        found = connection.execute(_query("read_by_extractor"), {"limit": limit, "looked_at": looked_at}).fetchall()
    return {publisher_id: tuple(article_id for _, article_id in rows) for publisher_id, rows in groupby(found, key=lambda row: row[0])}


def articles_read_with(connection: duckdb.DuckDBPyConnection, template_id: str, *, limit: int) -> tuple[UUID, ...]:
    """The newest articles that a template read last, newest first."""
    given = {"template_id": template_id, "limit": limit}
    return tuple(article_id for (article_id,) in connection.execute(_query("articles"), given).fetchall())


def template_records(
    connection: duckdb.DuckDBPyConnection, run_id: UUID, *, audits: int, pages: int, refusals: int
) -> tuple[TemplateRecord, ...]:
    """Of templates in use of which a run checked a page.

    audits, pages: how many of the newest count. refusals: pages are counted from so many on, since it came into use.
    """
    given = {"run_id": run_id, "audits": audits, "pages": pages, "refusals": refusals}
    return tuple(rows_of(TemplateRecord, connection.execute(_query("records"), given).fetchall()))


def _query(name: str) -> str:
    return statement(f"queries/templates/{name}.sql")
