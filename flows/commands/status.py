"""`feedmill status`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from flows import policy
from flows.commands.feeds.subject import FeedsFile
from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json, console, table
from flows.feeds_file import read_feeds
from flows.world import this_world
from tasks.model import Feed
from tasks.polling.standing import STANDINGS, Known, standings
from tasks.urls import registrable_domain
from warehouse.errors import NotPublished
from warehouse.feed_status import FeedStatus, feed_statuses, recheck_counts

SHOWN = 50


@dataclass(frozen=True, slots=True)
class FeedStanding:
    """One listed feed. standings: what there is to say about it, nothing if all is well. None: never polled."""

    feed_id: str
    domain: str
    standings: tuple[str, ...]
    failures: int
    last_outcome: str | None
    last_polled_at: datetime | None
    last_new_entry_at: datetime | None
    next_due_at: datetime | None
    due_reason: str | None
    last_error: str | None


def status(*, feeds: FeedsFile = None, state: State = None, json: Json = False) -> int:
    """Say which feeds are due, late, failing, silent or have gaps, and how each domain stands, as of the published copy."""
    settings, now = settings_with(feeds=feeds, state=state), this_world().now()
    listed = read_feeds(settings.feeds)
    try:
        known, rechecks = feed_statuses(settings.published), recheck_counts(settings.published, now)
    except NotPublished:
        known, rechecks = {}, {}
    stand = [_standing(feed, known.get(feed.feed_id), now) for feed in listed]
    domains = by_domain(stand)
    if json:
        counts = dict.fromkeys(STANDINGS, 0) | Counter(name for each in stand for name in each.standings)
        told = {
            "at": now,
            "feeds": len(stand),
            "counts": counts,
            "rechecks": rechecks,
            "domains": domains,
            "standings": [asdict(each) for each in stand],
        }
        print(as_json(told))
    else:
        _show(stand, domains, rechecks)
    return 0


def by_domain(stand: Sequence[FeedStanding]) -> dict[str, Mapping[str, int]]:
    """Registrable domain -> number of its feeds, and of those per standing; those with most to say first."""
    counted: dict[str, Counter[str]] = {}
    for each in stand:
        counted.setdefault(each.domain, Counter()).update(["feeds", *each.standings])
    trouble = {domain: counts.total() - counts["feeds"] for domain, counts in counted.items()}
    return {domain: counted[domain] for domain in sorted(counted, key=lambda domain: (-trouble[domain], domain))}


def _standing(feed: Feed, found: FeedStatus | None, now: datetime) -> FeedStanding:
    return FeedStanding(
        feed.feed_id,
        registrable_domain(feed.url),
        standings(_polled(found), paused=feed.paused, now=now, late_after=policy.LATE_AFTER, silent_after=policy.SILENT_AFTER),
        found.failures or 0 if found else 0,
        found.last_outcome if found else None,
        found.last_polled_at if found else None,
        found.last_new_entry_at if found else None,
        found.next_due_at if found else None,
        found.due_reason if found else None,
        found.last_error if found else None,
    )


def _polled(found: FeedStatus | None) -> Known | None:
    if found is None:
        return None
    return Known(
        found.state,
        found.failures or 0,
        found.next_due_at,
        found.last_polled_at,
        found.last_new_entry_at,
        found.gaps_24h,
        volume=found.volume,
        is_silent=found.is_silent,
    )


def _show(stand: Sequence[FeedStanding], domains: Mapping[str, Mapping[str, int]], rechecks: Mapping[str, int]) -> None:
    out = console()
    counts = Counter(name for each in stand for name in each.standings)
    summary = ", ".join(f"{counts[name]} {name}" for name in STANDINGS if counts[name])
    out.print(f"{len(stand)} feeds: {summary or 'all well'}", markup=False)
    if rechecks:
        looked = ", ".join(f"{count:,} {outcome}" for outcome, count in rechecks.items())
        out.print(f"articles looked at again in 24 hours: {looked}", markup=False)
    telling = [each for each in stand if each.standings]
    if telling:
        columns = ["feed", "stands", "failures", "last outcome", "polled at", "new entry at", "due at", "because of"]
        rows = [
            (
                each.feed_id,
                each.standings,
                each.failures,
                each.last_outcome,
                each.last_polled_at,
                each.last_new_entry_at,
                each.next_due_at,
                each.due_reason,
            )
            for each in telling[:SHOWN]
        ]
        out.print(table(None, columns, rows))
    names = [name for name in STANDINGS if counts[name]]
    rows_by_domain = [(domain, said["feeds"], *(said[name] for name in names)) for domain, said in list(domains.items())[:SHOWN]]
    out.print(table(None, ["domain", "feeds", *names], rows_by_domain))
    if max(len(telling), len(domains)) > SHOWN:
        out.print(f"only the first {SHOWN} are shown: --json shows all", markup=False)
