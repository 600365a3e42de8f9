"""What pages are cleaned with: read for a run, made for a publisher, and kept in line with whether templates are used at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.shape import merged
from tasks.snapshots import EVERYONE, active_knowledge, snapshot_of
from tasks.template_states import in_use, template_of
from warehouse import learning, templates
from warehouse.batch import Batch
from warehouse.rows import LearningStateRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from flows.pipeline.context import RunContext
    from tasks.snapshots import ActiveKnowledge
    from warehouse.rows import LearnedRuleRow, OverrideRow

NEVER_LEARNED = LearningStateRow(EVERYONE, None, None, 0, None, is_followed=True)


def known_now(context: RunContext, connection: duckdb.DuckDBPyConnection) -> ActiveKnowledge:
    """What pages are cleaned with from now on. Where templates were switched on or off since, publishers get their snapshots first."""
    if switched := _switched(context, connection):
        context.write(connection, switched)
    states = learning.learning_states(connection)
    snapshots = learning.snapshots(connection, {state.snapshot_id for state in states.values() if state.snapshot_id})
    rules = learning.learned_rules(connection, {each.learned_id for each in snapshots.values() if each.learned_id})
    found = templates.templates(connection, {each.template_id for each in snapshots.values() if each.template_id})
    return active_knowledge(states, snapshots, rules, {key: template_of(each) for key, each in found.items()})


def templates_used(context: RunContext, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Publisher -> the template that reads its pages; none where they are switched off."""
    return in_use(templates.template_states(connection).values()) if context.settings.templates else {}


def with_snapshot(
    context: RunContext,
    state: LearningStateRow,
    rules: Mapping[str, Sequence[LearnedRuleRow]],
    decided: Sequence[OverrideRow],
    used: Mapping[str, str],
) -> Batch:
    """The state with the snapshot that follows from these, and that. rules: by learned_id. used: see `templates_used`."""
    found, template_id = rules.get(state.learned_id or "", ()), used.get(state.publisher_id)
    now, run_id = context.world.now(), context.run_id
    made = snapshot_of(state.publisher_id, state.learned_id, found, decided, template_id, now=now, run_id=run_id)
    return Batch(snapshots=(made,) if made else (), learning_states=(replace(state, snapshot_id=made.snapshot_id if made else None),))


def with_templates(
    context: RunContext, connection: duckdb.DuckDBPyConnection, publisher_ids: Sequence[str], used: Mapping[str, str]
) -> Batch:
    """The publishers' states with the snapshots that follow where nothing but their templates changed. used: see `templates_used`.

    Their articles stay as they are: what a template would read otherwise is no reason to clean them again.
    """
    states, decided = learning.learning_states(connection), learning.overrides(connection)
    changed = [states.get(each, replace(NEVER_LEARNED, publisher_id=each)) for each in publisher_ids]
    rules = learning.learned_rules(connection, {state.learned_id for state in changed if state.learned_id})
    return merged([with_snapshot(context, state, rules, decided, used) for state in changed])


def _switched(context: RunContext, connection: duckdb.DuckDBPyConnection) -> Batch | None:
    """Snapshots of publishers whose snapshot has another template than is used, or lacks it; None if there are none."""
    used, found = templates_used(context, connection), templates.templates_in_snapshots(connection)
    differing = sorted(each for each in used.keys() | found.keys() if used.get(each) != found.get(each))
    return with_templates(context, connection, differing, used) if differing else None
