"""Brings a file to the schema of this version: numbered migrations, once each, then the views and the documentation of columns."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.definitions import apply_definitions
from warehouse.errors import MigrationRefused
from warehouse.session import transaction
from warehouse.statements import file_names, statement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import duckdb

STORAGE_HINT = re.compile(r"/\* duckdb file: (.*?) \*/")


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file. name: without its ending, e.g. `0001_tables`. sha256: of its text, as hexadecimal digits."""

    number: int
    name: str
    sha256: str
    sql: str


def migrate(connection: duckdb.DuckDBPyConnection, *, now: datetime, code_version: str) -> tuple[str, ...]:
    """Names of the migrations applied, each in a transaction of its own; empty when there was nothing to do.

    Raises MigrationRefused when the file is newer than this version, or when a migration was edited after it ran.
    """
    return apply_migrations(connection, packaged_migrations(), now=now, code_version=code_version)


def apply_migrations(
    connection: duckdb.DuckDBPyConnection, migrations: Sequence[Migration], *, now: datetime, code_version: str
) -> tuple[str, ...]:
    """The same with a list of migrations, in order."""
    connection.execute(statement("queries/migrate/create_history.sql"))
    pending = _pending(migrations, connection.execute(statement("queries/migrate/read_history.sql")).fetchall())
    for migration in pending:
        with transaction(connection):
            connection.execute(_for_target(connection, migration.sql))
            connection.execute(
                statement("queries/migrate/record.sql"),
                {
                    "number": migration.number,
                    "name": migration.name,
                    "sha256": migration.sha256,
                    "applied_at": now,
                    "code_version": code_version,
                },
            )
    apply_definitions(connection, now=now, code_version=code_version)
    return tuple(migration.name for migration in pending)


def packaged_migrations() -> tuple[Migration, ...]:
    """The migrations of this version, in order."""
    return tuple(_migration(name) for name in file_names("migrations"))


def schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the last migration that the file went through."""
    history = connection.execute(statement("queries/migrate/read_history.sql")).fetchall()
    return int(history[-1][0]) if history else 0


def _migration(file_name: str) -> Migration:
    sql = statement(f"migrations/{file_name}")
    return Migration(int(file_name[:4]), file_name.removesuffix(".sql"), hashlib.sha256(sql.encode()).hexdigest(), sql)


def _pending(migrations: Sequence[Migration], applied: Sequence[tuple[int, str, str]]) -> Sequence[Migration]:
    _refuse_unless([migration.number for migration in migrations] == list(range(1, len(migrations) + 1)), "this version lacks a migration")
    _refuse_unless(
        len(applied) <= len(migrations),
        f"the file is at schema {len(applied)}, this version knows {len(migrations)}: install the version that wrote it, or a newer one",
    )
    for (number, name, sha256), migration in zip(applied, migrations, strict=False):
        _refuse_unless(number == migration.number, f"the file lacks migration {migration.name}: restore a backup")
        _refuse_unless(
            sha256 == migration.sha256,
            f"migration {name} was applied in another wording: reinstall this version; a change of the schema is a migration of its own",
        )
    return migrations[len(applied) :]


def _refuse_unless(holds: bool, message: str) -> None:  # noqa: FBT001 - reads as its name says
    if not holds:
        raise MigrationRefused(message)


def _for_target(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """With its storage hints, where the tables are made in a DuckDB file; elsewhere they stay comments."""
    kind = connection.execute(statement("queries/migrate/target.sql")).fetchone()
    return STORAGE_HINT.sub(r"\1", sql) if kind == ("duckdb",) else sql
