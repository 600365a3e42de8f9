"""`feedmill feeds list` and `show`."""

from __future__ import annotations

from dataclasses import asdict

from flows.commands.feeds.subject import FeedsFile, Subject, listed
from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json, console, table
from flows.feeds_file import read_feeds
from tasks.web.target import origin_of
from warehouse.errors import NotPublished
from warehouse.feed_status import FeedPast, FeedStatus, feed_past, feed_statuses
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
    """Show one feed: what the list says, how it stands in the published copy and why, what its host allows, its last polls, moves, gaps."""
    settings = settings_with(feeds=feeds, state=state)
    found = listed(read_feeds(settings.feeds), feed)
    status: FeedStatus | None = None
    past = FeedPast()
    host: tuple[HostStatus, ...] = ()
    try:
        status = feed_statuses(settings.published).get(found.feed_id)
        past = feed_past(settings.published, found.feed_id, limit=POLLS_SHOWN)
        host = host_statuses(settings.published, origin_of(found.url))
    except NotPublished:
        pass  # it may be listed before anything ran
    if json:
        told = {"feed": asdict(found), "status": asdict(status) if status else None, "host": list(map(asdict, host))}
        print(as_json(told | asdict(past)))
        return 0
    out = console()
    said = asdict(found) | (asdict(status) if status else {})
    shown = [(name.replace("_", " "), value) for name, value in said.items() if value is not None and value != ()]
    out.print(table(None, ["", found.feed_id], shown))
    if not past.polls:
        next_step = f"it is paused, `feedmill feeds resume {found.feed_id}`" if found.paused else "the next `feedmill ingest` does"
        out.print(f"not polled yet: {next_step}", markup=False, soft_wrap=True)
    for title, columns, rows in (
        (None, ["", "outcome", "status", "error", "refuses /", "crawl delay", "fetched at", "holds until", "failing since"], host),
        ("polls", ["polled at", "outcome", "status", "entries", "new", "passed over", "odd", "ms", "error"], past.polls),
        ("moves", ["from", "to", "cause", "first seen at", "polls", "moved at"], past.moves),
        ("gaps", ["from", "to", "hours", "entries before", "entries"], past.gaps),
    ):
        if rows:
            out.print(table(title, columns, [tuple(asdict(row).values()) for row in rows]))
    return 0
