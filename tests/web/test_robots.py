"""What robots.txt decides."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from tasks.errors import FetchError

PAGE = "http://news.example/page"


def rules(*lines):
    return "\n".join(lines).encode()


def asked(web, answers, url=PAGE, **options):
    """The page's status, or why it was not fetched."""
    try:
        return web.get(answers, url, obey_robots=True, **options).status
    except FetchError as error:
        return error.reason, error.retryable


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        (["User-agent: *", "Disallow: /page"], ("robots", False)),
        (["User-agent: *", "Disallow: /"], ("robots", False)),
        (["User-agent: *", "Disallow: /other"], 200),
        (["User-agent: *", "Disallow: /", "Allow: /page"], 200),
        (["User-agent: *", "Disallow:"], 200),
        (["User-agent: feedmill", "Disallow: /"], ("robots", False)),
        (["User-agent: FeedMill", "Disallow: /", "", "User-agent: *", "Disallow:"], ("robots", False)),
        (["User-agent: feedmill", "Disallow:", "", "User-agent: *", "Disallow: /"], 200),
        (["User-agent: otherbot", "Disallow: /"], 200),
        (["\ufeffUser-agent: *", "Disallow: /page"], ("robots", False)),
        (["User-agent: a", "User-agent: feedmill", "user agent b", "Disallow: /page"], ("robots", False)),
        (["User-agent: feedmill", "Allow: /", "User-agent: b", "Disallow: /page"], 200),
        (["useragent feed", "Disallow: /"], ("robots", False)),
        (["User-agent: mill", "Disallow: /"], 200),
        ([], 200),
        (["<html>not found</html>"], 200),
    ],
)
def test_rules_for_us_and_else_rules_for_all_decide(web, lines, outcome):
    assert asked(web, {"/robots.txt": web.response(200, rules(*lines)), "/page": web.response(200)}) == outcome


def test_a_robots_txt_of_thousands_of_products_and_rules_is_read_in_time(web):
    lines = [
        *(f"User-agent: bot{n}" for n in range(12_000)),
        "User-agent: feedmill",
        *(f"Disallow: /{n}" for n in range(12_000)),
        "Disallow: /page",
    ]

    assert asked(web, {"/robots.txt": web.response(200, rules(*lines))}) == ("robots", False)


def test_the_query_is_part_of_what_rules_match(web):
    answers = {"/robots.txt": web.response(200, rules("User-agent: *", "Disallow: /*?print="))}

    assert asked(web, answers, PAGE + "?print=1") == ("robots", False)
    assert asked(web, answers, PAGE) == 404


def test_a_path_with_dots_does_not_go_round_the_rules(web):
    answers = {"/robots.txt": web.response(200, rules("User-agent: *", "Disallow: /private"))}

    assert asked(web, answers, "http://news.example/public/../private/x") == ("robots", False)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_robots_txt_allows_everything(web, status):
    assert asked(web, {"/robots.txt": web.response(status, rules("User-agent: *", "Disallow: /")), "/page": web.response(200)}) == 200


@pytest.mark.parametrize("status", [500, 503, 429])
def test_while_robots_txt_cannot_be_had_nothing_is_fetched(web, status):
    assert asked(web, {"/robots.txt": web.response(status), "/page": web.response(200)}) == ("robots", True)
    assert web.site.paths() == ["/robots.txt"]


async def hang_up(_request, writer):
    writer.close()


async def stay_silent(_request, writer):
    await writer.wait_closed()


@pytest.mark.parametrize("answer", [hang_up, stay_silent])
def test_a_robots_txt_that_does_not_arrive_forbids_for_now(web, answer):
    assert asked(web, {"/robots.txt": answer, "/page": web.response(200)}, silence_seconds=0.1) == ("robots", True)


def test_a_robots_txt_that_is_too_long_forbids_for_now(web):
    assert asked(web, {"/robots.txt": web.response(200, b"#" * 2000), "/page": web.response(200)}, robots_max_bytes=1000) == (
        "robots",
        True,
    )


async def never_end(_request, writer):
    writer.write(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\r\nAllow: /\r\n")
    while not writer.is_closing():
        writer.write(b"# and more\r\n" * 100)
        await writer.drain()


def test_a_robots_txt_without_an_end_forbids_for_now(web):
    assert asked(web, {"/robots.txt": never_end, "/page": web.response(200)}) == ("robots", True)


def test_a_web_page_in_place_of_robots_txt_forbids_nothing(web):
    page = web.response(
        200, b"<!doctype html><title>Not found</title><p>Disallow: / is what this page is not about.", "Content-Type: text/html"
    )

    assert asked(web, {"/robots.txt": page, "/page": web.response(200)}) == 200


def test_a_host_that_cannot_be_reached_is_told_as_such(web):
    async def ask(client):
        with pytest.raises(FetchError) as caught:
            await client.get("http://closed.test/", accept="*/*", max_body_bytes=10)
        return caught.value

    error = web.visit({}, ask, connect_to={"closed.test": "127.0.0.1:1"})
    assert (error.url, error.reason, error.retryable) == ("http://closed.test/", "connect", True)


@pytest.mark.parametrize("location", ["http://closed.test/robots.txt", "http://10.0.0.1/robots.txt", "ftp://news.example/robots.txt"])
def test_a_robots_txt_that_is_said_to_be_where_it_cannot_be_had_forbids_for_now(web, location):
    answers = {"/robots.txt": web.redirect(location), "/page": web.response(200)}

    async def ask(client):
        with pytest.raises(FetchError) as caught:
            await client.get(PAGE, accept="*/*", max_body_bytes=10)
        return caught.value.reason, caught.value.retryable, [row.outcome for row in client.learned()]

    assert web.visit(answers, ask, connect_to={"closed.test": "127.0.0.1:1"}) == ("robots", True, ["unreachable"])


def test_a_redirected_robots_txt_speaks_for_the_host_that_redirected(web):
    answers = {
        "news.example/robots.txt": web.redirect("http://www.other.example/r", 301),
        "www.other.example/r": web.response(200, rules("User-agent: *", "Disallow: /page")),
    }
    assert asked(web, answers) == ("robots", False)


def test_a_robots_txt_behind_too_many_redirects_counts_as_none(web):
    answers = {f"/r{n}": web.redirect(f"/r{n + 1}") for n in range(9)}

    assert asked(web, answers | {"/robots.txt": web.redirect("/r0"), "/page": web.response(200)}) == 200
    assert web.site.paths().count("/r5") == 0


def test_each_host_on_the_way_is_asked_for_its_own_rules(web):
    answers = {
        "news.example/page": web.redirect("http://www.other.example/end"),
        "www.other.example/robots.txt": web.response(200, rules("User-agent: *", "Disallow: /end")),
        "www.other.example/end": web.response(200),
    }
    assert asked(web, answers) == ("robots", False)
    assert [(request.host, request.path) for request in web.site.requests] == [
        ("news.example", "/robots.txt"),
        ("news.example", "/page"),
        ("www.other.example", "/robots.txt"),
    ]


def get_all(urls):
    async def scenario(client):
        return await asyncio.gather(*(client.get(url, accept="*/*", max_body_bytes=100) for url in urls), return_exceptions=True)

    return scenario


def test_one_robots_txt_is_fetched_per_host_however_many_ask_at_once(web):
    fetched = web.visit(
        {"/robots.txt": web.response(200)}, get_all([f"http://news.example/{n}" for n in range(20)] + ["http://www.news.example/"])
    )

    assert {one.status for one in fetched} == {404}
    assert web.site.paths().count("/robots.txt") == 2


def test_a_failure_is_shared_for_a_while_and_then_asked_about_again(web):
    times = [web.now]

    async def scenario(client):
        first = await get_all([PAGE] * 3)(client)
        times.append(web.now + timedelta(seconds=60))
        return first, await get_all([PAGE] * 2)(client)

    first, second = web.visit({"/robots.txt": web.response(503)}, scenario, robots_failure_seconds=60, clock=lambda: times[-1])

    assert {error.reason for error in first + second} == {"robots"}
    assert web.site.paths() == ["/robots.txt", "/robots.txt"]


def test_one_asker_who_gives_up_does_not_take_the_others_along(web):
    async def slow(_request, writer):
        await asyncio.sleep(0.1)
        writer.write(web.response(200))

    async def scenario(client):
        impatient, patient = (asyncio.create_task(client.get(PAGE, accept="*/*", max_body_bytes=10)) for _ in range(2))
        await asyncio.sleep(0.03)
        impatient.cancel()
        return (await patient).status

    assert web.visit({"/robots.txt": slow}, scenario) == 404


def test_the_rules_kept_are_bounded_in_number(web):
    hosts = [f"http://h{n}.example/" for n in range(6)]

    async def scenario(client):
        for url in [*hosts, hosts[-1], hosts[0]]:
            await client.get(url, accept="*/*", max_body_bytes=10)

    web.visit({}, scenario, robots_max_hosts=3)

    assert [request.host for request in web.site.requests if request.path == "/robots.txt"] == [f"h{n}.example" for n in range(6)] + [
        "h0.example"
    ]


@pytest.mark.parametrize(("delay", "seconds"), [("0.1", 0.1), ("3600", 0.2), ("nan", 0.0), ("-1", 0.0), ("inf", 0.0)])
def test_a_crawl_delay_is_kept_up_to_the_ceiling(web, delay, seconds):
    answers = {"/robots.txt": web.response(200, rules("User-agent: *", f"Crawl-delay: {delay}"))}

    web.visit(answers, get_all([f"http://news.example/{n}" for n in range(3)]))

    times = [request.at for request in web.site.requests if request.path != "/robots.txt"]
    gaps = [later - sooner for sooner, later in pairwise(times)]
    assert all(gap >= seconds - 0.02 for gap in gaps)
    assert sum(gaps) < 2 * seconds + 0.15


def test_robots_txt_and_pages_of_a_group_share_one_pace(web):
    web.visit({}, get_all(["http://news.example/1", "http://www.news.example/2"]), group_interval_seconds=0.06)

    times = [request.at for request in web.site.requests]
    assert len(times) == 4
    assert all(later - sooner >= 0.05 for sooner, later in pairwise(times))


def test_requests_of_a_group_do_not_beat_in_time(web):
    chances = iter([0.0, 1.0, 0.0])
    scenario = get_all([f"http://news.example/{n}" for n in range(3)])
    web.visit(
        {"/robots.txt": web.response(200)}, scenario, group_interval_seconds=0.05, jitter_share=2.0, chance=lambda: next(chances, 0.0)
    )

    times = [request.at for request in web.site.requests]
    gaps = [later - sooner for sooner, later in pairwise(times)]
    assert gaps[1] > 0.14
    assert min(gaps[0], gaps[2]) < 0.14
