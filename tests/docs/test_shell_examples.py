"""What the READMEs tell people to type, typed."""

from __future__ import annotations

import json
import subprocess

import pytest

from flows.demo.newsroom import Newsroom
from flows.demo.server import NewsroomServer
from flows.feeds_file import read_feeds
from tests.docs.fenced import FRONT, READMES, fenced, is_shown, name_of

NOT_RUN = {
    "make demo": "makes .venv, which takes packages from outside; the demo itself is played by a fixture",
    ". .venv/bin/activate": "the .venv that make makes",
    "make test": "would run this test again",
    "make lint": "makes .venv, which takes packages from outside",
    "python -m warehouse.dictionary": "writes a page of the repository; another test compares it",
    "python3 -m venv /opt/feedmill": "takes packages from outside and writes outside of the scratch folder",
}
NEWSROOM = Newsroom(1)
FEED = next(feed.url for feed in NEWSROOM.truth().feeds if feed.status == 200)


@pytest.fixture
def run(demo, scratch):
    """Runs a block as bash does, on a network that holds the newsroom and nothing else."""
    with NewsroomServer(NEWSROOM) as server:
        network = {
            "FEEDMILL_CONNECT_TO": json.dumps(dict(server.connect_to)),
            "FEEDMILL_ALLOW_LOOPBACK": "true",
            "FEEDMILL_PACE_SECONDS": "0",
        }
        environment = demo.environment | network

        def in_bash(text: str) -> str:
            command = ["bash", "-euo", "pipefail", "-c", text]
            done = subprocess.run(command, cwd=scratch, env=environment, capture_output=True, text=True, check=False, timeout=120)
            assert done.returncode == 0, f"{text}\n{done.stderr}"
            return done.stdout

        yield in_bash


@pytest.mark.parametrize("page", READMES, ids=name_of)
def test_every_command_runs_and_prints_what_is_shown(page, run, scratch):
    printed = ""
    for block in fenced(page, "sh", "toml", "output"):
        if block.language == "output":
            assert is_shown(block.text, printed), f"the page shows\n{block.text}\nbut this is printed\n{printed}"
        elif block.language == "toml":
            (scratch / "feeds.toml").write_text(block.text.replace("https://www.example.org/feed.xml", FEED), encoding="utf-8")
        elif block.text.splitlines()[0] not in NOT_RUN:
            printed = run(block.text)
            assert "feedmill ingest" not in block.text or " loaded" in printed


def test_what_is_not_run_is_shown_somewhere():
    shown = {block.text.splitlines()[0] for page in READMES for block in fenced(page, "sh")}
    assert set(NOT_RUN) <= shown


def test_the_front_page_shows_what_the_demo_prints(demo):
    (block,) = fenced(FRONT, "demo")
    assert is_shown(block.text, demo.printed), f"the page shows\n{block.text}\nbut the demo prints\n{demo.printed}"


def test_the_feeds_file_on_the_front_page_is_a_feeds_file(tmp_path):
    (block,) = fenced(FRONT, "toml")
    (tmp_path / "feeds.toml").write_text(block.text, encoding="utf-8")

    assert [feed.url for feed in read_feeds(tmp_path / "feeds.toml") if not feed.paused] == ["https://www.example.org/feed.xml"]


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a … s\n", "a 1.5 s\n", True),
        ("b\n", "a\nb \n", True),
        ("a\n", "ab\n", False),
        ("a\nc\n", "a\nb\nc\n", False),
        ("…\nx\n", "a\nb\n", False),
    ],
)
def test_an_excerpt_is_compared_line_by_line(shown, printed, same):
    assert is_shown(shown, printed) is same
