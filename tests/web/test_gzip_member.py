"""What a member holds comes out of it, whichever way it went in."""

from __future__ import annotations

import gzip

import pytest

from tasks.web.gzip_member import gzip_member

HEAD = b"WARC/1.1\r\nWARC-Type: response\r\n\r\n"
ALL_BYTES = bytes(range(256))


@pytest.mark.parametrize("length", [0, 1, 65_534, 65_535, 65_536, 131_070, 200_000])
@pytest.mark.parametrize("is_body_compressed", [True, False])
def test_head_and_body_come_out_as_they_went_in(length, is_body_compressed):
    body = (ALL_BYTES * 800)[:length]

    assert gzip.decompress(gzip_member(HEAD, body, is_body_compressed=is_body_compressed)) == HEAD + body


def test_a_body_that_came_compressed_stands_there_as_it_came():
    body = ALL_BYTES * 40

    assert body in gzip_member(HEAD, body, is_body_compressed=True)


def test_a_body_that_came_plain_is_compressed():
    assert len(gzip_member(HEAD, b"All the same. " * 1_000, is_body_compressed=False)) < 1_000
