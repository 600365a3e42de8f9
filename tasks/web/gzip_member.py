"""One gzip member (RFC 1952) around a record, at little cost."""

from __future__ import annotations

import struct
import zlib

# Of zlib. Its default takes two and a half times as long to make a page 16 % smaller.
_LEVEL = 1
_STORED = 0
_RAW = -zlib.MAX_WBITS
# RFC 1952 section 2.3: magic number, deflate, no flags, no time, no hint, unknown system.
_HEADER = b"\x1f\x8b\x08" + bytes(6) + b"\xff"


def gzip_member(head: bytes, body: bytes, *, is_body_compressed: bool) -> bytes:
    """The member that holds head and body. A body that came compressed is not compressed again: it would get no smaller."""
    first, rest = zlib.compressobj(_LEVEL, wbits=_RAW), zlib.compressobj(_STORED if is_body_compressed else _LEVEL, wbits=_RAW)
    # What a full flush ends is no last block, ends with its byte, and nothing after it refers to it: another stream may follow.
    deflated = first.compress(head) + first.flush(zlib.Z_FULL_FLUSH) + rest.compress(body) + rest.flush()
    checksum = zlib.crc32(body, zlib.crc32(head))
    return _HEADER + deflated + struct.pack("<LL", checksum, (len(head) + len(body)) & 0xFFFFFFFF)
