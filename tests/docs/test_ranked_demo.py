"""An article of the demo is found by two words of its text, in each of its languages."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from warehouse.query import query
from warehouse.ranked_search import ranked_search
from warehouse.search import Narrowing
from warehouse.search_index import index_copy

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
TWO_OF_ITS_WORDS = r"""
    with words as (
      select distinct article_id, language, unnest(regexp_extract_all(lower("text"), '[\pL\pM]{4,}')) as word
      from articles_current
    ), counted as (
      select *, count(*) over (partition by language, word) as articles
      from words
    ), rarest as (
      select language, article_id, arg_min(word, articles, 2) as rare, list_sum(min(articles, 2)) as articles
      from counted
      group by language, article_id
    )
    select language, first(array_to_string(rare, ' ') order by articles, article_id), first(article_id order by articles, article_id)
    from rarest
    where language is not null
    group by language
    order by language
"""


@pytest.fixture
def indexed(demo, tmp_path):
    copy = shutil.copyfile(demo.folder / "state" / "demo" / "news.duckdb", tmp_path / "news.duckdb")
    copy.chmod(0o644)
    index_copy(copy)
    return copy


def test_in_each_language_two_words_of_its_text_find_an_article_first(indexed):
    asked = list(query(indexed, TWO_OF_ITS_WORDS).rows)

    first = {words: ranked_search(indexed, str(words), BEGINNING, Narrowing(), most=1) for _, words, _ in asked}

    assert [language for language, *_ in asked] == ["ar", "de", "en", "es", "fr", "ja"]
    assert [[hit.article_id for hit in first[words]] for _, words, _ in asked] == [[article_id] for *_, article_id in asked]
