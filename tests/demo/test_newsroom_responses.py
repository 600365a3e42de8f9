"""What the demo newsroom serves."""

from __future__ import annotations

import gzip
import re
import tomllib
from html import unescape
from urllib.parse import urlsplit

import pytest

from flows.demo.cases import Case
from flows.demo.newsroom import Newsroom
from flows.demo.responses import Request
from flows.demo.story import Part

NEWSROOM = Newsroom(7)
TRUTH = NEWSROOM.truth()
PAGES = [a for a in TRUTH.articles if not a.cases & {Case.GONE, Case.VIDEO_SHELL, Case.LINK_INDEX}]


def get(url: str, round_number: int, **headers: str):
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return NEWSROOM.respond(Request(parts.netloc, path, {name.replace("_", "-"): value for name, value in headers.items()}), round_number)


def header(response, name: str) -> str | None:
    return dict(response.headers).get(name)


def visible(markup: str) -> str:
    without_inline = re.sub(r"</?(a|em)\b[^>]*>", "", markup)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", without_inline)).split())


def served(article, round_number: int) -> str:
    return get(article.url, round_number).body.decode("utf-8-sig" if article.charset == "utf-8" else article.charset)


@pytest.mark.parametrize("article", PAGES, ids=lambda article: article.url)
def test_a_page_holds_every_line_of_its_truth_in_order(article):
    for reading in article.readings:
        if Case.ERROR_ONCE in article.cases and reading.round_number == 1:
            continue
        text = visible(served(article, reading.round_number))
        place = text.index(" ".join(reading.lines[0].text.split()))
        for line in reading.lines:
            place = text.index(" ".join(line.text.split()), place)
        assert all(line.text in text for line in reading.surrounding)


@pytest.mark.parametrize(
    ("host", "markup"),
    [
        ("harbour-gazette.test", r"<p>(News|Dismiss)</p>"),
        ("mosswick-courier.test", r"<div><p>(News|Dismiss)</p></div>"),
        ("threebridges-post.test", r"<p><span>(News|Dismiss)</span></p>"),
        ("eschtaler-bote.test", r"<ul><li>(News|Dismiss)</li></ul>"),
        ("nordhafen-anzeiger.test", r'<div class="alert">(News|Dismiss)</div>'),
        ("echo-valmer.test", r"<h4>News</h4>\s*<button>(Dismiss)</button>"),
    ],
)
def test_each_publisher_ends_in_its_own_tail_markup(host, markup):
    pages = [served(a, 1) for a in TRUTH.articles_in(Case.TAIL) if a.host == host]

    assert len(pages) == 8
    assert all(len(re.findall(markup, page)) == 1 for page in pages)


def test_the_same_request_gets_the_same_bytes():
    other = Newsroom(7)
    for article in TRUTH.articles:
        parts = urlsplit(article.url)
        request = Request(parts.netloc, article.url.split(parts.netloc)[1], {})
        assert NEWSROOM.respond(request, 2) == other.respond(request, 2)


@pytest.mark.parametrize(
    ("case", "header_charset", "meta_charset", "codec"),
    [
        (Case.HEADER_LIES, "iso-8859-1", "utf-8", "utf-8"),
        (Case.META_LIES, None, "iso-8859-1", "utf-8"),
        (Case.UNDECLARED, None, None, "windows-1252"),
        (Case.BYTE_ORDER_MARK, None, None, "utf-8"),
    ],
)
def test_charsets_are_declared_as_the_case_says(case, header_charset, meta_charset, codec):
    articles = TRUTH.articles_in(case)

    assert articles
    for article in articles:
        response = get(article.url, 1)
        assert header(response, "Content-Type") == "text/html" + (f"; charset={header_charset}" if header_charset else "")
        assert re.findall(rb'<meta charset="([^"]+)"', response.body) == ([meta_charset.encode()] if meta_charset else [])
        assert response.body.startswith(b"\xef\xbb\xbf") == (case is Case.BYTE_ORDER_MARK)
        assert article.charset == codec
        assert not response.body.isascii()
        if codec == "windows-1252":
            with pytest.raises(UnicodeDecodeError):
                response.body.decode()


@pytest.mark.parametrize(("case", "status"), [(Case.GONE, 404), (Case.ERROR_ONCE, 500)])
def test_some_pages_fail_in_round_1(case, status):
    assert {get(a.url, 1).status for a in TRUTH.articles_in(case)} == {status}


def test_a_page_that_failed_once_is_fine_from_round_2_on():
    assert {get(a.url, number).status for a in TRUTH.articles_in(Case.ERROR_ONCE) for number in (2, 3)} == {200}


def test_the_huge_page_is_over_6_mb_and_the_slow_page_is_slow():
    assert all(len(get(a.url, 1).body) > 6_000_000 for a in TRUTH.articles_in(Case.HUGE))
    assert all(get(a.url, 1).delay_seconds == pytest.approx(0.7) for a in TRUTH.articles_in(Case.SLOW))


@pytest.mark.parametrize("case", [Case.VIDEO_SHELL, Case.LINK_INDEX])
def test_some_pages_are_no_articles(case):
    for article in TRUTH.articles_in(case):
        text = visible(get(article.url, 1).body.decode())
        assert not any(line.text in text for line in article.readings[0].kept if line.part is Part.PARAGRAPH)


def test_an_article_is_not_found_before_its_round():
    for article in TRUTH.articles:
        for number in range(1, article.readings[0].round_number):
            assert get(article.url, number).status == 404


def test_robots_txt_forbids_one_page_only():
    forbidden = [
        line for host in NEWSROOM.hosts for line in get(f"http://{host}/robots.txt", 1).body.decode().splitlines() if "Disallow: /" in line
    ]

    assert forbidden == [f"Disallow: {urlsplit(article.url).path}" for article in TRUTH.articles_in(Case.ROBOTS_FORBIDDEN)]


def test_tracking_parameters_lead_to_the_same_page():
    article = TRUTH.articles_in(Case.TEXT_EDIT)[0]

    assert get(article.url + "?utm_source=x&utm_medium=y", 1) == get(article.url, 1)


def test_pages_are_compressed_for_those_who_accept_it():
    article = next(a for a in PAGES if a.host == "harbour-gazette.test")
    plain, packed = get(article.url, 1), get(article.url, 1, accept_encoding="gzip, deflate")

    assert header(packed, "Content-Encoding") == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_unknown_hosts_and_paths_are_not_found():
    assert get("http://nowhere.test/", 1).status == 404
    assert get("http://harbour-gazette.test/nothing", 1).status == 404


def test_feeds_toml_lists_every_feed_once():
    tables = tomllib.loads(NEWSROOM.feeds_toml())["feeds"]

    assert [table["url"] for table in tables] == [feed.url for feed in TRUTH.feeds]
    assert len({table["id"] for table in tables}) == len(tables)
    assert all(set(table) == {"url", "id", "publisher", "language", "country"} for table in tables)
