"""SQL that a person gives, on the published copy."""

from __future__ import annotations

from datetime import UTC, date

import pytest

from tests.warehouse.warehouse_samples import ARTICLE_ID, BATCH, NOON
from warehouse.errors import NotPublished, QueryFailed
from warehouse.load import load
from warehouse.publish import publish
from warehouse.query import query


@pytest.fixture
def news(live_path, store, tmp_path):
    load(store, BATCH)
    store.close()
    publish(live_path, tmp_path / "news.duckdb", now=NOON, code_version="1.0", wait_seconds=0)
    return tmp_path / "news.duckdb"


def test_rows_are_python_values_under_their_columns(news):
    result = query(news, "select article_id, title, authors, published_at, published_on, modified_at from articles_current")

    assert result.columns == ("article_id", "title", "authors", "published_at", "published_on", "modified_at")
    assert result.types == ("UUID", "VARCHAR", "VARCHAR[]", "TIMESTAMP WITH TIME ZONE", "DATE", "TIMESTAMP WITH TIME ZONE")
    assert list(result.rows) == [(ARTICLE_ID, "One 🎈", ["Ada", "Grace"], NOON, date(2026, 3, 1), None)]


def test_instants_are_in_utc(news):
    ((instant,),) = query(news, "select published_at from articles_current").rows

    assert instant.utcoffset() == NOON.astimezone(UTC).utcoffset()


@pytest.mark.parametrize(("max_rows", "expected"), [(None, 5_000), (0, 0), (1_500, 1_500), (9_000, 5_000)])
def test_no_more_rows_come_than_asked_for(news, max_rows, expected):
    assert len(list(query(news, "select * from range(5000)", max_rows=max_rows).rows)) == expected


@pytest.mark.parametrize("sql", ["select nonsense", "selec", "", "delete from articles", "select * from read_text('/etc/passwd')"])
def test_sql_that_does_not_run_is_said_so_in_the_databases_words(news, sql):
    with pytest.raises(QueryFailed) as caught:
        query(news, sql)

    assert str(caught.value)


def test_an_error_in_a_later_row_is_said_so_too(news):
    with pytest.raises(QueryFailed, match="Could not convert"):
        list(query(news, "select case when i < 4000 then 1 else cast('x' || i as integer) end from range(5000) r(i)").rows)


def test_nothing_published_yet_is_said_so(tmp_path):
    with pytest.raises(NotPublished):
        query(tmp_path / "news.duckdb", "select 1")
