"""What is odd about what a feed held, by what it held before: gaps, an emptied feed, ids that identify nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tasks.polling.result import Found, PollResult
from tasks.urls import canonical_url, url_key
from warehouse.rows import FeedStateRow

GAP, EMPTIED, IDS_CLASH, IDS_CHURN = "gap", "emptied", "ids_clash", "ids_churn"
PROBE_AGREED, LYING_304, MOVED, FELL_BACK, OWN_OUTAGE = "probe_agreed", "lying_304", "moved", "fell_back", "own_outage"

FEWEST_ENTRIES = 3
"""Of a feed that holds fewer, it says nothing that all of them are new, or gone."""

_CHURNED_SHARE = 0.8
_CHURNS_TO_DISTRUST = 2


def is_gap(state: FeedStateRow, result: PollResult) -> bool:
    """Whether entries may have come and gone since the feed was last read: it shares none with what it ever held before.

    Only against a read of entries at the same place: another feed at the end of a redirect shares none either.
    """
    found = result.found
    if found is None or found.entries < FEWEST_ENTRIES or found.known or not state.read_entries:
        return False
    return _place(result.final_url) == _place(state.read_url)


def is_emptied(state: FeedStateRow, found: Found | None) -> bool:
    """Whether the feed holds nothing where it held something."""
    return found is not None and found.entries == 0 and not found.newest_only and (state.read_entries or 0) >= FEWEST_ENTRIES


def is_churn(found: Found) -> bool:
    """Whether entries that the feed showed before come under new ids."""
    return found.churned >= FEWEST_ENTRIES and found.churned >= _CHURNED_SHARE * found.linked


def after_read(state: FeedStateRow, result: PollResult, found: Found, now: datetime) -> FeedStateRow:
    """The memory after a read. Ids that churn twice in a row identify nothing from then on: entries are known by their links."""
    churns = (state.id_churns or 0) + 1 if is_churn(found) else 0 if found.linked >= FEWEST_ENTRIES else state.id_churns
    return replace(
        state,
        last_gap_at=now if is_gap(state, result) else state.last_gap_at,
        read_url=result.final_url if found.entries else state.read_url,
        read_entries=found.entries or state.read_entries,
        id_churns=churns,
        ids_distrusted_at=state.ids_distrusted_at or (now if (churns or 0) >= _CHURNS_TO_DISTRUST else None),
        least_seconds=found.pace.least_seconds,
        skip_hours=found.pace.skip_hours,
        skip_days=found.pace.skip_days,
        last_new_entry_at=now if found.new else state.last_new_entry_at,
    )


def noticed(state: FeedStateRow, result: PollResult) -> tuple[str, ...]:
    """What is odd about a good poll, by the memory before it."""
    found = result.found
    holds = {
        GAP: is_gap(state, result),
        EMPTIED: is_emptied(state, found),
        IDS_CLASH: found is not None and found.clashing > 0,
        IDS_CHURN: found is not None and is_churn(found),
    }
    return tuple(name for name, held in holds.items() if held)


def _place(url: str | None) -> str | None:
    return url_key(canonical_url(url) or url) if url else None
