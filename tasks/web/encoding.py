"""Content-Encoding (RFC 9110 section 8.4), undone within a bound on the bytes that come out."""

from __future__ import annotations

import zlib
from functools import partial
from typing import TYPE_CHECKING, Protocol

import brotli
from backports import zstd

from tasks.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
_GZIP_MAGIC = b"\x1f\x8b"
# RFC 8878 section 3.1: the magic numbers of a Zstandard frame and of the 16 kinds of skippable ones, in little-endian order.
_ZSTD_MAGICS = (b"\x28\xb5\x2f\xfd", *(bytes((0x50 + kind, 0x2A, 0x4D, 0x18)) for kind in range(16)))
# RFC 9659: a frame sent as a content coding needs a window of 8 MB at most.
_ZSTD_WINDOW: Mapping[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
# Block-wise compressors write a gzip member, or a zstd frame, per 64 KiB.
_MAX_MEMBERS = 200
# Streams are given so much at once, since each copies what it was given beyond its end.
_SLICE = 2**18
_MAX_CODINGS = 3


class _TooLong(Exception):
    """More bytes come out than the caller wants."""


class _Truncated(Exception):
    """The compressed stream ends before its end mark."""


class _Malformed(Exception):
    """The bytes are not in the coding named."""


class _Stream(Protocol):
    """One compressed stream, being undone: what zlib and zstd have in common."""

    @property
    def eof(self) -> bool:
        """Whether its end mark was read."""

    @property
    def unused_data(self) -> bytes:
        """What was given beyond it."""

    def decompress(self, data: memoryview, max_length: int, /) -> bytes:
        """What comes out, up to so many bytes."""


def _undo(stream: _Stream, wire: memoryview, start: int, limit: int) -> tuple[bytes, int]:
    """What the stream that starts there holds, and where it ends."""
    pieces, size, position = list[bytes](), 0, start
    try:
        while not stream.eof:
            given = wire[position : position + _SLICE]
            if not given:
                raise _Truncated
            piece = stream.decompress(given, limit + 1 - size)
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise _TooLong
            position += len(given) - len(stream.unused_data)
    except (zlib.error, zstd.ZstdError) as cause:
        raise _Malformed(str(cause)) from cause
    return _joined(pieces), position


def _undo_all(wire: bytes, limit: int, *, open_stream: Callable[[], _Stream], magics: tuple[bytes, ...]) -> bytes:
    """Streams one after the other, until none begins. What follows the last is ignored, as gzip and browsers do with padding."""
    view, pieces, position = memoryview(wire), list[bytes](), 0
    for _ in range(_MAX_MEMBERS):
        piece, position = _undo(open_stream(), view, position, limit)
        pieces.append(piece)
        limit -= len(piece)
        if not wire.startswith(magics, position):
            return _joined(pieces)
    raise _Malformed(f"more than {_MAX_MEMBERS} streams in one")


def _gunzip(wire: bytes, limit: int) -> bytes:
    return _undo_all(wire, limit, open_stream=partial(zlib.decompressobj, _GZIP), magics=(_GZIP_MAGIC,))


def _unzstd(wire: bytes, limit: int) -> bytes:
    return _undo_all(wire, limit, open_stream=partial(zstd.ZstdDecompressor, options=_ZSTD_WINDOW), magics=_ZSTD_MAGICS)


def _undeflate(wire: bytes, limit: int) -> bytes:
    """Zlib data as RFC 9110 section 8.4.1.2 says, or the bare deflate data that some servers send instead."""
    has_zlib_header = len(wire) > 1 and wire[0] & 0x0F == zlib.DEFLATED and int.from_bytes(wire[:2]) % 31 == 0
    return _undo(zlib.decompressobj(_ZLIB if has_zlib_header else _RAW), memoryview(wire), 0, limit)[0]


def _unbrotli(wire: bytes, limit: int) -> bytes:
    stream, pieces, size = brotli.Decompressor(), [], 0
    try:
        piece = stream.process(wire, output_buffer_limit=limit + 1)
        while True:
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise _TooLong
            if stream.is_finished():
                return _joined(pieces)
            if stream.can_accept_more_data():
                raise _Truncated
            piece = stream.process(b"", output_buffer_limit=limit + 1 - size)
    except brotli.error as cause:
        raise _Malformed(str(cause)) from cause


def _joined(pieces: Sequence[bytes]) -> bytes:
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


_DECODERS: Mapping[str, Callable[[bytes, int], bytes]] = {"gzip": _gunzip, "deflate": _undeflate, "br": _unbrotli, "zstd": _unzstd}
# RFC 9110 section 8.4.1.3: x-gzip is gzip.
_ALIASES = {"x-gzip": "gzip"}
_NO_CODING = frozenset({"", "identity"})

ACCEPT_ENCODING = ", ".join(_DECODERS)
"""What `decode_body` can undo, as the header says it."""


def decode_body(url: str, wire_body: bytes, headers: Iterable[tuple[str, str]], *, max_bytes: int) -> bytes:
    """The body with its Content-Encoding undone. An empty body is empty in every coding.

    Raises FetchError: too_large as soon as more than `max_bytes` come out, bad_encoding for an unknown coding or bytes not in it,
    and bad_encoding, retryable, for a stream that ends too early.
    """
    codings = _codings(headers)
    if len(codings) > _MAX_CODINGS:
        raise FetchError(url, "bad_encoding", f"{len(codings)} content codings")
    body = wire_body
    for coding in reversed(codings if wire_body else ()):
        decoder = _DECODERS.get(_ALIASES.get(coding, coding))
        if decoder is None:
            raise FetchError(url, "bad_encoding", f"content coding {coding[:40]!a}")
        try:
            body = decoder(body, max_bytes)
        except _TooLong as cause:
            raise FetchError(url, "too_large", f"more than {max_bytes} bytes once decoded") from cause
        except _Truncated as cause:
            raise FetchError(url, "bad_encoding", f"{coding} data ends too early", retryable=True) from cause
        except _Malformed as cause:
            raise FetchError(url, "bad_encoding", f"not {coding} data: {str(cause)[:100]!a}") from cause
    if len(body) > max_bytes:
        raise FetchError(url, "too_large", f"more than {max_bytes} bytes")
    return body


def _codings(headers: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """In the order applied, lowercased, over all Content-Encoding lines."""
    values = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    return tuple(coding for part in values.split(",") if (coding := part.strip().lower()) not in _NO_CODING)
