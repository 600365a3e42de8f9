"""Templates of publishers and what became of them, one class per table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template. pages: it was learned from. The rest is what tasks.text.templates.template.Template says."""

    template_id: str
    publisher_id: str
    pages: int
    agreement: float
    fewest_words: int
    most_words: int
    widest_gap: int
    learned_at: datetime
    run_id: UUID


@dataclass(frozen=True, slots=True)
class TemplatePlaceRow:
    """One place that a template knows. inside, outside: words that stood there. decision: inside, outside or mixed."""

    template_id: str
    place: str
    inside: int
    outside: int
    decision: str


@dataclass(frozen=True, slots=True)
class TemplateStateRow:
    """How a publisher stands. template_id: in use, None if it has none.

    since: when the template came into use, or the one before was retired; None: there was never one. tries: in vain, since then.
    next_try: articles of the publisher from which on it is tried again; None while a template is in use.
    retired_id, retired_why: the last one that was retired, and why: disagreed, refused or forgotten. retired_pages, retired_found: its
    newest audits and their mean agreement, or its newest pages and the share of them that it refused; None where a person forgot it.
    """

    publisher_id: str
    template_id: str | None
    since: datetime | None
    tries: int
    next_try: int | None
    retired_id: str | None = None
    retired_why: str | None = None
    retired_pages: int | None = None
    retired_found: float | None = None


@dataclass(frozen=True, slots=True)
class TemplateCheckRow:
    """One cleaning of a page that a template was not simply used for.

    checked_at: when its observation was recorded. outcome: used or refused; reason: why refused. agreement: with the extractor's reading,
    0 to 1, None where that was not asked for.
    """

    page_id: UUID
    article_id: UUID
    checked_at: datetime
    publisher_id: str
    template_id: str
    outcome: str
    reason: str | None
    agreement: float | None
    run_id: UUID
