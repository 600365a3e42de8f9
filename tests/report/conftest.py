"""What the report is made of: the demo's warehouse, an empty one, and one of two hostile articles that say the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows import policy
from flows.report.page import Made, page
from tests.pipeline.newsroom_run import installation
from tests.warehouse.warehouse_samples import BATCH, METADATA, NOON, PAIR, SECOND, TEXT
from warehouse.connect import live
from warehouse.figures.ask import Figures, figures
from warehouse.figures.window import Window
from warehouse.load import load
from warehouse.migrate import migrate

HOSTILE = '</script><script>document.title="taken"</script><img src=x onerror=alert(1)>\u202eesrever\u2028\x07 & "\' {{ 7 * 7 }}'
LATER = NOON + timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A copy, what it says of its last thirty days at `now`, and the page of that."""

    copy: Path
    now: datetime

    def figures(self, *, days: float = 30, publisher: str | None = None) -> Figures:
        return figures(self.copy, Window(self.now - timedelta(days=days), self.now, publisher), policy.REPORT)

    def page(self, **window: object) -> str:
        return page(self.figures(**window), Made(self.now, self.now, "1.0", policy.REPORT_STALE_AFTER))


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Told:
    with installation(tmp_path_factory.mktemp("report")) as mill:
        mill.play(1)
        mill.play(2)
        return Told(mill.keep_copy("copy.duckdb"), datetime.now(UTC))


@pytest.fixture(scope="session")
def empty(tmp_path_factory) -> Told:
    return Told(_file(tmp_path_factory.mktemp("empty") / "news.duckdb"), LATER)


@pytest.fixture(scope="session")
def one_article(tmp_path_factory) -> Told:
    return Told(_file(tmp_path_factory.mktemp("one") / "news.duckdb", BATCH), LATER)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory) -> Told:
    text, metadata = replace(TEXT, title=HOSTILE), replace(METADATA, authors=(HOSTILE,))
    urls = [replace(article, canonical_url=f"javascript:alert('{article.article_id}')") for article in (*BATCH.articles, *SECOND.articles)]
    first = replace(BATCH, articles=(urls[0],), article_texts=(text,), article_metadata=(metadata,))
    second = replace(
        SECOND,
        articles=(replace(urls[1], publisher_id="<b>other</b>.example"),),
        article_texts=(replace(text, article_id=urls[1].article_id),),
        near_duplicate_pairs=(PAIR,),
    )
    return Told(_file(tmp_path_factory.mktemp("hostile") / "news.duckdb", first, second), LATER)


@pytest.fixture
def filled(tmp_path):
    """A file of the given batches."""
    return lambda *batches: _file(tmp_path / f"{len(list(tmp_path.iterdir()))}.duckdb", *batches)


def _file(path, *batches):
    with live(path, wait_seconds=0) as connection:
        migrate(connection, now=NOON, code_version="1.0")
        for batch in batches:
            load(connection, batch)
    return path
