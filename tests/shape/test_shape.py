"""What a run found -> the rows it leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest

from tasks.canonical import address_of, article_url
from tasks.errors import FetchError
from tasks.identity import ENTRY_ID, URL, Alias
from tasks.items import Finished, PageRead, WorkItem
from tasks.model import Entry
from tasks.reading import reading_of
from tasks.shape import Known, Retries, articles_asked, identities_asked, shape
from tasks.text.article import make_article
from tasks.text.job import PageJob
from tasks.urls import article_id, url_key

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SPACE = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
RUN_ID, POLL_ID, PAGE_ID = (uuid5(SPACE, name) for name in ("run", "poll", "page"))
HERE = "https://gazette.example/2026/03/ferry-returns"
RETRIES = Retries(tries=3, waits=(timedelta(minutes=5), timedelta(hours=1)))
NOTHING_KNOWN = Known({}, {})
TEXT = [
    "The ferry between Mosswick and the outer islands sailed again on Tuesday, nine weeks after divers found a crack in its hull.",
    "Islanders had depended on two fishing boats and a helicopter that flew only in good weather since the middle of January.",
    "The harbour board said the repair had cost 1.4 million crowns, and that a second inspection would follow in June.",
]


def article(*paragraphs, head="", headline="Ferry returns"):
    body = "".join(f"<p>{each}</p>" for each in paragraphs or TEXT)
    top = f"<html lang=en><head><title>{headline}</title>{head}</head>"
    page = f"{top}<body><article><h1>{headline}</h1>{body}<p>News</p></article></body></html>"
    return reading_of(make_article(PageJob(page.encode(), "text/html", HERE, None, 60)))


def finished(url=HERE, *, key="one", found=None, known_as=None, aliases=(), attempts=0, failure=None, retryable=False):
    item = WorkItem(POLL_ID, "feed", key, Entry(position=0, url=url), aliases, known_as, attempts, url)
    page = PageRead(PAGE_ID, url, url, NOW, "ok" if failure is None else failure.reason, http_status=200)
    reading = None if failure else found or article()
    return Finished(item, page, address_of(url, url, reading), reading, failure, retryable)


def rows_of(*items, known=NOTHING_KNOWN):
    return shape(items, known, run_id=RUN_ID, cause="fetch", now=NOW, retries=RETRIES)


def outcomes(batch):
    return [(row.entry_key, row.outcome, row.reason) for row in batch.finished_entries]


def hash_of(found):
    return rows_of(finished(found=found)).article_texts[0].content_hash


def test_an_article_is_one_row_in_each_of_its_tables():
    batch = rows_of(finished())

    tables = (
        batch.articles,
        batch.article_texts,
        batch.article_metadata,
        batch.article_observations,
        batch.article_blocks,
        batch.pages,
        batch.publishers,
    )
    assert [len(table) for table in tables] == [1] * len(tables)
    assert batch.articles[0].article_id == article_id(url_key(HERE))
    assert batch.publishers[0].publisher_id == "gazette.example"
    assert outcomes(batch) == [("one", "loaded", None)]


def test_text_and_ledger_together_are_the_page():
    batch = rows_of(finished())
    text, ledger = batch.article_texts[0].text, batch.article_blocks[0].blocks
    blocks = zip(ledger.text, ledger.char_start, ledger.char_end, strict=True)
    restored = [text[start:end] if removed is None else removed for removed, start, end in blocks]

    assert restored == ["Ferry returns", *TEXT, "News"]
    assert ledger.verdict == ("moved", "kept", "kept", "kept", "removed")
    assert ledger.position == tuple(range(5))


def test_everything_of_one_article_refers_to_the_same_text_and_metadata():
    batch = rows_of(finished())
    observed = batch.article_observations[0]

    assert batch.article_texts[0].content_hash == batch.article_blocks[0].content_hash == observed.content_hash
    assert batch.article_metadata[0].metadata_hash == observed.metadata_hash
    assert {row.metadata_hash for row in batch.metadata_candidates} == {observed.metadata_hash}


@pytest.mark.parametrize(
    ("held", "known_as", "outcome"),
    [
        (None, None, ("one", "loaded", None)),
        ("another", None, ("one", "revised", None)),
        ("same", article_id(url_key(HERE)), ("one", "unchanged", "same text")),
        ("same", None, ("one", "duplicate", "same article as another entry")),
    ],
)
def test_the_outcome_says_what_the_text_held_before_makes_of_it(held, known_as, outcome):
    hashes = {article_id(url_key(HERE)): hash_of(article()) if held == "same" else held} if held else {}

    assert outcomes(rows_of(finished(known_as=known_as), known=Known({}, hashes))) == [outcome]


def test_a_second_entry_for_the_same_page_in_one_batch_is_a_duplicate():
    batch = rows_of(finished(), finished(key="two"))

    assert outcomes(batch) == [("one", "loaded", None), ("two", "duplicate", "same article as another entry")]


def test_a_page_that_moved_keeps_its_article_while_an_old_address_still_names_it():
    old = Alias(URL, "", url_key("https://gazette.example/old"))
    first = article_id(url_key("https://gazette.example/old"))
    batch = rows_of(finished(aliases=(old,)), known=Known({old.key: first}, {}))

    assert batch.articles[0].article_id == first


def test_an_entry_id_alone_does_not_make_two_pages_one_article():
    shared = Alias(ENTRY_ID, "feed", "1")
    batch = rows_of(finished(aliases=(shared,)), known=Known({shared.key: uuid5(SPACE, "another")}, {}))

    assert batch.articles[0].article_id == article_id(url_key(HERE))


def test_what_must_be_looked_up_is_asked_for():
    items = [finished(aliases=(Alias(ENTRY_ID, "feed", "1"),)), finished(key="two", failure=FetchError(HERE, "dns"))]

    assert identities_asked(items) == {Alias(URL, "", url_key(HERE)).key, Alias(ENTRY_ID, "feed", "1").key}
    assert articles_asked(items, {}) == {article_id(url_key(HERE))}


@pytest.mark.parametrize(
    ("attempts", "retryable", "ending"),
    [
        (0, False, ("rejected", "timeout", None)),
        (0, True, ("pending", "timeout", NOW + timedelta(minutes=5))),
        (1, True, ("pending", "timeout", NOW + timedelta(hours=1))),
        (2, True, ("rejected", "timeout after 3 tries", None)),
    ],
)
def test_a_failure_waits_for_another_try_as_long_as_it_has_one(attempts, retryable, ending):
    row = rows_of(finished(failure=FetchError(HERE, "timeout"), attempts=attempts, retryable=retryable)).finished_entries[0]

    assert (row.outcome, row.reason, row.next_try_at) == ending
    assert row.attempts == attempts + 1


def test_a_rotated_box_of_links_is_no_new_version_and_another_headline_is_one():
    same = article(*TEXT, "Read more: Bridge closed again")
    other = article(headline="Ferry is back")

    assert hash_of(same) == hash_of(article())
    assert hash_of(other) != hash_of(article())


@pytest.mark.parametrize(
    ("named", "believed"),
    [
        ("https://gazette.example/2026/03/ferry-returns", True),
        ("https://www.gazette.example/2026/03/ferry-returns/", True),
        ("/2026/03/ferry-returns", True),
        ("https://gazette.example/", False),
        ("https://gazette.example/2026/03/another-story", False),
        ("https://elsewhere.example/2026/03/ferry-returns", False),
        ("javascript:alert(1)", False),
    ],
)
def test_a_page_may_name_its_own_address_but_no_other_page(named, believed):
    found = article(head=f'<link rel="canonical" href="{named}">')
    url = article_url(f"{HERE}?from=feed", found)

    assert (url.split("?")[0].rstrip("/").endswith("/2026/03/ferry-returns"), "from=feed" in url) == (True, not believed)
