"""What the newsroom writes, before any markup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flows.demo.cases import Case

ROUNDS = (1, 2, 3)


class Part(StrEnum):
    """What a line is on its page; the publisher's markup table says how it looks there."""

    HEADLINE = "headline"
    HEADLINE_AGAIN = "headline_again"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATE = "date"
    CAPTION = "caption"
    PHOTO_CREDIT = "photo_credit"
    PARAGRAPH = "paragraph"
    SUBHEADING = "subheading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    PULL_QUOTE = "pull_quote"
    CORRECTION = "correction"
    AGENCY_CREDIT = "agency_credit"
    NEWSLETTER = "newsletter"
    TAIL = "tail"
    TAIL_HEADING = "tail_heading"
    TAIL_BUTTON = "tail_button"
    SHARE = "share"
    RELATED_HEADING = "related_heading"
    RELATED_LINK = "related_link"
    NAVIGATION = "navigation"
    COOKIE = "cookie"
    COMMENTS = "comments"
    FOOTER = "footer"


class Fate(StrEnum):
    """What must become of a line."""

    KEPT = "kept"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.

    why: of a moved line the field it belongs to, of a removed one the reason, of a kept one None.
    repeats: of a removed repeat, the whole kept line that says the same. href: of a link, its target.
    """

    text: str
    part: Part = Part.PARAGRAPH
    fate: Fate = Fate.KEPT
    why: str | None = None
    repeats: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it stands in one round: its headline and its body in page order, without what surrounds it.

    summary: what the feed says about it. updated_at: the instant the feed announces, in the publisher's zone.
    """

    title: str
    subtitle: str | None
    body: tuple[Line, ...]
    summary: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Story:
    """An article of one publisher. published_at is in the publisher's own zone. versions: one per round, in order."""

    host: str
    ordinal: int
    path: str
    first_round: int
    language: str
    authors: tuple[str, ...]
    published_at: datetime
    caption: str
    photographer: str
    cases: frozenset[Case]
    versions: tuple[Version, Version, Version]

    @property
    def url(self) -> str:
        """Its canonical URL."""
        return f"http://{self.host}{self.path}"

    def at(self, round_number: int) -> Version:
        """How it reads in that round."""
        return self.versions[round_number - 1]
