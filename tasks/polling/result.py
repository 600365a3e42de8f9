"""What one poll came to, as far as it matters for the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tasks.model import FeedPace, Hop, Validators

_SAYS_NOTHING, _NONE = FeedPace(), Validators()
GOOD_OUTCOMES = frozenset({"ok", "not_modified", "same_body"})
NETWORK_OUTCOMES = frozenset({"dns", "connect", "timeout"})
"""Nobody answered: the other side's doing or our own network's."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the entries of one poll are to their feed.

    entries: all of them. known: seen in this feed before, under whatever id. wanted: to be fetched, as new or changed. clashing: whose id
    stands on another entry of this poll too. linked: with a link that this feed showed before; churned: of these, under an id that it did
    not show before. newest_only: what is old was left out, as of sitemaps, so that none may be left.
    """

    entries: int
    known: int
    wanted: int
    clashing: int
    linked: int
    churned: int
    pace: FeedPace = _SAYS_NOTHING
    newest_only: bool = False

    @property
    def new(self) -> int:
        """Seen in this feed for the first time."""
        return self.entries - self.known


@dataclass(frozen=True, slots=True)
class PollResult:
    """What one poll came to.

    outcome: as in PollRow. retryable: of a fetch that failed, whether the same may succeed later. final_url: None unless there was
    an answer. validators: as received, both None if the server sent none. body_hash: None unless there was a body of a feed.
    found: None unless it was read. retry_after: what the server asked for; fresh_for: how long it says that the answer holds; None: it
    does not say. probed: whether a 304 was checked by asking for the whole feed, which then gave what stands here.
    """

    outcome: str
    http_status: int | None = None
    retryable: bool = False
    hops: tuple[Hop, ...] = ()
    final_url: str | None = None
    validators: Validators = _NONE
    body_hash: str | None = None
    found: Found | None = None
    retry_after: timedelta | None = None
    fresh_for: timedelta | None = None
    probed: bool = False

    @property
    def good(self) -> bool:
        """Whether the feed was found well."""
        return self.outcome in GOOD_OUTCOMES
