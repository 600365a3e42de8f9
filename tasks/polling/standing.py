"""What there is to say about a feed when somebody asks how it stands. Pure: `now` comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.polling.due import PARKED

PAUSED, UNPOLLED, GONE, FAILING, LATE, DUE = "paused", "unpolled", "parked", "failing", "late", "due"
SILENT, QUIETER, LOUDER, GAPS = "silent", "quieter", "louder", "gaps"
STANDINGS = (PAUSED, UNPOLLED, GONE, FAILING, LATE, DUE, SILENT, QUIETER, LOUDER, GAPS)


@dataclass(frozen=True, slots=True)
class Known:
    """What polls left. None: never. gaps: polls of the last day that shared no entry with any before.

    volume, is_silent: against the feed's own habit, as the view feed_volume has them; None: too little is known of it.
    """

    state: str | None
    failures: int
    next_due_at: datetime | None
    last_polled_at: datetime | None
    last_new_entry_at: datetime | None
    gaps: int
    volume: str | None = None
    is_silent: bool | None = None


def standings(known: Known | None, *, paused: bool, now: datetime, late_after: timedelta, silent_after: timedelta) -> tuple[str, ...]:
    """Everything that holds for a feed, in the order of STANDINGS; nothing if all is well and its time has not come.

    paused: nobody asks it. unpolled: never asked yet. parked: gone for good (410). failing: its last poll failed. due: its time has
    come; late: that long ago, instead of due. silent: it answers, but brought nothing new for longer than it ever does, or for
    silent_after where its habit is not known. quieter, louder: than its habit, silence aside. gaps: entries were missed.
    """
    if paused:
        return (PAUSED,)
    if known is None or known.last_polled_at is None:
        return (UNPOLLED,)
    if known.state == PARKED:
        return (GONE,)
    overdue = now - known.next_due_at if known.next_due_at is not None else timedelta(0)
    well = known.failures == 0
    unheard = known.last_new_entry_at is None or now - known.last_new_entry_at >= silent_after
    silent = well and (unheard if known.is_silent is None else known.is_silent)
    holds = {
        FAILING: known.failures > 0,
        LATE: overdue >= late_after,
        DUE: timedelta(0) <= overdue < late_after,
        SILENT: silent,
        QUIETER: well and not silent and known.volume == QUIETER,
        LOUDER: well and known.volume == LOUDER,
        GAPS: known.gaps > 0,
    }
    return tuple(name for name in STANDINGS if holds.get(name))
