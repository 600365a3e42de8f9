"""One value per field out of all candidates, by a stated order and what is plausible. What was passed over stays as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.model import Candidate
from tasks.text.metadata.choose_authors import choose_authors
from tasks.text.metadata.choose_date import choose_date, choose_instant
from tasks.text.metadata.passed_over import why_no_day, why_no_headline, why_no_update
from tasks.text.metadata.source_order import in_order
from tasks.text.metadata.titles import choose_title, is_site
from tasks.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tasks.model import PublishedDate

SUBTITLE_ORDER = ("standfirst", "description on the page", "json-ld")  # one not on the page is for search engines, evidence only
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


def choose(
    candidates: Sequence[Candidate],
    *,
    url: str | None,
    fetched_at: datetime | None = None,
    title: tuple[str, Candidate] | None = None,
) -> Chosen:
    """Choose from what `collect` found, with what the visible byline adds.

    fetched_at: no later date is believed. title: what `headline` gives, where it has been asked.
    """
    host = _host(url)
    publishers = _publishers(candidates, host)
    title = title or choose_title(candidates, sites=publishers, host=host)
    authors = choose_authors(candidates, publishers=publishers)
    published = choose_date(candidates, url=url, fetched_at=fetched_at)
    modified = choose_instant(candidates, "modified", fetched_at=fetched_at)
    subtitle = next((each for each in in_order(candidates, "subtitle", SUBTITLE_ORDER) if each.source in SUBTITLE_ORDER), None)
    section, image, publisher = (_first(candidates, field, TEXT_ORDER) for field in ("section", "image", "publisher"))
    tags = _tags(candidates)
    single = (title and title[1], published and published[1], modified and modified[1], subtitle, section, image, publisher)
    won = {id(each) for each in (*single, *authors.won) if each}

    def why(each: Candidate) -> str | None:
        if each.field == "title":
            return why_no_headline(each, title[0] if title else None, is_site=is_site(each.value, publishers, host))
        if each.field == "published":
            return why_no_day(each, published[0] if published else None, fetched_at)
        if each.field == "modified":
            return why_no_update(each, fetched_at)
        if each.field == "subtitle" and each.source not in SUBTITLE_ORDER:
            return "written for search engines"
        return authors.passed_over.get(id(each))

    is_chosen = [id(each) in won or (each.field == "tags" and each.value in tags) for each in candidates]
    marked = tuple(
        Candidate(each.field, each.value, each.source, yes, None if yes else why(each))
        for each, yes in zip(candidates, is_chosen, strict=True)
    )
    return Chosen(
        title[0] if title else None, subtitle.value if subtitle else None, authors.names, published[0] if published else None,
        modified[0] if modified else None, section.value if section else None, tags, image.value if image else None, marked,
    )  # fmt: skip


def headline(candidates: Sequence[Candidate], *, url: str | None) -> tuple[str, Candidate] | None:
    """The headline alone and where it comes from: what is decided on blocks needs it before their bylines are read."""
    host = _host(url)
    return choose_title(candidates, sites=_publishers(candidates, host), host=host)


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
