"""A place between 0 and 1 for each feed, always the same: what would fall due together for thousands of feeds is spread by it."""

from __future__ import annotations

import hashlib


def place_of(feed_id: str) -> float:
    """From 0 up to 1, evenly over feeds."""
    return int.from_bytes(hashlib.sha256(feed_id.encode("utf-8", errors="surrogatepass")).digest()[:6]) / 2**48
