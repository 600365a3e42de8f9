"""One value per field out of all candidates, by a stated order and what is plausible. What was passed over stays as evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.text.metadata.choose_authors import choose_authors
from tasks.text.metadata.choose_date import choose_date, instant_of
from tasks.text.metadata.source_order import in_order
from tasks.text.metadata.titles import choose_title
from tasks.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tasks.model import Candidate, PublishedDate

SUBTITLE_ORDER = ("standfirst", "json-ld")  # a description is written for search engines, it is evidence only
TEXT_ORDER = ("json-ld", "meta", "itemprop", "feed", "breadcrumb")
MAX_TAGS = 30


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen values; candidates are all of them, the chosen ones marked, with why others lost where that is known."""

    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    published: PublishedDate | None
    modified_at: datetime | None
    section: str | None
    tags: tuple[str, ...]
    image_url: str | None
    candidates: tuple[Candidate, ...]


def choose(candidates: Sequence[Candidate], *, url: str | None) -> Chosen:
    """Choose from what `collect` found, with what the visible byline adds."""
    host = _host(url)
    publishers = _publishers(candidates, host)
    title = choose_title(candidates, sites=publishers, host=host)
    authors = choose_authors(candidates, publishers=publishers)
    published = choose_date(candidates, url=url)
    modified = instant_of(candidates, "modified")
    subtitle = next((each for each in in_order(candidates, "subtitle", SUBTITLE_ORDER) if each.source in SUBTITLE_ORDER), None)
    section, image = _first(candidates, "section", TEXT_ORDER), _first(candidates, "image", TEXT_ORDER)
    tags = _tags(candidates)
    won = {id(each) for each in (title and title[1], published and published[1], subtitle, section, image) if each}
    won |= {id(each) for each in authors.won}
    marked = tuple(
        replace(
            each,
            chosen=id(each) in won or (each.field == "tags" and each.value in tags),
            why=authors.passed_over.get(id(each)),
        )
        for each in candidates
    )
    return Chosen(
        title[0] if title else None, subtitle.value if subtitle else None, authors.names, published[0] if published else None,
        modified, section.value if section else None, tags, image.value if image else None, marked,
    )  # fmt: skip


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:  # "http://[x"
        return None


def _publishers(candidates: Sequence[Candidate], host: str | None) -> frozenset[str]:
    """The publisher's names, folded: as the page gives them, and as its host spells them."""
    bare = (host or "").removeprefix("www.")
    said = (each.value for each in candidates if each.field == "publisher")
    return frozenset(fold(name) for name in (*said, host, bare, bare.rsplit(".", 1)[0]) if name)


def _first(candidates: Sequence[Candidate], field: str, order: Sequence[str]) -> Candidate | None:
    return next(iter(in_order(candidates, field, order)), None)


def _tags(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for each in in_order(candidates, "tags", TEXT_ORDER):
        found.setdefault(fold(each.value), each.value)
    return tuple(sorted(found.values(), key=fold))[:MAX_TAGS]
