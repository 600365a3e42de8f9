"""Feeds that move: a permanent redirect is followed at once, and believed once it held (RFC 9110, 15.4.2 and 15.4.9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from tasks.model import Feed, Hop
from tasks.polling.failing import TEMPORARY
from tasks.polling.rules import Moving
from warehouse.rows import FeedMoveRow, FeedStateRow

HELD, FELL_BACK = "redirect held", "fell back"

_PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})


def permanent_target(url: str, hops: Sequence[Hop]) -> str:
    """Where the unbroken run of permanent redirects from the start leads; the URL itself if there is none."""
    for hop in hops:
        if hop.status not in _PERMANENT:
            break
        url = hop.location
    return url


def after_good(state: FeedStateRow, hops: Sequence[Hop], *, now: datetime, rule: Moving) -> tuple[FeedStateRow, FeedMoveRow | None]:
    """The memory after a poll that found the feed at the end of those hops, and the move if one was made. A redirect that leads elsewhere
    than the last one, or is gone, begins anew.
    """
    target = permanent_target(state.current_url, hops)
    if target == state.current_url:
        return replace(state, moving_to=None, moving_since=None, moving_polls=None), None
    same = state.moving_to == target and state.moving_since is not None
    since, polls = (state.moving_since or now, (state.moving_polls or 0) + 1) if same else (now, 1)
    if polls < rule.polls or now - since < rule.over:
        return replace(state, moving_to=target, moving_since=since, moving_polls=polls), None
    moved = replace(state, current_url=target, moving_to=None, moving_since=None, moving_polls=None)
    return moved, FeedMoveRow(state.feed_id, state.current_url, target, HELD, since, polls, now)


def after_failure(state: FeedStateRow, feed: Feed, kind: str, *, now: datetime, rule: Moving) -> tuple[FeedStateRow, FeedMoveRow | None]:
    """The memory after a failure, already counted in it: a feed that moved and fails at its new place is asked at its configured address.

    Without validators: they are of the other address.
    """
    if state.current_url == feed.url or (kind == TEMPORARY and state.failures < rule.failures):
        return state, None
    back = replace(state, current_url=feed.url, etag=None, last_modified=None, moving_to=None, moving_since=None, moving_polls=None)
    return back, FeedMoveRow(state.feed_id, state.current_url, feed.url, FELL_BACK, None, state.failures, now)
