"""How much of a feed is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedLimits:
    """Bounds on one feed. What is refused is refused whole and visibly; nothing is left out in silence.

    max_body_bytes, max_entries: a feed beyond them is refused as too_large. max_depth: nested elements or JSON values; too_deep.
    max_field_chars: longer titles, summaries and contents are cut there. max_list_items: authors, tags, links per entry.
    """

    max_body_bytes: int
    max_depth: int
    max_entries: int
    max_field_chars: int
    max_list_items: int


@dataclass(frozen=True, slots=True)
class SitemapLimits:
    """Bounds on what is taken of sitemaps. Unlike items of a feed, what is beyond them is passed over, and counted.

    max_new: URLs of one source, the newest. max_files: sitemaps that one index leads to in a poll. max_depth: indexes on the way to one.
    max_seconds: for all files of one index.
    """

    max_new: int
    max_files: int
    max_depth: int
    max_seconds: float
