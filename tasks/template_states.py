"""Decisions about templates of publishers: when one is tried, when one that is in use is given up, and their rows. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tasks.text.templates.template import Decision, Template, TemplatePlace
from warehouse.rows import TemplatePlaceRow, TemplateRow, TemplateStateRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from warehouse.stored import StoredTemplate, TemplateRecord

DISAGREED, REFUSED, FORGOTTEN = "disagreed", "refused", "forgotten"
"""Why a template is retired: audits say that it reads other text than the extractor, it refuses too many pages, or a person said so."""


@dataclass(frozen=True, slots=True)
class Templating:
    """When templates are learned and given up.

    first: articles from which on a publisher is tried; in vain, it is tried again after as many more, then twice as many, and so on.
    pages: newest pages that one is learned from. looked_at: newest articles looked through for pages that the extractor read.
    publishers: tried in one run. at_a_time: publishers whose ledgers are held.
    audits, bad_audits, least_agreement: it goes when so many of its newest audits find less agreement. asked, asked_least, refused_share:
    it goes when of its newest pages, at least so many, more than that share was refused.
    """

    first: int
    pages: int
    looked_at: int
    publishers: int
    at_a_time: int
    audits: int
    bad_audits: int
    least_agreement: float
    asked: int
    asked_least: int
    refused_share: float

    @property
    def refusals(self) -> int:
        """With fewer refused pages than that no template is retired."""
        return int(self.refused_share * self.asked_least) + 1


def never_tried(publisher_id: str, rules: Templating) -> TemplateStateRow:
    """The state of a publisher that has no row yet."""
    return TemplateStateRow(publisher_id, None, None, 0, rules.first)


def due_for_template(counts: Mapping[str, int], states: Mapping[str, TemplateStateRow], rules: Templating) -> tuple[TemplateStateRow, ...]:
    """States of the publishers to try, those with most articles first, no more than one run tries. counts: articles by publisher."""
    due = []
    for publisher_id, count in counts.items():
        state = states.get(publisher_id) or never_tried(publisher_id, rules)
        if state.next_try is not None and count >= state.next_try:
            due.append(state)
    return tuple(sorted(due, key=lambda state: (-counts[state.publisher_id], state.publisher_id))[: rules.publishers])


def tried(
    state: TemplateStateRow, template: Template | None, *, articles: int, pages: int, now: datetime, rules: Templating
) -> TemplateStateRow:
    """The state after a try. template: what it found. articles: of the publisher. pages: that were read for it."""
    if template:
        return replace(state, template_id=template.template_id, since=now, tries=0, next_try=None)
    wait = max(pages, rules.first * 2**state.tries)
    return replace(state, tries=state.tries + 1, next_try=articles + wait)


def retirement(
    state: TemplateStateRow, record: TemplateRecord, *, articles: int, now: datetime, rules: Templating
) -> TemplateStateRow | None:
    """The state after a template is given up for its record; None while it may stay.

    record: of no more audits and pages than the rules ask for. articles: of the publisher.
    """
    audits = record.agreements
    if sum(each < rules.least_agreement for each in audits) >= rules.bad_audits:
        after = retired(state, DISAGREED, articles=articles, now=now, rules=rules)
        return replace(after, retired_pages=len(audits), retired_found=sum(audits) / len(audits))
    if record.pages >= rules.asked_least and record.refused > rules.refused_share * record.pages:
        after = retired(state, REFUSED, articles=articles, now=now, rules=rules)
        return replace(after, retired_pages=record.pages, retired_found=record.refused / record.pages)
    return None


def retired(state: TemplateStateRow, why: str, *, articles: int, now: datetime, rules: Templating) -> TemplateStateRow:
    """The state of a publisher whose template is given up: pages that come from now on are what the next one is learned from."""
    return TemplateStateRow(state.publisher_id, None, now, 0, articles + rules.first, state.template_id, why)


def template_rows(template: Template, *, now: datetime, run_id: UUID) -> tuple[TemplateRow, tuple[TemplatePlaceRow, ...]]:
    """The rows of a template that was learned: its own, and one for each of its places."""
    row = TemplateRow(
        template.template_id, template.publisher_id, template.pages, template.agreement, template.fewest_words, template.most_words,
        template.widest_gap, now, run_id,
    )  # fmt: skip
    places = (TemplatePlaceRow(row.template_id, each.place, each.inside, each.outside, each.decision.value) for each in template.places)
    return row, tuple(places)


def template_of(stored: StoredTemplate) -> Template:
    """A stored template, in the form in which pages are read with it."""
    row = stored.row
    places = tuple(TemplatePlace(each.place, each.inside, each.outside, Decision(each.decision)) for each in stored.places)
    return Template(
        row.template_id, row.publisher_id, row.pages, row.agreement, row.fewest_words, row.most_words, row.widest_gap, places
    )  # fmt: skip


def in_use(states: Iterable[TemplateStateRow]) -> dict[str, str]:
    """The template that each publisher has in use, by publisher_id; those without one are left out."""
    return {state.publisher_id: state.template_id for state in states if state.template_id}
