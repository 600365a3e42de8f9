"""Undoing Content-Encoding without being flooded."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import FetchError
from tasks.web.encoding import ACCEPT_ENCODING, decode_body
from tests.web.misbehaviour import SKIPPED, raw_deflate, wide_zstd

TEXT = b"A ferry between two towns. " * 200


COMPRESSORS = [
    ("gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", lambda body: brotli.compress(body, quality=1)),
    ("zstd", zstd.compress),
]
WITH_CHECKSUM = {zstd.CompressionParameter.checksum_flag: 1}


def decode(wire, *codings, max_bytes=100_000):
    return decode_body("http://news.example/", wire, [("Content-Encoding", coding) for coding in codings], max_bytes=max_bytes)


def refusal(*args, **kwargs):
    with pytest.raises(FetchError) as caught:
        decode(*args, **kwargs)
    return caught.value.reason, caught.value.retryable


@pytest.mark.parametrize(
    ("wire", "codings"),
    [
        (TEXT, []),
        (TEXT, ["identity"]),
        (gzip.compress(TEXT), ["gzip"]),
        (gzip.compress(TEXT), ["X-GZIP"]),
        (gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]), ["gzip"]),
        (gzip.compress(TEXT) + bytes(512), ["gzip"]),
        (zlib.compress(TEXT), ["deflate"]),
        (raw_deflate(TEXT), ["deflate"]),
        (gzip.compress(zlib.compress(TEXT)), ["deflate, gzip"]),
        (gzip.compress(zlib.compress(TEXT)), ["deflate", "gzip"]),
        (brotli.compress(TEXT), ["br"]),
        (zstd.compress(TEXT), ["zstd"]),
        (zstd.compress(TEXT[:99]) + zstd.compress(TEXT[99:]), ["zstd"]),
        (SKIPPED + zstd.compress(TEXT) + SKIPPED, ["zstd"]),
        (zlib.compress(brotli.compress(zstd.compress(TEXT))), ["zstd, br", "deflate"]),
        *((compress(TEXT) + b"padding", [coding]) for coding, compress in COMPRESSORS if coding != "br"),
    ],
)
def test_every_coding_we_accept_is_undone(wire, codings):
    assert decode(wire, *codings) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "nonsense"])
def test_an_empty_body_is_empty_in_every_coding(coding):
    assert decode(b"", coding) == b""


@pytest.mark.parametrize(("coding", "compress"), COMPRESSORS)
@pytest.mark.parametrize("limit", [0, 1, len(TEXT) - 1])
def test_what_decodes_to_more_than_the_limit_is_too_large(coding, compress, limit):
    assert refusal(compress(TEXT), coding, max_bytes=limit) == ("too_large", False)
    assert decode(compress(TEXT), coding, max_bytes=len(TEXT)) == TEXT


@pytest.mark.parametrize(("coding", "compress"), [("gzip", gzip.compress), ("zstd", zstd.compress)])
def test_many_small_members_count_together(coding, compress):
    assert decode(compress(TEXT) * 4, coding, max_bytes=4 * len(TEXT)) == TEXT * 4
    assert refusal(compress(TEXT) * 5, coding, max_bytes=4 * len(TEXT)) == ("too_large", False)


@pytest.mark.parametrize(("coding", "compress"), COMPRESSORS)
def test_a_bomb_is_left_with_no_more_memory_than_the_limit(coding, compress):
    bomb = compress(bytes(100_000_000))
    tracemalloc.start()
    try:
        reason = refusal(bomb, coding, max_bytes=1_000_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert reason == ("too_large", False)
    assert peak < 5_000_000


def test_a_bomb_inside_a_bomb_is_left_at_the_first_layer_that_is_too_large():
    bomb = gzip.compress(gzip.compress(bytes(10_000_000)))

    assert refusal(bomb, "gzip, gzip", max_bytes=100_000) == ("too_large", False)


@pytest.mark.parametrize(
    ("wire", "coding"),
    [
        (b"<html>", "gzip"),
        (b"<html>", "deflate"),
        (gzip.compress(TEXT)[:-8] + b"\0" * 8, "gzip"),
        (TEXT, "compress"),
        (TEXT, "gzip, gzip, gzip, gzip"),
        (gzip.compress(b"") * 5000, "gzip"),
        (b"<html>hello</html>", "br"),
        (brotli.compress(TEXT) + b"padding", "br"),
        (b"<html>", "zstd"),
        (zstd.compress(b"") * 5000, "zstd"),
        (zstd.compress(TEXT, options=WITH_CHECKSUM)[:-1] + b"\0", "zstd"),
        (wide_zstd(bytes(20_000_000)), "zstd"),
    ],
)
def test_bytes_that_are_not_in_the_coding_named_are_refused(wire, coding):
    assert refusal(wire, coding) == ("bad_encoding", False)


@pytest.mark.parametrize(
    ("wire", "coding"),
    [
        *((compress(TEXT)[:-1], coding) for coding, compress in COMPRESSORS),
        (gzip.compress(TEXT)[:-9], "gzip"),
        (b"\x1f\x8b", "gzip"),
        (zstd.compress(TEXT) + zstd.compress(TEXT)[:-1], "zstd"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
    ],
)
def test_a_stream_that_ends_too_early_is_worth_another_try(wire, coding):
    assert refusal(wire, coding) == ("bad_encoding", True)


def test_every_coding_that_can_be_undone_is_offered():
    assert [coding.strip() for coding in ACCEPT_ENCODING.split(",")] == ["gzip", "deflate", "br", "zstd"]


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, deflate"]))
def test_hostile_bytes_give_a_body_or_a_fetch_error_and_nothing_else(wire, coding):
    try:
        assert len(decode(wire, coding, max_bytes=1000)) <= 1000
    except FetchError as error:
        assert error.reason in {"bad_encoding", "too_large"}  # noqa: PT017 - either may happen


@pytest.mark.parametrize(("coding", "compress"), [*COMPRESSORS, ("br, zstd", lambda body: zstd.compress(brotli.compress(body)))])
def test_a_compressed_page_arrives_decoded_and_its_wire_body_is_kept(web, coding, compress):
    wire = compress(TEXT)

    fetched = web.get({"/page": web.response(200, wire, f"Content-Encoding: {coding}")})

    assert (fetched.body, fetched.wire_body) == (TEXT, wire)


@pytest.mark.parametrize(("coding", "compress"), COMPRESSORS)
def test_a_compressed_page_without_a_length_that_is_cut_off_is_not_taken_for_whole(web, coding, compress):
    async def cut(_request, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n\r\n" % coding.encode() + compress(TEXT)[:-2])
        writer.close()

    with pytest.raises(FetchError) as caught:
        web.get({"/page": cut})
    assert (caught.value.reason, caught.value.retryable) == ("bad_encoding", True)
