"""A ranked search finds what search() finds, the best first, where the published copy has an index."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pytest

from tests.warehouse.warehouse_samples import ARTICLE_ID, BATCH, NOON, SECOND
from warehouse.connect import open_published, published
from warehouse.definitions import VIEWS
from warehouse.errors import NotIndexed, QueryFailed
from warehouse.full_text import full_text_file
from warehouse.load import load
from warehouse.manifest import read_manifest
from warehouse.publish import publish
from warehouse.query import query
from warehouse.ranked_search import ranked_search
from warehouse.schema import packaged_schema, published_schema
from warehouse.search import Narrowing, search

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
FILLING = "Nothing else of note was reported. " * 5


def with_text(batch, title, text):
    return replace(batch, article_texts=tuple(replace(each, title=title, text=text) for each in batch.article_texts))


@pytest.fixture
def indexed(live_path, store, tmp_path):
    """Publishes one article with this headline and text, or two, with an index."""

    def make(*articles):
        for batch, (title, text) in zip((BATCH, SECOND), articles, strict=False):
            load(store, with_text(batch, title, text))
        store.close()
        news = tmp_path / "news.duckdb"
        publish(live_path, news, now=NOON, code_version="1.0", wait_seconds=0, search_index=True)
        return news

    return make


def found(news, words):
    return [hit.title for hit in ranked_search(news, words, BEGINNING, Narrowing(), most=10)]


TEXT = """The harbour of Łódź is closed, they don’t say why. L’École, au cœur de la Straße. Covid-19 rose by 1.5%.
石鳥居からの客は、昨日NHKが報道。2026年のこと。新しいサーバーを。มีน้ำท่วม 서울은 오늘 最高法院今日宣布
مَدْرَسَة جديدة وللسوق والسوق محـــمد أحمد ٢٠٢٦ Ёлка мой Αθήνα"""
ASKED = {
    "harbour open": False,
    "harbour headline": True, "harb*": True, '"of harbour"': False, "harbour -closed": False, "don't": True,
    "strasse": True, "Covid-19": True, "石鳥居": True, "石居": False, "客": True, "nhk 2026年": True,
    "น้ำ": True, "서울": True, "مدرسه": True,
    "سوق": True, "السوق": False, "елка": True,
}  # fmt: skip


def test_what_is_found_is_what_search_finds(indexed):
    news = indexed(("Headline", TEXT))

    def by(find, words):
        return [hit.article_id for hit in find(news, words, BEGINNING, Narrowing(), most=10)] == [ARTICLE_ID]

    assert {words: (by(ranked_search, words), by(search, words)) for words in ASKED} == {
        words: (is_so, is_so) for words, is_so in ASKED.items()
    }


def test_more_of_the_words_in_fewer_others_rank_higher_and_a_headline_counts_more(indexed):
    news = indexed(("Other", f"The harbour. {FILLING}"), ("The harbour", FILLING))

    hits = ranked_search(news, "harbour", BEGINNING, Narrowing(), most=10)

    assert [hit.title for hit in hits] == ["The harbour", "Other"]
    assert hits[0].score > hits[1].score > 0
    assert [hit.is_in_title for hit in hits] == [True, False]


def test_an_article_without_a_headline_is_found_by_its_text(indexed):
    news = indexed((None, "The harbour is closed."))

    assert found(news, "harbour") == [None]
    assert [hit.title for hit in search(news, "harbour", BEGINNING, Narrowing(), most=10)] == [None]


def test_hits_are_narrowed_and_counted(indexed):
    news = indexed(("One", "harbour"), ("Two", "harbour bridge"))
    ((publisher_id, first),) = query(news, "select publisher_id, min(first_seen_at) from articles group by all limit 1").rows

    def hits(since=BEGINNING, most=10, **narrowing):
        return len(ranked_search(news, "harbour", since, Narrowing(**narrowing), most=most))

    assert [hits(), hits(most=1), hits(until=first), hits(since=first)] == [2, 1, 0, 2]
    assert [hits(publisher_id=publisher_id) > 0, hits(publisher_id="other.example"), hits(language="xx")] == [True, 0, 0]


@pytest.mark.parametrize("words", ["", '""', "-harbour", "a b c d e f g"])
def test_a_search_without_words_or_with_too_many_is_refused(indexed, words):
    with pytest.raises(QueryFailed, match="one to six words"):
        found(indexed(("One", "harbour")), words)


def test_a_copy_without_an_index_says_how_to_make_one(live_path, store, tmp_path):
    load(store, BATCH)
    store.close()
    manifest = publish(live_path, tmp_path / "news.duckdb", now=NOON, code_version="1.0", wait_seconds=0)

    with pytest.raises(NotIndexed, match="feedmill publish --search-index"):
        found(tmp_path / "news.duckdb", "harbour")
    assert manifest.indexed_articles is None


def test_the_manifest_tells_how_many_articles_are_indexed(indexed):
    news = indexed(("One", "harbour"), ("Two", "bridge"))

    manifest = read_manifest(news)
    assert manifest.indexed_articles == dict(manifest.rows)["articles"] == 2


def test_an_empty_warehouse_has_an_empty_index(indexed):
    news = indexed()

    assert (read_manifest(news).indexed_articles, found(news, "harbour")) == (0, [])


def test_the_live_file_has_no_index(indexed, live_path):
    indexed(("One", "harbour"))

    with duckdb.connect(live_path, read_only=True) as connection:
        assert connection.execute("select count(*) from duckdb_tables() where schema_name <> 'main'").fetchone() == (0,)
        assert connection.execute("select count(*) from duckdb_tables() where table_name = 'search_words'").fetchone() == (0,)


MACRO_CALLS = [
    "articles_at(now(), now())", "articles_as_of(now())", "known_as_of(now())", "article_versions_since(now() - interval 1 day)",
    "search('harbour', '2020-01-01')",
]  # fmt: skip


def test_without_the_extension_every_view_and_macro_of_an_indexed_copy_works(indexed):
    news = indexed(("One", "harbour"))

    with open_published(news) as copy:
        with pytest.raises(duckdb.Error, match="fts"):
            copy.execute("select fts_main_search_words.match_bm25(article_id, 'harbour') from articles")
        for relation in (*VIEWS, *MACRO_CALLS):
            copy.sql(f"from {relation}").fetchall()
        copy.execute("describe").fetchall()
    assert published_schema(news) == packaged_schema()


def test_analysts_may_rank_with_their_own_sql_and_reach_no_file_by_it(indexed):
    news = indexed(("One", "harbour"))

    with open_published(news, full_text=True) as copy:
        [(score,)] = copy.execute("select fts_main_search_words.match_bm25(article_id, 'harbour') from articles_current").fetchall()
        assert score > 0
    with published(news, full_text=True) as copy, pytest.raises(duckdb.Error, match="disabled"):
        copy.execute("select * from read_csv('/etc/passwd')")


def test_the_extension_comes_with_the_packages_that_are_installed():
    assert full_text_file().is_file()
