"""Pages that their host's tdmrep.json reserves: not fetched where that is obeyed."""

from __future__ import annotations

import json
import time

import pytest

from tasks.errors import FetchError
from tasks.web.reservations import read_reservations

FILE = "/.well-known/tdmrep.json"
PAGE = "http://news.example/news/page"


def rule(location, reservation=1, **more):
    return {"location": location, "tdm-reservation": reservation, **more}


def reserved(url, *rules):
    return read_reservations("http://news.example", json.dumps(rules)).reserves(url)


@pytest.mark.parametrize(
    ("location", "url", "is_reserved"),
    [
        ("/", "/", True),
        ("/", "/news/page?id=1", True),
        ("/news", "/news/page", True),
        ("/news", "/newsletter", True),
        ("/news/", "/news", False),
        ("/News", "/news", False),
        ("*", "/any", True),
        ("*.pdf", "/a/b.pdf", True),
        ("/*.pdf$", "/a/b.pdf", True),
        ("/*.pdf$", "/a/b.pdf?x", False),
        ("/*.pdf$", "/a/b.pdf/c", False),
        ("/news$", "/news", True),
        ("/news$", "/news/", False),
        ("/a/*/c", "/a/b/c/d", True),
        ("/a/*/c", "/a/c", False),
        ("/a**b", "/a-b", True),
        ("/*?print=", "/news?print=1", True),
        ("/%7Eann", "/~ann", True),
        ("/~ann", "/%7Eann", True),
        ("/\u00e4", "/%C3%A4", True),
        ("/%C3%A4", "/%c3%a4", True),
        ("/a%2Fb", "/a/b", False),
    ],
)
def test_locations_match_as_paths_of_robots_txt_do(location, url, is_reserved):
    assert reserved("http://news.example" + url, rule(location)) is is_reserved


def test_the_first_rule_that_matches_decides():
    rules = [rule("/free/", 0), rule("/", 1)]

    assert not reserved("http://news.example/free/1", *rules)
    assert reserved("http://news.example/news/1", *rules)
    assert reserved("http://news.example/free/1", *reversed(rules))


@pytest.mark.parametrize("value", [0, "0", 2, -1, None, "yes", [1], {"a": 1}])
def test_a_value_that_is_not_one_reserves_nothing_and_still_decides(value):
    assert not reserved(PAGE, rule("/", value), rule("/", 1))


def test_what_is_no_rule_is_passed_over():
    others = [None, 1, "x", [], {}, {"location": 5, "tdm-reservation": 1}, {"tdm-reservation": 1}, rule(""), rule("news"), rule("/a b")]

    assert reserved(PAGE, *others, rule("/"))
    assert not reserved(PAGE, *others)


@pytest.mark.parametrize("text", ["", "null", "{}", '{"location": "/", "tdm-reservation": 1}', "[", "<html>", "[" * 100_000, "9" * 10_000])
def test_what_is_no_array_reserves_nothing(text):
    assert not read_reservations("http://news.example", text).reserves(PAGE)


def test_a_rule_cannot_smuggle_in_another_one():
    assert not reserved(PAGE, rule("/other\nDisallow: /"))


def test_thousands_of_winding_rules_are_looked_through_in_time():
    rules = read_reservations("http://news.example", json.dumps([rule("/" + "*a" * 100 + "b")] * 2000))
    began = time.process_time()
    assert not rules.reserves("http://news.example/" + "a" * 3000)
    assert time.process_time() - began < 2


def ask(web, answers, url=PAGE, **options):
    """(status or reason of the page, what was asked for)."""

    async def scenario(client):
        try:
            return (await client.get(url, accept="*/*", max_body_bytes=99, obey_reservations=True)).status, client.learned()
        except FetchError as error:
            return error.reason + (" for now" if error.retryable else ""), client.learned()

    outcome, learned = web.visit(answers, scenario, **options)
    return outcome, web.site.paths(), learned


def test_a_page_that_is_reserved_is_not_fetched(web):
    answers = {FILE: web.response(200, json.dumps([rule("/news/")]).encode()), "/news/page": web.response(200)}
    outcome, paths, learned = ask(web, answers)

    assert (outcome, paths) == ("opted_out", ["/robots.txt", FILE])
    assert [(row.path, row.outcome, row.refuses_front_page) for row in learned] == [
        ("/robots.txt", "absent", False),
        (FILE, "ok", False),
    ]
    assert ask(web, answers, "http://news.example/other")[0] == 404


def test_nobody_asks_for_it_where_it_is_not_obeyed(web):
    web.get({"/page": web.response(200)}, obey_robots=True)

    assert web.site.paths() == ["/robots.txt", "/page"]


@pytest.mark.parametrize("status", [404, 403, 429, 500, 503])
def test_a_host_without_a_readable_file_reserves_nothing(web, status):
    answers = {FILE: web.response(status, b"", "Retry-After: 0"), "/news/page": web.response(200)}

    outcome, _, (*_, file) = ask(web, answers, slow_down_seconds=0)
    assert (outcome, file.path, file.refuses_front_page) == (200, FILE, False)


def test_it_is_remembered_like_robots_txt(web):
    _, _, learned = ask(web, {FILE: web.response(200, json.dumps([rule("/")]).encode())})

    assert ask(web, {}, remembered=learned)[:2] == ("opted_out", [])


def test_the_file_is_not_asked_for_where_robots_txt_forbids_it(web):
    answers = {"/robots.txt": web.response(200, b"User-agent: *\nDisallow: /.well-known/"), "/news/page": web.response(200)}

    assert ask(web, answers)[:2] == (200, ["/robots.txt", "/news/page"])


def test_each_host_on_the_way_is_asked_for_its_own(web):
    answers = {
        "news.example/news/page": web.redirect("http://www.other.example/end"),
        "www.other.example" + FILE: web.response(200, json.dumps([rule("/end")]).encode()),
        "www.other.example/end": web.response(200),
    }

    assert ask(web, answers)[0] == "opted_out"
