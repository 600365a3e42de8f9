"""Headers for one site alone."""

from __future__ import annotations

import pytest
from yarl import URL

from tasks.web.private import PrivateHeaders

PRIVATE = PrivateHeaders("http://news.example/feed", {"Authorization": "Bearer t0ken", "Cookie": "subscriber=1"})


def sent(web, answers, url="http://news.example/page"):
    """(host, path, authorization, cookie) of each request."""

    async def visit(client):
        return await client.get(url, accept="*/*", max_body_bytes=1000, private=PRIVATE)

    fetched = web.visit(answers, visit)
    return fetched, [(one.host, one.path, one.headers.get("authorization"), one.headers.get("cookie")) for one in web.site.requests]


def test_the_feeds_own_origin_gets_them_but_not_its_robots_txt(web):
    _, requests = sent(web, {"/page": web.response(200, b"ok")})

    assert requests == [("news.example", "/robots.txt", None, None), ("news.example", "/page", "Bearer t0ken", "subscriber=1")]


@pytest.mark.parametrize("elsewhere", ["http://www.news.example/end", "http://other.example/end", "http://news.example:8080/end"])
def test_a_redirect_to_another_origin_does_not_carry_them_and_back_home_it_does(web, elsewhere):
    answers = {"/page": web.redirect(elsewhere), "/end": web.redirect("http://news.example/home"), "/home": web.response(200, b"ok")}
    _, requests = sent(web, answers)

    pages = [(path, authorization) for _, path, authorization, _ in requests if path != "/robots.txt"]
    assert pages == [("/page", "Bearer t0ken"), ("/end", None), ("/home", "Bearer t0ken")]


@pytest.mark.parametrize("url", ["https://news.example/feed", "http://news.example:8080/feed", "http://news.example.test/feed"])
def test_another_scheme_or_port_is_another_origin(url):
    assert PRIVATE.for_origin(URL(url)) == {}


def test_what_was_sent_is_told_without_them(web):
    fetched, _ = sent(web, {"/page": web.response(200, b"ok")})

    assert {name for name, _ in fetched.sent_headers} == {"User-Agent", "Accept", "Accept-Encoding"}
    assert "t0ken" not in repr(fetched)
    assert "t0ken" not in repr(PRIVATE)


def test_a_cookie_that_one_site_sets_reaches_neither_another_site_nor_itself(web):
    answers = {
        "/page": web.response(302, b"", "Location: http://other.example/end", "Set-Cookie: id=1; Domain=example; Path=/"),
        "/end": web.redirect("http://news.example/last"),
        "/last": web.response(200, b"ok"),
    }

    async def visit(client):
        return await client.get("http://news.example/page", accept="*/*", max_body_bytes=1000, obey_robots=False)

    web.visit(answers, visit)
    assert [request.headers.get("cookie") for request in web.site.requests] == [None, None, None]


def test_nothing_is_taken_from_the_environment_of_the_process(web, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine news.example login us password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert web.get({"/page": web.response(200)}).status == 200
    assert "authorization" not in web.site.requests[0].headers
