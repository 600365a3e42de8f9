"""How alarms about cleaning are told to people: one line each, under what a run came to."""

from __future__ import annotations

from collections.abc import Sequence

from flows.commands.output import printable
from warehouse.alarms import Alarm

SHOWN = 10
EXAMPLE_CHARS = 40


def with_alarms(done: str, alarms: Sequence[Alarm]) -> str:
    """What a run came to, and under it what is odd."""
    more = f"{len(alarms) - SHOWN} more alarms: the view cleaning_alarms has them all" if len(alarms) > SHOWN else None
    return "\n".join(filter(None, (done, *map(told, alarms[:SHOWN]), more)))


def told(alarm: Alarm) -> str:
    """One line."""
    return printable(f"alarm: {alarm.publisher_id}: {_what(alarm)}, since {alarm.since:%Y-%m-%d %H:%M} UTC")


def _what(alarm: Alarm) -> str:
    newest = f"its {alarm.articles} newest articles"
    if alarm.alarm == "rule_silent":
        example = f' ("{(alarm.example or "")[:EXAMPLE_CHARS]}")'
        return f"rule {alarm.rule_id}{example} took nothing from {newest}, before from {alarm.usual:.0%} of them"
    if alarm.alarm == "nothing_removed":
        return f"nothing was removed from {newest}, before something from {alarm.usual:.0%} of them"
    return f"{alarm.found:.0%} of {newest} was removed, before {alarm.usual:.0%}"
