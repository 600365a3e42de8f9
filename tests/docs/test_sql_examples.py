"""What the READMEs tell people to ask, asked of the demo's published copy."""

from __future__ import annotations

import pytest

from tests.docs.fenced import ANALYSTS, FRONT, OPS, fenced, name_of
from warehouse.examples import examples
from warehouse.query import query

SHOWN = [(page, block.text) for page in (FRONT, ANALYSTS, OPS) for block in fenced(page, "sql")]
NONE = "-- no rows"


@pytest.fixture
def ask(demo):
    return lambda sql: list(query(demo.folder / "state" / "demo" / "news.duckdb", sql).rows)


@pytest.mark.parametrize(("page", "sql"), SHOWN, ids=[f"{name_of(page)}-{number}" for number, (page, _) in enumerate(SHOWN)])
def test_sql_that_is_shown_runs_and_finds_what_it_says(page, sql, ask):
    assert bool(ask(sql)) is (NONE not in sql)


def test_the_front_page_shows_the_examples_as_they_are():
    shown = FRONT.read_text(encoding="utf-8")
    expected = [
        f"<details><summary>{number}. {each.question}</summary>\n\n```sql\n{each.sql}\n```\n\n</details>\n"
        for number, each in enumerate(examples(), 1)
    ]

    assert "\n".join(expected) in shown


def test_the_analysts_page_lists_the_examples():
    expected = [f"{number}. [{each.question}](examples/{each.name}.sql)" for number, each in enumerate(examples(), 1)]
    assert "\n".join(expected) in ANALYSTS.read_text(encoding="utf-8")


def test_the_examples_run_on_the_demo_and_nearly_all_find_something(ask):
    assert [each.name for each in examples() if not ask(each.sql)] == ["13_gaps"]
