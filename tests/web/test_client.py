"""What a GET brings back, and what it refuses to wait for, to keep or to believe."""

from __future__ import annotations

import asyncio
import pickle

import pytest

from tasks.errors import FetchError
from tasks.model import Hop, Validators


def refusal(web, answers, *args, **kwargs):
    with pytest.raises(FetchError) as caught:
        web.get(answers, *args, **kwargs)
    return caught.value.reason, caught.value.retryable


@pytest.mark.parametrize("status", [200, 204, 300, 304, 401, 404, 410, 429, 500, 503, 599])
def test_every_finished_answer_is_returned_whatever_its_status(web, status):
    body = b"" if status in {204, 304} else b"<p>body</p>"

    fetched = web.get({"/page": web.response(status, body, "X-Thing: One")})

    assert (fetched.status, fetched.body, fetched.wire_body) == (status, body, body)
    assert (fetched.requested_url, fetched.final_url) == ("http://news.example/page", "http://news.example/page")
    assert fetched.headers[-1] == ("X-Thing", "One")
    assert fetched.fetched_at == web.now


def test_a_304_that_declares_the_length_of_the_page_is_no_large_body(web):
    fetched = web.get({"/page": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9999999\r\n\r\n"})

    assert (fetched.status, fetched.body) == (304, b"")


def test_validators_go_out_as_conditional_headers(web):
    web.get({}, validators=Validators(etag='W/"a b"', last_modified="Sun, 01 Mar 2026 10:00:00 GMT"))

    sent = web.site.requests[0].headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('W/"a b"', "Sun, 01 Mar 2026 10:00:00 GMT")


@pytest.mark.parametrize("etag", ['"a"\r\nCookie: x=1', '"a"\nX: 1', '"\x00"', '"ä"', '"' + "a" * 5000 + '"', ""])
def test_a_validator_that_does_not_fit_into_a_header_line_stays_here(web, etag):
    web.get({"/page": web.response(200)}, validators=Validators(etag=etag))

    assert not {"if-none-match", "cookie", "x"} & set(web.site.requests[0].headers)


def test_we_say_who_we_are_what_we_accept_and_nothing_about_cookies(web):
    async def twice(client):
        for _ in range(2):
            await client.get("http://news.example/page", accept="text/html", max_body_bytes=10, obey_robots=False)

    web.visit({"/page": web.response(200, b"", "Set-Cookie: id=1; Path=/")}, twice)

    last = web.site.requests[1].headers
    assert last["user-agent"] == "feedmill/1.0 (+https://feedmill.example/about)"
    assert last["accept"] == "text/html"
    assert last["accept-encoding"] == "gzip, deflate, br, zstd"
    assert "cookie" not in last
    assert web.site.connections == 1


def test_repeated_header_lines_are_kept_in_order_and_spelling(web):
    fetched = web.get({"/page": web.response(200, b"", "LINK: <a>", "link: <b>", "X-Town: K\u00f6ln")})

    assert fetched.headers[1:] == (("LINK", "<a>"), ("link", "<b>"), ("X-Town", "K\u00f6ln"))
    assert fetched.header("Link") == "<a>"


def test_a_header_that_is_not_utf_8_is_read_as_iso_8859_1(web):
    fetched = web.get({"/page": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Town: K\xf6ln\r\n\r\n"})

    assert fetched.header("x-town") == "K\u00f6ln"


# --- redirects


def test_redirects_are_followed_and_each_is_told(web):
    fetched = web.get(
        {
            "/page": web.redirect("/next?a=%2F&b=+", 301),
            "/next?a=%2F&b=+": web.redirect("//www.other.example/end#top", 307),
            "www.other.example/end": web.response(200, b"there"),
        }
    )

    assert (fetched.requested_url, fetched.final_url, fetched.body) == (
        "http://news.example/page",
        "http://www.other.example/end",
        b"there",
    )
    assert fetched.hops == (
        Hop("http://news.example/page", 301, "http://news.example/next?a=%2F&b=+"),
        Hop("http://news.example/next?a=%2F&b=+", 307, "http://www.other.example/end"),
    )


def test_a_redirect_that_names_no_place_is_an_answer(web):
    assert web.get({"/page": web.response(302, b"where?")}).body == b"where?"


def test_a_redirect_written_in_raw_utf_8_is_followed(web):
    fetched = web.get({"/page": web.redirect("/stra\u00dfe"), "/stra%C3%9Fe": web.response(200, b"here")})

    assert fetched.body == b"here"


def test_redirects_in_a_circle_are_found_at_once(web):
    assert refusal(web, {"/page": web.redirect("/b"), "/b": web.redirect("/page")}) == ("too_many_redirects", False)
    assert web.site.paths() == ["/page", "/b"]


def test_a_page_that_redirects_to_itself_is_a_circle(web):
    assert refusal(web, {"/page": web.redirect("/page#again")}) == ("too_many_redirects", False)


def test_the_number_of_redirects_is_bounded(web):
    def further(request):
        return web.redirect(f"/{int(request.path[1:]) + 1}")

    assert refusal(web, {f"/{n}": further for n in range(20)}, "http://news.example/0", max_redirects=3) == ("too_many_redirects", False)
    assert web.site.paths() == ["/0", "/1", "/2", "/3"]


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://news.example/", "javascript:alert(1)", "http://u:p@news.example/", "http://[::1"]
)
def test_a_redirect_to_what_is_no_plain_web_address_is_refused(web, location):
    assert refusal(web, {"/page": web.redirect(location)}) == ("bad_url", False)


@pytest.mark.parametrize(
    "location", ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://2130706433/"]
)
def test_a_redirect_to_a_private_address_is_refused(web, location):
    assert refusal(web, {"/page": web.redirect(location)}) == ("refused_address", False)


def test_a_redirect_to_a_name_that_leads_to_a_private_address_is_refused(web):
    async def ask(client):
        with pytest.raises(FetchError) as caught:
            await client.get("http://news.example/page", accept="*/*", max_body_bytes=10, obey_robots=False)
        return caught.value.reason

    answers = {"/page": web.redirect("http://inside.example/")}
    assert web.visit(answers, ask, connect_to={"inside.example": "10.0.0.1:80"}) == "refused_address"


def test_an_error_after_a_redirect_names_the_url_that_was_asked_for(web):
    with pytest.raises(FetchError) as caught:
        web.get({"/page": web.redirect("http://10.0.0.1/")})

    assert caught.value.url == "http://news.example/page"
    assert pickle.loads(pickle.dumps(caught.value)).reason == "refused_address"  # noqa: S301 - our own bytes


# --- bounds


def test_a_body_that_declares_too_much_is_not_read(web):
    assert refusal(web, {"/page": b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"}, max_body_bytes=1000) == ("too_large", False)


async def endless(_request, writer):
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x" * 10_000)
        await writer.drain()


def test_a_body_that_does_not_end_is_left_at_the_limit(web):
    assert refusal(web, {"/page": endless}, max_body_bytes=50_000) == ("too_large", False)


def test_a_body_of_exactly_the_limit_is_read(web):
    assert len(web.get({"/page": web.response(200, b"x" * 1000)}, max_body_bytes=1000).body) == 1000


async def silent(_request, writer):
    await writer.wait_closed()


async def drop_by_drop(_request, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await asyncio.sleep(0.02)


async def header_by_header(_request, writer):
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while not writer.is_closing():
        writer.write(b"X-A: b\r\n")
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("answer", "limits"),
    [(silent, {"silence_seconds": 0.1}), (drop_by_drop, {"total_seconds": 0.2}), (header_by_header, {"total_seconds": 0.2})],
)
def test_a_server_that_is_too_slow_is_left(web, answer, limits):
    assert refusal(web, {"/page": answer}, **limits) == ("timeout", True)


def test_all_redirects_together_have_the_time_of_one_request(web):
    async def slowly_further(request, writer):
        await asyncio.sleep(0.08)
        writer.write(web.redirect(f"/{int(request.path[1:]) + 1}"))

    assert refusal(web, {f"/{n}": slowly_further for n in range(9)}, "http://news.example/0", total_seconds=0.2) == ("timeout", True)
    assert len(web.site.requests) < 5


def test_waiting_for_politeness_counts_neither_as_duration_nor_against_the_time_allowed(web):
    answers = {"/page": web.redirect("/b"), "/b": web.redirect("/c"), "/c": web.response(200)}

    fetched = web.get(answers, group_interval_seconds=0.2, total_seconds=0.35)

    assert web.site.requests[-1].at - web.site.requests[0].at >= 0.39
    assert fetched.duration_ms < 300


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("X: no wish", 0.15),
        ("Retry-After: soon", 0.15),
        ("Retry-After: 0", 0.15),
        ("Retry-After: 1", 0.3),
        ("Retry-After: 999999999", 0.3),
        ("Retry-After: Sun, 01 Mar 2026 12:31:00 GMT", 0.3),
        ("Retry-After: Sun, 01 Mar 2026 10:00:00 GMT", 0.15),
        ("Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", 0.3),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_group_that_asks_for_less_is_left_alone_for_as_long_as_it_asks_up_to_a_ceiling(web, status, header, seconds):
    async def scenario(client):
        for url in ("http://www.news.example/busy", "http://other.test.example2.example/", "http://news.example/page"):
            await client.get(url, accept="*/*", max_body_bytes=10, obey_robots=False)
        first, *others = [request.at for request in web.site.requests]
        return [at - first for at in others]

    other, same = web.visit({"/busy": web.response(status, b"", header)}, scenario)
    assert other < 0.1
    assert seconds - 0.01 <= same < seconds + 0.12


@pytest.mark.parametrize(
    "head",
    [
        b"X-Long: " + b"x" * 9000,
        b"\r\n".join(b"X-%d: 1" % n for n in range(200)),
    ],
)
def test_headers_are_bounded(web, head):
    answer = b"HTTP/1.1 200 OK\r\n" + head + b"\r\nContent-Length: 0\r\n\r\n"

    assert refusal(web, {"/page": answer}) == ("protocol", False)


# --- broken answers


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", ("protocol", True)),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", ("protocol", True)),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", ("protocol", True)),
        (b"", ("protocol", True)),
        (b"HTTP/1.1 200", ("protocol", True)),
        (b"<html>hello</html>\r\n\r\n", ("protocol", False)),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\n", ("protocol", False)),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", ("protocol", False)),
        (b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n", ("protocol", False)),
    ],
)
def test_an_answer_that_is_cut_off_or_is_no_http_has_a_reason(web, answer, expected):
    async def send(_request, writer):
        writer.write(answer)
        writer.close()

    assert refusal(web, {"/page": send}) == expected


def test_a_chunk_that_is_none_is_a_protocol_error(web):
    reason, _ = refusal(web, {"/page": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n"})

    assert reason == "protocol"


def test_a_port_where_nobody_listens_is_a_connect_error(web):
    async def ask(client):
        with pytest.raises(FetchError) as caught:
            await client.get("http://closed.test/", accept="*/*", max_body_bytes=10)
        return caught.value.reason, caught.value.retryable

    assert web.visit({}, ask, connect_to={"closed.test": "127.0.0.1:1"}) == ("connect", True)


def test_a_name_that_does_not_resolve_is_a_dns_error(web):
    assert refusal(web, {}, "http://no-such-host.invalid/")[0] == "dns"


def test_https_where_plain_http_is_spoken_is_a_tls_error(web):
    assert refusal(web, {}, "https://news.example/page") == ("tls", False)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/page",
        "/page",
        "ftp://news.example/page",
        "file:///etc/passwd",
        "feed://news.example/",
        "data:text/html,hi",
        "http://",
        "http:///page",
        "http://user:secret@news.example/",
        "http://user@news.example/",
        "http://news.example:99999/",
        "http://news.example:0/",
        "http://news.example:port/",
        "http://[::1/",
        "http://a..b.example/",
        "http://-a.example/",
        "http://" + "a" * 64 + ".example/",
        "http://" + "a.b" * 100 + ".example/",
        "http://new s.example/",
        "http://news.example/a\r\nHost: b",
        "http://news.example\\@other.example/",
        "http://news.example/\ud800",
        "http://%6eews.example/",
        "http://news.example/" + "a" * 2000,
    ],
)
def test_what_is_no_plain_web_address_is_not_asked_for(web, url):
    assert refusal(web, {}, url) == ("bad_url", False)
    assert web.site.requests == []


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("  HTTP://NEWS.example:80/a  ", "http://news.example/a"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example?q=1", "http://news.example/?q=1"),
        ("http://news.example./a#part", "http://news.example/a"),
        ("http://news.example/a%2fb%7e%zz", "http://news.example/a%2fb%7e%zz"),
        ("http://news.example/a b/\u00fc?q=\u00fc b", "http://news.example/a%20b/%C3%BC?q=%C3%BC%20b"),
        ("http://news.example/a/./b/../c", "http://news.example/a/c"),
        ("http://n\u00fcws.example/", "http://xn--nws-hoa.example/"),
    ],
)
def test_a_url_is_asked_for_as_it_is_spelled_but_for_what_a_request_cannot_carry(web, url, asked):
    fetched = web.get({}, url)

    assert (fetched.requested_url, fetched.final_url) == (url, asked)


def test_a_request_that_is_given_up_leaves_the_client_usable(web):
    async def cancel_then_ask(client):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.get("http://news.example/slow", accept="*/*", max_body_bytes=10, obey_robots=False), 0.1)
        return await client.get("http://news.example/page", accept="*/*", max_body_bytes=10, obey_robots=False)

    assert (
        web.visit({"/slow": silent, "/page": web.response(200, b"ok")}, cancel_then_ask, group_requests=1, total_requests=1).body == b"ok"
    )
