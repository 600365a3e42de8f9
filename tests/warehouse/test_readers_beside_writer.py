"""Readers of the published copy while another process loads and publishes without pause."""

from __future__ import annotations

from benchmarks.readers_beside_writer import watch


def test_no_reader_fails_and_an_open_connection_keeps_what_it_found(tmp_path):
    seen = watch(tmp_path, articles=500, reads=40, held=4)

    assert (seen.opened.failures, seen.held.failures) == ([], [])
    assert len(seen.opened.milliseconds) == 41
    assert len(seen.held.milliseconds) == 100
    assert seen.copies > 3
