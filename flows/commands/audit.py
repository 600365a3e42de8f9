"""`feedmill audit`."""

from __future__ import annotations

from dataclasses import asdict

from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json, console, table
from flows.unusable import Unusable
from warehouse.audit import audit as audit_warehouse
from warehouse.audit import audits, rule_of
from warehouse.connect import live


def audit(*, state: State = None, json: Json = False) -> int:
    """Check every rule that the warehouse must keep; exit code 1 if one is violated."""
    settings = settings_with(state=state)
    if not settings.live.exists():
        raise Unusable(f"{settings.live} does not exist: name the folder of a warehouse with --state")
    with live(settings.live, wait_seconds=settings.lock_wait_seconds, threads=2) as connection:
        violations = audit_warehouse(connection, run_id=None)
    if json:
        print(as_json([asdict(each) for each in violations]))
    else:
        counts = {name: sum(each.audit == name for each in violations) for name in audits()}
        console().print(table(None, ["audit", "rule", "violations"], [(name, rule_of(name), count) for name, count in counts.items()]))
        if violations:
            console().print(
                table(None, ["audit", "subject", "detail"], [(each.audit, each.subject, each.detail) for each in violations[:50]])
            )
    return 1 if violations else 0
