"""`feedmill feeds import` and `export`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from flows import feeds_edit, policy
from flows.commands.feeds.subject import FeedsFile
from flows.commands.options import Json, settings_with
from flows.commands.output import as_json, printable
from flows.feeds_file import listing_problems, read_feeds
from flows.unusable import Unusable
from tasks.errors import NotAList
from tasks.feeds.csv_list import read_csv, write_csv
from tasks.feeds.listing import FeedList, FeedListing, feed_key
from tasks.feeds.opml import read_opml, write_opml
from tasks.model import Feed

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file that was not listed, and why. OPML: the outline's number."""

    line: int
    url: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file. duplicates: listed already, or twice in the file. bad: they make no feed."""

    added: tuple[Feed, ...]
    duplicates: tuple[Line, ...]
    bad: tuple[Line, ...]
    notes: tuple[str, ...]
    dry_run: bool


def import_feeds(
    file: Annotated[Path, Parameter(help="An OPML or CSV file, or - for standard input.", allow_leading_hyphen=True)],
    *,
    dry_run: Annotated[bool, Parameter(name="--dry-run", negative=(), help="Say what would be listed; change nothing.")] = False,
    feeds: FeedsFile = None,
    json: Json = False,
) -> int:
    """List the feeds of an OPML or CSV file that are not listed yet; exit code 1 if any line of it makes no feed."""
    path = settings_with(feeds=feeds).feeds
    found = _read(file)
    known = read_feeds(path) if path.exists() else ()
    good, duplicates, bad = sorted_out(found, known)
    if good and not dry_run:
        feeds_edit.add(path, good)
    done = Imported(tuple(map(feeds_edit.feed_of, good)), duplicates, bad, found.notes, dry_run)
    if json:
        print(as_json(asdict(done)))
    else:
        _show(done)
    return 1 if bad else 0


def export_feeds(
    *,
    format: Annotated[Literal["opml", "csv"], Parameter(name=("--format", "-f"), help="OPML keeps our settings too.")] = "opml",  # noqa: A002
    feeds: FeedsFile = None,
) -> int:
    """Write the list to standard output: as OPML, which other readers take, or as CSV. Either is imported again without loss."""
    listings = list(map(feeds_edit.listing_of, read_feeds(settings_with(feeds=feeds).feeds)))
    sys.stdout.buffer.write(write_opml(listings) if format == "opml" else write_csv(listings))
    sys.stdout.flush()
    return 0


def sorted_out(found: FeedList, known: Sequence[Feed]) -> tuple[tuple[FeedListing, ...], tuple[Line, ...], tuple[Line, ...]]:
    """(to be listed, duplicates, bad ones) of a list, in its order; two are the same if their keys are."""
    urls = {feed_key(feed.url): f"listed already as {feed.feed_id}" for feed in known}
    ids = {feed.feed_id: feed.url for feed in known}
    good: list[FeedListing] = []
    duplicates: list[Line] = []
    bad = [Line(line, None, why) for line, why in found.bad]
    for listing in found.feeds:
        if problems := listing_problems(listing):
            bad.append(Line(listing.line, listing.url or None, "; ".join(problems)))
            continue
        key, feed_id = feed_key(listing.url), feeds_edit.feed_of(listing).feed_id
        if key in urls:
            duplicates.append(Line(listing.line, listing.url, urls[key]))
        elif feed_id in ids:
            bad.append(Line(listing.line, listing.url, f"the id {feed_id} is that of {ids[feed_id]}: give it one of its own"))
        else:
            urls[key], ids[feed_id] = f"it stands at {listing.line} too", listing.url
            good.append(listing)
    return tuple(good), tuple(duplicates), tuple(sorted(bad, key=lambda each: each.line))


def _read(file: Path) -> FeedList:
    if str(file) == "-":
        body = sys.stdin.buffer.read(policy.FEED.max_body_bytes + 1)
    else:
        try:
            with file.open("rb") as opened:
                body = opened.read(policy.FEED.max_body_bytes + 1)
        except OSError as cause:
            raise Unusable(f"{file} cannot be read: {cause.strerror}") from cause
    is_xml = body.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")
    try:
        return (read_opml if is_xml else read_csv)(body, source=file.name, limits=policy.FEED)
    except NotAList as cause:
        what = cause.detail or {"empty": "there is nothing in it"}.get(cause.reason, cause.reason)
        raise Unusable(f"{file} is no list of feeds, OPML or CSV: {what}") from cause


def _show(done: Imported) -> None:
    would = "would be " if done.dry_run else ""
    print(f"{would}listed: {len(done.added)}; duplicates: {len(done.duplicates)}; bad: {len(done.bad)}")
    for note in done.notes:
        print(note)
    for what, lines in (("duplicate", done.duplicates), ("bad", done.bad)):
        for each in lines[:SHOWN]:
            print(printable(f"{what}, line {each.line}: {each.url or ''} {each.why}"), file=sys.stderr)
        if len(lines) > SHOWN:
            print(f"{len(lines) - SHOWN} more: --json shows all", file=sys.stderr)
