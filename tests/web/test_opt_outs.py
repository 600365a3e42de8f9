"""Opt-outs from text and data mining."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from tasks.model import Fetched
from tasks.web.opt_outs import opt_outs


def found(body=b"<p>page</p>", *headers):
    url = "http://news.example/page"
    return opt_outs(Fetched(url, url, 200, headers, body, body, (), datetime(2026, 3, 1, tzinfo=UTC), 1), "feedmill")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (("TDM-Reservation", "1"), ("tdm-reservation header",)),
        (("tdm-reservation", " 1 "), ("tdm-reservation header",)),
        (("tdm-reservation", "0"), ()),
        (("X-Robots-Tag", "noai"), ("x-robots-tag",)),
        (("X-Robots-Tag", "noindex, NoAI"), ("x-robots-tag",)),
        (("X-Robots-Tag", "noindex, nofollow"), ()),
        (("X-Robots-Tag", "noimageai"), ()),
        (("X-Robots-Tag", "feedmill: noai"), ("x-robots-tag",)),
        (("X-Robots-Tag", "otherbot: noai, noindex"), ()),
        (("X-Other", "noai"), ()),
    ],
)
def test_headers_that_say_so(header, expected):
    assert found(b"", header) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (b'<meta name="tdm-reservation" content="1">', ("tdm-reservation meta",)),
        (b"<META CONTENT='1' NAME='TDM-Reservation'/>", ("tdm-reservation meta",)),
        (b"<meta name=tdm-reservation content=1>", ("tdm-reservation meta",)),
        (b'<meta name="tdm-reservation" content="0">', ()),
        (b'<meta name="robots" content="index, noai, noimageai">', ("meta robots",)),
        (b'<meta name="feedmill" content="noai">', ("meta robots",)),
        (b'<meta name="otherbot" content="noai">', ()),
        (b'<meta name="robots" content="noindex">', ()),
        (b'<meta name="description" content="robots and noai">', ()),
        (b"<p>noai</p>", ()),
    ],
)
def test_markup_that_says_so(markup, expected):
    assert found(b"<html><head>" + markup + b"</head>") == expected


def test_all_of_them_are_told_once_and_sorted():
    body = b'<meta name="tdm-reservation" content="1"><meta name="robots" content="noai"><meta name="robots" content="noai">'
    headers = (("X-Robots-Tag", "noai"), ("X-Robots-Tag", "noai"), ("tdm-reservation", "1"))

    assert found(body, *headers) == ("meta robots", "tdm-reservation header", "tdm-reservation meta", "x-robots-tag")


@pytest.mark.parametrize(
    "hostile", [b"<meta " * 200_000, b'<meta name="' + b"a" * 1_000_000, b"<meta name=" * 100_000, b"<meta content='" * 50_000]
)
def test_hostile_markup_is_looked_through_in_time(hostile):
    began = time.process_time()
    found(hostile)
    assert time.process_time() - began < 1
