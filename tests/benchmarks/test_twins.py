from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.model_pages import model_pages
from benchmarks.twins import model_of, twin, words_of
from tasks.model import Article
from tasks.text.article import make_article
from tasks.text.job import PageJob

URL = "http://s1.paper1.test/2026/11/01/story-1.html"
PUBLISHED = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def models():
    return [model_of(body, url) for body, url in model_pages(6)]


def read(html: str) -> Article:
    made = make_article(PageJob(html.encode(), "text/html; charset=utf-8", URL, None, 60))
    assert isinstance(made, Article), made
    return made


def another(models, number: int, seed: str) -> tuple[str, Article]:
    words = words_of(models)
    title, html = twin(models[number], words[models[number].language], url=URL, published=PUBLISHED, seed=seed)
    return title, read(html)


def test_generated_model_pages_are_as_large_as_news_pages_are():
    for body, url in model_pages(6):
        made = make_article(PageJob(body, "text/html", url, None, 60))

        assert 60_000 <= len(body) <= 200_000
        assert 150 <= len(made.document.blocks) <= 300


@pytest.mark.parametrize("number", range(6))
def test_a_twin_has_the_chrome_of_its_model_and_another_story(models, number):
    _, one = another(models, number, "1")
    _, other = another(models, number, "2")
    same = {block.text for block in one.document.blocks} & {block.text for block in other.document.blocks}

    assert abs(len(one.document.blocks) - models[number].blocks) <= 5
    assert len(same) > 0.2 * len(one.document.blocks)
    assert not same & set(one.text.split("\n\n"))


def test_a_twin_says_its_own_headline_address_and_day(models):
    title, made = another(models, 0, "1")

    assert made.title == title != models[0].title
    assert URL in [candidate.value for candidate in made.candidates if candidate.source == "link canonical"]
    assert made.published.on == PUBLISHED.date()


def test_the_same_seed_gives_the_same_page(models):
    assert another(models, 0, "1") == another(models, 0, "1")
