"""Feeds that are gzip files themselves, whatever the transfer says: `sitemap.xml.gz` (sitemaps.org/protocol, "Sitemap file location")."""

from __future__ import annotations

from tasks.errors import FetchError, NotAFeed
from tasks.web.encoding import decode_body

_GZIP = b"\x1f\x8b"


def unpacked(body: bytes, *, url: str, max_bytes: int) -> bytes:
    """The body, out of its gzip file if it is one. Raises NotAFeed: too_large (packed or not), bad_gzip."""
    if len(body) > max_bytes:
        raise NotAFeed(url, "too_large", f"{len(body):,} bytes, at most {max_bytes:,} are read")
    if not body.startswith(_GZIP):
        return body
    try:
        return decode_body(url, body, (("Content-Encoding", "gzip"),), max_bytes=max_bytes)
    except FetchError as cause:
        raise NotAFeed(url, "too_large" if cause.reason == "too_large" else "bad_gzip", cause.detail) from cause
