"""`feedmill rules`."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Console

from flows.commands.alarms import told
from flows.commands.decide import Why, carried_out
from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json, console, table
from flows.pipeline.decisions import Decision
from flows.unusable import Unusable
from tasks.text.catalogue import catalogue
from tasks.text.learning.sightings import OUTSIDE
from warehouse.alarms import Alarm
from warehouse.explain import DecisionInForce
from warehouse.rules_used import RulesUsed, RuleUse, rules_used

SHOWN = 200

Publisher = Annotated[str | None, Parameter(name="--publisher", help="Registrable domain of a publisher. [default: all]")]

app = App(name="rules", help="List what rules do, shipped and learned ones; switch them off and on.", result_action="return_value")


@dataclass(frozen=True, slots=True)
class ListedRule:
    """One line of the list. origin: shipped or learned. state: active, shadow or retired, and disabled where a person said so.

    version: of a shipped rule. support, looked_at: of a learned one, how many articles showed it, of how many. alarms: see the view
    cleaning_alarms.
    """

    rule_id: str
    origin: str
    version: int | None
    publisher_id: str | None
    state: str
    support: int | None
    looked_at: int | None
    blocks: int
    articles: int
    last_day: object
    reason: str | None
    example: str | None
    decided_by: str | None
    why: str | None
    alarms: tuple[str, ...]


@app.default
def rules(*, publisher: Publisher = None, state: State = None, json: Json = False) -> int:
    """List every rule and what it does in the articles as they stand: how often it fired, when last, and an example; then alarms."""
    used = rules_used(settings_with(state=state).published, publisher_id=publisher)
    found = listed(used)
    if json:
        print(as_json([asdict(each) for each in found]))
        return 0
    _show(console(), found)
    print("\n".join(map(told, used.alarms)) or "No alarms: cleaning takes what it took before.")
    return 0


def _show(out: Console, found: Sequence[ListedRule]) -> None:
    """A line for each rule: shipped ones that fired, learned ones, and at last those that never fired."""
    fired = [r for r in found if r.origin == "shipped" and (r.blocks or r.decided_by)]
    learned = [r for r in found if r.origin == "learned"]
    idle = [r for r in found if r.origin == "shipped" and not (r.blocks or r.decided_by)]
    rows: list[tuple[object, ...]]
    rows = [(r.rule_id, _state(r), r.blocks, r.last_day, (r.reason or "")[:50], (r.example or "")[:24]) for r in fired]
    out.print(table("Shipped rules", ["rule", "state", "blocks", "last day", "what it takes", "example"], rows))
    if learned:
        shown = learned[:SHOWN]
        rows = [(r.rule_id, r.publisher_id, r.state, _seen_in(r), r.blocks, r.last_day, (r.example or "")[:24]) for r in shown]
        out.print(table("Learned rules", ["rule", "publisher", "state", "learned from", "blocks", "last day", "example"], rows))
    if len(learned) > SHOWN:
        out.print(f"{len(learned) - SHOWN} more learned rules: --publisher or --json shows them", markup=False)
    rows = [(r.rule_id, (r.reason or "")[:60], (r.example or "")[:44]) for r in idle]
    out.print(table("Shipped rules that took nothing yet", ["rule", "what it takes", "for example"], rows))


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
    if rule == OUTSIDE and action == "disable":
        raise Unusable(
            f"{OUTSIDE} is what the extractor left out, the whole page around the article: `feedmill restore` puts single blocks back"
        )
    settings = settings_with(state=state)
    known = {each.rule_id for each in listed(rules_used(settings.published, publisher_id=publisher))}
    if rule not in known:
        near = difflib.get_close_matches(rule, sorted(known), n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "`feedmill rules` lists them"
        raise Unusable(f"no rule is called {rule!a}{f' at {publisher}' if publisher else ''}: {hint}")
    return carried_out(settings, Decision(action, rule_id=rule, publisher_id=publisher, why=why), json=json)


def listed(used: RulesUsed) -> list[ListedRule]:
    """Every rule with what was decided about it: those that fired most first, then learned ones, then those that never fired."""
    by_rule: dict[tuple[str, str | None], DecisionInForce] = {(each.rule_id or "", each.publisher_id): each for each in used.decisions}
    listed_already = {(each.rule_id, publisher_id) for each in used.uses for publisher_id in (each.publisher_id, None)}
    others = (by_rule.keys() | {(rule_id, None) for rule_id in catalogue()}) - listed_already
    unused = [RuleUse(rule_id, publisher_id, None, None, None, None, 0, 0, None, None) for rule_id, publisher_id in sorted(others, key=str)]
    found = []
    for each in (*used.uses, *unused):
        decision = by_rule.get((each.rule_id, each.publisher_id)) or by_rule.get((each.rule_id, None))
        found.append(_line(each, decision, used.alarms))
    return found


def _line(use: RuleUse, decision: DecisionInForce | None, alarms: Sequence[Alarm]) -> ListedRule:
    is_off = decision is not None and decision.action == "disable"
    state = f"{use.state or 'active'}{', disabled' if is_off else ''}"
    origin = "learned" if use.rule_id.startswith("learned-") else "shipped"
    by, why = (f"{decision.made_by}, {decision.made_at:%Y-%m-%d}", decision.why) if decision else (None, None)
    odd = tuple(told(each) for each in alarms if each.rule_id == use.rule_id and use.publisher_id in (None, each.publisher_id))
    shipped = catalogue().get(use.rule_id)
    version, reason, example = (shipped.version, shipped.reason, shipped.example) if shipped else (None, use.reason, None)
    return ListedRule(
        use.rule_id, origin, version, use.publisher_id, state, use.support, use.looked_at, use.blocks, use.articles, use.last_day,
        reason, use.example or example, by, why, odd,
    )  # fmt: skip


def _state(rule: ListedRule) -> str:
    return f"{rule.state} at {rule.publisher_id}" if rule.publisher_id and rule.decided_by else rule.state


def _seen_in(rule: ListedRule) -> str:
    return f"{rule.support} of {rule.looked_at}" if rule.support is not None else ""
