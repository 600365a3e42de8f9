"""Content depends on pages and rules alone: not on the order of feeds, the size of batches or the number of workers."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from flows import policy
from flows.demo.cases import Case
from flows.pipeline.context import Steps
from tasks.model import ArchivePlace
from tasks.text.article import make_document
from tasks.text.job import PageJob
from tasks.web.archive import read_archived
from tests.pipeline.content import CONTENT, content_of
from tests.pipeline.newsroom_run import installation, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from tasks.model import Document

LEARNED_OR_NOT = ("articles", "article_metadata", "candidates", "identities")
TEMPLATES = """
select publisher_id, template_id, tries, snapshot_id
from template_states
join learning_states using (publisher_id)
order by publisher_id
"""
TEXTS = "select url, title, text from articles_current"


@pytest.fixture(scope="module")
def first_round(played) -> dict[str, list[tuple[object, ...]]]:
    return content_of(played.copies[1])


@pytest.mark.parametrize(("workers", "batch_pages"), [(1, 7), (3, 1_000)])
def test_workers_batches_and_the_order_of_feeds_change_no_byte_of_content(tmp_path, first_round, workers, batch_pages):
    with installation(tmp_path / "state", workers=workers) as place:
        feeds = list(place.feeds)
        random.Random(workers).shuffle(feeds)  # noqa: S311 - any order will do, the same each time
        place.with_feeds(tuple(feeds)).ingest(steps=Steps(batch_pages=batch_pages))
        content = content_of(place.keep_copy("again.duckdb"))

    assert content.keys() == CONTENT.keys()
    for table, rows in content.items():
        assert rows == first_round[table], table


def test_so_it_is_where_what_was_learned_reads_the_pages(tmp_path, played):
    """The second round is read with the templates and rules of the first."""
    with installation(tmp_path / "state", workers=1) as place:
        place.with_feeds(tuple(reversed(place.feeds))).ingest(steps=Steps(batch_pages=7))
        place.server.round_number = 2
        place.ingest(steps=Steps(batch_pages=1_000))
        copy = place.keep_copy("again.duckdb")
    content, expected = content_of(copy), content_of(played.copies[2])

    assert rows_of(copy, TEMPLATES) == rows_of(played.copies[2], TEMPLATES)
    assert any(str(row[2]).startswith("template-") for row in content["observations"])
    for table, rows in content.items():
        assert rows == expected[table], table


def test_every_block_of_a_page_is_in_its_ledger_with_a_verdict(played):
    """The pages are read again from the archive."""
    copy = played.copies[3]
    pages = rows_of(
        copy,
        """
        select
          pages.archive_file, pages.archive_offset, pages.archive_length, pages.content_type, pages.final_url,
          ledgers.article_id, ledgers.content_hash, coalesce(ledgers.snapshot_id, '')
        from article_blocks as ledgers
        join pages using (page_id)
        order by ledgers.article_id, ledgers.content_hash, ledgers.snapshot_id
        """,
    )
    for file, offset, length, content_type, url, article_id, content_hash, snapshot_id in pages[::8]:
        of_one = f"article_id = '{article_id}' and content_hash = '{content_hash}' and coalesce(snapshot_id, '') = '{snapshot_id}'"
        ledger = rows_of(copy, f"select text, verdict from blocks where {of_one} order by position")  # noqa: S608 - our own ids
        document = _read_again(copy.parent / "archive", ArchivePlace(file, offset, length), content_type, url)

        assert [text for text, _ in ledger] == [block.text for block in document.blocks]
        assert {verdict for _, verdict in ledger} <= {"kept", "moved", "removed"}


def _read_again(archive: Path, place: ArchivePlace, content_type: str | None, url: str) -> Document:
    body = read_archived(archive, place, max_body_bytes=policy.MAX_PAGE_BYTES).body
    return make_document(PageJob(body, content_type, url, None, policy.EXTRACT_SECONDS))


def test_an_article_that_needed_a_second_try_is_the_same_as_one_that_did_not(tmp_path, played):
    """Its page failed in round 1; who comes in round 2 finds nothing special about it. What was learned when is another matter."""
    late = [article.url for article in played.truth.articles_in(Case.ERROR_ONCE)]
    with installation(tmp_path / "state") as place:
        hosts = {article.host for article in played.truth.articles_in(Case.ERROR_ONCE)}
        newcomer = place.with_feeds(tuple(feed for feed in place.feeds if urlsplit(feed.url).hostname in hosts))
        newcomer.play(2)
        copy = newcomer.keep_copy("newcomer.duckdb")

    at_once, later = content_of(copy, only=late), content_of(played.copies[2], only=late)
    assert at_once["articles"]
    assert [at_once[table] for table in LEARNED_OR_NOT] == [later[table] for table in LEARNED_OR_NOT]
    assert sorted(row for row in rows_of(copy, TEXTS) if row[0] in late) == sorted(
        row for row in rows_of(played.copies[2], TEXTS) if row[0] in late
    )
