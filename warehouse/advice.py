"""What an error of DuckDB means, in words that say what to do."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError, WarehouseLocked, WarehouseUnusable
from warehouse.printable import printable

Advice = tuple[tuple[str, str], ...]
"""(what stands in DuckDB's message, what to do then)."""

_OTHER_VERSION = "its tables and views are not those of this version: run an ingest, which brings it up to date"

_DAMAGED = "it is damaged: publish a copy again, restore a warehouse from its backup, and check the disk"

_ADVICE: Advice = (
    ("not a valid DuckDB database file", "it is no DuckDB database, or a damaged one: move it away or restore a backup"),
    ("Corrupt database file", _DAMAGED),
    ("Could not read enough bytes", _DAMAGED),
    (
        "Failure while replaying WAL file",
        "someone opened it for writing and left a log beside it: have them close it, then publish again, which takes the log away",
    ),
    ("No space left", "the disk is full: free some space and run again, nothing was half written"),
    ("File too large", "the file may not grow any more: raise the limit or move it, nothing was half written"),
    (
        "file system operations are disabled by configuration",
        "its files by month are not where they were written: publish again, into the place where it is read",
    ),
    ("No files found that match", "a file by month is missing: publish again"),
    ("Permission denied", "this user may not open or write it: mend the permissions of the file and its folder"),
    ("Read-only file system", "its file system is read-only: choose another place"),
    ("Is a directory", "it is a folder: name a file in it"),
    ("database has been invalidated", "DuckDB gave up after a write error: check the disk and run again"),
    ("Catalog Error", _OTHER_VERSION),
    ("Binder Error", _OTHER_VERSION),
    ("IO Error", "it cannot be read or written: check the disk and the permissions"),
)

LIVE_ADVICE: Advice = (
    (
        "Failure while replaying WAL file",
        "the log beside it was not written for it: put that file back, or restore a backup and remove the log",
    ),
)
"""Of the file that runs write to; nobody else leaves a log there."""


def warehouse_error(path: Path, cause: duckdb.Error, advice_first: Advice = ()) -> WarehouseError:
    """What a database error means for the run, in words that say what to do. advice_first: goes before what is said of any file."""
    message = printable(str(cause))
    if "Could not set lock on file" in message or "Unique file handle conflict" in message:  # another process, another thread
        return WarehouseLocked(path, _holder(message))
    if isinstance(cause, duckdb.OutOfMemoryException):
        return WarehouseUnusable(path, f"DuckDB ran out of memory or of temporary space: free some, or work in smaller batches ({message})")
    for sign, advice in (*advice_first, *_ADVICE):
        if sign in message:
            return WarehouseUnusable(path, f"{advice} ({message})")
    return WarehouseError(f"{path}: {message}")


def _holder(message: str) -> str | None:
    """`ingest (PID 4711)` from DuckDB's own words; it names the interpreter, the system knows the command."""
    found = re.search(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)", message)
    if not found:
        return None
    try:
        command = Path("/proc", found["pid"], "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        command = ""
    return f"{printable(command or Path(found['program']).name)} (PID {found['pid']})"
