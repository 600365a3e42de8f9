"""A page as it is sent to be read, known without what reads it: a run's own process has neither need nor time for that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.text.knowledge import NOTHING_KNOWN, Knowledge

if TYPE_CHECKING:
    from datetime import datetime

    from tasks.model import Entry

TEXT_OF_FEED = "text_of_feed"
"""Flag of an article: no page was read, but what a feed brings."""


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page to read. url: None for a file without one. entry: what the feed said of it, or None. seconds: how long reading may take.

    knowledge: of its publisher. fetched_at: when the page was had, None if that is not known. audited: where a template reads the page,
    whether the extractor is asked too, whatever its bytes say.
    """

    body: bytes
    content_type: str | None
    url: str | None
    entry: Entry | None
    seconds: float
    knowledge: Knowledge = NOTHING_KNOWN
    fetched_at: datetime | None = None
    audited: bool = False
