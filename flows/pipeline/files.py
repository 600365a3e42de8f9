"""Files as input: their bytes within bounds, and what they are by their name."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from flows import policy


class Unreadable(Exception):
    """A file cannot be read. reason: unreadable, too_large or bad_gzip."""

    def __init__(self, path: Path, reason: str, detail: str) -> None:
        super().__init__(path, reason, detail)
        self.path, self.reason, self.detail = path, reason, detail

    def __str__(self) -> str:
        return f"{self.path}: {self.detail}"


def read_file(path: Path) -> bytes:
    """A file's bytes, decompressed if its name ends in .gz. Raises Unreadable."""
    limit = policy.MAX_FILE_BYTES
    try:
        with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as file:
            body = file.read(limit + 1)
    except (gzip.BadGzipFile, zlib.error, EOFError) as cause:
        raise Unreadable(path, "bad_gzip", f"not a whole gzip file ({cause})") from cause
    except OSError as cause:
        raise Unreadable(path, "unreadable", cause.strerror or type(cause).__name__) from cause
    if len(body) > limit:
        raise Unreadable(path, "too_large", f"more than {limit:,} bytes")
    return body


def content_type_of(path: Path) -> str:
    """What a file's name says it is."""
    name = path.name.lower().removesuffix(".gz")
    return "text/plain" if name.endswith((".txt", ".text", ".md")) else "text/html"
