"""The numbers that polling goes by, as values; flows/policy.py fills them in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a feed is asked that is well.

    first: after the first poll. shortest, longest: bounds, where its owner set none. after_gap, after_many, after_some, after_none: by
    what the interval is multiplied when a poll shared no entry with the one before, found at least half of the entries new, found any new,
    found none. spread: by how much of it a wait is longer at most, by the feed's id. longest_hint: how much of what the publisher says
    about its pace is believed. longest_skip: how long its skipped hours and days may put a poll off. gap_outweighs: how long after a gap
    what the publisher says is left aside. early: how long before its time a feed is asked, so that a run does not just miss it.
    """

    first: timedelta
    shortest: timedelta
    longest: timedelta
    after_gap: float
    after_many: float
    after_some: float
    after_none: float
    spread: float
    longest_hint: timedelta
    longest_skip: timedelta
    gap_outweighs: timedelta
    longest_retry_after: timedelta
    early: timedelta


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long a failing feed is left alone: first, multiplied by factor with each failure more in a row, up to longest."""

    first: timedelta
    factor: float
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Gone:
    """Of feeds that answer 410. confirmed_after: the first 410 and one that long after it park the feed. probed_every: while parked."""

    confirmed_after: timedelta
    probed_every: timedelta


@dataclass(frozen=True, slots=True)
class Moving:
    """When a permanent redirect is believed: it led to the feed in that many polls, the first and the last at least so far apart.

    failures: temporary failures in a row at the new place after which the configured address is asked again; others do so at once.
    """

    polls: int
    over: timedelta
    failures: int


@dataclass(frozen=True, slots=True)
class Probing:
    """When a 304 is checked by asking for the whole feed: after that many believed in a row, or that long after the last whole body.

    spread: by how much of it both are shorter at most, by the feed's id. distrust: how long a server that was caught is asked without
    validators.
    """

    every: int
    after: timedelta
    spread: float
    distrust: timedelta


@dataclass(frozen=True, slots=True)
class Outage:
    """When failures are our own network's: within a window, of the registrable domains asked at least so many, and that share, could not
    be reached, counting as unreachable only those that were well before. again: when what failed then is asked again.
    """

    window: timedelta
    domains: int
    share: float
    again: timedelta


@dataclass(frozen=True, slots=True)
class PollingRules:
    """All of them. temporary, soft, hard: by kind of failure, see tasks.polling.failing."""

    pace: Pace
    temporary: Backoff
    soft: Backoff
    hard: Backoff
    gone: Gone
    moving: Moving
    probing: Probing
    outage: Outage
