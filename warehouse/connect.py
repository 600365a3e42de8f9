"""Opens the two files: the live one, which has a single writer, and the published one, which people query."""

from __future__ import annotations

import contextlib
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from warehouse import doublewrite
from warehouse.advice import LIVE_ADVICE, warehouse_error
from warehouse.errors import NotPublished, WarehouseError, WarehouseLocked, WarehouseUnusable
from warehouse.full_text import load_full_text
from warehouse.month_folder import month_files
from warehouse.quoting import literal
from warehouse.signals import interrupted_when_left_early, signals_as_they_came

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.engine import Config, Engine

STORAGE_VERSION = "v1.5.0"
"""The oldest format that compresses long text; the default (v1.0.0) stores it three times as large."""

OFFLINE: Config = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}
"""No extension is fetched, and a name in SQL is never a Python variable of the caller."""

FIXED: Config = OFFLINE | {"storage_compatibility_version": STORAGE_VERSION, "threads": 1, "checkpoint_threshold": "1TB"}
"""What DuckDB is started with for the live file, however often that is opened. It checkpoints when told to or when the file is closed,
never in between: see warehouse.doublewrite."""

APART: Config = {"max_vacuum_tasks": 0}
"""What is written between opening and closing becomes a row group of its own. Left to itself, DuckDB merges it with those before it at
every closing, and so writes up to two thousand rows of the widest tables anew for each batch. `warehouse.compact.gather` merges many."""

NO_BAR = "set enable_progress_bar = false"
"""Nothing is on standard output but what we print: DuckDB draws a bar there for a query of some seconds."""

RETRY_SECONDS = 0.05

STATE, PUBLISHED = Path("state"), "news.duckdb"
"""The usual folder, and the name of the copy in it."""


@contextmanager
def live(
    path: Path, *, wait_seconds: float, threads: int = 1, memory_limit: str = "2GB", engine: Engine | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The live file, open for writing; no other process can open it meanwhile, so keep it short. Created when missing.

    wait_seconds: how long to wait for another process to let go of it. threads: small writes cost a third less on one.
    engine: for who opens it again and again, one thread at a time; None starts DuckDB for this opening alone.
    What DuckDB raises inside leaves as a WarehouseError.
    Raises WarehouseLocked, WarehouseUnusable.
    """
    settings = APART | {"threads": threads, "memory_limit": memory_limit}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise WarehouseUnusable(
            path, f"its folder cannot be made ({cause.strerror}): choose another place or mend its permissions"
        ) from cause
    if not path.exists():
        _create(path)
    with signals_as_they_came():
        connection = _open_when_free(engine, path, settings, time.monotonic() + wait_seconds)
    let_go = engine.closing(connection, path) if engine else _closing_alone(path, connection)
    with _closing(path, connection), let_go, interrupted_when_left_early(connection):
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(NO_BAR)
        yield connection


@contextmanager
def published(path: Path, *, full_text: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published copy, open for reading; SQL run on it reaches no other file, no network and no setting.

    full_text: as for open_published. Raises NotPublished, WarehouseUnusable, ExtensionUnusable.
    """
    connection = open_published(path, full_text=full_text)
    with _closing(path, connection), interrupted_when_left_early(connection):
        connection.execute(NO_BAR)
        connection.execute("set lock_configuration = true")
        yield connection


def open_published(path: str | Path = STATE, *, full_text: bool = False) -> duckdb.DuckDBPyConnection:
    """A new connection to the published copy for reading, in UTC. Close it, or use it with `with`.

    path: the copy, or the state folder that it lies in.
    SQL reaches no other file and no network; results leave through Python (`.df()`, `.pl()`, `.to_arrow_table()`).
    full_text: whether SQL can call match_bm25 on the index of a copy that has one.
    A connection keeps the copy that it opened, however many are published meanwhile: open another one to see the newest.
    Raises NotPublished, WarehouseUnusable, ExtensionUnusable.
    """
    path = Path(path)
    if path.is_dir():
        path /= PUBLISHED
    if not path.exists():
        raise NotPublished(f"{path} does not exist yet: it is written at the end of a run, or by publishing")
    # DuckDB would hand out the copy that this process has open under this name, also after another took its place: attaching opens anew.
    connection = duckdb.connect(":memory:", config=OFFLINE | {"temp_directory": f"{path}.tmp"})
    try:
        if full_text:
            load_full_text(connection)
        connection.execute(f"attach {literal(str(path))} as news (read_only)")
        connection.execute("use news")
        files = ", ".join(literal(str(file)) for file in month_files(path))
        connection.execute(f"set allowed_paths = [{files}]")
        connection.execute("set enable_external_access = false")
        connection.execute("set TimeZone = 'UTC'")
    except WarehouseError:
        connection.close()
        raise
    except duckdb.Error as cause:
        connection.close()
        raise warehouse_error(path, cause) from cause
    return connection


def _create(path: Path) -> None:
    """Put a whole empty file in place or none: half a one, as a full disk or a kill leaves it, would stop every later run.

    Made in a folder of its own, so that processes that create at once do not meet; the first one's file stays.
    """
    try:
        with TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            made = Path(folder, path.name)
            duckdb.connect(made, config=FIXED).close()
            with contextlib.suppress(FileExistsError):
                _put(made, path)
    except duckdb.Error as cause:
        raise warehouse_error(path, cause) from cause
    except OSError as cause:
        raise WarehouseUnusable(path, f"it cannot be created ({cause.strerror}): mend the permissions or choose another place") from cause


def _put(made: Path, path: Path) -> None:
    """Give a file its name unless something has it; where files can have one name only, as on some network drives, it is moved."""
    try:
        path.hardlink_to(made)
    except FileExistsError:
        raise
    except OSError:
        made.rename(path)


def _open_when_free(engine: Engine | None, path: Path, settings: Config, deadline: float) -> duckdb.DuckDBPyConnection:
    while True:
        try:
            doublewrite.put_back(path)
            return engine.open(path, FIXED, settings) if engine else duckdb.connect(path, config=FIXED | settings)
        except OSError as cause:
            raise WarehouseUnusable(path, f"it cannot be mended after its last writer was cut short ({cause.strerror})") from cause
        except duckdb.Error as cause:
            failure = warehouse_error(path, cause, LIVE_ADVICE)
            if not isinstance(failure, WarehouseLocked) or time.monotonic() >= deadline:
                raise failure from cause
        time.sleep(RETRY_SECONDS)


@contextmanager
def _closing(path: Path, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    try:
        with signals_as_they_came():
            yield
    except duckdb.Error as cause:
        raise warehouse_error(path, cause) from cause
    finally:
        connection.close()


@contextmanager
def _closing_alone(path: Path, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    try:
        yield
    finally:
        with contextlib.suppress(duckdb.Error):  # there is no transaction
            connection.execute("rollback")
        with doublewrite.closing(connection, path):
            connection.close()
