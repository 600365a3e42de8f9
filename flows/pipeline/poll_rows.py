"""The rows of one poll: itself, one outcome per entry, what is known of them from now on, the feed's memory, and its move if it moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import policy
from tasks.feeds.sitemap import SITEMAP_INDEX
from tasks.model import Validators
from tasks.polling.decide import EntryAction, EntryDecision
from tasks.polling.due import Decided, charged_to_nobody, next_state
from tasks.polling.freshness import fresh_for
from tasks.polling.result import GOOD_OUTCOMES, Found, PollResult
from tasks.polling.retry_after import retry_after
from warehouse.batch import Batch
from warehouse.rows import EntryAliasRow, EntryOutcomeRow, KnownEntryRow, PollRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from flows.pipeline.ask import Polled


def poll_rows(
    polled: Polled, decisions: Sequence[EntryDecision], found: Found | None, *, run_id: UUID, now: datetime, own_outage: bool
) -> Batch:
    """found: None unless the feed was read. own_outage: the poll failed because of our own network."""
    feed = polled.asked.feed
    if own_outage:
        decided = charged_to_nobody(feed, polled.asked.state, now=now, rules=policy.POLLING)
    else:
        decided = next_state(feed, polled.asked.state, _result(polled, found, now), now=now, rules=policy.POLLING)
    return Batch(
        polls=(_poll_row(polled, found, decided, run_id),),
        entry_outcomes=tuple(_outcome_row(polled, decision, run_id, now) for decision in decisions),
        known_entries=tuple(
            KnownEntryRow(feed.feed_id, decision.entry_key, decision.fingerprint, decision.article_id, now) for decision in decisions
        ),
        entry_aliases=tuple(row for decision in decisions for row in _new_names(decision, now)),
        feed_states=(decided.state,),
        feed_moves=(decided.move,) if decided.move else (),
    )


def _result(polled: Polled, found: Found | None, now: datetime) -> PollResult:
    """What the next poll depends on."""
    fetched = polled.fetched
    if fetched is None:
        return PollResult(polled.outcome, retryable=polled.retryable)
    good = polled.outcome in GOOD_OUTCOMES
    stays = good and not (polled.parsed and polled.parsed.kind == SITEMAP_INDEX)  # what an index leads to changes without it
    return PollResult(
        outcome=polled.outcome,
        http_status=fetched.status,
        hops=fetched.hops,
        final_url=fetched.final_url,
        validators=Validators(fetched.header("etag"), fetched.header("last-modified")) if stays else Validators(),
        body_hash=polled.body_hash,
        found=found,
        retry_after=retry_after(fetched.header("retry-after"), now),
        fresh_for=fresh_for(fetched, now) if good else None,
        probed=polled.probed,
    )


def _poll_row(polled: Polled, found: Found | None, decided: Decided, run_id: UUID) -> PollRow:
    fetched, place = polled.fetched, polled.place
    return PollRow(
        polled.asked.poll_id,
        polled.asked.feed.feed_id,
        run_id,
        polled.asked.at,
        polled.outcome,
        fetched.status if fetched else None,
        fetched.final_url if fetched else None,
        len(fetched.hops) if fetched else 0,
        len(fetched.wire_body) if fetched else None,
        len(fetched.body) if fetched else None,
        polled.body_hash,
        found.entries if found else None,
        found.known if found else None,
        fetched.duration_ms if fetched else None,
        place.file if place else None,
        place.offset if place else None,
        place.length if place else None,
        polled.error,
        polled.parsed.passed_over if polled.parsed else None,
        decided.notices,
        found.clashing if found else None,
        found.churned if found else None,
    )


def _outcome_row(polled: Polled, decision: EntryDecision, run_id: UUID, now: datetime) -> EntryOutcomeRow:
    entry = decision.entry
    outcome = "pending" if decision.action is EntryAction.FETCH else decision.action.value
    return EntryOutcomeRow(
        polled.asked.poll_id,
        run_id,
        polled.asked.feed.feed_id,
        decision.entry_key,
        entry.entry_id,
        entry.url,
        entry.title,
        entry.authors,
        entry.published_at,
        outcome,
        decision.reason,
        decision.article_id,
        0,
        None,
        now,
    )


def _new_names(decision: EntryDecision, now: datetime) -> list[EntryAliasRow]:
    """The identities of an entry that shows a known article for the first time; those of others are written with their article."""
    article_id = decision.article_id
    if article_id is None or decision.action is not EntryAction.UNCHANGED or decision.reason is None:
        return []
    return [EntryAliasRow(alias.key, article_id, alias.kind, alias.scope, alias.value, now) for alias in decision.aliases]
