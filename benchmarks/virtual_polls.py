"""Runs in virtual time: feeds are asked every 15 minutes through the functions that `feedmill ingest` calls, and it is written down."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.virtual_feeds import DAY, HOUR, MINUTE, START, Answer, VirtualFeed
from flows import policy
from tasks.model import Validators
from tasks.polling.due import charged_to_nobody, is_due, next_state
from tasks.polling.outage import Attempt, own_outages
from tasks.polling.probes import validators_to_send, wants_probe
from tasks.polling.result import Found, PollResult
from tasks.urls import registrable_domain
from warehouse.rows import FeedMoveRow, FeedStateRow

EVERY = 15 * MINUTE
OWN_OUTAGES = tuple((START + (7 + 11 * n) * DAY + 5 * HOUR, timedelta(hours=1 + 2 * n)) for n in range(5))
"""When our own network is down, and for how long."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one poll afterwards. held: links that were read, None unless the feed was. sent: whether validators were."""

    at: datetime
    url: str
    result: PollResult
    held: frozenset[str] | None
    sent: bool
    notices: tuple[str, ...]
    move: FeedMoveRow | None
    state: FeedStateRow


@dataclass(slots=True)
class Polled:
    """A feed that is being polled: its memory, what it showed, and what its polls came to."""

    feed: VirtualFeed
    domain: str
    state: FeedStateRow | None = None
    ids: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    records: list[Record] = field(default_factory=list)


def play(feeds: Sequence[VirtualFeed], days: int) -> list[Polled]:
    """Runs every 15 minutes for so many days."""
    polled = [Polled(feed, registrable_domain(feed.feed.url)) for feed in feeds]
    now, end = START, START + days * DAY
    while now < end:
        _run([each for each in polled if is_due(each.state, now, policy.POLLING.pace.early)], now)
        now += EVERY
    return polled


def is_our_outage(at: datetime) -> bool:
    """Whether our own network is down."""
    return any(begun <= at < begun + length for begun, length in OWN_OUTAGES)


def _run(due: Sequence[Polled], now: datetime) -> None:
    answers = [_ask(each, now) for each in due]
    answered = [result.http_status is not None for _, result, _, _ in answers]
    attempts = [Attempt(each.domain, now, reached, _was_well(each.state)) for each, reached in zip(due, answered, strict=True)]
    spared = own_outages(attempts, policy.POLLING.outage)
    for place, (each, (url, result, held, sent)) in enumerate(zip(due, answers, strict=True)):
        feed = each.feed.feed
        if place in spared:
            decided = charged_to_nobody(feed, each.state, now=now, rules=policy.POLLING)
        else:
            decided = next_state(feed, each.state, result, now=now, rules=policy.POLLING)
        each.state = decided.state
        each.records.append(Record(now, url, result, held, sent, decided.notices, decided.move, decided.state))


def _was_well(state: FeedStateRow | None) -> bool:
    return state is not None and state.failures == 0 and state.last_success_at is not None


def _ask(polled: Polled, now: datetime) -> tuple[str, PollResult, frozenset[str] | None, bool]:
    """(address, result, links read, whether validators were sent), as a run would ask."""
    state, feed = polled.state, polled.feed
    url = state.current_url if state else feed.feed.url
    if is_our_outage(now):
        return url, PollResult("dns", retryable=True), None, False
    sent = validators_to_send(state, now, policy.POLLING.probing)
    answer = feed.ask(now, url, sent)
    probed = answer.status == 304 and state is not None and wants_probe(state, now, policy.POLLING.probing)
    if probed:
        answer = feed.ask(now, url, Validators())
    result = _result(polled, answer, url, probed=probed)
    held = frozenset(link for _, link in answer.entries) if result.outcome in {"ok", "same_body"} else None
    return url, result, held, sent != Validators()


def _result(polled: Polled, answer: Answer, url: str, *, probed: bool) -> PollResult:
    if answer.failed:
        return PollResult(answer.failed, retryable=True)
    final_url = answer.hops[-1].location if answer.hops else url
    if answer.status == 304:
        return PollResult("not_modified", 304, hops=answer.hops, final_url=final_url, validators=Validators(answer.etag))
    if answer.status != 200 or answer.is_html:
        outcome = "html_instead" if answer.is_html else "http_error"
        return PollResult(outcome, answer.status, hops=answer.hops, final_url=final_url, retry_after=answer.retry_after)
    body_hash = hashlib.sha256(repr((answer.entries, answer.pace)).encode()).hexdigest()[:32]
    same = polled.state is not None and polled.state.body_hash == body_hash
    return PollResult(
        "same_body" if same else "ok",
        200,
        hops=answer.hops,
        final_url=final_url,
        validators=Validators(answer.etag),
        body_hash=body_hash,
        found=None if same else _found(polled, answer),
        fresh_for=answer.fresh_for,
        probed=probed,
    )


def _found(polled: Polled, answer: Answer) -> Found:
    """What the entries are to the feed; they are known from then on."""
    distrusted = polled.state is not None and polled.state.ids_distrusted_at is not None
    known_ids = {entry_id for entry_id, _ in answer.entries if entry_id in polled.ids and not distrusted}
    linked = [(entry_id, link) for entry_id, link in answer.entries if link in polled.links]
    found = Found(
        entries=len(answer.entries),
        known=sum(entry_id in known_ids or link in polled.links for entry_id, link in answer.entries),
        wanted=sum(entry_id not in known_ids and link not in polled.links for entry_id, link in answer.entries),
        clashing=0,
        linked=len(linked),
        churned=0 if distrusted else sum(entry_id not in known_ids for entry_id, _ in linked),
        pace=answer.pace,
    )
    polled.ids.update(entry_id for entry_id, _ in answer.entries)
    polled.links.update(link for _, link in answer.entries)
    return found
