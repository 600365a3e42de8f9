"""`feedmill templates` as people call it."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.commands.conftest import feedmill_in
from tests.pipeline.template_paper import PUBLISHER, STORIES, story_page


@pytest.fixture(scope="module")
def taught(tmp_path_factory):
    """A state folder with four articles that taught a template, one that it read and one that it refused."""
    folder = tmp_path_factory.mktemp("taught")
    designs = {STORIES[5]: "modern"}
    for stories in (STORIES[:4], STORIES[4:6]):
        files = [folder / f"{story}.html" for story in stories]
        for story, file in zip(stories, files, strict=True):
            file.write_text(story_page(story, design=designs.get(story, "plain")), encoding="utf-8")
        done = feedmill_in(folder, "import", *files, "--state", "state")
        assert done.returncode == 0, done.stderr
    return folder / "state"


@pytest.fixture
def state(taught, tmp_path):
    return shutil.copytree(taught, tmp_path / "state")


def test_what_is_listed_and_shown_is_json_too(feedmill, state):
    listed = json.loads(feedmill("templates", "list", "--json", "--state", state).stdout)
    shown = json.loads(feedmill("templates", "show", PUBLISHER, "--json", "--state", state).stdout)

    (one,) = listed
    assert (one["publisher_id"], one["state"], one["learned_from"], one["pages_read"], one["refused"]) == (PUBLISHER, "in use", 4, 1, 1)
    assert shown["health"] == one
    assert [(each["pages"], each["url"]) for each in shown["refusals"]] == [(1, f"https://{PUBLISHER}/{STORIES[5]}")]
    assert {each["decision"] for each in shown["places"]} == {"inside", "outside"}


def test_the_same_is_told_to_people(feedmill, state):
    listed, shown = feedmill("templates", "--state", state), feedmill("templates", "show", PUBLISHER, "--state", state)

    assert PUBLISHER in listed.stdout
    assert "learned from 4 pages" in shown.stdout
    assert "1 pages read, 1 refused, 0 audited" in shown.stdout
    assert (listed.returncode, listed.stderr, shown.returncode, shown.stderr) == (0, "", 0, "")


def test_an_audit_reads_pages_with_both_and_stores_nothing(feedmill, state):
    before = (state / "live.duckdb").read_bytes()
    audited = json.loads(feedmill("templates", "audit", PUBLISHER, "--pages", 2, "--json", "--state", state).stdout)

    assert sorted((each["publisher_id"], each["outcome"], each["agreement"]) for each in audited) == [
        (PUBLISHER, "refused", None),
        (PUBLISHER, "used", 1.0),
    ]
    assert (state / "live.duckdb").read_bytes() == before


def test_a_template_that_is_forgotten_can_be_forgotten_once(feedmill, state, fails):
    done = feedmill("templates", "forget", PUBLISHER, "--why", "it loses notes", "--json", "--state", state)

    assert (done.returncode, json.loads(done.stdout)["cleaned_again"]) == (0, 0)
    (one,) = json.loads(feedmill("templates", "list", "--json", "--state", state).stdout)
    assert (one["state"], one["retired_why"]) == ("retired", "forgotten")
    fails(feedmill("templates", "forget", PUBLISHER, "--why", "again", "--state", state), 2, f"{PUBLISHER} has no template")
    fails(feedmill("templates", "show", "harald.example", "--state", state), 2, f"did you mean {PUBLISHER}?")
