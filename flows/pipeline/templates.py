"""Between runs: publishers get templates, once the extractor read enough of their pages, and lose those that disagree or refuse too much.

The publishers of a group are one transaction, with the snapshots that follow. What is cut short the next run does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.pipeline.knowledge import templates_used, with_templates
from tasks.refine import sighting_of
from tasks.shape import merged
from tasks.template_states import due_for_template, in_use, retired, template_rows, tried, why_given_up
from tasks.text.templates.learn import learn_template
from warehouse import learning, templates
from warehouse.batch import Batch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from flows.pipeline.context import RunContext
    from warehouse.rows import TemplateStateRow


@dataclass(frozen=True, slots=True)
class TemplateWork:
    """What there is to do. due: states of publishers to try. given_up: states with the template that goes, and why it does."""

    due: tuple[TemplateStateRow, ...] = ()
    given_up: tuple[tuple[TemplateStateRow, str], ...] = ()


def template_work(context: RunContext, connection: duckdb.DuckDBPyConnection, counts: Mapping[str, int]) -> TemplateWork:
    """Nothing, where templates are switched off. counts: publisher -> its articles."""
    if not context.settings.templates:
        return TemplateWork()
    rules, states = context.steps.templating, templates.template_states(connection)
    records = templates.template_records(connection, context.run_id, audits=rules.audits, pages=rules.asked, refusals=rules.refusals)
    given_up = [(states[each.publisher_id], why) for each in records if (why := why_given_up(each, rules))]
    return TemplateWork(due_for_template(counts, states, rules), tuple(given_up))


def learn_templates(context: RunContext, work: TemplateWork, counts: Mapping[str, int]) -> None:
    """Do it. counts: publisher -> its articles."""
    rules, now = context.steps.templating, context.world.now()
    gone = [retired(state, why, articles=counts.get(state.publisher_id, 0), now=now, rules=rules) for state, why in work.given_up]
    if gone:
        _write(context, Batch(template_states=tuple(gone)))
    for start in range(0, len(work.due), rules.at_a_time):
        _write(context, _learned(context, work.due[start : start + rules.at_a_time], counts))


def _learned(context: RunContext, group: Sequence[TemplateStateRow], counts: Mapping[str, int]) -> Batch:
    """Templates of the publishers for which there is one, and the states of all."""
    rules, now = context.steps.templating, context.world.now()
    with context.warehouse() as connection:
        pages = templates.read_by_extractor(connection, group, limit=rules.pages, looked_at=rules.looked_at)
        ledgers = learning.ledgers(connection, [article_id for articles in pages.values() for article_id in articles])
    parts = []
    for state in group:
        publisher_id = state.publisher_id
        sightings = [sighting_of(publisher_id, ledgers[each]) for each in pages.get(publisher_id, ()) if each in ledgers]
        template = learn_template(publisher_id, sightings)
        after = tried(state, template, articles=counts[publisher_id], pages=len(sightings), now=now, rules=rules)
        row, places = template_rows(template, now=now, run_id=context.run_id) if template else (None, ())
        parts.append(Batch(templates=(row,) if row else (), template_places=places, template_states=(after,)))
        context.tell("template", 1)
    return merged(parts)


def _write(context: RunContext, found: Batch) -> None:
    """The states, with the snapshots that follow for publishers whose template changed."""
    after = in_use(found.template_states)
    with context.warehouse() as connection:
        before = templates_used(context, connection)
        changed = [row.publisher_id for row in found.template_states if before.get(row.publisher_id) != row.template_id]
        part = with_templates(context, connection, changed, after) if changed else Batch()
        context.write(connection, merged([found, part]))
