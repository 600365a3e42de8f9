"""What a published copy says about the newsroom's articles, in the newsroom's own terms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.pipeline.newsroom_run import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from flows.demo.truth import ArticleTruth, Truth


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One block of a page. text: also of kept blocks."""

    position: int
    text: str
    verdict: str
    rule_id: str | None
    field: str | None
    repeat_of: int | None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One row of articles_current, with its ledger."""

    url: str
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    published_at: datetime | None
    published_on: date | None
    language: str | None
    text: str
    captions: tuple[str, ...]
    credits: tuple[str, ...]
    corrections: tuple[str, ...]
    ledger: tuple[LedgerLine, ...]

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split("\n\n")

    def lines(self, text: str) -> list[LedgerLine]:
        """The blocks that hold this text, alone or with more (a byline shares its block with the date)."""
        return [line for line in self.ledger if text in line.text]


ARTICLES = """
select url, title, subtitle, authors, published_at, published_on, language, text, captions, credits, corrections
from articles_current
"""
LEDGERS = """
select articles.url, blocks.position, blocks.text, blocks.verdict, blocks.rule_id, blocks.field, blocks.repeat_of
from blocks
join articles_current as articles using (article_id, content_hash, ruleset_id)
where blocks.snapshot_id is not distinct from articles.snapshot_id
order by blocks.position
"""


def stored_articles(copy: Path) -> Mapping[str, StoredArticle]:
    """By URL."""
    ledgers: dict[str, list[LedgerLine]] = defaultdict(list)
    for url, *block in rows_of(copy, LEDGERS):
        ledgers[url].append(LedgerLine(*block))
    return {
        row[0]: StoredArticle(*(tuple(each) if isinstance(each, list) else each for each in row), tuple(ledgers[row[0]]))
        for row in rows_of(copy, ARTICLES)
    }


def out_by(truth: Truth, round_number: int) -> Iterator[ArticleTruth]:
    """The articles of which a row must have come by that round."""
    for article in truth.articles:
        failing = article.url in {e.article_url for e in truth.entries_in(round_number) if e.expected == "pending"}
        if article.is_loadable and not failing and any(reading.round_number <= round_number for reading in article.readings):
            yield article
