"""`feedmill feeds list` and `show`."""

from __future__ import annotations

from dataclasses import asdict

from flows.commands.feeds.subject import FeedsFile, Subject, listed
from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json, console, table
from flows.feeds_file import read_feeds
from tasks.web.target import origin_of
from warehouse.errors import NotPublished
from warehouse.feed_status import FeedStatus, PastPoll, feed_statuses, last_polls
from warehouse.hosts import HostStatus, host_statuses

POLLS_SHOWN = 10


def list_feeds(*, feeds: FeedsFile = None, json: Json = False) -> int:
    """Show the feeds that are listed, in the order of the file."""
    found = read_feeds(settings_with(feeds=feeds).feeds)
    if json:
        print(as_json([asdict(feed) for feed in found]))
        return 0
    columns = ["id", "url", "publisher", "language", "country", ""]
    rows = [(each.feed_id, each.url, each.publisher, each.language, each.country, "paused" if each.paused else "") for each in found]
    console().print(table(None, columns, rows))
    return 0


def show(feed: Subject, *, feeds: FeedsFile = None, state: State = None, json: Json = False) -> int:
    """Show one feed: what the list says of it, how it stands in the published copy, what its host allows, and its last polls."""
    settings = settings_with(feeds=feeds, state=state)
    found = listed(read_feeds(settings.feeds), feed)
    status: FeedStatus | None = None
    polls: tuple[PastPoll, ...] = ()
    host: tuple[HostStatus, ...] = ()
    try:
        status = feed_statuses(settings.published).get(found.feed_id)
        polls = last_polls(settings.published, found.feed_id, limit=POLLS_SHOWN)
        host = host_statuses(settings.published, origin_of(found.url))
    except NotPublished:
        pass  # it may be listed before anything ran
    if json:
        told = {"feed": asdict(found), "status": asdict(status) if status else None}
        print(as_json(told | {"host": list(map(asdict, host)), "polls": list(map(asdict, polls))}))
        return 0
    out = console()
    said = asdict(found) | (asdict(status) if status else {})
    out.print(table(None, ["", found.feed_id], [(name.replace("_", " "), value) for name, value in said.items() if value is not None]))
    if host:
        columns = ["", "outcome", "status", "error", "refuses /", "crawl delay", "fetched at", "holds until", "failing since"]
        out.print(table(None, columns, [tuple(asdict(each).values()) for each in host]))
    if polls:
        columns = ["polled at", "outcome", "status", "entries", "new", "ms", "error"]
        out.print(table(None, columns, [tuple(asdict(poll).values()) for poll in polls]))
    else:
        out.print("not polled yet: the next `feedmill ingest` does", markup=False)
    return 0
