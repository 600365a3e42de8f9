"""Do we read feeds as other readers' own test suites say they should be read?

`python -m benchmarks.feeds_expected FOLDER [--differences]`: FOLDER holds one folder per suite. Every file goes through `parse_feed`;
every stated expectation is compared, texts as the plain text that an entry holds. Suites without statements are only parsed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.feed_expectations import BASE, FEED, Expected, expectations_of
from flows import policy
from tasks.errors import NotAFeed
from tasks.feeds.adapt import person_name
from tasks.feeds.parse import parse_feed
from tasks.feeds.plain_text import plain_text
from tasks.model import Entry, ParsedFeed
from tasks.urls import canonical_url

FEEDS = frozenset({".xml", ".rss", ".atom", ".json", ".rdf"})
LONG = 10_000_000
OURS_IS_RIGHT = {
    ("feed-rs", "authors"): (
        4,
        "it writes 'author' for RSS's author; where JSON Feed has `authors`, the older `author` counts no more (1.1)",
    ),
    ("gofeed", "authors"): (1, "escaped markup is markup in RSS: a name has no tags"),
    ("gofeed", "content"): (3, "video, JSON or a feed as the content is no article"),
    ("gofeed", "entry_id"): (2, "an id is compared as it stands: no xml:base (RFC 4287, 4.2.6)"),
    ("gofeed", "home_url"): (2, "of several links the first, as of several alternate links in Atom"),
    ("gofeed", "image_url"): (2, "a picture in the text is not stated to be the entry's"),
    ("gofeed", "summary"): (1, "application/octet-stream is no type of a text (RFC 4287, 3.1.1): what it holds is not taken for markup"),
    ("gofeed", "title"): (1, "as with summaries"),
    ("gofeed", "url"): (2, "of several links the first"),
    ("reader", "authors"): (4, "an Atom entry without authors has its feed's (RFC 4287, 4.2.1)"),
    ("reader", "entry_id"): (1, "an id is compared as it stands, not as a link"),
    ("reader", "url"): (5, "an id that is no http address is no link"),
}
"""(suite, field) -> how many differences there were looked at, and why none is ours to repair. Any more count as differing."""

TEXTS = frozenset({"title", "summary", "content"})
ADDRESSES = frozenset({"url", "home_url", "image_url"})
LISTS = frozenset({"authors", "tags"})


@dataclass(slots=True)
class Suite:
    """What became of one suite's files."""

    files: int = 0
    parsed: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    stated: int = 0
    met: int = 0
    differing: Counter[str] = field(default_factory=Counter)


def said(feed: ParsedFeed, expected: Expected) -> object:
    """Ours, for one expectation."""
    if expected.field == "entries":
        return feed.entry_count
    if expected.place == FEED:
        return getattr(feed, expected.field)
    if expected.place >= len(feed.entries):
        return "no such entry"
    entry: Entry = feed.entries[expected.place]
    return plain_text(entry.content_html, limit=LONG) if expected.field == "content" else getattr(entry, expected.field)


def same(ours: object, theirs: object, expected: Expected) -> bool:
    """Equal; addresses by their canonical form, language tags without case."""
    if isinstance(ours, str) and isinstance(theirs, str):
        if expected.field in ADDRESSES:
            return (canonical_url(ours) or ours) == (canonical_url(theirs) or theirs)
        if expected.field == "language":
            return ours.lower() == theirs.lower().replace("_", "-")
    return ours == theirs


def wanted(expected: Expected) -> object:
    """Theirs, in the form an entry has: plain text, names without mail addresses, each once."""
    value = expected.value
    if expected.field in TEXTS and isinstance(value, str):
        return plain_text(value, limit=LONG)
    if expected.field in LISTS and isinstance(value, tuple):
        as_ours = person_name if expected.field == "authors" else lambda tag: plain_text(tag, limit=LONG)
        return tuple(dict.fromkeys(text for text in map(as_ours, value) if text))
    return value


def judge(path: Path, suite: Suite, *, show: bool) -> None:
    """Parse one file and count."""
    suite.files += 1
    expectations = expectations_of(path)
    try:
        feed = parse_feed(path.read_bytes(), url=BASE + path.name, content_type=None, limits=policy.FEED)
    except NotAFeed as refusal:
        suite.refused[refusal.reason] += 1
        if show:
            print(f"{path.name}: refused, {refusal}")
        return
    suite.parsed += 1
    for expected in expectations or ():
        suite.stated += 1
        ours, theirs = said(feed, expected), wanted(expected)
        if same(ours, theirs, expected):
            suite.met += 1
        else:
            suite.differing[expected.field] += 1
            if show:
                print(f"{path.name} [{expected.place}] {expected.field}: ours {ours!r:.300}, theirs {theirs!r:.300}")


def main() -> None:
    """Parse, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--differences", action="store_true")
    options = parser.parse_args()
    suites: dict[str, Suite] = {}
    for path in sorted(options.folder.rglob("*")):
        is_statement = path.name.endswith(".serde.json") or (path.suffix == ".json" and path.with_suffix(".xml").exists())
        if path.suffix in FEEDS and not is_statement:
            name = path.relative_to(options.folder).parts[0]
            judge(path, suites.setdefault(name, Suite()), show=options.differences)
    print(f"{'suite':14} {'files':>5} {'parsed':>6}  {'refused':14} {'stated':>6} {'met':>6} {'ours right':>10}  differing")
    for name, suite in suites.items():
        explained = Counter({field: count for (of, field), (count, _) in OURS_IS_RIGHT.items() if of == name})
        right = (suite.differing & explained).total()
        refused, differing = (listed(counter) for counter in (suite.refused, suite.differing - explained))
        print(f"{name:14} {suite.files:5} {suite.parsed:6}  {refused:14} {suite.stated:6} {suite.met:6} {right:10}  {differing}")
    for (name, field_name), (count, reason) in OURS_IS_RIGHT.items():
        print(f"{name} {field_name}, {count}: {reason}")


def listed(counter: Counter[str]) -> str:
    """Its names and counts on one line."""
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items())) or "-"


if __name__ == "__main__":
    main()
