"""Where feeds must stand after all that happened to them: the rules of flows/README.md written down a second time, as judgements.

Nothing here calls what decides about polls; the numbers are written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from benchmarks.virtual_feeds import DAY, HOUR, MINUTE, START
from benchmarks.virtual_polls import EVERY, Polled, Record, is_our_outage

GOOD = {"ok", "not_modified", "same_body"}
SPREAD = 1.1
"""A wait is up to a tenth longer, by the feed's id."""
Judge = Callable[[Polled], Iterator[str]]


# --- what holds for every feed -----------------------------------------------------------------------------------------


def of_all(polled: Polled) -> Iterator[str]:
    """It is never given up, our outages and only these are charged to nobody, each loss is a gap, and failures put it off more and more."""
    known: set[str] = set()
    for record in polled.records:
        if ("own_outage" in record.notices) != is_our_outage(record.at):
            yield f"{record.at}: our own outage is taken for another one, or the reverse"
        longest = 7 * DAY * SPREAD if record.state.state == "parked" else 3 * DAY + 7 * HOUR
        if not timedelta(0) < wait(record) <= longest:
            yield f"{record.at}: asked again after {wait(record)}"
        if record.result.outcome == "ok" and record.held is not None:
            is_gap = len(record.held) >= 3 and bool(known) and not known & record.held
            if is_gap != ("gap" in record.notices):
                yield f"{record.at}: gap {is_gap}, noticed {record.notices}"
            known |= record.held
        if record.result.outcome in GOOD and record.state.failures:
            yield f"{record.at}: well, and counted as failing"
    for before, after in pairwise(charged(polled)):
        same_kind = before.state.due_reason == after.state.due_reason in {"temporary", "soft", "hard"}
        if same_kind and after.state.failures > before.state.failures and wait(after) < wait(before):
            yield f"{after.at}: more failures, and a shorter wait"


def wait(record: Record) -> timedelta:
    """From a poll to when it is due again."""
    return record.state.next_due_at - record.at if record.state.next_due_at else timedelta(0)


def charged(polled: Polled) -> list[Record]:
    """Its polls but those of our own outages."""
    return [record for record in polled.records if not is_our_outage(record.at)]


def spaces(polled: Polled, since: datetime) -> list[timedelta]:
    """Times between two polls next to each other, both well, from then on; not across an outage of ours, nor within a week of a gap."""
    gaps = [record.at for record in polled.records if "gap" in record.notices]
    return [
        after.at - before.at
        for before, after in pairwise(polled.records)
        if before.at >= since
        and {before.result.outcome, after.result.outcome} <= GOOD
        and not any(at <= before.at < at + 7 * DAY for at in gaps)
    ]


def spaced(shortest: timedelta, longest: timedelta, *, after: timedelta = 6 * DAY) -> Judge:
    """Once that time has passed, good polls are so far apart; a run may take 15 minutes to come, and a minute is not waited for."""

    def judge(polled: Polled) -> Iterator[str]:
        found = spaces(polled, START + after)
        if not found:
            yield "it is not asked"
        elif not shortest - MINUTE <= min(found) or not max(found) <= longest * SPREAD + EVERY:
            yield f"asked every {min(found)} to {max(found)}"

    return judge


def apart_while(polled: Polled, holds: Callable[[Record], bool]) -> list[timedelta]:
    """Times between two polls next to each other for which that holds, none of them ended by an outage of ours."""
    pairs = pairwise(polled.records)
    return [after.at - before.at for before, after in pairs if all(holds(each) and not is_our_outage(each.at) for each in (before, after))]


# --- failures ----------------------------------------------------------------------------------------------------------


def recovers(length: timedelta, longest: timedelta, *, shortest: timedelta = 15 * MINUTE) -> Judge:
    """While it fails it is asked at least that often, not more often than that, and found well so soon after."""

    def judge(polled: Polled) -> Iterator[str]:
        begun, ended = polled.feed.fault_at, polled.feed.fault_at + length
        failing = [record for record in charged(polled) if record.result.outcome not in GOOD]
        if not all(begun <= record.at < ended for record in failing) or not failing:
            yield "it failed at other times than it was made to"
        apart = apart_while(polled, lambda record: record.result.outcome not in GOOD)
        if apart and not (shortest - MINUTE <= min(apart) and max(apart) <= longest * SPREAD + EVERY):
            yield f"asked every {min(apart)} to {max(apart)} while it failed"
        back = next((record.at for record in charged(polled) if record.at >= ended), None)
        if back is None or back - ended > longest * SPREAD + 10 * HOUR:
            yield f"found well at {back}, it was since {ended}"
        yield from ends_as(polled, "active")

    return judge


def ends_as(polled: Polled, state: str) -> Iterator[str]:
    """Its last state."""
    if polled.records[-1].state.state != state:
        yield f"it is {polled.records[-1].state.state}"


def stays_missing(polled: Polled) -> Iterator[str]:
    """Asked once a day in the end, for ever."""
    apart = apart_while(polled, lambda record: record.result.http_status == 404)[-10:]
    if not apart or not all(DAY - MINUTE <= each <= DAY * SPREAD + EVERY for each in apart):
        yield f"asked every {min(apart)} to {max(apart)}"
    yield from ends_as(polled, "backing_off")


def parks(polled: Polled) -> Iterator[str]:
    """Parked at the first 410 that comes a day after the first of all, then asked once a week."""
    gone = [record for record in charged(polled) if record.result.http_status == 410]
    confirmed = next(record for record in gone if record.at >= gone[0].at + DAY)
    parked = [record for record in gone if record.state.state == "parked"]
    if not parked or parked[0] != confirmed or confirmed.at - gone[0].at > 3 * DAY:
        yield f"first gone at {gone[0].at}, parked at {parked[0].at if parked else None}"
    apart = apart_while(polled, lambda record: record.state.state == "parked")
    if not all(7 * DAY - MINUTE <= each <= 7 * DAY * SPREAD + EVERY for each in apart):
        yield f"asked after {apart} while parked"


def stays_parked(polled: Polled) -> Iterator[str]:
    yield from parks(polled)
    yield from ends_as(polled, "parked")


def comes_back(polled: Polled) -> Iterator[str]:
    yield from parks(polled)
    yield from ends_as(polled, "active")
    ended = polled.feed.fault_at + 40 * DAY
    back = next((record.at for record in charged(polled) if record.at >= ended and record.result.outcome in GOOD), None)
    if back is None or back - ended > 7 * DAY * SPREAD + EVERY:
        yield f"it lives since {ended}, found at {back}"


def never_parks(polled: Polled) -> Iterator[str]:
    if any(record.state.state == "parked" for record in polled.records):
        yield "it was parked"
    yield from ends_as(polled, "active")


# --- moves -------------------------------------------------------------------------------------------------------------


def moves_once(polled: Polled) -> Iterator[str]:
    """One move, a day after the redirect was first seen, at most one poll later; asked there since."""
    seen = next(record.at for record in polled.records if record.result.hops)
    made = [record.move for record in polled.records if record.move]
    if [move.cause for move in made][:1] != ["redirect held"] or not DAY <= made[0].moved_at - seen <= DAY + 17 * HOUR:
        yield f"redirected since {seen}, moved {made}"
    elif any(record.url != polled.feed.elsewhere for record in polled.records if record.at > made[0].moved_at) and len(made) == 1:
        yield "asked at its first address after it moved"


def stays_moved(polled: Polled) -> Iterator[str]:
    yield from moves_once(polled)
    if sum(record.move is not None for record in polled.records) != 1 or polled.records[-1].state.current_url != polled.feed.elsewhere:
        yield f"it ends at {polled.records[-1].state.current_url}"


def never_moves(polled: Polled) -> Iterator[str]:
    if any(record.move or record.url != polled.feed.feed.url for record in polled.records):
        yield "it moved"


def falls_back(polled: Polled) -> Iterator[str]:
    """The first failure at the new place sends it back, where it is well."""
    yield from moves_once(polled)
    made = [record.move for record in polled.records if record.move]
    missing = next(record.at for record in polled.records if record.result.http_status == 404)
    if [(move.cause, move.moved_at) for move in made[1:]] != [("fell back", missing)]:
        yield f"missing since {missing}, moved {made[1:]}"
    if polled.records[-1].state.current_url != polled.feed.feed.url or polled.records[-1].result.outcome not in GOOD:
        yield "it is not well at its first address"


# --- what feeds hold -------------------------------------------------------------------------------------------------------


def is_caught(polled: Polled) -> Iterator[str]:
    """No entry stays hidden for longer than two days and a poll; without validators for a month; caught again when it is tried again."""
    caught = [record.at for record in polled.records if "lying_304" in record.notices]
    if not caught or caught[0] < polled.feed.fault_at:
        yield f"caught at {caught}, it lies since {polled.feed.fault_at}"
        return
    if any(record.sent for record in polled.records for at in caught if at < record.at < at + 30 * DAY):
        yield "asked with validators within the month"
    if any(not DAY * 30 <= after - before <= DAY * 31 for before, after in pairwise(caught)):
        yield f"caught at {caught}"
    seen: dict[str, datetime] = {}
    for record in polled.records:
        seen |= {link: record.at for link in record.held or () if link not in seen}
    late = [
        (link, seen.get(link))
        for number, at in enumerate(polled.feed.published)
        if START < at < polled.records[-1].at - 3 * DAY
        and seen.get(link := f"https://{polled.feed.feed.feed_id}.test/{number}", datetime.max.replace(tzinfo=START.tzinfo)) - at
        > 2 * DAY + 17 * HOUR
    ]
    if late:
        yield f"{len(late)} entries were found late or not at all, e.g. {late[0]}"


def trusts_links(polled: Polled) -> Iterator[str]:
    """Its ids are not used once they churned twice in a row."""
    churned = [record.at for record in polled.records if "ids_churn" in record.notices]
    distrusted = polled.records[-1].state.ids_distrusted_at
    if distrusted is None or len(churned) < 2 or distrusted != churned[-1] or churned[0] < polled.feed.fault_at:
        yield f"churned at {churned}, distrusted since {distrusted}"


def is_noticed_empty(polled: Polled) -> Iterator[str]:
    """The read that finds it empty says so, and no other one."""
    empty = [record for record in polled.records if record.result.outcome == "ok" and not record.held]
    if not empty or [record for record in polled.records if "emptied" in record.notices] != empty:
        yield f"empty at {[record.at for record in empty]}"


def skips(polled: Polled) -> Iterator[str]:
    """Not due before five in the morning nor on a Sunday, UTC, while it is well."""
    for record in polled.records:
        due = record.state.next_due_at
        if due and record.result.outcome in GOOD and (due.hour < 5 or due.isoweekday() == 7):
            yield f"due at {due}, {record.state.due_reason}"


def shows_gaps(polled: Polled) -> Iterator[str]:
    """Bursts that leave nothing of what was there are gaps."""
    if not any("gap" in record.notices for record in polled.records):
        yield "no gap"
