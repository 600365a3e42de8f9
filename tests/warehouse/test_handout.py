"""The published copy in another folder: whole, the newest, or what was there before."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.warehouse.live_and_copy import add_second, articles_in
from tests.warehouse.warehouse_samples import NOON
from warehouse.connect import published
from warehouse.errors import PublishFailed, WarehouseLocked, WarehouseUnusable
from warehouse.handout import hand_out
from warehouse.manifest import manifest_path, read_manifest, write_manifest
from warehouse.publish import nobody, publish

PHASES = ["hand_out.copy", "hand_out.check", "hand_out.rename", "hand_out.manifest"]


@pytest.fixture
def news(filled_path):
    """The published copy of one batch, in a state folder."""
    return publish_now(filled_path)


@pytest.fixture
def share(tmp_path):
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def publish_now(live_path):
    path = live_path.with_name("news.duckdb")
    publish(live_path, path, now=NOON, code_version="1.0", wait_seconds=0)
    return path


def publish_second(news):
    add_second(news.with_name("live.duckdb"))
    publish_now(news.with_name("live.duckdb"))


def hand_out_now(news, share, keep_days=0, on_phase=nobody):
    return hand_out(news, share, wait_seconds=0, keep_days=keep_days, on_phase=on_phase)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_same_bytes_lie_there_with_the_same_manifest(news, share):
    there = hand_out_now(news, share)

    assert there == share / "news.duckdb"
    assert there.read_bytes() == news.read_bytes()
    assert there.stat().st_mode & 0o777 == 0o444
    assert read_manifest(there) == read_manifest(news)
    assert names(share) == ["news.duckdb", "news.manifest.json"]


def test_a_copy_that_is_not_the_one_of_its_manifest_is_not_handed_out(news, share):
    manifest = read_manifest(news)
    publish_second(news)
    write_manifest(news, manifest)

    with pytest.raises(PublishFailed, match="publish again"):
        hand_out_now(news, share)
    assert names(share) == []


def test_a_reader_there_keeps_its_copy_and_the_next_one_opens_the_new_one(news, share):
    there = hand_out_now(news, share)
    with published(there) as reader:
        publish_second(news)
        hand_out_now(news, share)
        assert len(reader.table("articles")) == 1

    assert articles_in(there) == 2


def test_copies_of_days_are_kept_there_too(news, share):
    hand_out_now(news, share, keep_days=3)

    assert names(share) == ["news-2026-03-01.duckdb", "news-2026-03-01.manifest.json", "news.duckdb", "news.manifest.json"]


def test_while_it_is_handed_out_the_warehouse_can_be_loaded_and_published(news, share):
    hand_out_now(news, share, on_phase=lambda phase: publish_second(news) if phase == "hand_out.rename" else None)

    assert (articles_in(news), articles_in(share / "news.duckdb")) == (2, 1)


HAND_OUT_AND_DIE = """
import os, signal, sys
from pathlib import Path
from warehouse.handout import hand_out
def die(phase):
    if phase == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
hand_out(Path(sys.argv[1]), Path(sys.argv[2]), wait_seconds=0, keep_days=0, on_phase=die)
"""


@pytest.mark.parametrize("phase", PHASES)
def test_a_crash_leaves_a_copy_there_that_opens_and_the_next_call_cleans_up(news, share, phase):
    there = hand_out_now(news, share)
    publish_second(news)
    killed = subprocess.run([sys.executable, "-c", HAND_OUT_AND_DIE, news, share, phase], check=False)

    assert killed.returncode == -9
    assert articles_in(there) == (2 if phase == "hand_out.manifest" else 1)
    hand_out_now(news, share)
    assert articles_in(there) == 2
    assert names(share) == ["news.duckdb", "news.manifest.json"]


def test_bytes_that_arrive_changed_are_not_put_in_place(news, share):
    there = hand_out_now(news, share)
    publish_second(news)

    def flip(phase):
        if phase == "hand_out.check":
            with (share / "news.duckdb.new").open("r+b") as file:
                file.seek(-1, os.SEEK_END)
                last = file.read(1)
                file.seek(-1, os.SEEK_END)
                file.write(bytes([last[0] ^ 1]))

    with pytest.raises(PublishFailed, match="publish again"):
        hand_out_now(news, share, on_phase=flip)

    assert articles_in(there) == 1
    assert names(share) == ["news.duckdb", "news.manifest.json"]


def test_two_do_not_hand_out_at_once(news, share):
    told = []

    def second(phase):
        if phase == "hand_out.copy":
            with pytest.raises(WarehouseLocked, match="another feedmill publish --to"):
                hand_out_now(news, share)
            told.append(phase)

    hand_out_now(news, share, on_phase=second)

    assert told == ["hand_out.copy"]


def test_a_folder_that_is_missing_is_not_made_for_it_may_be_a_drive_that_is_not_mounted(news, tmp_path):
    with pytest.raises(WarehouseUnusable, match="make it, or mount the drive"):
        hand_out_now(news, tmp_path / "missing")

    assert not (tmp_path / "missing").exists()


def test_a_file_is_no_folder(news, tmp_path):
    (tmp_path / "file").write_text("mine")

    with pytest.raises(WarehouseUnusable, match="it is no folder"):
        hand_out_now(news, tmp_path / "file")


def test_the_folder_that_the_copy_lies_in_already_is_refused(news):
    with pytest.raises(WarehouseUnusable, match="lies there already"):
        hand_out_now(news, news.parent / ".." / news.parent.name)


def test_a_folder_that_cannot_be_written_is_named(news, share):
    (share / "news.duckdb").mkdir()
    (share / "news.duckdb" / "mine").write_text("")

    with pytest.raises(WarehouseUnusable, match=r"news\.duckdb: the copy cannot be written"):
        hand_out_now(news, share)

    assert names(share) == ["news.duckdb"]


def test_without_a_manifest_it_says_what_to_do(news, share):
    manifest_path(news).unlink()

    with pytest.raises(WarehouseUnusable, match="publish again"):
        hand_out_now(news, share)
