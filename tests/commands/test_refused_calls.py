"""Calls that cannot be carried out say what is wrong and end with exit code 1 (not done) or 2 (the call or the configuration is wrong)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from warehouse.connect import live
from warehouse.lease import INGEST, acquire
from warehouse.migrate import migrate

FEED = '[[feeds]]\nurl = "https://example.org/feed.xml"\n'


def test_an_unknown_key_in_feeds_toml_is_named_with_its_line(feedmill, fails, tmp_path):
    (tmp_path / "feeds.toml").write_text(f'{FEED}ulr = "https://example.org/other.xml"\n')

    fails(feedmill("ingest"), 2, "feeds.toml:3:", "'ulr'", "did you mean `url`?")
    assert not (tmp_path / "state").exists()


def test_a_missing_feeds_toml_is_said_with_what_to_write(feedmill, fails):
    fails(feedmill("ingest"), 2, "feeds.toml: there is no such file", "[[feeds]]")


def test_a_setting_that_is_not_valid_is_named_as_it_stands_in_the_environment(feedmill, fails, tmp_path):
    (tmp_path / "feeds.toml").write_text(FEED)

    fails(feedmill("ingest", workers="many", pace_seconds=-1), 2, "FEEDMILL_WORKERS", "FEEDMILL_PACE_SECONDS")


def test_a_number_of_workers_out_of_bounds_is_refused(feedmill, fails, tmp_path):
    (tmp_path / "feeds.toml").write_text(FEED)

    fails(feedmill("ingest", "--workers", "1000000"), 2, "WORKERS")


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("selec 1", "syntax error"),
        ("select * from read_text('/etc/hostname')", "disabled"),
        ("copy articles to '/tmp/articles.csv'", "no statement that writes"),
        ("delete from articles", "read-only"),
        ("set enable_external_access = true", "locked"),
    ],
)
def test_sql_that_is_wrong_or_reaches_beyond_the_copy_is_refused(feedmill, fails, published_state, statement, says):
    before = (published_state / "news.duckdb").read_bytes()

    fails(feedmill("sql", "--state", published_state, statement), 1, says)
    assert (published_state / "news.duckdb").read_bytes() == before


def test_before_anything_is_published_each_command_says_so(feedmill, fails, tmp_path):
    fails(feedmill("sql", "select 1"), 1, "does not exist yet")
    fails(feedmill("publish"), 1, "nothing to publish yet")
    fails(feedmill("audit"), 2, "does not exist")
    assert not (tmp_path / "state" / "live.duckdb").exists()


@pytest.mark.parametrize(
    ("name", "body", "ending"),
    [
        ("empty.html", b"", (1, "no_text")),
        ("program.html", b"\x7fELF" + b"a program's words and bytes\x00\x01\x02\x1f" * 900, (1, "not_html")),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(4_000), (1, "not_html")),
        ("half.html.gz", b"\x1f\x8b\x08\x00half", (2, "not a whole gzip file")),
    ],
)
def test_a_file_without_an_article_is_said_to_have_none(feedmill, fails, tmp_path, name, body, ending):  # noqa: PLR0917 - fixtures
    (tmp_path / name).write_bytes(body)

    done = feedmill("extract", name)

    fails(done, *ending)
    assert done.stdout == ""


def test_extract_needs_one_file_that_is_there(feedmill, fails):
    fails(feedmill("extract", "missing.html"), 2, "missing.html", "No such file")
    fails(feedmill("extract"), 2, "name one file")
    fails(feedmill("extract", "--jsonl", "missing.jsonl"), 2, "missing.jsonl", "No such file")


@pytest.mark.parametrize("broken", ['{"id": 1, "html": ', '{"id": 2, "html": 7}'])
def test_a_broken_line_of_jsonl_is_named_by_its_number(feedmill, fails, tmp_path, broken):
    good = json.dumps({"id": 1, "url": None, "html": "page.html"})
    (tmp_path / "many.jsonl").write_text(f"{good}\n{broken}\n")

    fails(feedmill("extract", "--jsonl", "many.jsonl"), 2, "line 2:")


def test_import_needs_files_that_are_there(feedmill, fails, tmp_path):
    fails(feedmill("import"), 2, "name at least one file or folder")
    fails(feedmill("import", "no-such-folder"), 2, "no-such-folder")
    assert not (tmp_path / "state").exists()


def test_the_demo_leaves_a_folder_that_holds_something_else_alone(feedmill, fails, published_state):
    before = sorted(path.name for path in published_state.iterdir())

    fails(feedmill("demo", "--state", published_state), 2, "holds a warehouse that is no demo", "--state")
    fails(feedmill("demo", "--fresh", "--state", published_state), 2, "holds a warehouse that is no demo")
    assert sorted(path.name for path in published_state.iterdir()) == before


def test_an_import_while_another_run_is_at_work_is_refused_and_says_what_to_do(feedmill, fails, tmp_path):
    now = datetime.now(UTC)
    (tmp_path / "state").mkdir()
    with live(tmp_path / "state" / "live.duckdb", wait_seconds=20) as connection:
        migrate(connection, now=now, code_version="test")
        acquire(connection, INGEST, holder="ingest on mill (process 7)", run_id=UUID(int=7), now=now, lasts=timedelta(hours=1))

    fails(feedmill("import", Path(__file__)), 1, "nothing was imported, for ingest on mill (process 7) has been at work", "import again")
