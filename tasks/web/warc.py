"""One WARC 1.1 record (ISO 28500:2017) as one gzip member, from our values and back."""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from tasks.web.gzip_member import gzip_member

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tasks.model import Fetched, Hop

    Headers = tuple[tuple[str, str], ...]

# The stored body is de-chunked, so its framing headers are no longer true. They are kept under the prefix that Common Crawl's archives use.
_MOVED_PREFIX = "X-Crawler-"
_FRAMING = frozenset({"transfer-encoding", "content-length"})
_MOVED = frozenset(_MOVED_PREFIX.lower() + name for name in _FRAMING)
_LINE_BREAKS = re.compile(r"[\r\n]+")
_URL_CHARACTERS = "".join(map(chr, range(0x21, 0x7F)))

# What warcio raises for bytes that are no WARC record or lack a header: one class of its own, and whatever it runs into.
_NOT_A_RECORD = (ArchiveLoadFailed, StopIteration, EOFError, ValueError, TypeError, AttributeError)


_PAYLOAD_DIGEST = "WARC-Payload-Digest"
_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
# Our own field: other programs find the body by URI and date, we by its place in the file.
_REFERS_TO_MEMBER = "X-Refers-To-Member"
_REFERENCE = re.compile(rb"^X-Refers-To-Member: (\d{1,15}) (\d{1,12})\r?$", re.MULTILINE)
_HEAD_BYTES = 2**16


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """The record of a file that holds a body for the first time, and where its gzip member lies."""

    record_id: str
    url: str
    at: datetime
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class _About:
    """What a record is and where it came from. kind: its WARC-Type. url: None for one that is about the file."""

    kind: str
    record_id: str
    url: str | None
    at: datetime


class DamagedRecord(Exception):
    """The bytes are no whole WARC record."""


def response_member(record_id: str, fetched: Fetched) -> bytes:
    """A response record: final URL, status, headers and the body as transferred."""
    about = _About("response", record_id, fetched.final_url, fetched.fetched_at)
    is_compressed, more = fetched.header("content-encoding") is not None, {_PAYLOAD_DIGEST: _digest(fetched.wire_body)}
    return _exchanged(about, _head(fetched), fetched.wire_body, more=more, is_compressed=is_compressed)


def revisit_member(record_id: str, fetched: Fetched, first: FirstSeen) -> bytes:
    """A response whose body is, byte for byte, one that this file holds already: its headers, and where the body is."""
    named = {
        "WARC-Profile": _SAME_PAYLOAD,
        "WARC-Refers-To": f"<{first.record_id}>",
        "WARC-Refers-To-Target-URI": quote(first.url, safe=_URL_CHARACTERS),
        "WARC-Refers-To-Date": _date(first.at),
        _PAYLOAD_DIGEST: _digest(fetched.wire_body),
        _REFERS_TO_MEMBER: f"{first.offset} {first.length}",
    }
    return _exchanged(_About("revisit", record_id, fetched.final_url, fetched.fetched_at), _head(fetched), more=named)


def redirect_member(record_id: str, hop: Hop, at: datetime) -> bytes:
    """The response of a hop: its headers; its body was left unread."""
    headers = [(_one_line(name), _one_line(value)) for name, value in hop.headers]
    moved = [(_MOVED_PREFIX + name if name.lower() in _FRAMING else name, value) for name, value in headers]
    head = _lines(f"HTTP/1.1 {hop.status} {_phrase(hop.status)}", [*moved, ("Content-Length", "0")])
    return _exchanged(_About("response", record_id, hop.url, at), head, more={"WARC-Truncated": "unspecified"})


def request_member(record_id: str, url: str, fetched: Fetched, response_id: str) -> bytes:
    """What was sent to get one of the responses of an exchange, without private headers. url: where it was sent."""
    parts = urlsplit(url)
    head = _lines(
        f"GET {parts.path or '/'}{'?' if parts.query else ''}{parts.query} HTTP/1.1",
        [("Host", parts.netloc), *((name, _one_line(value)) for name, value in fetched.sent_headers)],
    )
    return _exchanged(_About("request", record_id, url, fetched.fetched_at), head, more={"WARC-Concurrent-To": f"<{response_id}>"})


def original_member(record: bytes) -> tuple[int, int] | None:
    """Offset and length of the member, in the same file, with the body of a revisit record; None for a record with a body of its own."""
    found = _REFERENCE.search(record[:_HEAD_BYTES].partition(b"\r\n\r\n")[0])
    return (int(found[1]), int(found[2])) if found else None


def resource_member(record_id: str, url: str, body: bytes, read_at: datetime, content_type: str) -> bytes:
    """A resource record: bytes that no HTTP exchange brought."""
    return _member(_About("resource", record_id, url, read_at), b"", body, content_type=content_type, more={_PAYLOAD_DIGEST: _digest(body)})


def warcinfo_member(record_id: str, software: str, written_at: datetime) -> bytes:
    """The record that opens a file and says who wrote it."""
    body = f"software: {_one_line(software)}\r\nformat: WARC File Format 1.1\r\n".encode()
    return _member(_About("warcinfo", record_id, None, written_at), b"", body, content_type="application/warc-fields", more={})


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


def _exchanged(about: _About, head: bytes, body: bytes = b"", *, more: Mapping[str, str], is_compressed: bool = False) -> bytes:
    """One side of an HTTP exchange: its first line with its headers, and its body as it was stored."""
    side = "request" if about.kind == "request" else "response"
    return _member(about, head, body, content_type=f"application/http; msgtype={side}", more=more, is_compressed=is_compressed)


def _member(about: _About, head: bytes, body: bytes, *, content_type: str, more: Mapping[str, str], is_compressed: bool = False) -> bytes:
    """A record whose block is head and body. Its block has no digest: gzip's own checksum covers it."""
    named = [
        ("WARC-Record-ID", f"<{about.record_id}>"), ("WARC-Date", _date(about.at)), *more.items(), ("WARC-Type", about.kind),
        *([("WARC-Target-URI", quote(about.url, safe=_URL_CHARACTERS))] if about.url else []),
        ("Content-Type", _one_line(content_type)), ("Content-Length", str(len(head) + len(body))),
    ]  # fmt: skip
    return gzip_member(_lines("WARC/1.1", named) + head, body + b"\r\n\r\n", is_body_compressed=is_compressed)


def _lines(first: str, named: Iterable[tuple[str, str]]) -> bytes:
    """A first line, headers as they are, and the empty line after them."""
    return "\r\n".join([first, *(f"{name}: {value}" for name, value in named), "", ""]).encode()


def _head(fetched: Fetched) -> bytes:
    return _lines(f"HTTP/1.1 {fetched.status} {_phrase(fetched.status)}", _stored_headers(fetched))


def _date(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _digest(body: bytes) -> str:
    """In the spelling that WARC tools write, SHA-1 in base 32."""
    return "sha1:" + b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


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
