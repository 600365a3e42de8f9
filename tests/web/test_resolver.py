"""Names lead to addresses: asked anew for each connection, checked, a few at most, and without holding up other names."""

from __future__ import annotations

import asyncio
import socket
import threading
from functools import partial

import pytest

from tasks.errors import FetchError
from tasks.web.guard import LOOPBACK, AddressRefused
from tasks.web.resolver import GuardedResolver, SystemLookup


class Answers:
    """A name server under the other side's control: another answer at each question."""

    def __init__(self, *answers):
        self.answers = list(answers)

    async def addresses(self, host):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def close(self):
        pass


REBOUND = [
    "10.0.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - refused
    "255.255.255.255",
    "::",
    "::ffff:127.0.0.1",
    "fe80::1%2",
    "fd00:ec2::254",
]


@pytest.mark.parametrize("address", REBOUND)
def test_a_name_that_answers_differently_the_second_time_is_checked_the_second_time(web, address):
    """The server closes each connection, and redirects to another host of the same name server."""

    async def visit(client):
        with pytest.raises(FetchError) as caught:
            await client.get("http://news.example/page", accept="*/*", max_body_bytes=10, obey_robots=False)
        return caught.value.reason

    answers = {"/page": web.redirect("http://rebound.test/")}
    assert web.visit(answers, visit, lookup=Answers((address,)), connect_seconds=0.2) == "refused_address"
    assert web.site.paths() == ["/page"]


@pytest.mark.parametrize("address", REBOUND)
def test_of_mixed_answers_only_public_ones_are_dialled(address):
    async def resolve():
        return [one["host"] for one in await GuardedResolver(Answers((address, "8.8.8.8", address, "2606:4700::1"))).resolve("a.test", 80)]

    assert asyncio.run(resolve()) == ["8.8.8.8", "2606:4700::1"]


def test_each_connection_asks_anew_and_is_checked_anew():
    async def resolve():
        resolver = GuardedResolver(Answers(("8.8.8.8",), ("10.0.0.1",)))
        first = [one["host"] for one in await resolver.resolve("a.test", 80)]
        with pytest.raises(AddressRefused):
            await resolver.resolve("a.test", 80)
        return first

    assert asyncio.run(resolve()) == ["8.8.8.8"]


def test_a_name_that_leads_only_to_refused_addresses_is_refused(web):
    def ask(host, address):
        async def scenario(client):
            with pytest.raises(FetchError) as caught:
                await client.get(f"http://{host}/", accept="*/*", max_body_bytes=10)
            return caught.value.reason

        return web.visit({}, scenario, connect_to={host: address})

    assert ask("inside.test", "192.168.0.1:80") == "refused_address"
    assert ask("inside.test", "[::ffff:127.0.0.1]:80") == "refused_address"
    assert ask("metadata.test", "169.254.169.254:80") == "refused_address"


def test_localhost_is_refused_where_loopback_is():
    async def resolve():
        return await GuardedResolver(SystemLookup(1)).resolve("localhost", 80)

    with pytest.raises((AddressRefused, socket.gaierror)):
        asyncio.run(resolve())


def test_connect_to_leads_a_host_or_all_hosts_below_a_suffix_elsewhere():
    async def resolve(host):
        found = await GuardedResolver(Answers(()), LOOPBACK, {"a.test": "127.0.0.1:81", "*.b.test": "[::1]:82"}).resolve(host, 80)
        return [(one["host"], one["port"]) for one in found]

    assert asyncio.run(resolve("A.test")) == [("127.0.0.1", 81)]
    assert asyncio.run(resolve("x.y.b.test")) == [("::1", 82)]


@pytest.mark.parametrize("given_address", ["127.0.0.1", "localhost:80", "127.0.0.1:http", ""])
def test_connect_to_takes_numeric_addresses_with_a_port_only(given_address):
    async def build():
        GuardedResolver(Answers(()), connect_to={"a.test": given_address})

    with pytest.raises(ValueError, match=r"address|int"):
        asyncio.run(build())


def test_names_are_looked_up_in_threads_of_their_own():
    """Looked up as many at a time as there are threads, whatever else the loop's own threads do."""

    async def resolve():
        lookup = SystemLookup(1)
        try:
            busy = [asyncio.get_running_loop().run_in_executor(None, release.wait, 5) for _ in range(64)]
            found = await lookup.addresses("127.0.0.1")
            release.set()
            await asyncio.gather(*busy)
        finally:
            lookup.close()
        return found

    release = threading.Event()
    assert asyncio.run(resolve()) == ("127.0.0.1",)


class Answering:
    """A lookup that gives every host the same addresses, or never answers for one that is called slow."""

    def __init__(self, *given):
        self.given = given

    async def addresses(self, host):
        if host.startswith("slow"):
            await asyncio.sleep(99)
        return self.given

    def close(self):
        """There is nothing to end."""


def test_of_a_name_with_a_thousand_addresses_only_a_few_are_dialled():
    lookup = Answering(*(f"9.{high}.{low}.1" for high in range(10) for low in range(100)))

    found = asyncio.run(GuardedResolver(lookup).resolve("many.example", 443))

    assert [one["host"] for one in found] == [f"9.0.{low}.1" for low in range(8)]


def test_a_name_that_nobody_answers_for_holds_up_no_other(web):
    async def both(client):
        loop = asyncio.get_running_loop()
        began = loop.time()
        get = partial(client.get, accept="*/*", max_body_bytes=10, obey_robots=False)
        slow, good = await asyncio.gather(get("http://slow.test/"), get("http://news.example/page"), return_exceptions=True)
        return slow, good, loop.time() - began

    slow, good, seconds = web.visit({"/page": web.response(200)}, both, lookup=Answering(), connect_seconds=0.3)
    assert (slow.reason, slow.retryable, good.status) == ("timeout", True, 200)
    assert seconds < 1
