"""Rows point to the bytes that came: file, offset and length are enough for any program, and the bytes are on the disk before the rows."""

from __future__ import annotations

import gzip
import os

import pytest

from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.pipeline.progress import nobody
from flows.world import this_world
from tasks.model import Feed
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_site import HOST, Answer, item, page, paper_site, rss
from warehouse.connect import live

STORIES = {f"/story-{number}": Answer(page(f"A story of the harbour, part {number}")) for number in range(4)}
ANSWERS = {"/feed": Answer(rss(*map(item, STORIES)), "application/rss+xml"), **STORIES}


@pytest.fixture
def run(tmp_path):
    """Runs once; gives rows. tell: told the run's progress."""

    def once(sql, *, tell=nobody):
        with paper_site(ANSWERS) as site:
            settings = site.settings(tmp_path)
            ingest(settings, [Feed("paper", f"http://{HOST}/feed")], this_world(), tell=tell, steps=Steps(open_pool=InProcessPool))
        with live(settings.live, wait_seconds=1) as connection:
            return settings.archive, connection.execute(sql).fetchall()

    return once


def test_what_lies_at_a_pages_place_is_its_record_and_nothing_else(run):
    archive, rows = run("""
        select requested_url, archive_file, archive_offset, archive_length from pages
        union all
        select final_url, archive_file, archive_offset, archive_length from polls""")

    assert len(rows) == len(ANSWERS)
    for url, file, offset, length in rows:
        with (archive / file).open("rb") as opened:
            opened.seek(offset)
            record = gzip.decompress(opened.read(length))
        head, http, body = record.split(b"\r\n\r\n", 2)
        assert head.startswith(b"WARC/1.1\r\n")
        assert f"WARC-Target-URI: {url}".encode() in head.split(b"\r\n")
        assert http.startswith(b"HTTP/1.1 200 OK\r\n")
        assert body == ANSWERS[url.removeprefix(f"http://{HOST}")].body + b"\r\n\r\n"


def test_a_page_is_on_the_disk_before_a_row_points_to_it(run, monkeypatch):
    fsync, on_disk, at_last_commit, loads = os.fsync, {}, {}, []

    def noted(descriptor):
        fsync(descriptor)
        on_disk[os.fstat(descriptor).st_ino] = os.fstat(descriptor).st_size

    def tell(phase, _count):
        if phase == "load.in_transaction":
            at_last_commit.update(on_disk)
        elif phase == "load":
            loads.append(dict(at_last_commit))

    monkeypatch.setattr(os, "fsync", noted)
    archive, rows = run("select archive_file, max(archive_offset + archive_length) from pages group by all", tell=tell)

    assert [loads[-1][(archive / file).stat().st_ino] >= end for file, end in rows] == [True]
