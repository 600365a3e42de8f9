"""A run's part of the raw archive, shared by everything that fetches: one writer at a time."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from flows import policy
from flows.settings import software
from tasks.web.archive import ArchiveWriter
from tasks.web.interrupted import repair_interrupted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from flows.pipeline.context import RunContext
    from tasks.model import ArchivePlace, Fetched


class RunArchive:
    """Appends what was got to `archive/{start of run}-{run id}-00001.warc.gz`. Calls block: they belong in a thread.

    Files that a run left half written, because it was killed, are cut back to their last whole record.
    """

    def __init__(self, context: RunContext) -> None:
        settings = context.settings
        settings.archive.mkdir(parents=True, exist_ok=True)
        repair_interrupted(settings.archive)
        name = f"{context.world.now():%Y%m%dT%H%M%SZ}-{context.run_id}"
        self._folder = settings.archive
        self._writer = ArchiveWriter(settings.archive, name, software=software(), max_file_bytes=policy.ARCHIVE_FILE_BYTES)
        self._tell = context.tell
        self._lock = Lock()

    def append(self, fetched: Fetched) -> ArchivePlace:
        """Keep one exchange."""
        with self._lock, self._named_errors():
            place = self._writer.append(fetched)
        self._tell("archive", 1)
        return place

    def append_file(self, uri: str, body: bytes, read_at: datetime, content_type: str) -> ArchivePlace:
        """Keep one imported file."""
        with self._lock, self._named_errors():
            place = self._writer.append_file(uri, body, read_at, content_type=content_type)
        self._tell("archive", 1)
        return place

    def sync(self) -> None:
        """Make all of it durable: called before rows that point to it are committed."""
        with self._lock, self._named_errors():
            self._writer.sync()

    def close(self) -> None:
        """Sync and close."""
        with self._lock, self._named_errors():
            self._writer.close()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        """The system does not say which file it could not write."""
        try:
            yield
        except OSError as cause:
            raise OSError(cause.errno, cause.strerror or str(cause), str(self._folder)) from cause
