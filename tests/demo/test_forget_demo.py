"""A demo that begins anew, also after a kill."""

from __future__ import annotations

from flows.demo.play import NOTE, forget
from warehouse.doublewrite import copies_of
from warehouse.replace import log_of


def test_nothing_of_a_demo_that_was_killed_stays_and_whatever_else_lies_there_does(tmp_path):
    live = tmp_path / "live.duckdb"
    for path in (tmp_path / NOTE, live, log_of(live), copies_of(live), tmp_path / "news.duckdb", tmp_path / "notes.txt"):
        path.write_bytes(b"")
    forget(tmp_path)

    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]
