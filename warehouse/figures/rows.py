"""What the queries of the report answer, one class per query in queries/figures/. What each field means stands in that file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Totals:
    """articles_before: in the window of the same length before. first_..., last_...: None where there is no article."""

    articles: int
    articles_before: int
    articles_ever: int
    publishers: int
    publishers_ever: int
    first_article_at: datetime | None
    first_in_window_at: datetime | None
    last_article_at: datetime | None


@dataclass(frozen=True, slots=True)
class Volume:
    """How much came in during one step of time."""

    begins_at: datetime
    articles: int
    publishers: int


@dataclass(frozen=True, slots=True)
class PublishedDay:
    """published_on: the publisher's own calendar day."""

    published_on: date
    articles: int


@dataclass(frozen=True, slots=True)
class PublisherFigures:
    """name: as configured, None if nobody did. language: the most frequent one. undated, with_authors: articles."""

    publisher_id: str
    name: str | None
    language: str | None
    articles: int
    words: int
    undated: int
    with_authors: int
    last_article_at: datetime


@dataclass(frozen=True, slots=True)
class LanguageFigures:
    """language: None where it could not be told."""

    language: str | None
    articles: int
    publishers: int
    words: int


@dataclass(frozen=True, slots=True)
class LagSpan:
    """lag: the span in words."""

    lag: str
    articles: int


@dataclass(frozen=True, slots=True)
class PublisherLag:
    """publisher_id: None in the one row about all. Lags are negative where articles are dated later than they were seen."""

    publisher_id: str | None
    articles: int
    median_seconds: float
    nine_of_ten_seconds: float


@dataclass(frozen=True, slots=True)
class StandingFeed:
    """stands: failing, late, silent, gone, never asked, quieter, louder, left out or well. alike: how many feeds stand so."""

    stands: str
    feed_id: str
    publisher_id: str
    url: str
    failures: int | None
    last_outcome: str | None
    last_http_status: int | None
    last_error: str | None
    last_polled_at: datetime | None
    last_success_at: datetime | None
    last_new_entry_at: datetime | None
    next_due_at: datetime | None
    alike: int


@dataclass(frozen=True, slots=True)
class Polls:
    """How polls ended during one step of time."""

    begins_at: datetime
    good: int
    failed: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A row of the view gaps. gaps: how many there are in all, the same in every row."""

    feed_id: str
    publisher_id: str
    previous_polled_at: datetime | None
    polled_at: datetime
    hours: float | None
    entries_before: int | None
    entries: int
    gaps: int


@dataclass(frozen=True, slots=True)
class EntryFates:
    """because, example_url: of entries rejected or pending, else None."""

    outcome: str
    because: str | None
    entries: int
    feeds: int
    example_url: str | None


@dataclass(frozen=True, slots=True)
class PastRun:
    """finished_at, duration_seconds: None while it runs, or if it was killed."""

    run_id: UUID
    flow: str
    status: str
    started_at: datetime
    finished_at: datetime | None
    duration_seconds: int | None
    polls: int
    good_polls: int
    loaded: int
    revised: int
    rejected: int
    pending: int
    pages: int
    wire_bytes: int
    error: str | None


@dataclass(frozen=True, slots=True)
class StandingAlarm:
    """feed_id: None for an alarm about cleaning. usual, found: what they count stands at the views. alarms: how many there are in all."""

    publisher_id: str
    feed_id: str | None
    alarm: str
    rule_id: str | None
    since: datetime | None
    usual: float | None
    found: float | None
    example: str | None
    alarms: int
