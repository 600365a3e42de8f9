"""Changes to feeds.toml that keep comments, order and everything else as it stands.

Lines are put in and taken out, and the result must say exactly what was meant: a file that is written in another way is left alone.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from flows.feeds_file import FeedsFileError, default_feed_id, feeds_in, read_text
from flows.feeds_lines import Place, places_of
from tasks.feeds.listing import FeedListing
from tasks.model import Feed

_NEW_FILE = "version = 1\n"
_MODE_OF_NEW_FILE = 0o644


def add(path: Path, listings: Sequence[FeedListing]) -> None:
    """List more feeds, at the end of the file; it is begun if there is none. Each must be without problems and not listed yet."""
    text = read_text(path) if path.exists() else ""
    before = feeds_in(text, path)
    ended = (text if not text or text.endswith("\n") else f"{text}\n") or _NEW_FILE
    added = "".join(f"\n{_table(listing)}" for listing in listings)
    newline = "\r\n" if "\r\n" in text else "\n"
    _save(path, text, ended + added.replace("\n", newline), (*before, *map(feed_of, listings)))


def set_paused(path: Path, feed_id: str, *, paused: bool) -> bool:
    """Pause or resume a listed feed; False if it was so already."""
    text = read_text(path)
    feeds = feeds_in(text, path)
    if next(feed for feed in feeds if feed.feed_id == feed_id).paused == paused:
        return False
    lines, place = text.split("\n"), _place(path, text, feeds, feed_id)
    if "paused" in place.keys:
        at = place.keys["paused"] - 1
        before, equals, after = lines[at].partition("=")
        lines[at : at + 1] = [f"{before}{equals}{after.replace('false', 'true', 1)}"] if paused else []
    else:
        lines.insert(place.last_line, "paused = true" + ("\r" if lines[place.last_line - 1].endswith("\r") else ""))
    _save(path, text, "\n".join(lines), tuple(replace(feed, paused=paused) if feed.feed_id == feed_id else feed for feed in feeds))
    return True


def remove(path: Path, feed_id: str) -> None:
    """Take a feed off the list, with the comment right above its header, unless that is the head of the file."""
    text = read_text(path)
    feeds = feeds_in(text, path)
    lines, place = text.split("\n"), _place(path, text, feeds, feed_id)
    start, end = place.line - 1, place.last_line
    while start and lines[start - 1].lstrip().startswith("#") and feeds[0].feed_id != feed_id:
        start -= 1
    while end < len(lines) - 1 and not lines[end].strip():
        end += 1
    _save(path, text, "\n".join(lines[:start] + lines[end:]), tuple(feed for feed in feeds if feed.feed_id != feed_id))


def feed_of(listing: FeedListing) -> Feed:
    """The feed that a listing without problems makes."""
    feed_id = listing.feed_id or default_feed_id(listing.url)
    bounds = listing.min_interval_minutes, listing.max_interval_minutes
    return Feed(feed_id, listing.url, listing.publisher, listing.language, listing.country, listing.paused, *bounds)


def listing_of(feed: Feed) -> FeedListing:
    """What is to be written of a feed; an id that its URL gives anyway is left out."""
    feed_id = None if feed.feed_id == default_feed_id(feed.url) else feed.feed_id
    bounds = feed.min_interval_minutes, feed.max_interval_minutes
    return FeedListing(feed.url, feed_id, feed.publisher, feed.language, feed.country, feed.paused, *bounds)


def _place(path: Path, text: str, feeds: Sequence[Feed], feed_id: str) -> Place:
    places = places_of(text)
    if len(places) != len(feeds):
        raise _written_otherwise(path)
    return next(place for place, feed in zip(places, feeds, strict=True) if feed.feed_id == feed_id)


def _written_otherwise(path: Path) -> FeedsFileError:
    return FeedsFileError([f"{path}: this file is not written as one [[feeds]] table per feed, a key per line: change it by hand"])


def _table(listing: FeedListing) -> str:
    """A [[feeds]] table; what the list called the feed stands above it as a comment."""
    named = {"url": listing.url, "id": listing.feed_id, "publisher": listing.publisher}
    named |= {"language": listing.language, "country": listing.country}
    name = "".join(character if character.isprintable() else " " for character in listing.name or "")
    lines = [f"# {name.strip()}"] if name.strip() else []
    lines += ["[[feeds]]", *(f"{key} = {_quoted(value)}" for key, value in named.items() if value is not None)]
    bounds = {"min_interval_minutes": listing.min_interval_minutes, "max_interval_minutes": listing.max_interval_minutes}
    lines += [f"{key} = {minutes}" for key, minutes in bounds.items() if minutes is not None]
    return "\n".join([*lines, *(["paused = true"] if listing.paused else []), ""])


def _quoted(value: str) -> str:
    """A basic string of TOML; JSON spells it the same, but leaves DEL as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _save(path: Path, before: str, after: str, meant: tuple[Feed, ...]) -> None:
    """Replace the file by a text in one step, if that says what is meant and the file is still the one that was read."""
    try:
        written = feeds_in(after, path)
    except FeedsFileError:
        written = None
    if written != meant:
        raise _written_otherwise(path)
    target = path.resolve()
    mode = target.stat().st_mode & 0o777 if target.exists() else _MODE_OF_NEW_FILE
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(after)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        if (read_text(path) if path.exists() else "") != before:
            raise FeedsFileError([f"{path}: it was changed meanwhile, nothing was written: try again"])
        Path(name).replace(target)
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()
    _sync(target.parent)


def _sync(folder: Path) -> None:
    """The rename itself on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
