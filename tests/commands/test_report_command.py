"""`feedmill report` as people call it."""

from __future__ import annotations

import json

import pytest


def test_the_page_lies_in_the_folder_of_the_warehouse_or_where_it_is_told(feedmill, published_state, tmp_path):
    done = feedmill("report", "--state", published_state, "--to", tmp_path / "news.html")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"wrote {tmp_path / 'news.html'}: ")
    assert (tmp_path / "news.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["news.html"]


def test_its_numbers_can_be_had_as_json(feedmill, published_state):
    told = json.loads(feedmill("report", "--state", published_state, "--json", "--days", "1").stdout)
    assert told["totals"]["rows"][0]["articles"] == sum(row["articles"] for row in told["volume"]["rows"]) > 0
    assert "select" in told["totals"]["query"]


def test_a_publisher_that_is_not_there_is_said(feedmill, published_state, fails):
    fails(feedmill("report", "--state", published_state, "--publisher", "nobody.example"), 2, "nobody.example")


@pytest.mark.parametrize(
    ("options", "says"), [(("--days", "0"), "--days"), (("--days", "999999"), "--days"), (("--since", "2999-01-01"), "2999-01-01")]
)
def test_days_that_make_no_sense_are_refused(options, says, feedmill, published_state, fails):
    fails(feedmill("report", "--state", published_state, *options), 2, says)


def test_without_a_copy_or_a_place_to_write_it_says_so(feedmill, published_state, tmp_path, fails):
    fails(feedmill("report", "--state", tmp_path / "nowhere"), 1, "does not exist yet")
    fails(feedmill("report", "--state", published_state, "--to", tmp_path / "none" / "x.html"), 1, "none")
