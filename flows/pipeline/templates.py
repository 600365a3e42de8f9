"""At the end of a run, publishers get templates, if enough pages were read, and lose those that disagree or refuse too much.

The publishers of a group are one transaction, with the snapshots that follow. What is cut short the next run does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.pipeline.knowledge import templates_used, with_templates
from tasks.refine import sighting_of
from tasks.shape import merged
from tasks.template_states import FORGOTTEN, due_for_template, in_use, retired, retirement, template_rows, tried
from tasks.text.templates.learn import learn_template
from warehouse import learning, templates
from warehouse.batch import Batch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from flows.pipeline.context import RunContext
    from warehouse.rows import OverrideRow, TemplateStateRow


@dataclass(frozen=True, slots=True)
class TemplateWork:
    """What there is to do. due: states of publishers to try. given_up: states after their template went."""

    due: tuple[TemplateStateRow, ...] = ()
    given_up: tuple[TemplateStateRow, ...] = ()


def template_work(context: RunContext, connection: duckdb.DuckDBPyConnection, counts: Mapping[str, int]) -> TemplateWork:
    """Nothing, where templates are switched off. counts: publisher -> its articles."""
    if not context.settings.templates:
        return TemplateWork()
    rules, states, now = context.steps.templating, templates.template_states(connection), context.world.now()
    records = templates.template_records(connection, context.run_id, audits=rules.audits, pages=rules.asked, refusals=rules.refusals)
    after = [
        retirement(states[each.publisher_id], each, articles=counts.get(each.publisher_id, 0), now=now, rules=rules) for each in records
    ]
    return TemplateWork(due_for_template(counts, states, rules), tuple(each for each in after if each))


def learn_templates(context: RunContext, work: TemplateWork, counts: Mapping[str, int]) -> None:
    """Do it. counts: publisher -> its articles."""
    if work.given_up:
        with context.warehouse() as connection:
            context.write(connection, _with_snapshots(context, connection, Batch(template_states=work.given_up)))
    at_a_time = context.steps.templating.at_a_time
    for start in range(0, len(work.due), at_a_time):
        found = _learned(context, work.due[start : start + at_a_time], counts)
        with context.warehouse() as connection:
            context.write(connection, _with_snapshots(context, connection, found))
        context.tell("template", len(found.template_states))


def forget_template(context: RunContext, connection: duckdb.DuckDBPyConnection, decision: OverrideRow) -> None:
    """Write that a person wants a publisher's template used no more, with the state and snapshot that follow."""
    publisher_id = decision.publisher_id or ""
    state, articles = templates.template_states(connection)[publisher_id], learning.article_counts(connection).get(publisher_id, 0)
    after = retired(state, FORGOTTEN, articles=articles, now=context.world.now(), rules=context.steps.templating)
    context.write(connection, _with_snapshots(context, connection, Batch(overrides=(decision,), template_states=(after,))))


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
    return merged(parts)


def _with_snapshots(context: RunContext, connection: duckdb.DuckDBPyConnection, found: Batch) -> Batch:
    """New states, with the snapshots that follow for publishers whose template changed."""
    before = templates_used(context, connection)
    changed = [row.publisher_id for row in found.template_states if before.get(row.publisher_id) != row.template_id]
    used = in_use(found.template_states) if context.settings.templates else {}
    return merged([found, with_templates(context, connection, changed, used)]) if changed else found
