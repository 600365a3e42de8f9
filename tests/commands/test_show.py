"""`feedmill show` as people call it."""

from __future__ import annotations

import pytest

from warehouse.query import query


@pytest.fixture(scope="session")
def article(published_state):
    (found,) = query(published_state / "news.duckdb", 'select url, title, "text" from articles_current order by url', max_rows=1).rows
    return found


def test_an_article_is_printed_as_text_in_lines_that_read_well(feedmill, published_state, article):
    url, title, text = article
    done = feedmill("show", url, "--state", published_state)

    assert done.returncode == 0, done.stderr
    assert " ".join(f"{title} {text}".split()) not in done.stdout
    assert " ".join(text.split()) in " ".join(done.stdout.split())
    assert max(map(len, done.stdout.splitlines())) <= 88
    assert "1 version" in done.stdout


def test_its_page_is_printed_or_written_to_a_file(feedmill, published_state, article, tmp_path):
    printed = feedmill("show", article[0], "--html", "--state", published_state)
    written = feedmill("show", article[0], "--to", tmp_path / "a.html", "--state", published_state)

    assert printed.stdout.startswith("<!doctype html>")
    assert written.stdout == f"wrote {tmp_path / 'a.html'}\n"
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_an_address_that_no_article_goes_by_ends_with_1(feedmill, published_state, fails):
    fails(feedmill("show", "https://nobody.example/\x1b[31m", "--html", "--state", published_state), 1, "no article goes by the address")


def test_a_file_that_cannot_be_written_is_said(feedmill, published_state, article, fails, tmp_path):
    fails(feedmill("show", article[0], "--to", tmp_path / "none" / "a.html", "--state", published_state), 1, "a.html")
