"""Archive files that a crash cut off."""

from __future__ import annotations

import gzip

import pytest

from tasks.web.archive import read_archived
from tasks.web.interrupted import repair_interrupted
from tests.web.test_archive import AT, BODY, FETCHED, OTHER, WIRE, archive, kept, records


def cut_off_files(folder):
    """A file with three records and a mark, as a writer that was killed leaves it; its bytes, and where its last record begins."""
    writer = archive(folder)
    for fetched in (FETCHED, OTHER):
        writer.append(fetched)
    last = writer.append_file("file:///a.html", BODY, AT)
    path = folder / last.file
    return writer, path, path.read_bytes(), last.offset


def test_a_file_cut_off_at_any_byte_of_its_last_record_is_cut_back_to_its_last_whole_one(tmp_path):
    writer, path, whole, last = cut_off_files(tmp_path)
    writer.close()
    mark = path.with_name(path.name + ".open")
    for length in range(last, len(whole)):
        path.write_bytes(whole[:length])
        mark.touch()

        assert repair_interrupted(tmp_path) == ((path.name,) if length > last else ())
        assert path.read_bytes() == whole[:last]
        assert not mark.exists()
    assert [record[0] for record in records(path)] == ["warcinfo", "response", "response"]


@pytest.mark.parametrize("tail", [b"\0" * 5000, b"garbage", gzip.compress(b"half")[:-3], WIRE[:-1]])
def test_whatever_follows_the_last_whole_record_goes(tmp_path, tail):
    writer, path, whole, _ = cut_off_files(tmp_path)
    writer.close()
    path.write_bytes(whole + tail)
    path.with_name(path.name + ".open").touch()

    assert repair_interrupted(tmp_path) == (path.name,)
    assert path.read_bytes() == whole


def test_a_file_that_was_closed_is_not_looked_at(tmp_path):
    writer, path, whole, last = cut_off_files(tmp_path)
    writer.close()
    path.write_bytes(whole[: last + 5])

    assert list(tmp_path.glob("*.open")) == []
    assert repair_interrupted(tmp_path) == ()
    assert path.stat().st_size == last + 5


def test_a_file_whose_writer_lives_is_left_alone(tmp_path):
    writer, path, whole, _ = cut_off_files(tmp_path)
    with path.open("ab") as file:
        file.write(b"half a record")

    assert repair_interrupted(tmp_path) == ()
    assert path.read_bytes() == whole + b"half a record"
    writer.close()


def test_a_file_without_a_whole_record_is_removed_and_a_mark_without_a_file_too(tmp_path):
    for name in ("run-00001.warc.gz", "run-00001.warc.gz.open", "gone-00001.warc.gz.open"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "run-00001.warc.gz").write_bytes(WIRE[:10])

    assert repair_interrupted(tmp_path) == ("run-00001.warc.gz",)
    assert list(tmp_path.iterdir()) == []


def test_places_of_a_repaired_file_still_hold(tmp_path):
    first, second = kept(tmp_path, FETCHED, OTHER)
    path = tmp_path / first.file
    path.write_bytes(path.read_bytes() + WIRE[:20])
    path.with_name(path.name + ".open").touch()

    repair_interrupted(tmp_path)

    assert read_archived(tmp_path, second, max_body_bytes=10_000).body == OTHER.body
