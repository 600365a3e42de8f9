"""DuckDB itself, which can be kept over many openings of a file: starting it costs more than twice what opening the file does."""

from __future__ import annotations

import contextlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from warehouse import doublewrite
from warehouse.quoting import literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Config = dict[str, str | bool | int | float | list[str]]


class Engine:
    """Opens one file time and again, for one thread at a time. Between openings it holds nothing of the file, and no lock on it."""

    def __init__(self) -> None:
        self._host: duckdb.DuckDBPyConnection | None = None

    def open(self, path: Path, fixed: Config, settings: Config) -> duckdb.DuckDBPyConnection:
        """The file. fixed: what is set once, when DuckDB starts. settings: of this opening. Raises duckdb.Error."""
        try:
            self._host = host = self._host or duckdb.connect(":memory:", config=fixed | {"temp_directory": f"{path}.tmp"})
            host.execute("pragma enable_checkpoint_on_shutdown")
            for name, value in settings.items():
                host.execute(f"set {name} = {literal(str(value))}")
            host.execute(f"attach {literal(str(path))} as live")
            connection = host.cursor()
            connection.execute("use live")
        except BaseException:
            self._stop()
            raise
        return connection

    @contextmanager
    def closing(self, connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
        """Let go of the file after the block, with a checkpoint; one that fails loses nothing, what was committed stands in the log."""
        try:
            yield
        except BaseException:
            with contextlib.suppress(duckdb.Error):  # there is no transaction
                connection.execute("rollback")
            with doublewrite.closing(connection, path):
                connection.close()
                self._stop()
            raise
        try:
            with doublewrite.closing(connection, path):
                connection.close()
                if self._host:
                    self._host.execute("detach live")
        except duckdb.Error:
            self._stop()

    def _stop(self) -> None:
        """Let go of everything. The next opening starts DuckDB anew, as it must after an error for which DuckDB gave up."""
        if self._host:
            self._host.close()
        self._host = None
