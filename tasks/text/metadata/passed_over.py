"""Why what a source offered was not chosen, in a few words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.text.metadata.choose_date import is_future
from tasks.text.metadata.dates import read_date
from tasks.text.words import fold

if TYPE_CHECKING:
    from datetime import datetime

    from tasks.model import Candidate, PublishedDate

SAME = "says the same"


def why_no_headline(each: Candidate, headline: str | None, *, is_site: bool) -> str:
    """headline: the chosen one. is_site: whether it is the name of the site."""
    offered, chosen = fold(each.value), fold(headline or "")
    if offered == chosen:
        return SAME
    if is_site:
        return "the name of the site"
    if chosen and chosen in offered:
        return "has more around the headline"
    return "fewer sources, or lesser ones, agree with it"


def why_no_day(each: Candidate, chosen: PublishedDate | None, fetched_at: datetime | None) -> str:
    """chosen: the date of publication."""
    read = read_date(each.value, each.source)
    if read is None:
        return "no day of the web's time can be read in it"
    if is_future(read, fetched_at):
        return "was yet to come when the page was fetched"
    if chosen and read.on == chosen.on:
        return SAME
    return "another source is believed first"


def why_no_update(each: Candidate, fetched_at: datetime | None) -> str:
    """For the instant of the last change."""
    read = read_date(each.value, each.source)
    if read is None or read.at is None:
        return "gives no time of day with its offset"
    return "was yet to come when the page was fetched" if is_future(read, fetched_at) else "another source is believed first"
