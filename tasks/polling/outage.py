"""Our own outage: when nearly nothing can be reached, the feeds are not to blame."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tasks.polling.rules import Outage


@dataclass(frozen=True, slots=True)
class Attempt:
    """One poll of a run. domain: registrable. ended_at: when it was answered or failed. reached: whether anybody answered, be it with
    an error. was_well: the feed's last poll before was good.
    """

    domain: str
    ended_at: datetime
    reached: bool
    was_well: bool


def own_outages(attempts: Sequence[Attempt], rule: Outage) -> frozenset[int]:
    """Places of the attempts that failed because of our own network.

    Judged window by window, counted from the first attempt: enough domains that were well could not be reached, and few others answered.
    An outage in which fewer domains were asked can not be told from theirs: it is charged as a temporary failure.
    """
    begun = min((each.ended_at for each in attempts), default=None)
    windows: dict[int, list[int]] = defaultdict(list)
    for place, each in enumerate(attempts):
        windows[(each.ended_at - begun) // rule.window if begun else 0].append(place)
    return frozenset(
        place
        for places in windows.values()
        if _is_ours((attempts[place] for place in places), rule)
        for place in places
        if not attempts[place].reached
    )


def _is_ours(attempts: Iterable[Attempt], rule: Outage) -> bool:
    answered, silent = set(), set()
    for each in attempts:
        if each.reached:
            answered.add(each.domain)
        elif each.was_well:
            silent.add(each.domain)
    silent -= answered
    return len(silent) >= rule.domains and len(silent) >= rule.share * len(silent | answered)
