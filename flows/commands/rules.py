"""`feedmill rules`."""

from __future__ import annotations

import difflib
from dataclasses import asdict, dataclass
from typing import Annotated

from cyclopts import App, Parameter

from flows.commands.decide import Why, carried_out
from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json, console, table
from flows.failures import Unusable
from flows.pipeline.decisions import Decision
from tasks.text.rules import builtin_rules
from warehouse.explain import DecisionInForce, RuleUse, rules_used

SHOWN = 200

Publisher = Annotated[str | None, Parameter(name="--publisher", help="Registrable domain of a publisher. [default: all]")]

app = App(name="rules", help="List what rules do, shipped and learned ones; switch them off and on.", result_action="return_value")


@dataclass(frozen=True, slots=True)
class ListedRule:
    """One line of the list. origin: shipped or learned. state: active, shadow or retired, and disabled where a person said so."""

    rule_id: str
    origin: str
    publisher_id: str | None
    state: str
    blocks: int
    articles: int
    last_day: object
    reason: str | None
    example: str | None
    decided_by: str | None
    why: str | None


@app.default
def rules(*, publisher: Publisher = None, state: State = None, json: Json = False) -> int:
    """List what every rule does in the articles as they stand: how often it fired, when last, and an example."""
    found = listed(*rules_used(settings_with(state=state).published, publisher_id=publisher))
    if json:
        print(as_json([asdict(each) for each in found]))
        return 0
    columns = ["rule", "publisher", "state", "blocks", "articles", "last day", "example"]
    rows = [(r.rule_id, r.publisher_id, r.state, r.blocks, r.articles, r.last_day, (r.example or "")[:60]) for r in found[:SHOWN]]
    console().print(table(None, columns, rows))
    if len(found) > SHOWN:
        print(f"{len(found) - SHOWN} more: --publisher or --json shows them")
    return 0


@app.command
def disable(
    rule: Annotated[str, Parameter(help="Id of the rule, as `feedmill rules` lists it.")],
    *,
    publisher: Publisher = None,
    why: Why = None,
    state: State = None,
    json: Json = False,
) -> int:
    """Switch a rule off, everywhere or for one publisher; articles that it took blocks from are cleaned again."""
    return _switch("disable", rule, publisher, why, state=state, json=json)


@app.command
def enable(
    rule: Annotated[str, Parameter(help="Id of the rule, as `feedmill rules` lists it.")],
    *,
    publisher: Publisher = None,
    why: Why = None,
    state: State = None,
    json: Json = False,
) -> int:
    """Switch a rule on again. What was decided for one publisher alone outweighs what was decided for all."""
    return _switch("enable", rule, publisher, why, state=state, json=json)


def _switch(action: str, rule: str, publisher: str | None, why: str | None, *, state: State, json: bool) -> int:
    settings = settings_with(state=state)
    known = {each.rule_id for each in listed(*rules_used(settings.published, publisher_id=publisher))} | shipped()
    if rule not in known:
        near = difflib.get_close_matches(rule, sorted(known), n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "`feedmill rules` lists them"
        raise Unusable(f"no rule is called {rule!a}{f' at {publisher}' if publisher else ''}: {hint}")
    return carried_out(settings, Decision(action, rule_id=rule, publisher_id=publisher, why=why), json=json)


def shipped() -> frozenset[str]:
    """Ids of the rules that are data; those that are code are known once they have fired."""
    rules = builtin_rules()
    worded = {each.rule.rule_id for each in rules.phrases}
    return frozenset(worded | {each.rule.rule_id for each in rules.roles.values()})


def listed(used: tuple[RuleUse, ...], decisions: tuple[DecisionInForce, ...]) -> list[ListedRule]:
    """Rules with what was decided about them: those that fired, were learned, or were decided about."""
    by_rule: dict[tuple[str, str | None], DecisionInForce] = {(each.rule_id or "", each.publisher_id): each for each in decisions}
    lines = []
    for each in used:
        decision = by_rule.get((each.rule_id, each.publisher_id)) or by_rule.get((each.rule_id, None))
        lines.append(_line(each, decision))
    unused = by_rule.keys() - {(line.rule_id, line.publisher_id) for line in lines} - {(line.rule_id, None) for line in lines}
    for rule_id, publisher_id in sorted(unused, key=str):
        lines.append(_line(RuleUse(rule_id, publisher_id, None, None, None, 0, 0, None, None), by_rule[rule_id, publisher_id]))
    return lines


def _line(use: RuleUse, decision: DecisionInForce | None) -> ListedRule:
    is_off = decision is not None and decision.action == "disable"
    state = f"{use.state or 'active'}{', disabled' if is_off else ''}"
    origin = "learned" if use.rule_id.startswith("learned-") else "shipped"
    by, why = (f"{decision.made_by}, {decision.made_at:%Y-%m-%d}", decision.why) if decision else (None, None)
    return ListedRule(
        use.rule_id, origin, use.publisher_id, state, use.blocks, use.articles, use.last_day, use.reason, use.example, by, why
    )
