"""Polls that failed: what kind of failure it is, and how long the feed is left alone then. No feed is ever given up."""

from __future__ import annotations

from http import HTTPStatus

from tasks.polling.result import PollResult
from tasks.polling.rules import Backoff, PollingRules

TEMPORARY, SOFT, HARD = "temporary", "soft", "hard"

_NO_FEED = frozenset({"not_a_feed", "html_instead", "too_large", "worker_died", "too_slow", "too_much_memory"})
# RFC 9110, 15.5.9 and 15.6; RFC 8470, 5.2; RFC 6585, 4: the request itself was in order.
_PASSING_STATUS = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


def failure_kind(result: PollResult) -> str:
    """Of a poll that failed.

    temporary: it is likely to pass by itself (5xx, 429, timeouts, a connection that broke). soft: something else than the feed came (an
    error page, broken XML, 204). hard: somebody has to do something (401, 403, 404, a refused address, a bad certificate, no such name).
    """
    answered_otherwise = result.outcome != "http_error" and result.http_status is not None  # e.g. an index none of whose parts can be had
    if result.outcome in _NO_FEED or answered_otherwise:
        return SOFT
    if result.outcome != "http_error":
        return TEMPORARY if result.retryable else HARD
    status = result.http_status or 0
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _PASSING_STATUS:
        return TEMPORARY
    return SOFT if status < HTTPStatus.MULTIPLE_CHOICES else HARD


def seconds_after(kind: str, failures: int, rules: PollingRules) -> float:
    """The wait after that many failures in a row (1 or more), the last of that kind."""
    backoff: Backoff = {TEMPORARY: rules.temporary, SOFT: rules.soft, HARD: rules.hard}[kind]
    longest, waited = backoff.longest.total_seconds(), backoff.first.total_seconds()
    for _ in range(failures - 1):
        if waited >= longest:
            break
        waited *= backoff.factor
    return min(waited, longest)
