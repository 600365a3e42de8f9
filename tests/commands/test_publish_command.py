"""`feedmill publish --to`, and the copies of days."""

from __future__ import annotations

import json
import resource
import shutil

import pytest


@pytest.fixture
def state(published_state, tmp_path):
    shutil.copytree(published_state, tmp_path / "state")
    return tmp_path / "state"


@pytest.fixture
def share(tmp_path):
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


def test_the_copy_lies_in_both_folders_and_both_are_told(feedmill, state, share):
    done = feedmill("publish", "--to", "share")

    assert done.returncode == 0, done.stderr
    assert "published state/news.duckdb and share/news.duckdb" in done.stdout
    assert (share / "news.duckdb").read_bytes() == (state / "news.duckdb").read_bytes()
    assert (share / "news.manifest.json").read_text() == (state / "news.manifest.json").read_text()


def test_a_folder_with_the_copy_is_queried_as_a_state_folder_is(feedmill, state, share):
    feedmill("publish", "--to", share)

    there, here = (feedmill("sql", "--state", folder, "--format", "csv", "select url from articles_current") for folder in (share, state))
    assert (there.returncode, there.stdout) == (0, here.stdout)


def test_with_the_setting_the_day_s_copy_is_kept_in_both_folders(feedmill, state, share):
    told = json.loads(feedmill("publish", "--to", share, "--json", keep_copies_days=2).stdout)

    kept = f"news-{told['published_at'][:10]}.duckdb"
    assert (state / kept).read_bytes() == (share / kept).read_bytes() == (state / "news.duckdb").read_bytes()


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("missing", "make it, or mount the drive"),
        ("state/live.duckdb", "it is no folder"),
        ("state", "lies there already"),
        ("/proc", "cannot be written"),
    ],
)
def test_a_folder_that_will_not_do_is_named_and_the_copy_at_home_is_published_all_the_same(feedmill, fails, state, to, says):
    (state / "news.duckdb").unlink()

    fails(feedmill("publish", "--to", to), 1, to, says)
    assert (state / "news.duckdb").exists()


def test_a_disk_that_is_full_keeps_the_former_copy(feedmill, fails, state, share):
    feedmill("publish", "--to", share)
    before = {path.name: path.read_bytes() for folder in (state, share) for path in folder.glob("news*")}

    full = feedmill("publish", "--to", share, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)))

    fails(full, 1, "news.duckdb: ", "File too large")
    assert {path.name: path.read_bytes() for folder in (state, share) for path in folder.glob("news*")} == before
