"""The raw archive: every body as it was transferred, appended to WARC files and read back from its place in them."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Self
from uuid import NAMESPACE_URL, uuid5

from tasks.errors import FetchError, StageError
from tasks.model import ArchivePlace
from tasks.web.encoding import decode_body
from tasks.web.interrupted import mark_closed, mark_open
from tasks.web.warc import (
    DamagedRecord,
    FirstSeen,
    original_member,
    read_record,
    redirect_member,
    request_member,
    resource_member,
    response_member,
    revisit_member,
    warcinfo_member,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from io import FileIO
    from pathlib import Path

    from tasks.model import Fetched

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_GZIP = (("Content-Encoding", "gzip"),)
_MAX_HEAD_BYTES = 2**23
_MOST_BODIES = 100_000


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
        self._bodies: dict[bytes, FirstSeen] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, fetched: Fetched) -> ArchivePlace:
        """Keep one exchange: each redirect on its way, then final URL, status, headers, body as transferred; beside each its request.

        A body that the file holds already is referred to. The place is that of the final response. Raises OSError.
        """
        at = fetched.fetched_at
        for hop in fetched.hops:
            self._with_request(hop.url, fetched, partial(redirect_member, hop=hop, at=at))
        digest = hashlib.sha256(fetched.wire_body).digest() if fetched.wire_body else b""
        self._file_for_next(at)
        first = self._bodies.get(digest)
        if first:
            return self._with_request(fetched.final_url, fetched, partial(revisit_member, fetched=fetched, first=first))
        record_id = self._record_id()
        place = self._with_request(fetched.final_url, fetched, partial(response_member, fetched=fetched))
        if digest and len(self._bodies) < _MOST_BODIES:
            self._bodies[digest] = FirstSeen(record_id, fetched.final_url, at, place.offset, place.length)
        return place

    def append_file(self, url: str, body: bytes, read_at: datetime, *, content_type: str = "application/octet-stream") -> ArchivePlace:
        """Keep a file that was not fetched. Raises OSError."""
        file = self._file_for_next(read_at)
        return self._write(file, resource_member(self._record_id(), url, body, read_at, content_type))

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
                mark_closed(self._file)
                self._file = None

    def _with_request(self, url: str, fetched: Fetched, make_response: Callable[[str], bytes]) -> ArchivePlace:
        """Write a response and its request, both or neither; the place of the response."""
        file = self._file_for_next(fetched.fetched_at)
        response_id = self._record_id()
        response = make_response(response_id)
        return self._write(file, response, request_member(self._record_id(len(response)), url, fetched, response_id))

    def _file_for_next(self, at: datetime) -> FileIO:
        """The file that takes the next record, begun with the record that says who writes. Raises OSError."""
        if self._is_broken:
            raise ArchiveBroken(f"{self._file_name} ends in half a record")
        file = self._file
        if file is None or self._size >= self._max_file_bytes:
            file = self._open_next()
        if self._size == 0:
            self._write(file, warcinfo_member(self._record_id(), self._software, at))
        return file

    def _open_next(self) -> FileIO:
        self.close()
        file = None
        while file is None:
            self._number += 1
            self._file_name = f"{self._name}-{self._number:05}.warc.gz"
            with suppress(FileExistsError):
                file = (self._folder / self._file_name).open("xb", buffering=0)
        mark_open(file)
        self._file = file
        self._size = 0
        self._is_new = True
        self._bodies = {}
        return file

    def _record_id(self, further: int = 0) -> str:
        """Of the record that begins so many bytes behind the end. Unique, since a file name is used once and an offset in it once."""
        return uuid5(NAMESPACE_URL, f"{self._file_name}#{self._size + further}").urn

    def _write(self, file: FileIO, member: bytes, following: bytes = b"") -> ArchivePlace:
        """The place of the first member."""
        place = ArchivePlace(self._file_name, self._size, len(member))
        rest = memoryview(member + following)
        try:
            while rest:
                rest = rest[file.write(rest) :]
        except OSError:
            self._take_back(file)
            raise
        self._size += len(member) + len(following)
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
        record = _record_at(folder, place, max_body_bytes)
        url, fetched_at, status, headers, stored = read_record(record)
        if original := original_member(record):
            *_, stored = read_record(_record_at(folder, ArchivePlace(place.file, *original), max_body_bytes))
    except DamagedRecord as cause:
        raise NotArchived(place.file, "damaged", f"at {place.offset}: {str(cause)[:200]!a}") from cause
    except FetchError as cause:
        if cause.reason != "bad_encoding":
            raise
        raise NotArchived(place.file, "damaged", f"at {place.offset}: {cause.detail}") from cause
    return ArchivedBody(url, status, headers, decode_body(url, stored, headers, max_bytes=max_body_bytes), fetched_at)


def _record_at(folder: Path, place: ArchivePlace, max_body_bytes: int) -> bytes:
    """Out of its gzip member, whose checksum is checked."""
    return decode_body(place.file, _member_at(folder, place), _GZIP, max_bytes=max_body_bytes + _MAX_HEAD_BYTES)


def _member_at(folder: Path, place: ArchivePlace) -> bytes:
    if not _FILE_NAME.fullmatch(place.file):
        raise NotArchived(place.file, "no_file", "not a plain file name")
    try:
        with (folder / place.file).open("rb") as file:
            file.seek(place.offset)
            return file.read(place.length)
    except FileNotFoundError as cause:
        raise NotArchived(place.file, "no_file") from cause
