"""feeds.toml: which feeds there are. Everything wrong with it is said at once, with line and remedy."""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.feeds_lines import Place, key_in, places_of
from tasks.feeds.listing import FeedListing
from tasks.model import Feed
from tasks.urls import canonical_url, url_key

LARGEST_FILE_BYTES = 16_000_000
MOST_MINUTES = 30 * 24 * 60

_SHORTEST, _LONGEST = "min_interval_minutes", "max_interval_minutes"
_KEYS: Mapping[str, type] = {
    "url": str,
    "id": str,
    "publisher": str,
    "language": str,
    "country": str,
    "paused": bool,
    _SHORTEST: int,
    _LONGEST: int,
}
_TYPE_NAMES = {str: 'text in quotes, e.g. "..."', bool: "true or false, without quotes", int: "a whole number, without quotes"}
_PATTERNS = {
    "id": (re.compile(r"[a-z0-9][a-z0-9._-]{0,79}"), 'use 1 to 80 of a-z, 0-9, ".", "_", "-", starting with a letter or digit'),
    "publisher": (re.compile(r"\S(?:[^\x00-\x1f]{0,198}\S)?"), "use 1 to 200 characters without spaces at its ends"),
    "language": (re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}"), 'use a BCP 47 tag such as "en" or "pt-BR"'),
    "country": (re.compile(r"[A-Z]{2}"), 'use a two-letter ISO 3166 code in capitals such as "DE"'),
}
_LONGEST_QUOTE = 100
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")
_LINE_IN_SYNTAX_ERROR = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


class FeedsFileError(Exception):
    """The file cannot be used. problems: one line each, `feeds.toml:LINE: what is wrong, what to do`."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(self.problems)


def read_feeds(path: Path) -> tuple[Feed, ...]:
    """All feeds, paused ones too, in the order of the file; raises FeedsFileError with every problem."""
    return feeds_in(read_text(path), path)


def feeds_in(text: str, path: Path) -> tuple[Feed, ...]:
    """The feeds in a text that stands, or is to stand, in that file; raises FeedsFileError."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        raise FeedsFileError([_syntax_problem(path, text, str(cause))]) from cause
    except RecursionError as cause:
        raise FeedsFileError([f"{path.name}:1: brackets are nested too deep, write each feed as a [[feeds]] table"]) from cause
    tables = document.get("feeds", [])
    found = _document_problems(document)
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        found.append((_line_of_key(text, "feeds"), "`feeds` is not a list of tables, write each feed under a [[feeds]] header"))
        tables = []
    places = places_of(text)
    if len(places) != len(tables):
        places = [Place(1, {})] * len(tables)
    for table, place in zip(tables, places, strict=True):
        found += _table_problems(table, place)
    found += _repeated(tables, places)
    if found:
        raise FeedsFileError([f"{path.name}:{line}: {what}" for line, what in sorted(found)])
    return tuple(_feed(table) for table in tables)


def listing_problems(listing: FeedListing) -> tuple[str, ...]:
    """What keeps a feed from being listed, one sentence each; nothing if it may be."""
    values: dict[str, str | int | None] = {"url": listing.url, "id": listing.feed_id, "publisher": listing.publisher}
    values |= {"language": listing.language, "country": listing.country}
    values |= {_SHORTEST: listing.min_interval_minutes, _LONGEST: listing.max_interval_minutes}
    return tuple(what for _, what in _table_problems({key: value for key, value in values.items() if value is not None}, Place(1, {})))


def default_feed_id(url: str) -> str:
    """A readable, stable name made from a feed's URL: `news-bbc-co-uk-world-rss-xml-1f3a9c2b`. The scheme plays no part in it."""
    key = url_key(canonical_url(url) or url)
    slug = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")[:60].strip("-")
    return f"{slug or 'feed'}-{hashlib.sha256(key.encode('utf-8', errors='surrogatepass')).hexdigest()[:8]}"


def read_text(path: Path) -> str:
    """The file as text, without a byte order mark; raises FeedsFileError."""
    try:
        with path.open("rb") as file:
            body = file.read(LARGEST_FILE_BYTES + 1)
        text = body.decode("utf-8-sig")
    except FileNotFoundError as cause:
        raise FeedsFileError([f"{path}: there is no such file, write one with a [[feeds]] table and a url per feed"]) from cause
    except OSError as cause:
        raise FeedsFileError([f"{path}: cannot be read ({cause.strerror}), check its permissions"]) from cause
    except UnicodeDecodeError as cause:
        line = body.count(b"\n", 0, cause.start) + 1
        raise FeedsFileError([f"{path.name}:{line}: not UTF-8, save the file in that encoding"]) from cause
    if len(body) > LARGEST_FILE_BYTES:
        raise FeedsFileError([f"{path.name}:1: larger than {LARGEST_FILE_BYTES:,} bytes, is this the right file?"])
    return text


def _syntax_problem(path: Path, text: str, message: str) -> str:
    place = _LINE_IN_SYNTAX_ERROR.search(message)
    line = place.group(1) if place and place.group(1) else str(max(1, len(text.splitlines())))
    what = _LINE_IN_SYNTAX_ERROR.sub("", message).strip()
    return f"{path.name}:{line}: not TOML: {what[:1].lower()}{what[1:]}, mend this line (https://toml.io shows the syntax)"


def _document_problems(document: Mapping[str, Any]) -> list[tuple[int, str]]:
    found = [(1, _unknown(key, ["feeds", "version"])) for key in document if key not in {"feeds", "version"}]
    version = document.get("version", 1)
    if version != 1 or isinstance(version, bool):
        found.append((1, f"version {version!r} is not known, write `version = 1` or leave it out"))
    return found


def _table_problems(table: Mapping[str, Any], place: Place) -> list[tuple[int, str]]:
    found = [(place.of(key), _unknown(key, list(_KEYS))) for key in table if key not in _KEYS]
    if "url" not in table:
        found.append((place.line, '`url` is missing, add url = "https://..."'))
    for key, wanted in _KEYS.items():
        value = table.get(key)
        if value is None:
            continue
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            found.append((place.of(key), f"`{key}` has the wrong type, write {_TYPE_NAMES[wanted]}"))
        elif wanted is int and isinstance(value, int) and not 1 <= value <= MOST_MINUTES:
            found.append((place.of(key), f"`{key}` {value} is out of range, use 1 to {MOST_MINUTES:,}"))
        elif not isinstance(value, str):
            continue
        elif key == "url" and (_UNSEEN.search(value) or canonical_url(value) is None):
            found.append((place.of(key), f"{_quoted(value)} is not a usable URL, write a whole http or https one without user name"))
        elif key in _PATTERNS and not _PATTERNS[key][0].fullmatch(value):
            found.append((place.of(key), f"`{key}` {_quoted(value)} is not valid, {_PATTERNS[key][1]}"))
    shortest, longest = table.get(_SHORTEST), table.get(_LONGEST)
    if isinstance(shortest, int) and isinstance(longest, int) and shortest > longest:
        found.append((place.of(_SHORTEST), f"`{_SHORTEST}` {shortest} is more than `{_LONGEST}` {longest}, swap them"))
    return found


def _repeated(tables: Sequence[Mapping[str, Any]], places: Sequence[Place]) -> list[tuple[int, str]]:
    """Ids and URLs that stand in two tables. The second is the one complained about, and the first is named."""
    found: list[tuple[int, str]] = []
    urls: dict[str, int] = {}
    ids: dict[str, int] = {}
    for table, place in zip(tables, places, strict=True):
        url = canonical_url(table["url"]) if isinstance(table.get("url"), str) else None
        if url is None:
            continue
        line = place.of("url")
        if urls.setdefault(url_key(url), line) != line:
            found.append((line, f"this URL stands in line {urls[url_key(url)]} too, remove one of them"))
            continue
        feed_id, line = table.get("id", default_feed_id(url)), place.of("id")
        if isinstance(feed_id, str) and ids.setdefault(feed_id, line) != line:
            found.append((line, f"id {_quoted(feed_id)} stands in line {ids[feed_id]} too, give each feed its own"))
    return found


def _feed(table: Mapping[str, Any]) -> Feed:
    url = table["url"]
    publisher, language, country, shortest, longest = (table.get(key) for key in ("publisher", "language", "country", _SHORTEST, _LONGEST))
    return Feed(table.get("id", default_feed_id(url)), url, publisher, language, country, table.get("paused", False), shortest, longest)


def _line_of_key(text: str, key: str) -> int:
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if key_in(line) == key or line.strip().startswith(f"[{key}")), 1)


def _unknown(key: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(key.lower(), known, n=1)
    meant = f"did you mean `{near[0]}`?" if near else f"use one of: {', '.join(known)}"
    return f"unknown key {_quoted(key)}, {meant}"


def _quoted(value: str) -> str:
    """A value from the file, safe in one line of a message."""
    return repr(value if len(value) <= _LONGEST_QUOTE else value[: _LONGEST_QUOTE - 1] + "…")
