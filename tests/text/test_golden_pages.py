"""Pages, whole, and what becomes of every block of them. pages/CASE.html stands beside CASE.toml, which says what must come out."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tasks.model import Action, Article
from tasks.text.article import make_article
from tasks.text.job import PageJob

PAGES = Path(__file__).with_name("pages")
CASES = sorted(path.stem for path in PAGES.glob("*.html"))


def read(case):
    expected = tomllib.loads((PAGES / f"{case}.toml").read_text(encoding="utf-8"))
    page = (PAGES / f"{case}.html").read_bytes()
    article = make_article(PageJob(page, expected.get("content_type", "text/html"), expected.get("url"), None, 60))
    assert isinstance(article, Article), article
    return article, expected


def ledger(article, action):
    return [
        (verdict, block.text) for block, verdict in zip(article.document.blocks, article.verdicts, strict=True) if verdict.action is action
    ]


@pytest.mark.parametrize("case", CASES)
def test_the_text_is_the_article_and_nothing_else(case):
    article, expected = read(case)

    assert article.text.split("\n\n") == expected["kept"]


@pytest.mark.parametrize("case", CASES)
def test_what_is_removed_is_in_the_ledger_with_its_rule(case):
    article, expected = read(case)

    assert [[verdict.rule_id, text] for verdict, text in ledger(article, Action.REMOVED)] == expected.get("removed", [])
    assert all(verdict.reason for verdict, _ in ledger(article, Action.REMOVED))


@pytest.mark.parametrize("case", CASES)
def test_what_is_moved_is_in_the_ledger_with_its_field(case):
    article, expected = read(case)

    assert [[verdict.field, text] for verdict, text in ledger(article, Action.MOVED)] == expected.get("moved", [])


@pytest.mark.parametrize("case", CASES)
def test_the_metadata_is_what_the_page_says(case):
    article, expected = read(case)
    published = article.published

    assert article.title == expected["title"]
    assert list(article.authors) == expected.get("authors", [])
    assert (published.on if published else None) == expected.get("published_on")
    assert (published.at if published else None) == expected.get("published_at")
    assert article.language == expected["language"]
    assert list(article.captions) == expected.get("captions", [])
    assert list(article.credits) == expected.get("credits", [])
    assert list(article.corrections) == expected.get("corrections", [])
    assert article.subtitle == expected.get("subtitle")


def test_every_case_is_a_pair():
    assert sorted(path.stem for path in PAGES.glob("*.toml")) == CASES
