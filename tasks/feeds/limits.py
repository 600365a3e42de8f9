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
