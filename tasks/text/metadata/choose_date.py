"""When an article was published, out of all sources that give a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

from tasks.text.metadata.dates import read_date, url_date
from tasks.text.metadata.source_order import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from tasks.model import Candidate, PublishedDate

# Best first. Measured on public news pages: the JSON-LD day is right on 100 % of those that carry it, article:published_time on 97 %,
# the first <time> on 93 %.
ORDER = ("json-ld", "meta:article:published_time", "itemprop:datepublished", "meta:og:article:published_time",
         "meta:parsely-pub-date", "meta:sailthru.date", "byline", "time", "meta", "feed", "near the headline",
         "labelled date", "htmldate")  # fmt: skip


FEED = "feed"  # may give an instant in UTC, and beside it the publisher's own day
LATEST_ZONE = timedelta(hours=14)  # a day begins there first: UTC+14, Kiritimati
CLOCK_SKEW = timedelta(minutes=10)  # between a publisher's clock and ours


def choose_date(
    candidates: Sequence[Candidate], *, url: str | None, fetched_at: datetime | None = None
) -> tuple[PublishedDate, Candidate | None] | None:
    """The best-placed readable date and the candidate that gave it (None: the URL), or None.

    A source that gives a day only is completed by a lower one that gives the time of that same day; an instant in UTC gets the publisher's
    own day from a source that gives the same instant with its offset, a feed's also from the day that the feed gives beside it.
    Nothing later than fetched_at is believed.
    """
    offered = in_order(candidates, "published", ORDER)
    dated = [(read, each) for each in offered if (read := _believable(read_date(each.value, each.source), fetched_at))]
    if not dated:
        in_url = _believable(url_date(url), fetched_at) if url else None
        return (in_url, None) if in_url else None
    best, source = dated[0]
    if best.at is None:
        best, source = next(((read, each) for read, each in dated if read.at and read.on == best.on), dated[0])
    if best.at is not None and best.on == best.at.date():
        best = replace(best, on=_local_day(best.at, source, dated) or best.on)
    return best, source


def _local_day(at: datetime, source: Candidate, dated: Sequence[tuple[PublishedDate, Candidate]]) -> date | None:
    """The publisher's own day of an instant that is given in UTC, None where no source tells another one."""
    told = (read.on for read, _ in dated if read.at and read.on != read.at.date() and _same(read.at, at))
    beside = (read.on for read, each in dated if not read.at and each.source == source.source == FEED and _is_near(read.on, at))
    return next(chain(told, beside), None)


def _is_near(day: date, at: datetime) -> bool:
    """Whether an instant lies in that day of some zone."""
    return abs(day - at.date()) <= timedelta(days=1)


def _same(one: datetime, other: datetime) -> bool:
    """Whether two instants lie in the same minute: some sources leave the seconds out."""
    return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)


def choose_instant(candidates: Sequence[Candidate], field: str, *, fetched_at: datetime | None = None) -> tuple[datetime, Candidate] | None:
    """The first believable instant that a source gives for a field, with that source, or None: a day alone is none."""
    read = ((_believable(read_date(each.value, each.source), fetched_at), each) for each in in_order(candidates, field, ORDER))
    return next(((date.at, each) for date, each in read if date and date.at), None)


def is_future(read: PublishedDate, fetched_at: datetime | None) -> bool:
    """Whether a day had begun nowhere when the page was fetched."""
    return fetched_at is not None and read.on > (fetched_at + LATEST_ZONE).date()


def _believable(read: PublishedDate | None, fetched_at: datetime | None) -> PublishedDate | None:
    """A date unless it is in the future; only its day if the instant is, for then local time was given a wrong offset."""
    if read is None or is_future(read, fetched_at):
        return None
    if fetched_at is not None and read.at is not None and read.at > fetched_at + CLOCK_SKEW:
        return replace(read, at=None, precision="day")
    return read
