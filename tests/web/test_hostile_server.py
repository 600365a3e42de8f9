"""A server that misbehaves in every way we know of: each ends in its named outcome in time, and harms nobody else's fetch."""

from __future__ import annotations

import asyncio

import pytest

from tasks.errors import FetchError
from tests.web.misbehaviour import MISBEHAVIOUR, OK, until_gone

DEADLINE_SECONDS = 2.5
LIMITS = {"silence_seconds": 0.4, "total_seconds": 0.8, "connect_seconds": 0.8}
MAX_BYTES = 200_000


@pytest.mark.parametrize(("misbehave", "outcome", "more"), MISBEHAVIOUR.values(), ids=MISBEHAVIOUR)
def test_it_ends_in_its_named_outcome_in_time_and_a_neighbour_is_served_meanwhile(web, misbehave, outcome, more):
    async def hostile(_request, writer):
        await misbehave(writer)
        writer.close()

    async def good(_request, writer):
        await asyncio.sleep(0.05)
        writer.write(web.response(200, b"fine"))

    async def fetch(client, url):
        try:
            return await client.get(url, accept="*/*", max_body_bytes=MAX_BYTES, obey_robots=False)
        except FetchError as failure:
            return failure

    async def both(client):
        loop = asyncio.get_running_loop()
        began = loop.time()
        hostile_end, *neighbours = await asyncio.gather(
            fetch(client, "http://hostile.example/page"), *(fetch(client, f"http://good.test{n}.example/") for n in range(3))
        )
        return hostile_end, neighbours, loop.time() - began

    answers = {"hostile.example/page": hostile} | {f"good.test{n}.example/": good for n in range(3)}
    ended, neighbours, seconds = web.visit(answers, both, **LIMITS)

    assert [each.body for each in neighbours] == [b"fine"] * 3
    assert seconds < DEADLINE_SECONDS
    if isinstance(ended, FetchError):
        assert ended.reason in outcome.split()
        assert more is None or ended.retryable is more
    else:
        assert OK in outcome.split()
        assert more is None or ended.status == more


def test_there_are_more_than_a_hundred_ways():
    assert len(MISBEHAVIOUR) >= 100


def test_bytes_that_follow_an_answer_are_no_answer_to_the_next_request(web):
    async def poisoned(_request, writer):
        writer.write(web.response(200, b"first") + web.response(200, b"poison"))

    async def twice(client):
        return [
            (await client.get(f"http://news.example/{path}", accept="*/*", max_body_bytes=100, obey_robots=False)).body
            for path in ("poisoned", "good")
        ]

    assert web.visit({"/poisoned": poisoned, "/good": web.response(200, b"second")}, twice) == [b"first", b"second"]


def test_an_answer_that_comes_while_nobody_asks_is_no_answer_to_the_next_request(web):
    async def poisoned(_request, writer):
        writer.write(web.response(200, b"first"))
        await asyncio.sleep(0.03)
        writer.write(web.response(200, b"poison"))
        await until_gone(writer)

    async def twice(client):
        first = await client.get("http://news.example/poisoned", accept="*/*", max_body_bytes=100, obey_robots=False)
        await asyncio.sleep(0.1)
        return first.body, (await client.get("http://news.example/good", accept="*/*", max_body_bytes=100, obey_robots=False)).body

    assert web.visit({"/poisoned": poisoned, "/good": web.response(200, b"second")}, twice) == (b"first", b"second")


def test_a_connection_is_used_again_where_nothing_speaks_against_it(web):
    async def often(client):
        for _ in range(5):
            await client.get("http://news.example/page", accept="*/*", max_body_bytes=100, obey_robots=False)

    web.visit({"/page": web.response(200, b"page")}, often)
    assert web.site.connections == 1


def test_a_server_that_speaks_before_it_is_asked_is_left_after_a_few_connections(web):
    async def eager(_reader, writer):
        nonlocal connections
        connections += 1
        writer.write(web.response(200, b"early"))
        await until_gone(writer)

    async def run():
        async with web.serving(eager) as address, web.client(reach={"connect_to": {"news.example": address}}, **LIMITS) as client:
            try:
                return (await client.get("http://news.example/", accept="*/*", max_body_bytes=100, obey_robots=False)).body
            except FetchError as failure:
                return failure.reason

    connections = 0
    assert asyncio.run(run()) in {b"early", "protocol"}  # whichever comes first, its words or our question
    assert connections <= 20
