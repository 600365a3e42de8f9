"""Files, disks and processes that fail under a command: it says so, nothing is lost, and the next call makes it good."""

from __future__ import annotations

import json
import resource
import subprocess
import sys

import pytest

from tests.commands.conftest import ARTICLES, ROOT

HOLD = """
import sys
from pathlib import Path
from warehouse.connect import live
with live(Path(sys.argv[1]), wait_seconds=5):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """A process that has the warehouse open."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "state" / "live.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.communicate()


@pytest.mark.parametrize("arguments", [["audit"], ["import", str(ARTICLES[0])]])
def test_a_warehouse_that_another_process_holds_names_the_holder(feedmill, fails, holder, arguments):
    fails(feedmill(*arguments, lock_wait_seconds=0.2), 1, "live.duckdb is in use by", f"(PID {holder.pid})")


@pytest.mark.parametrize("state", ["a-file", "/proc/feedmill"])
def test_a_state_folder_that_cannot_be_made_is_named(feedmill, fails, tmp_path, state):
    (tmp_path / "a-file").write_text("not a folder")

    fails(feedmill("import", ARTICLES[0], "--state", state), 1, state)


def test_a_warehouse_file_that_is_none_is_named_and_left_alone(feedmill, fails, tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "live.duckdb").write_bytes(b"something else entirely" * 1_000)

    fails(feedmill("import", ARTICLES[0]), 1, "live.duckdb", "no DuckDB database")
    assert (tmp_path / "state" / "live.duckdb").read_bytes() == b"something else entirely" * 1_000


def test_a_full_disk_ends_the_run_in_words_and_the_next_run_makes_it_good(feedmill, fails, tmp_path):
    """No file may grow beyond some bytes, as on a disk that is full."""
    for number in range(100):
        (tmp_path / f"page-{number}.html").write_text(_noisy_page(number))

    full = feedmill("import", tmp_path, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)))
    again = feedmill("import", tmp_path)
    audit = feedmill("audit", "--json")

    fails(full, 1, "File too large")
    assert again.returncode == 0, again.stderr
    assert (audit.returncode, json.loads(audit.stdout)) == (0, [])
    counted = feedmill("sql", "--format", "csv", "select count(*) from articles_current")
    assert counted.stdout.split() == ["count_star()", "100"]


def _noisy_page(number: int) -> str:
    """A page that does not compress well."""
    words = [f"w{(number * 7919 + place * 104729) % 999983}" for place in range(400)]
    paragraphs = "".join(f"<p>{' '.join(words[start : start + 40])}.</p>" for start in range(0, 400, 40))
    return f"<html><head><title>Page {number}</title></head><body><article><h1>Page {number}</h1>{paragraphs}</article></body></html>"


def test_a_folder_without_pages_is_nothing_new(feedmill, tmp_path):
    (tmp_path / "empty").mkdir()

    done = feedmill("import", "empty")

    assert done.returncode == 0, done.stderr
    assert "nothing new" in done.stdout


def test_a_file_that_cannot_be_read_is_rejected_and_the_others_load(feedmill, tmp_path):
    """A link to a file that gives an input error, a link to nothing, and a folder that holds itself; none of them stops the rest."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "good.html").write_bytes(ARTICLES[0].read_bytes())
    (folder / "unreadable.html").symlink_to("/proc/self/mem")
    (folder / "nowhere.html").symlink_to(folder / "nothing.html")
    (folder / "itself").symlink_to(folder)
    (folder / "round.html").symlink_to(folder / "round.html")

    done = feedmill("import", "pages", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["entries"] == {"loaded": 1, "rejected": 1}
    rejected = feedmill("sql", "--format", "csv", "select reason from rejects")
    assert rejected.stdout.split() == ["reason", "unreadable"]
