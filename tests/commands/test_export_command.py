"""`feedmill export`, as people type it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from tests.commands.conftest import ARTICLES, ROOT


@pytest.fixture
def export(feedmill, published_state):
    return lambda *arguments, **more: feedmill("export", *arguments, "--state", published_state, **more)


def test_the_format_is_what_the_name_ends_in_and_rows_and_bytes_are_said(export, tmp_path):
    done = export("articles_current", "--to", "articles.parquet")

    path = tmp_path / "articles.parquet"
    assert done.returncode == 0
    assert done.stdout == f"articles.parquet: {len(ARTICLES)} rows, {path.stat().st_size:,} bytes\n"
    assert pq.read_table(path).num_rows == len(ARTICLES)


def test_json_says_it_for_programs(export, tmp_path):
    done = export("articles_current", "--to", "articles.ndjson", "--json")

    told = json.loads(done.stdout)
    assert (told["rows"], told["bytes"], told["format"]) == (len(ARTICLES), (tmp_path / "articles.ndjson").stat().st_size, "jsonl")


def test_standard_output_holds_the_rows_and_nothing_else(export):
    done = export("articles_current", "--to", "-", "--format", "csv", "--json")

    assert len(list(csv.DictReader(done.stdout.splitlines(keepends=True)))) == len(ARTICLES)
    assert json.loads(done.stderr)["rows"] == len(ARTICLES)


def test_a_query_may_come_from_standard_input(export, tmp_path):
    export("--sql", "-", "--to", "a.csv", given="select 1 as a;\n")
    assert (tmp_path / "a.csv").read_text() == "a\n1\n"


def test_bounds_are_days_instants_or_how_long_ago(export, tmp_path):
    counts = [
        json.loads(export("articles_current", "--to", "-", "-f", "csv", "--json", *bound).stderr)["rows"]
        for bound in (["--since", "1d"], ["--until", "1d"], ["--since", "2020-01-01", "--until", "2020-02-01T12:00+02:00"])
    ]
    assert counts == [len(ARTICLES), 0, 0]


def test_text_that_a_spreadsheet_would_run_is_pointed_out(export):
    assert "--spreadsheet" in export("--sql", "select '=1+1' as a", "--to", "-", "-f", "csv").stderr
    assert export("--sql", "select '=1+1' as a", "--to", "-", "-f", "csv", "--spreadsheet").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["articles_current", "--to", "articles.xlsx"], "names no format"),
        (["--to", "a.csv"], "one of the two"),
        (["articles", "--sql", "select 1", "--to", "a.csv"], "one of the two"),
        (["--sql", "select 1", "--since", "1d", "--to", "a.csv"], "write the bound as SQL"),
        (["articles", "--since", "yesterday", "--to", "a.csv"], "yesterday is no time"),
        (["articles", "--since", "999999w", "--to", "a.csv"], "999999w is no time"),
        (["articles", "--partition-by", "publisher_id", "--to", "-"], "name a folder"),
        (["articles", "--partition-by", "publisher_id,", "--to", "parts"], "has no column "),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why(export, fails, tmp_path, arguments, says):
    fails(export(*arguments), 2, says)
    assert not list(tmp_path.iterdir())


def test_a_reader_that_has_had_enough_ends_it_quietly(published_state, tmp_path):
    command = [
        sys.executable,
        "-m",
        "flows.command_line",
        "export",
        "--sql",
        "select range as a from range(3000000)",
        "--to",
        "-",
        "-f",
        "csv",
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, "--state", published_state], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "a\n"
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(60) == 0
