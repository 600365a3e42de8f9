"""Everything about one article that a page of its own shows, out of the published copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.connect import published
from warehouse.explain import Explained, explained
from warehouse.read import rows_of
from warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import duckdb


@dataclass(frozen=True, slots=True)
class CurrentFields:
    """What stands beside headline and blocks; see articles_current."""

    text: str
    section: str | None
    tags: tuple[str, ...]
    credits: tuple[str, ...]
    captions: tuple[str, ...]
    corrections: tuple[str, ...]
    image_url: str | None
    published_precision: str | None
    modified_at: datetime | None
    known_at: datetime
    known_by: str


@dataclass(frozen=True, slots=True)
class Identity:
    """kind: url, entry_id or title_day. scope: within what the value is unique."""

    kind: str
    scope: str
    value: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A fetch that the article was read from. opt_outs: None where no server answered."""

    requested_url: str
    final_url: str | None
    fetched_at: datetime
    outcome: str
    http_status: int | None
    body_bytes: int | None
    archive_file: str | None
    archive_offset: int | None
    opt_outs: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ArticleLife:
    """pages: newest first, at most as many as were asked for; identities: oldest first, likewise."""

    explained: Explained
    fields: CurrentFields
    identities: tuple[Identity, ...]
    pages: tuple[ReadPage, ...]


def article_life(published_path: Path, *, url: str, alias_key: int, most: int) -> ArticleLife | None:
    """Of the article that goes by an address, None if there is none. alias_key: of the address in its normal form.

    most: rows of each list. Raises NotPublished, WarehouseUnusable.
    """
    with published(published_path) as connection:
        found = explained(connection, url=url, alias_key=alias_key)
        return _life(connection, found, most) if found else None


def _life(connection: duckdb.DuckDBPyConnection, found: Explained, most: int) -> ArticleLife:
    given = {"article_id": found.article.article_id}
    (fields,) = rows_of(CurrentFields, connection.execute(_query("fields"), given).fetchall())
    bounded = given | {"most": most}
    return ArticleLife(
        found,
        fields,
        tuple(rows_of(Identity, connection.execute(_query("identities"), bounded).fetchall())),
        tuple(rows_of(ReadPage, connection.execute(_query("pages"), bounded).fetchall())),
    )


def _query(name: str) -> str:
    return statement(f"queries/life/{name}.sql")
