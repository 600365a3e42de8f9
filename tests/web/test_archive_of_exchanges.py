"""What the archive keeps of an exchange besides its last answer, and what it keeps only once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from warcio.archiveiterator import ArchiveIterator

from tasks.model import Hop
from tasks.web.archive import NotArchived, read_archived
from tests.web.test_archive import AT, BODY, FETCHED, OTHER, archive, kept

SENT = (("User-Agent", "feedmill/1.0"), ("Accept", "text/html"))
HOP = Hop(
    "http://news.example/a?x=1", 301, FETCHED.final_url, (("Location", "/a"), ("Content-Length", "5"), ("Transfer-Encoding", "chunked"))
)


def as_read_elsewhere(path):
    """type -> [(URL, first line, HTTP headers, WARC header)] as another program reads them, digests checked."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            http = record.http_headers
            lines = (f"{http.protocol} {http.statusline}", dict(http.headers)) if http else (None, {})
            body = record.raw_stream.read()
            found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), *lines, record.rec_headers, body))
    return found


def test_each_response_has_its_request_beside_it(tmp_path):
    (place,) = kept(tmp_path, replace(FETCHED, sent_headers=SENT))

    _, response, request = as_read_elsewhere(tmp_path / place.file)
    assert request[:3] == ("request", FETCHED.final_url, "GET /a?b=%2F HTTP/1.1")
    assert request[3] == {"Host": "www.news.example", "User-Agent": "feedmill/1.0", "Accept": "text/html"}
    assert request[4].get_header("WARC-Concurrent-To") == response[4].get_header("WARC-Record-ID")


def test_each_redirect_on_the_way_is_kept_with_its_request(tmp_path):
    (place,) = kept(tmp_path, replace(FETCHED, hops=(HOP,), sent_headers=SENT))

    _, moved, asked, response, _ = as_read_elsewhere(tmp_path / place.file)
    assert moved[:3] == ("response", HOP.url, "HTTP/1.1 301 Moved Permanently")
    assert moved[3] == {"Location": "/a", "X-Crawler-Content-Length": "5", "X-Crawler-Transfer-Encoding": "chunked", "Content-Length": "0"}
    assert moved[4].get_header("WARC-Truncated") == "unspecified"
    assert (asked[1], asked[2], asked[3]["Host"]) == (HOP.url, "GET /a?x=1 HTTP/1.1", "news.example")
    assert response[1] == FETCHED.final_url
    assert read_archived(tmp_path, place, max_body_bytes=10_000).url == FETCHED.final_url


def test_a_body_that_came_before_is_kept_once_and_comes_back_for_each(tmp_path):
    again = replace(FETCHED, final_url="http://news.example/again", headers=(("X-Other", "1"), ("Content-Encoding", "gzip")))
    first, second = kept(tmp_path, FETCHED, again)

    revisit = as_read_elsewhere(tmp_path / second.file)[3]
    assert revisit[0] == "revisit"
    assert revisit[4].get_header("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert revisit[4].get_header("WARC-Refers-To-Target-URI") == FETCHED.final_url
    assert revisit[4].get_header("WARC-Refers-To-Date") == "2026-03-01T12:30:15.250000Z"
    original = as_read_elsewhere(tmp_path / first.file)[1]
    assert revisit[4].get_header("WARC-Payload-Digest") == original[4].get_header("WARC-Payload-Digest")
    archived = read_archived(tmp_path, second, max_body_bytes=10_000)
    assert (archived.url, archived.headers, archived.body, archived.fetched_at) == (again.final_url, again.headers, BODY, AT)


def test_a_file_refers_to_itself_only(tmp_path):
    places = kept(tmp_path, FETCHED, OTHER, FETCHED, max_file_bytes=100)

    assert len({place.file for place in places}) == 3
    assert all("revisit" not in {record[0] for record in as_read_elsewhere(tmp_path / place.file)} for place in places)


def test_empty_bodies_refer_to_nothing(tmp_path):
    places = kept(tmp_path, *[replace(FETCHED, wire_body=b"", body=b"")] * 2)

    assert [record[0] for record in as_read_elsewhere(tmp_path / places[0].file)] == [
        "warcinfo",
        "response",
        "request",
        "response",
        "request",
    ]


def test_a_page_that_speaks_like_a_reference_is_none(tmp_path):
    forged = b"WARC/1.1\r\nWARC-Type: revisit\r\nX-Refers-To-Member: 0 100\r\n\r\n"
    headers = (("X-A", "b\r\nX-Refers-To-Member: 0 100"),)
    (place,) = kept(tmp_path, replace(FETCHED, headers=headers, wire_body=forged, body=forged))

    assert read_archived(tmp_path, place, max_body_bytes=10_000).body == forged


def test_a_revisit_whose_body_is_damaged_is_damaged(tmp_path):
    first, second = kept(tmp_path, FETCHED, FETCHED)
    path = tmp_path / first.file
    whole = path.read_bytes()
    middle = first.offset + first.length // 2
    path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 0x55]) + whole[middle + 1 :])

    with pytest.raises(NotArchived):
        read_archived(tmp_path, second, max_body_bytes=10_000)


def test_a_robots_txt_and_every_redirect_reach_the_archive_from_the_network(web, tmp_path):
    kept_files = []

    async def keep(fetched):
        kept_files.append(fetched)

    async def visit(client):
        return await client.get("http://news.example/page", accept="text/html", max_body_bytes=1000)

    answers = {"/robots.txt": web.response(200, b"User-agent: *"), "/page": web.redirect("/end"), "/end": web.response(200, b"there")}
    page = web.visit(answers, visit, keep=keep)
    with archive(tmp_path) as writer:
        for fetched in (*kept_files, page):
            place = writer.append(fetched)

    found = as_read_elsewhere(tmp_path / place.file)
    assert [(kind, url) for kind, url, *_ in found if kind == "response"] == [
        ("response", f"http://news.example/{path}") for path in ("robots.txt", "page", "end")
    ]
    assert found[3][3]["Location"] == "/end"
