"""One WARC 1.1 record (ISO 28500:2017) as one gzip member, from our values and back."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tasks.model import Fetched

    Headers = tuple[tuple[str, str], ...]

# The stored body is de-chunked, so its framing headers are no longer true. They are kept under the prefix that Common Crawl's archives use.
_MOVED_PREFIX = "X-Crawler-"
_FRAMING = frozenset({"transfer-encoding", "content-length"})
_MOVED = frozenset(_MOVED_PREFIX.lower() + name for name in _FRAMING)
_LINE_BREAKS = re.compile(r"[\r\n]+")
_URL_CHARACTERS = "".join(map(chr, range(0x21, 0x7F)))
# A body that came compressed gains nothing from a thorough second pass.
_PLAIN_LEVEL, _COMPRESSED_LEVEL = 6, 1

# What warcio raises for bytes that are no WARC record or lack a header: one class of its own, and whatever it runs into.
_NOT_A_RECORD = (ArchiveLoadFailed, StopIteration, EOFError, ValueError, TypeError, AttributeError)


class DamagedRecord(Exception):
    """The bytes are no whole WARC record."""


class _ExactHead(StatusAndHeaders):  # type: ignore[misc] # warcio has no types
    """HTTP status line and headers, written as they came; warcio would percent-encode what is not ASCII."""

    def to_ascii_bytes(self, filter_func: object = None) -> bytes:
        return bytes(self.to_bytes(filter_func))


def response_member(record_id: str, fetched: Fetched) -> bytes:
    """A response record: final URL, status, headers and the body as transferred."""
    status = f"{fetched.status} {_phrase(fetched.status)}"
    head = _ExactHead(status, _stored_headers(fetched), protocol="HTTP/1.1")
    level = _COMPRESSED_LEVEL if fetched.header("content-encoding") else _PLAIN_LEVEL
    return _member("response", record_id, fetched.final_url, fetched.fetched_at, fetched.wire_body, level=level, head=head)


def resource_member(record_id: str, url: str, body: bytes, read_at: datetime, content_type: str) -> bytes:
    """A resource record: bytes that no HTTP exchange brought."""
    return _member("resource", record_id, url, read_at, body, content_type=content_type)


def warcinfo_member(record_id: str, software: str, written_at: datetime) -> bytes:
    """The record that opens a file and says who wrote it."""
    body = f"software: {_one_line(software)}\r\nformat: WARC File Format 1.1\r\n".encode()
    return _member("warcinfo", record_id, None, written_at, body, content_type="application/warc-fields")


def read_record(record: bytes) -> tuple[str, datetime, int | None, Headers, bytes]:
    """URL, date, HTTP status (None for a resource), headers as received and the body as stored, its digest checked.

    record: out of its gzip member, whose checksum has been checked. Raises DamagedRecord.
    """
    try:
        read = next(iter(ArchiveIterator(BytesIO(record), check_digests="raise")))
        body = read.raw_stream.read()
        url, at = read.rec_headers.get_header("WARC-Target-URI"), datetime.fromisoformat(read.rec_headers.get_header("WARC-Date"))
        if read.http_headers is None:
            return url, at, None, (("Content-Type", read.content_type),), body
        return url, at, int(read.http_headers.get_statuscode()), _received_headers(read.http_headers.headers), body
    except _NOT_A_RECORD as cause:
        raise DamagedRecord(str(cause) or type(cause).__name__) from cause


def _member(
    kind: str,
    record_id: str,
    url: str | None,
    at: datetime,
    body: bytes,
    *,
    level: int = _PLAIN_LEVEL,
    head: _ExactHead | None = None,
    content_type: str = "",
) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    named = {"WARC-Record-ID": f"<{record_id}>", "WARC-Date": at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")}
    writer.write_record(
        writer.create_warc_record(
            url and quote(url, safe=_URL_CHARACTERS),
            kind,
            payload=BytesIO(body),
            length=len(body),
            warc_content_type=_one_line(content_type),
            warc_headers_dict=named,
            http_headers=head,
        )
    )
    gzip = zlib.compressobj(level, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return gzip.compress(out.getvalue()) + gzip.flush()


def _stored_headers(fetched: Fetched) -> list[tuple[str, str]]:
    headers = [(_one_line(name), _one_line(value)) for name, value in fetched.headers]
    if fetched.header("transfer-encoding") is None:
        return headers
    moved = [(_MOVED_PREFIX + name if name.lower() in _FRAMING else name, value) for name, value in headers]
    return [*moved, ("Content-Length", str(len(fetched.wire_body)))]


def _received_headers(stored: Iterable[tuple[str, str]]) -> Headers:
    """The headers before `_stored_headers` moved the framing."""
    headers = tuple(stored)
    if not any(name.lower() in _MOVED for name, _ in headers):
        return headers
    kept = ((name, value) for name, value in headers if name.lower() not in _FRAMING)
    return tuple((name[len(_MOVED_PREFIX) :] if name.lower() in _MOVED else name, value) for name, value in kept)


def _phrase(status: int) -> str:
    """The registered reason phrase; what the server sent carries no meaning (RFC 9112 section 4)."""
    return next((known.phrase for known in HTTPStatus if known == status), "Unknown")


def _one_line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text)
