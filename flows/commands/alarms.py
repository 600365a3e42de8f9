"""How alarms are told to people: one line each, under what a run came to."""

from __future__ import annotations

from collections.abc import Sequence

from flows.commands.output import printable
from warehouse.alarms import Alarm, PollAlarm

SHOWN = 10
EXAMPLE_CHARS = 40


# What the notices of polls mean (tasks/polling/notices.py), for people.
_OF_FEEDS = {
    "own_outage": "nearly nothing could be reached, so our own network is to blame and no feed",
    "gap": "no entry is shared with the poll before, so some may have come and gone",
    "emptied": "the feed holds no entry any more",
    "lying_304": "entries were hidden by a 304, so it is asked without validators",
    "ids_churn": "known entries came under new ids",
    "fell_back": "it failed where it had moved to, so the configured address is asked again",
}


def with_alarms(done: str, alarms: Sequence[Alarm], poll_alarms: Sequence[PollAlarm] = ()) -> str:
    """What a run came to, and under it what is odd."""
    more = f"{len(alarms) - SHOWN} more alarms: the view cleaning_alarms has them all" if len(alarms) > SHOWN else None
    return "\n".join(filter(None, (done, *map(told_of_feeds, poll_alarms), *map(told, alarms[:SHOWN]), more)))


def told(alarm: Alarm) -> str:
    """One line."""
    return printable(f"alarm: {alarm.publisher_id}: {_what(alarm)}, since {alarm.since:%Y-%m-%d %H:%M} UTC")


def told_of_feeds(alarm: PollAlarm) -> str:
    """One line."""
    more = f" and {alarm.feeds - 1} more" if alarm.feeds > 1 else ""
    return printable(f"alarm: {alarm.feed_id}{more}: {_OF_FEEDS[alarm.alarm]}")


def _what(alarm: Alarm) -> str:
    newest = f"its {alarm.articles} newest articles"
    if alarm.alarm == "rule_silent":
        example = f' ("{(alarm.example or "")[:EXAMPLE_CHARS]}")'
        return f"rule {alarm.rule_id}{example} took nothing from {newest}, before from {alarm.usual:.0%} of them"
    if alarm.alarm == "template_disagreed":
        told = f"its newest {alarm.articles} audits agree to {alarm.found:.0%} with the extractor, {alarm.usual:.0%} when it was learned"
        return f"{alarm.rule_id} was retired: {told}"
    if alarm.alarm == "template_refused":
        return f"{alarm.rule_id} was retired: it refused {alarm.found:.0%} of the newest {alarm.articles} pages"
    if alarm.alarm == "nothing_removed":
        return f"nothing was removed from {newest}, before something from {alarm.usual:.0%} of them"
    return f"{alarm.found:.0%} of {newest} was removed, before {alarm.usual:.0%}"
