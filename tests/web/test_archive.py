"""What goes into the archive comes out again, whatever happens to the disk."""

from __future__ import annotations

import gzip
import resource
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from tasks.errors import FetchError
from tasks.model import ArchivePlace, Fetched
from tasks.web.archive import ArchiveBroken, ArchiveWriter, NotArchived, read_archived
from tasks.web.warc import DamagedRecord, read_record, response_member

AT = datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC)
BODY = "<p>Die Fähre nach Köln fährt wieder.</p>".encode() * 20
WIRE = gzip.compress(BODY)
FETCHED = Fetched(
    requested_url="http://news.example/a",
    final_url="http://www.news.example/a?b=%2F",
    status=200,
    headers=(("Content-Type", "text/html; charset=utf-8"), ("CONTENT-encoding", "gzip"), ("X-Town", "Köln"), ("X-Town", "Aachen")),
    wire_body=WIRE,
    body=BODY,
    hops=(),
    fetched_at=AT,
    duration_ms=12,
)
OTHER = replace(FETCHED, final_url="http://www.news.example/other", wire_body=gzip.compress(BODY[:300]), body=BODY[:300])


def archive(folder, *, name="run", max_file_bytes=1_000_000):
    return ArchiveWriter(folder, name, software="feedmill/1.0", max_file_bytes=max_file_bytes)


def kept(folder, *fetched, **options):
    with archive(folder, **options) as writer:
        return [writer.append(one) for one in fetched]


def records(path, *, without=("request",)):
    """(type, URL, HTTP headers, stored body) of every record, as another program reads them, digests checked."""
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.http_headers, record.raw_stream.read())
            for record in ArchiveIterator(file, check_digests="raise")
            if record.rec_type not in without
        ]


def test_a_fetched_page_comes_back_by_its_place_as_it_was_received(tmp_path):
    (place,) = kept(tmp_path, FETCHED)

    archived = read_archived(tmp_path, place, max_body_bytes=10_000)

    assert (archived.url, archived.status, archived.headers) == (FETCHED.final_url, 200, FETCHED.headers)
    assert (archived.body, archived.fetched_at) == (BODY, AT)


def test_other_programs_read_the_file_from_its_beginning(tmp_path):
    kept(tmp_path, FETCHED, replace(FETCHED, status=404, headers=(), wire_body=b"", body=b""))

    info, page, missing = records(tmp_path / "run-00001.warc.gz")
    assert (info[0], info[3]) == ("warcinfo", b"software: feedmill/1.0\r\nformat: WARC File Format 1.1\r\n")
    assert (page[0], page[1], page[3]) == ("response", FETCHED.final_url, WIRE)
    assert (page[2].protocol, page[2].statusline, tuple(page[2].headers)) == ("HTTP/1.1", "200 OK", FETCHED.headers)
    assert (missing[2].statusline, missing[3]) == ("404 Not Found", b"")


def test_a_record_says_what_warc_1_1_asks_for(tmp_path):
    (place,) = kept(tmp_path, replace(FETCHED, fetched_at=AT.astimezone(timezone(timedelta(hours=2)))))

    member = gzip.decompress((tmp_path / place.file).read_bytes()[place.offset : place.offset + place.length])
    lines = member.split(b"\r\n\r\n")[0].decode().split("\r\n")
    named = dict(line.split(": ", 1) for line in lines[1:])
    assert lines[0] == "WARC/1.1"
    assert (named["WARC-Type"], named["WARC-Date"]) == ("response", "2026-03-01T12:30:15.250000Z")
    assert named["WARC-Record-ID"].startswith("<urn:uuid:")
    assert named["WARC-Payload-Digest"].startswith("sha1:")
    assert named["Content-Type"] == "application/http; msgtype=response"


def test_each_record_lies_where_its_place_says(tmp_path):
    places = kept(tmp_path, *(replace(FETCHED, final_url=f"http://news.example/{n}") for n in range(5)))

    assert [read_archived(tmp_path, place, max_body_bytes=10_000).url for place in reversed(places)] == [
        f"http://news.example/{n}" for n in (4, 3, 2, 1, 0)
    ]
    assert all(former.offset + former.length < place.offset for former, place in pairwise(places))


def test_a_body_that_came_in_chunks_is_described_as_it_is_stored_and_its_headers_come_back(tmp_path):
    headers = (("Transfer-Encoding", "chunked"), ("Content-Length", "7"), ("ETag", '"x"'))
    (place,) = kept(tmp_path, replace(FETCHED, headers=headers, wire_body=BODY))

    (_, page) = records(tmp_path / place.file)
    assert page[2].headers == [
        ("X-Crawler-Transfer-Encoding", "chunked"),
        ("X-Crawler-Content-Length", "7"),
        ("ETag", '"x"'),
        ("Content-Length", str(len(BODY))),
    ]
    archived = read_archived(tmp_path, place, max_body_bytes=10_000)
    assert (archived.headers, archived.body) == (headers, BODY)


def test_a_page_fetched_in_chunks_is_archived_and_read_back(web, tmp_path):
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(WIRE), WIRE)
    fetched = web.get({"/page": chunked})

    (place,) = kept(tmp_path, fetched)

    archived = read_archived(tmp_path, place, max_body_bytes=10_000)
    assert (archived.body, archived.headers, archived.fetched_at) == (fetched.body, fetched.headers, fetched.fetched_at)


def test_an_imported_file_has_no_status(tmp_path):
    with archive(tmp_path) as writer:
        place = writer.append_file("file:///inbox/a page.html", BODY, AT, content_type="text/html")

    archived = read_archived(tmp_path, place, max_body_bytes=10_000)
    assert (archived.url, archived.status, archived.headers) == ("file:///inbox/a%20page.html", None, (("Content-Type", "text/html"),))
    assert archived.body == BODY


def test_an_empty_imported_file_comes_back_empty(tmp_path):
    with archive(tmp_path) as writer:
        place = writer.append_file("file:///inbox/empty", b"", AT)

    assert read_archived(tmp_path, place, max_body_bytes=10).body == b""


def test_nothing_is_created_before_the_first_record(tmp_path):
    with archive(tmp_path) as writer:
        writer.sync()

    assert list(tmp_path.iterdir()) == []


def test_a_full_file_gets_a_successor_with_its_own_warcinfo(tmp_path):
    places = kept(tmp_path, *[FETCHED, OTHER] * 3, max_file_bytes=900)

    files = sorted({place.file for place in places})
    assert files == [f"run-0000{n}.warc.gz" for n in range(1, len(files) + 1)]
    assert len(files) > 1
    assert all(records(tmp_path / file)[0][0] == "warcinfo" for file in files)
    assert [read_archived(tmp_path, place, max_body_bytes=10_000).body for place in places] == [BODY, BODY[:300]] * 3


def test_files_that_exist_are_left_alone(tmp_path):
    kept(tmp_path, FETCHED)
    before = (tmp_path / "run-00001.warc.gz").read_bytes()

    (place,) = kept(tmp_path, FETCHED)

    assert place.file == "run-00002.warc.gz"
    assert (tmp_path / "run-00001.warc.gz").read_bytes() == before


def test_the_same_records_give_the_same_bytes_and_every_record_its_own_id(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        kept(tmp_path / folder, FETCHED, FETCHED)

    written = (tmp_path / "a/run-00001.warc.gz").read_bytes()
    assert written == (tmp_path / "b/run-00001.warc.gz").read_bytes()
    with gzip.open(BytesIO(written)) as file:
        ids = [line for line in file.read().split(b"\r\n") if line.startswith(b"WARC-Record-ID")]
    assert len(set(ids)) == len(ids) == 5


def test_what_is_synced_can_be_read_while_the_file_is_still_open(tmp_path):
    with archive(tmp_path) as writer:
        place = writer.append(FETCHED)
        writer.sync()
        assert read_archived(tmp_path, place, max_body_bytes=10_000).body == BODY


@contextmanager
def files_no_longer_than(size):
    """A disk that is full once a file has this many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_record_that_does_not_fit_on_the_disk_leaves_no_trace_and_the_next_may_be_tried(tmp_path):
    with archive(tmp_path) as writer:
        first = writer.append(FETCHED)
        size = (tmp_path / first.file).stat().st_size
        with files_no_longer_than(size + 50), pytest.raises(OSError, match="too large"):
            writer.append(OTHER)
        assert (tmp_path / first.file).stat().st_size == size
        second = writer.append(OTHER)

    assert second.offset == size
    assert [record[0] for record in records(tmp_path / first.file)] == ["warcinfo", "response", "response"]
    assert read_archived(tmp_path, second, max_body_bytes=10_000).body == OTHER.body


def test_a_disk_that_is_full_from_the_start_leaves_a_file_that_begins_properly_later(tmp_path):
    with archive(tmp_path) as writer:
        with files_no_longer_than(20), pytest.raises(OSError, match="too large"):
            writer.append(FETCHED)
        place = writer.append(FETCHED)

    assert [record[0] for record in records(tmp_path / place.file)] == ["warcinfo", "response"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        archive(tmp_path / "absent").append(FETCHED)


def test_a_device_that_cannot_take_half_a_record_back_ends_the_writer(tmp_path):
    (tmp_path / "run-00001.warc.gz").symlink_to("/dev/full")
    writer = archive(tmp_path)
    writer._file = (tmp_path / "run-00001.warc.gz").open("r+b", buffering=0)  # noqa: SLF001 - the only full device there is
    with pytest.raises(ArchiveBroken):
        writer.append(FETCHED)
    with pytest.raises(ArchiveBroken):
        writer.append(FETCHED)
    writer._file.close()  # noqa: SLF001
    writer._file = None  # noqa: SLF001


@pytest.mark.parametrize("name", ["", "../run", "a/b", ".hidden", "a\0b"])
def test_names_are_plain_file_names(tmp_path, name):
    with pytest.raises(ValueError, match="plain file name"):
        archive(tmp_path, name=name)
    with pytest.raises(NotArchived) as caught:
        read_archived(tmp_path, ArchivePlace(name, 0, 10), max_body_bytes=10)
    assert caught.value.reason == "no_file"


def test_a_file_that_is_gone_is_told(tmp_path):
    with pytest.raises(NotArchived) as caught:
        read_archived(tmp_path, ArchivePlace("gone-00001.warc.gz", 0, 10), max_body_bytes=10)
    assert caught.value.reason == "no_file"


def test_no_single_damaged_byte_passes_unnoticed(tmp_path):
    (place,) = kept(tmp_path, FETCHED)
    path = tmp_path / place.file
    whole = path.read_bytes()
    for position in range(place.offset, place.offset + place.length, 3):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0x55]) + whole[position + 1 :])
        try:
            archived = read_archived(tmp_path, place, max_body_bytes=10_000)
        except NotArchived as error:
            assert error.reason == "damaged"  # noqa: PT017 - some bytes of a gzip head carry nothing
        else:
            assert (archived.url, archived.headers, archived.body) == (FETCHED.final_url, FETCHED.headers, BODY)


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"hello",
        b"WARC/1.1\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: 0\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nWARC-Date: 2026-03-01\r\nContent-Length: 4\r\n\r\nHTTP",
    ],
)
def test_bytes_that_are_no_whole_record_are_damaged(record):
    with pytest.raises(DamagedRecord):
        read_record(record)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.95])
def test_a_record_that_is_cut_off_is_damaged(tmp_path, share):
    (place,) = kept(tmp_path, replace(FETCHED, wire_body=BODY, headers=()))
    path = tmp_path / place.file
    path.write_bytes(path.read_bytes()[: place.offset + int(place.length * share)])

    with pytest.raises(NotArchived) as caught:
        read_archived(tmp_path, place, max_body_bytes=10_000)
    assert caught.value.reason == "damaged"


def test_a_bomb_in_the_archive_is_left_like_one_on_the_network(tmp_path):
    (place,) = kept(tmp_path, replace(FETCHED, wire_body=gzip.compress(bytes(10_000_000))))

    with pytest.raises(FetchError) as caught:
        read_archived(tmp_path, place, max_body_bytes=10_000)
    assert caught.value.reason == "too_large"


header_names = st.from_regex(r"X-[A-Za-z0-9-]{1,20}", fullmatch=True)
header_values = st.text(st.characters(exclude_categories=("C", "Z")), max_size=30)


@given(st.lists(st.tuples(header_names, header_values), max_size=5), st.binary(max_size=500), st.integers(200, 599))
def test_any_headers_body_and_status_survive(headers, body, status):
    fetched = replace(FETCHED, headers=tuple(headers), wire_body=body, status=status)

    assert read_record(gzip.decompress(response_member("urn:uuid:0", fetched))) == (fetched.final_url, AT, status, fetched.headers, body)


@pytest.mark.parametrize("value", ["a\r\nX-Forged: 1", "a\nX-Forged: 1", "a\r\n\r\n<html>"])
def test_a_header_value_cannot_become_a_line_of_its_own(value):
    *_, headers, body = read_record(gzip.decompress(response_member("urn:uuid:0", replace(FETCHED, headers=(("X-Value", value),)))))

    assert [name for name, _ in headers] == ["X-Value"]
    assert body == WIRE
