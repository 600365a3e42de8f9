"""What the newsroom knows about itself, for comparison with what a pipeline made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flows.demo.cases import REJECTED, Case
from flows.demo.entries import Entry
from flows.demo.labels import Labels
from flows.demo.story import Fate, Line


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as one round shows it. lines: inside the article's container; surrounding: the rest of the page, all to be removed."""

    round_number: int
    title: str
    subtitle: str | None
    lines: tuple[Line, ...]
    surrounding: tuple[Line, ...]

    @property
    def kept(self) -> tuple[Line, ...]:
        """The body exactly as it must be kept, in order: paragraphs, subheadings, list items and quotes."""
        return tuple(line for line in self.lines if line.fate is Fate.KEPT)

    @property
    def moved(self) -> tuple[Line, ...]:
        """The lines that belong to a field of their own; `why` names it."""
        return tuple(line for line in self.lines if line.fate is Fate.MOVED)

    @property
    def removed(self) -> tuple[Line, ...]:
        """The lines inside the container that are not the article; `why` says what they are."""
        return tuple(line for line in self.lines if line.fate is Fate.REMOVED)


@dataclass(frozen=True, slots=True)
class ArticleTruth:
    """One article. readings: one per round in which it is out, oldest first.

    published_at: an instant in UTC; published_on: the publisher's own calendar day.
    charset: of the page's bytes, whatever the page claims. wire: the agency story it copies, or None.
    """

    host: str
    url: str
    language: str
    authors: tuple[str, ...]
    published_at: datetime
    published_on: date
    cases: frozenset[Case]
    charset: str
    wire: str | None
    readings: tuple[Reading, ...]

    @property
    def is_loadable(self) -> bool:
        """Whether a row of the warehouse can come of it."""
        return not self.cases & REJECTED

    def at(self, round_number: int) -> Reading:
        """The reading of that round. KeyError: it was not out yet."""
        for reading in self.readings:
            if reading.round_number == round_number:
                return reading
        raise KeyError(round_number)


@dataclass(frozen=True, slots=True)
class FeedTruth:
    """One configured feed. url: as configured; final_url: where it stands. status: of the first answer. kind: None for a dead feed."""

    url: str
    final_url: str
    status: int
    kind: str | None
    publisher: str
    language: str
    country: str


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything, in a fixed order. labels: host -> the words around its articles."""

    feeds: tuple[FeedTruth, ...]
    articles: tuple[ArticleTruth, ...]
    entries: tuple[Entry, ...]
    labels: tuple[tuple[str, Labels], ...]

    def article(self, url: str) -> ArticleTruth:
        """The article at that canonical URL. KeyError: there is none."""
        for article in self.articles:
            if article.url == url:
                return article
        raise KeyError(url)

    def articles_in(self, case: Case) -> tuple[ArticleTruth, ...]:
        """The articles of one case."""
        return tuple(article for article in self.articles if case in article.cases)

    def entries_in(self, round_number: int) -> tuple[Entry, ...]:
        """The entries of all feeds in one round, feed by feed."""
        return tuple(entry for entry in self.entries if entry.round_number == round_number)


def utc(at: datetime) -> datetime:
    """The same instant in UTC."""
    return at.astimezone(UTC)
