"""The raw archive: every body as it was transferred, appended to WARC files and read back from its place in them."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from uuid import NAMESPACE_URL, uuid5

from tasks.errors import FetchError, StageError
from tasks.model import ArchivePlace
from tasks.web.encoding import decode_body
from tasks.web.warc import DamagedRecord, read_record, resource_member, response_member, warcinfo_member

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from io import FileIO
    from pathlib import Path

    from tasks.model import Fetched

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_GZIP = (("Content-Encoding", "gzip"),)
_MAX_HEAD_BYTES = 2**23


@dataclass(frozen=True, slots=True)
class ArchivedBody:
    """A body out of the archive, decoded. For an imported file status is None and the only header is its Content-Type."""

    url: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime


class NotArchived(StageError):
    """The archive does not give a body back. reason: no_file, damaged."""


class ArchiveBroken(OSError):
    """A write failed and its traces could not be removed: this writer takes no more. What was appended before is whole."""


class ArchiveWriter:
    """Appends records to `{name}-00001.warc.gz` and its successors in `folder`. One caller at a time, from any thread.

    Nothing is created before the first record, and files that exist are left alone. A record is written whole, or not at all where the
    write fails (OSError, e.g. disk full); the next may then be tried.

    name: unique to the run. software: who writes, for the warcinfo record. max_file_bytes: a file of this length gets a successor.
    """

    def __init__(self, folder: Path, name: str, *, software: str, max_file_bytes: int) -> None:
        if not _FILE_NAME.fullmatch(name):
            raise ValueError(f"not a plain file name: {name!a}")
        self._folder = folder
        self._name = name
        self._software = software
        self._max_file_bytes = max_file_bytes
        self._number = 0
        self._file: FileIO | None = None
        self._file_name = ""
        self._size = 0
        self._is_new = False
        self._is_broken = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, fetched: Fetched) -> ArchivePlace:
        """Keep one exchange: final URL, status, headers, body as transferred. Raises OSError."""
        return self._append(fetched.fetched_at, lambda record_id: response_member(record_id, fetched))

    def append_file(self, url: str, body: bytes, read_at: datetime, *, content_type: str = "application/octet-stream") -> ArchivePlace:
        """Keep a file that was not fetched. Raises OSError."""
        return self._append(read_at, lambda record_id: resource_member(record_id, url, body, read_at, content_type))

    def sync(self) -> None:
        """Make what was appended survive a power cut. Raises OSError."""
        if self._file is None:
            return
        os.fsync(self._file.fileno())
        if self._is_new:
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
            self._is_new = False

    def close(self) -> None:
        """Sync and close the file. Raises OSError."""
        if self._file is not None:
            try:
                self.sync()
            finally:
                self._file.close()
                self._file = None

    def _append(self, at: datetime, make_member: Callable[[str], bytes]) -> ArchivePlace:
        if self._is_broken:
            raise ArchiveBroken(f"{self._file_name} ends in half a record")
        file = self._file
        if file is None or self._size >= self._max_file_bytes:
            file = self._open_next()
        if self._size == 0:
            self._write(file, warcinfo_member(self._record_id(), self._software, at))
        return self._write(file, make_member(self._record_id()))

    def _open_next(self) -> FileIO:
        self.close()
        while self._file is None:
            self._number += 1
            self._file_name = f"{self._name}-{self._number:05}.warc.gz"
            with suppress(FileExistsError):
                self._file = (self._folder / self._file_name).open("xb", buffering=0)
        self._size = 0
        self._is_new = True
        return self._file

    def _record_id(self) -> str:
        """Unique, since a file name is used once and an offset in it once."""
        return uuid5(NAMESPACE_URL, f"{self._file_name}#{self._size}").urn

    def _write(self, file: FileIO, member: bytes) -> ArchivePlace:
        place = ArchivePlace(self._file_name, self._size, len(member))
        rest = memoryview(member)
        try:
            while rest:
                rest = rest[file.write(rest) :]
        except OSError:
            self._take_back(file)
            raise
        self._size += len(member)
        return place

    def _take_back(self, file: FileIO) -> None:
        try:
            file.truncate(self._size)
            file.seek(self._size)
        except OSError as cause:
            self._is_broken = True
            raise ArchiveBroken(f"{self._file_name} ends in half a record") from cause


def read_archived(folder: Path, place: ArchivePlace, *, max_body_bytes: int) -> ArchivedBody:
    """The body at that place, decoded, its checksums checked.

    Raises NotArchived if it cannot be had whole, FetchError too_large or bad_encoding if it cannot be decoded within `max_body_bytes`.
    """
    try:
        record = decode_body(place.file, _member_at(folder, place), _GZIP, max_bytes=max_body_bytes + _MAX_HEAD_BYTES)
        url, fetched_at, status, headers, stored = read_record(record)
    except DamagedRecord as cause:
        raise NotArchived(place.file, "damaged", f"at {place.offset}: {str(cause)[:200]!a}") from cause
    except FetchError as cause:
        if cause.reason != "bad_encoding":
            raise
        raise NotArchived(place.file, "damaged", f"at {place.offset}: {cause.detail}") from cause
    return ArchivedBody(url, status, headers, decode_body(url, stored, headers, max_bytes=max_body_bytes), fetched_at)


def _member_at(folder: Path, place: ArchivePlace) -> bytes:
    if not _FILE_NAME.fullmatch(place.file):
        raise NotArchived(place.file, "no_file", "not a plain file name")
    try:
        with (folder / place.file).open("rb") as file:
            file.seek(place.offset)
            return file.read(place.length)
    except FileNotFoundError as cause:
        raise NotArchived(place.file, "no_file") from cause
