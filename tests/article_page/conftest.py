"""Articles with a page: one of the newsroom's that was changed, one that was copied, and one whose every word is hostile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flows import policy
from flows.article_page.page import Made, page
from tasks.identity import URL, Alias
from tasks.urls import url_key
from tests.pipeline.newsroom_run import installation, rows_of
from tests.warehouse.warehouse_samples import ALIAS, ARTICLE_ID, BATCH, LEDGER, METADATA, NOON, PAIR, SECOND, TEXT, block, ledger
from warehouse.article_life import article_life
from warehouse.connect import live
from warehouse.load import load
from warehouse.migrate import migrate

HOSTILE = '</script><script>document.title="taken"</script><img src=x onerror=alert(1)>\u202eesrever\u2028\x07 & "\' {{ 7 * 7 }}'
MADE = Made(NOON + timedelta(hours=1), NOON, "1.0")


def life_of(copy, url):
    return article_life(copy, url=url, alias_key=Alias(URL, "", url_key(url)).key, most=policy.ARTICLE_PAGE.rows)


def page_of(life, **bounds):
    return page(life, MADE, replace(policy.ARTICLE_PAGE, **bounds))


@pytest.fixture(scope="session")
def newsroom_copy(tmp_path_factory):
    with installation(tmp_path_factory.mktemp("articles")) as mill:
        mill.play(1)
        mill.play(2)
        return mill.keep_copy("copy.duckdb")


@pytest.fixture(scope="session")
def changed(newsroom_copy):
    """Has the most changed blocks."""
    (url,) = rows_of(newsroom_copy, "select min(url) from revision_blocks group by url order by count(*) desc, url limit 1")[0]
    return life_of(newsroom_copy, url)


@pytest.fixture(scope="session")
def copied(newsroom_copy):
    """Stands in another paper, which had it first."""
    (url,) = rows_of(newsroom_copy, "select min(later_url) from near_duplicates")[0]
    return life_of(newsroom_copy, url)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """Headline, names, addresses and blocks are hostile, and one block is of a megabyte; a second article says the same."""
    path = tmp_path_factory.mktemp("hostile") / "news.duckdb"
    address = f"javascript:alert('{HOSTILE}')"
    blocks = ledger(
        block(0, None, "kept", (0, 17)),
        block(1, HOSTILE, "removed", rule_id=HOSTILE),
        block(2, None, "kept", (19, 34)),
        block(3, "x" * 1_000_000, "removed", rule_id="long"),
    )
    first = replace(
        BATCH,
        articles=(replace(BATCH.articles[0], canonical_url=address),),
        article_texts=(replace(TEXT, title=HOSTILE, language='en" onclick="'),),
        article_metadata=(
            replace(METADATA, subtitle=HOSTILE, authors=(HOSTILE,), captions=(HOSTILE,), image_url="data:text/html,<script>"),
        ),
        article_blocks=(replace(LEDGER, blocks=blocks),),
        entry_aliases=(replace(ALIAS, value=HOSTILE, scope=HOSTILE),),
        entry_outcomes=(replace(BATCH.entry_outcomes[0], entry_url=address, feed_id="example", reason=HOSTILE), BATCH.entry_outcomes[1]),
        pages=(replace(BATCH.pages[0], final_url=address, archive_file=HOSTILE, opt_outs=(HOSTILE,)), BATCH.pages[1]),
        metadata_candidates=(replace(BATCH.metadata_candidates[0], value=HOSTILE, source=HOSTILE, why=HOSTILE),),
    )
    second = replace(SECOND, near_duplicate_pairs=(PAIR,))
    with live(path, wait_seconds=0) as connection:
        migrate(connection, now=NOON, code_version="1.0")
        load(connection, first)
        load(connection, second)
    found = article_life(path, url=address, alias_key=ALIAS.alias_key, most=policy.ARTICLE_PAGE.rows)
    assert found.explained.article.article_id == ARTICLE_ID
    return found
