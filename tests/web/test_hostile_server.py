"""A server that misbehaves in every way we know of: each ends in its named outcome in time, and harms nobody else's fetch."""

from __future__ import annotations

import asyncio

import pytest

from tasks.errors import FetchError
from tests.web.misbehaviour import MISBEHAVIOUR, OK

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


def test_there_are_more_than_forty_ways():
    assert len(MISBEHAVIOUR) >= 40


def test_bytes_that_follow_an_answer_are_no_answer_to_the_next_request(web):
    async def poisoned(_request, writer):
        writer.write(web.response(200, b"first") + web.response(200, b"poison"))

    async def twice(client):
        return [
            (await client.get(f"http://news.example/{path}", accept="*/*", max_body_bytes=100, obey_robots=False)).body
            for path in ("poisoned", "good")
        ]

    assert web.visit({"/poisoned": poisoned, "/good": web.response(200, b"second")}, twice) == [b"first", b"second"]
