"""Everything a run found -> rows: the one bridge between the two vocabularies.

Pure; what the warehouse already holds comes in as an argument.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from tasks.article_rows import reading_rows
from tasks.identity import URL, Alias
from tasks.polling.recheck import NOT_MODIFIED
from tasks.text.job import TEXT_OF_FEED
from tasks.urls import article_id as id_of
from tasks.urls import registrable_domain, url_key
from warehouse.batch import Batch
from warehouse.rows import (
    ArticleRow,
    EntryAliasRow,
    FinishedEntryRow,
    PageRow,
    PublisherRow,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime, timedelta
    from uuid import UUID

    from tasks.items import Finished, PageRead
    from tasks.reading import Reading

LOCAL = "local"  # publisher of files that name no address
LONGEST_ERROR = 500
PAGE_AT_LAST = "read from its page"  # the text held so far was a feed's
UNTOUCHED = "not modified"  # as its server says


@dataclass(frozen=True, slots=True)
class Known:
    """What the warehouse holds on the articles of a batch.

    aliases: alias key -> article. hashes: article -> material_hash of its newest text; content_hash where the text is older than that.
    of_feeds: articles whose newest text is a feed's.
    """

    aliases: Mapping[int, UUID]
    hashes: Mapping[UUID, str]
    of_feeds: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Retries:
    """tries: how many in all. waits: before the second, third ... of them; the last one is repeated."""

    tries: int
    waits: tuple[timedelta, ...]


@dataclass(frozen=True, slots=True)
class _Identity:
    """Which article a page is: an address of its own, all names it goes by, and its id."""

    canonical_url: str
    key: str
    aliases: tuple[Alias, ...]
    article_id: UUID


def identities_asked(finished: Iterable[Finished]) -> frozenset[int]:
    """The alias keys that must be looked up before a batch can be shaped."""
    return frozenset(alias.key for each in finished if each.reading for alias in _names(each))


def article_of(each: Finished, aliases: Mapping[int, UUID]) -> UUID:
    """The article that a finished item is about."""
    return _identify(each, aliases).article_id


def articles_asked(finished: Iterable[Finished], aliases: Mapping[int, UUID]) -> frozenset[UUID]:
    """The articles whose newest text must be looked up, once the aliases are known."""
    return frozenset(_identify(each, aliases).article_id for each in finished if each.reading)


def shape(finished: Sequence[Finished], known: Known, *, run_id: UUID, cause: str, now: datetime, retries: Retries) -> Batch:
    """The rows of a batch of finished items, in their order. Two items about one article: the first is loaded, the others refer to it.

    A feed's text never takes the place of a page's; where the page is had at last, its text takes the place of the feed's.
    """
    aliases, hashes, of_feeds = dict(known.aliases), dict(known.hashes), set(known.of_feeds)
    parts: list[Batch] = []
    for each in finished:
        identity = _identify(each, aliases)
        page_is_held = identity.article_id in hashes and identity.article_id not in of_feeds
        if each.reading is None or (each.instead_of and page_is_held):
            page = page_row(each.instead_of or each.page, run_id)
            parts.append(Batch(pages=(page,), finished_entries=(_ended_without_article(each, now, retries),)))
            continue
        outcome, reason = _outcome(each, each.reading, identity, hashes, of_feeds)
        reason = reason or (_given_up(each, retries) if each.instead_of else None)
        hashes[identity.article_id] = each.reading.material_hash
        of_feeds = of_feeds - {identity.article_id} | ({identity.article_id} if TEXT_OF_FEED in each.reading.flags else set())
        aliases.update({alias.key: identity.article_id for alias in identity.aliases if alias.key not in aliases})
        end = FinishedEntryRow(
            each.item.poll_id, each.item.entry_key, outcome, reason, identity.article_id, each.item.attempts + 1, None, now
        )
        pages = tuple(page_row(page, run_id) for page in (each.instead_of, each.page) if page)
        parts.append(_article_rows(each, each.reading, identity, pages, run_id=run_id, cause=cause, now=now, end=end))
    return merged(parts)


def merged(parts: Sequence[Batch]) -> Batch:
    """One batch with the rows of all, in order."""
    return Batch(**{field.name: tuple(row for part in parts for row in getattr(part, field.name)) for field in fields(Batch)})


def page_row(page: PageRead, run_id: UUID) -> PageRow:
    """The row of one fetch."""
    place = page.place
    return PageRow(
        page.page_id, run_id, page.requested_url, page.final_url, page.at, page.outcome, page.http_status, _cut(page.content_type),
        page.wire_bytes, page.body_bytes, page.body_hash, page.duration_ms, place.file if place else None, place.offset if place else None,
        place.length if place else None, _cut(page.error), page.opt_outs, page.redirects, _cut(page.etag), _cut(page.last_modified),
    )  # fmt: skip


def _names(each: Finished) -> tuple[Alias, ...]:
    """Every identity of an item: the address it ended at first, then those its entry shows."""
    found = [Alias(URL, "", url_key(each.address)), *each.item.aliases]
    return tuple({alias.key: alias for alias in found}.values())


def _identify(each: Finished, aliases: Mapping[int, UUID]) -> _Identity:
    key, names = url_key(each.address), _names(each)
    known = each.item.article_id or next((aliases[alias.key] for alias in names if alias.kind == URL and alias.key in aliases), None)
    return _Identity(each.address, key, names, known or id_of(key))


def _outcome(
    each: Finished, reading: Reading, identity: _Identity, hashes: Mapping[UUID, str], of_feeds: Collection[UUID]
) -> tuple[str, str | None]:
    """A text held that has one of its hashes says the same."""
    held = hashes.get(identity.article_id)
    if held is None:
        return "loaded", None
    if held not in (reading.content_hash, reading.material_hash):
        is_page_at_last = identity.article_id in of_feeds and TEXT_OF_FEED not in reading.flags
        return ("unchanged", PAGE_AT_LAST) if is_page_at_last else ("revised", None)
    return ("unchanged", "same text") if each.item.article_id == identity.article_id else ("duplicate", "same article as another entry")


def _ended_without_article(each: Finished, now: datetime, retries: Retries) -> FinishedEntryRow:
    item, attempts = each.item, each.item.attempts + 1
    if each.page.outcome == NOT_MODIFIED:
        return FinishedEntryRow(item.poll_id, item.entry_key, "unchanged", UNTOUCHED, item.article_id, attempts, None, now)
    if not each.retryable or attempts >= retries.tries:
        reason = _given_up(each, retries)
        return FinishedEntryRow(item.poll_id, item.entry_key, "rejected", reason, item.article_id, attempts, None, now)
    wait = retries.waits[min(attempts, len(retries.waits)) - 1]
    return FinishedEntryRow(item.poll_id, item.entry_key, "pending", _reason(each), item.article_id, attempts, now + wait, now)


def _reason(each: Finished) -> str:
    return each.failure.reason if each.failure else each.page.outcome


def _given_up(each: Finished, retries: Retries) -> str:
    attempts = each.item.attempts + 1
    return f"{_reason(each)} after {attempts} tries" if each.retryable and attempts >= retries.tries else _reason(each)


def _article_rows(
    each: Finished,
    reading: Reading,
    identity: _Identity,
    pages: tuple[PageRow, ...],
    *,
    run_id: UUID,
    cause: str,
    now: datetime,
    end: FinishedEntryRow,
) -> Batch:
    article_id, seen_at = identity.article_id, each.page.at
    publisher_id = publisher_of(identity.canonical_url)
    rows = reading_rows(
        reading, article_id, publisher_id, page_id=each.page.page_id, seen_at=seen_at, run_id=run_id, cause=cause, now=now
    )  # fmt: skip
    return replace(
        rows,
        pages=pages,
        publishers=(PublisherRow(publisher_id, None, None, None, seen_at),),
        articles=(ArticleRow(article_id, identity.key, identity.canonical_url, publisher_id, seen_at, seen_at.date()),),
        entry_aliases=tuple(
            EntryAliasRow(alias.key, article_id, alias.kind, alias.scope, alias.value, seen_at) for alias in identity.aliases
        ),
        finished_entries=(end,),
    )


def publisher_of(canonical_url: str) -> str:
    """The publisher of what stands at an address."""
    return registrable_domain(canonical_url) or LOCAL


def _cut(text: str | None) -> str | None:
    """A server's or library's words, short and printable."""
    return "".join(c if c.isprintable() else " " for c in text[:LONGEST_ERROR]) if text else None
