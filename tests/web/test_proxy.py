"""Behind a proxy: it is the only address dialled, and what can be seen of a target without asking DNS is still checked."""

from __future__ import annotations

import asyncio
import base64

import pytest

from tasks.errors import FetchError


class Proxy:
    """An HTTP proxy that answers plain requests itself and notes what it was asked."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = []

    async def serve(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.rstrip().split("\r\n")
        self.asked.append((first, {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}))
        writer.write(self.answer)
        await writer.drain()
        writer.close()


def through_proxy(web, proxy, url, *, credentials=""):
    async def run():
        async with (
            web.serving(proxy.serve) as address,
            web.client(reach={"proxy": f"http://{credentials}{address}", "networks": (), "connect_to": {}}) as client,
        ):
            return await client.get(url, accept="*/*", max_body_bytes=1000, obey_robots=False)

    return asyncio.run(run())


def test_every_request_goes_to_the_proxy_which_looks_the_name_up(web):
    proxy = Proxy(web.response(200, b"through"))

    assert through_proxy(web, proxy, "http://no-such-name.invalid/page").body == b"through"
    assert proxy.asked[0][0] == "GET http://no-such-name.invalid/page HTTP/1.1"
    assert "proxy-authorization" not in proxy.asked[0][1]


def test_the_proxys_credentials_go_to_the_proxy(web):
    proxy = Proxy(web.response(200, b"through"))

    through_proxy(web, proxy, "http://news.example/page", credentials="me:pass@")

    assert proxy.asked[0][1]["proxy-authorization"] == "Basic " + base64.b64encode(b"me:pass").decode()
    assert "authorization" not in proxy.asked[0][1]


@pytest.mark.parametrize(
    "host",
    [
        "10.0.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "[::1]",
        "2130706433",
        "localhost",
        "a.localhost",
        "printer.local",
        "metadata.google.internal",
        "router.home.arpa",
        "intranet",
    ],
)
def test_the_proxy_is_never_asked_for_the_inside_of_a_network(web, host):
    proxy = Proxy(web.response(200, b"through"))

    with pytest.raises(FetchError) as caught:
        through_proxy(web, proxy, f"http://{host}/page")

    assert (caught.value.reason, caught.value.retryable) == ("refused_address", False)
    assert proxy.asked == []


def test_a_redirect_through_the_proxy_is_checked_like_any_other(web):
    with pytest.raises(FetchError) as caught:
        through_proxy(web, Proxy(web.redirect("http://192.168.0.1/")), "http://news.example/page")
    assert caught.value.reason == "refused_address"


def test_a_proxy_that_refuses_a_tunnel_is_a_failed_connection(web):
    proxy = Proxy(web.response(407))

    with pytest.raises(FetchError) as caught:
        through_proxy(web, proxy, "https://news.example/page", credentials="me:pass@")

    assert proxy.asked[0][0] == "CONNECT news.example:443 HTTP/1.1"
    assert (caught.value.reason, caught.value.retryable) == ("connect", True)
    assert "pass" not in str(caught.value)


def test_a_proxy_that_is_not_there_is_a_failed_connection(web):
    async def run():
        async with web.client(reach={"proxy": "http://127.0.0.1:1", "networks": (), "connect_to": {}}) as client:
            await client.get("http://news.example/page", accept="*/*", max_body_bytes=10)

    with pytest.raises(FetchError) as caught:
        asyncio.run(run())
    assert (caught.value.reason, caught.value.retryable) == ("connect", True)
