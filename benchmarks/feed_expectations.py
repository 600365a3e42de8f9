"""What parse suites of other readers state about their feeds, as plain rows: gofeed, reader and feed-rs.

Only what an entry of ours can say is taken: ids, links, titles, names, instants, texts, tags. Each suite's own spelling (nested JSON,
a Python file that is never run) ends here.
"""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FEED = -1
BASE = "http://feeds.test/suite/"


@dataclass(frozen=True, slots=True)
class Expected:
    """place: position of the entry, FEED for the feed itself. value: None where the suite says that there is none."""

    place: int
    field: str
    value: object


Fields = dict[str, Any]


def expectations_of(path: Path) -> tuple[Expected, ...] | None:
    """What its suite states about that feed; None if nothing is stated anywhere."""
    for suffix, read in ((".serde.json", _feed_rs), (".json", _gofeed), (path.suffix + ".py", _reader)):
        stated = path.with_name(path.stem + suffix) if suffix != ".json" or path.suffix == ".xml" else path
        if stated != path and stated.exists():
            return tuple(read(stated.read_text(encoding="utf-8")))
    return None


def _gofeed(text: str) -> Iterator[Expected]:
    """Absent means not stated, since each case is about one field. Three shapes: Atom's parser, RSS's parser, the translator."""
    feed = json.loads(text)
    entries = feed.get("entries", feed.get("items")) or []
    yield Expected(FEED, "entries", len(entries))
    yield from _stated(FEED, title=feed.get("title"), language=feed.get("language"), home_url=_page(feed))
    for place, entry in enumerate(entries):
        guid = entry.get("guid")
        content = entry.get("content")
        yield from _stated(
            place,
            entry_id=entry.get("id") or (guid.get("value") if isinstance(guid, dict) else guid),
            url=_page(entry),
            title=entry.get("title"),
            authors=_names(entry),
            published_at=_instant(entry.get("publishedParsed") or entry.get("pubDateParsed")),
            updated_at=_instant(entry.get("updatedParsed")),
            summary=entry.get("summary") or entry.get("description"),
            content=content.get("value") if isinstance(content, dict) else content,
            tags=_terms(entry.get("categories")),
            image_url=(entry.get("image") or {}).get("url"),
        )


def _feed_rs(text: str) -> Iterator[Expected]:
    """Its ids are left out, since it makes up those that a feed lacks, and so are updates of RSS entries: it repeats their only date."""
    feed = json.loads(text)
    yield Expected(FEED, "entries", len(feed["entries"]))
    yield from _stated(FEED, title=_content(feed["title"]), language=feed["language"], home_url=_page(feed))
    for place, entry in enumerate(feed["entries"]):
        yield from _stated(
            place,
            url=_page(entry),
            title=_content(entry["title"]),
            authors=tuple(person["name"] for person in entry["authors"] if person["name"]) or None,
            published_at=_instant(entry["published"]),
            updated_at=_instant(entry["updated"]) if entry["updated"] != entry["published"] else None,
            summary=_content(entry["summary"]),
            content=(entry["content"] or {}).get("body"),
            tags=_terms(entry["categories"]),
        )


def _reader(source: str) -> Iterator[Expected]:
    """Its cases are Python: constants are read out of the syntax tree. Ids, links, titles and dates that are absent are stated as such."""
    found = {node.targets[0].id: _value(node.value) for node in ast.parse(source).body if isinstance(node, ast.Assign)}  # type: ignore[attr-defined]
    feed, entries = found["feed"], found["entries"]
    yield Expected(FEED, "entries", len(entries))
    yield Expected(FEED, "title", feed.get("title"))
    yield Expected(FEED, "home_url", feed.get("link"))
    for place, entry in enumerate(entries):
        for ours, theirs in (("entry_id", "id"), ("url", "link"), ("title", "title"), ("summary", "summary")):
            yield Expected(place, ours, entry.get(theirs))
        yield Expected(place, "published_at", entry.get("published"))
        yield Expected(place, "updated_at", entry.get("updated"))
        yield Expected(place, "authors", tuple(author["name"] for author in entry.get("authors", ()) if author.get("name")))
        contents = sorted(entry.get("content", ()), key=lambda content: content.get("type") != "text/html")
        yield from _stated(place, content=contents[0]["value"] if contents else None)


def _value(node: ast.expr) -> Any:  # noqa: ANN401 - whatever the constant is
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Tuple | ast.List):
        return tuple(map(_value, node.elts))
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else BASE for part in node.values)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "datetime.datetime":
        return datetime(*map(_value, node.args), tzinfo=UTC)
    return {keyword.arg: _value(keyword.value) for keyword in node.keywords} if isinstance(node, ast.Call) else None


def _stated(place: int, **fields: object) -> Iterator[Expected]:
    return (Expected(place, field, value) for field, value in fields.items() if value not in (None, "", ()))


def _page(fields: Fields) -> str | None:
    """The alternate link, a web page first."""
    links = [link for link in fields.get("links") or [] if isinstance(link, dict)]
    pages = [link for link in links if (link.get("rel") or "alternate") == "alternate" and link.get("href")]
    html = [link for link in pages if (link.get("type") or link.get("media_type")) in {"text/html", "application/xhtml+xml"}]
    return fields.get("link") or next((link["href"] for link in [*html, *pages]), None)


def _names(entry: Fields) -> tuple[str, ...] | None:
    people = entry.get("authors") or [entry.get("author")]
    names = [person.get("name") if isinstance(person, dict) else person for person in people]
    return tuple(name for name in names if name) or None


def _terms(categories: list[Any] | None) -> tuple[str, ...] | None:
    terms = [(term.get("label") or term.get("term") or term.get("value")) if isinstance(term, dict) else term for term in categories or []]
    return tuple(term for term in terms if term) or None


def _content(text: Fields | None) -> str | None:
    return text["content"] if text else None


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value).astimezone(UTC) if value else None
