"""Conditional requests (RFC 9110, 13.1) are trusted while whole answers, asked for now and then, agree with the 304s before them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tasks.model import Validators
from tasks.polling.result import PollResult
from tasks.polling.rules import Probing
from tasks.polling.spread import place_of
from warehouse.rows import FeedStateRow


def validators_to_send(state: FeedStateRow | None, now: datetime, rule: Probing) -> Validators:
    """Those of the last good answer; none while the server is distrusted."""
    if state is None or (state.conditional_distrusted_at is not None and now < state.conditional_distrusted_at + rule.distrust):
        return Validators()
    return Validators(state.etag, state.last_modified)


def wants_probe(state: FeedStateRow, now: datetime, rule: Probing) -> bool:
    """Whether a 304 that came just now is to be checked: it is its time, or the server was caught before and not proven since."""
    if state.conditional_distrusted_at is not None or state.full_body_at is None:
        return True
    sooner = 1 - rule.spread * place_of(state.feed_id)
    return (state.trusted_304s or 0) + 1 >= rule.every * sooner or now - state.full_body_at >= rule.after * sooner


def after_answer(state: FeedStateRow, result: PollResult, now: datetime, rule: Probing) -> FeedStateRow:
    """The memory after a good poll. The server lied if the whole answer held entries to fetch right after its 304: they would have been
    missed. A body that differs in nothing that we read is no lie. One that was caught is trusted again once it gave new entries to
    who had asked with validators: that a 304 was true by chance proves nothing.
    """
    if result.outcome == "not_modified":
        return replace(state, trusted_304s=(state.trusted_304s or 0) + 1)
    whole = replace(state, trusted_304s=0, full_body_at=now)
    if is_lie(result):
        return replace(whole, conditional_distrusted_at=now)
    proven = not result.probed and result.found is not None and result.found.wanted > 0
    return replace(whole, conditional_distrusted_at=None) if proven and validators_to_send(state, now, rule) != Validators() else whole


def is_lie(result: PollResult) -> bool:
    """Whether a checked 304 hid something."""
    return result.probed and result.found is not None and result.found.wanted > 0
