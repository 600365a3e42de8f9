"""Which addresses may be dialled."""

from __future__ import annotations

import socket
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import FetchError
from tasks.web.guard import LOOPBACK, AddressRefused, check_literal_host, guarded_socket, is_allowed

REFUSED_HOSTS = [
    "0.0.0.0",  # noqa: S104 - refused
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    # other spellings of 127.0.0.1, 10.0.0.1 and 8.8.8.8
    "2130706433",
    "134744072",
    "0x7f000001",
    "0x7f.1",
    "127.1",
    "0177.0.0.1",
    "017700000001",
    "00000012.0.0.1",
    "127.0.0.01",
    "10.1",
    "0xA.0.0.1",
    "127.0.0.0x1",
    "999.1.1.1",
    "1.2.3.4.5",
    "\uff11\uff10.0.0.1",
    "10\u30020\u30020\u30021",
    # IPv6
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]",
    "[::ffff:169.254.169.254]",
    "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::10.0.0.1]",
    "[64:ff9b:1::8.8.8.8]",
    "[100::1]",
    "[2001::1]",
    "[2001:db8::1]",
    "[2002:7f00:1::]",
    "[2002:a00:1::]",
    "[3fff::1]",
    "[5f00::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[2606:4700::1%25eth0]",
    "[fec0::1]",
    "[ff02::1]",
    "[ff05::2]",
    "[::1.2.3.4]",
    "[::ffff:8.8.8.8]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::a9fe:a9fe]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "[2001:10::1]",
    "[2001:20::1]",
    "[4000::1]",
    "[fe80::1%lo]",
    "[0:0:0:0:0:ffff:7f00:1]",
    # spellings that end in a number, or in a dot
    "10.0.0.1.",
    "169.254.169.254.",
    "127.0.1",
    "0",
    "0x0",
    "4294967295",
    "0251.0376.0251.0376",
    "0xa9fea9fe",
    "2852039166",
    "\u2460\u24ea.0.0.1",
    "\U0001d7d9\U0001d7d8.0.0.1",
    "10\uff0e0\uff0e0\uff0e1",
    "\u0661\u0660.0.0.1",
]


# What is no host name at all, and so is refused before anybody looks where it leads.
NO_HOSTS = [
    "127.0.0.1%00.news.example",
    "127.0.0.1%2f.news.example",
    "[::1",
    "::1",
    "[::1]x",
    "[127.0.0.1]",
    "[v1.x]",
    "10.0.0.1:80@news.example",
    "news.example@10.0.0.1",
    "news.example:80@10.0.0.1",
    "news.example\\@10.0.0.1",
    "10.0.0.1\\.news.example",
    "10.0.0.1 .news.example",
    "10..0.1",
    ".127.0.0.1",
]


def refusal(web, answers, url):
    with pytest.raises(FetchError) as caught:
        web.get(answers, url, connect_seconds=0.2)
    return caught.value.reason, caught.value.retryable


@pytest.mark.parametrize("host", REFUSED_HOSTS)
def test_an_address_that_is_not_public_is_refused_before_anything_is_sent(web, host):
    assert refusal(web, {}, f"http://{host}/") == ("refused_address", False)
    assert web.site.connections == 0


@pytest.mark.parametrize("host", REFUSED_HOSTS)
def test_a_redirect_to_an_address_that_is_not_public_is_refused(web, host):
    assert refusal(web, {"/page": web.redirect(f"//{host}/secret")}, "http://news.example/page") == ("refused_address", False)
    assert web.site.paths() == ["/page"]


@pytest.mark.parametrize("host", NO_HOSTS)
def test_a_host_written_to_deceive_is_no_url(web, host):
    assert refusal(web, {}, f"http://{host}/") == ("bad_url", False)
    assert refusal(web, {"/page": web.redirect(f"http://{host}/")}, "http://news.example/page") == ("bad_url", False)
    assert web.site.paths() == ["/page"]


def test_there_are_more_than_sixty_of_them():
    assert len(set(REFUSED_HOSTS)) >= 60


@pytest.mark.parametrize("url", ["http://news.example:22/", "http://news.example:6379/", "https://news.example:25/"])
def test_a_port_that_is_not_among_those_allowed_is_refused_directly_and_through_a_redirect(web, url):
    async def visit(client):
        reasons = []
        for asked in (url, "http://news.example/page"):
            with pytest.raises(FetchError) as caught:
                await client.get(asked, accept="*/*", max_body_bytes=10, obey_robots=False)
            reasons.append(caught.value.reason)
        return reasons

    reach = {"ports": frozenset({80, 443})}
    assert web.visit({"/page": web.redirect(url)}, visit, reach=reach) == ["refused_address", "refused_address"]
    assert web.site.paths() == ["/page"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "127.0.0.1.", "[::1]", "[0:0:0:0:0:0:0:1]"])
def test_loopback_is_refused_unless_it_is_allowed(host):
    bare = host.strip("[].")

    assert not is_allowed(bare)
    assert is_allowed(bare, LOOPBACK)


@pytest.mark.parametrize("address", ["10.0.0.1", "::ffff:127.0.0.1", "::", "0.0.0.1", "fe80::1", "128.0.0.1%lo", "localhost", ""])
def test_allowing_loopback_allows_nothing_else(address):
    assert not is_allowed(address, LOOPBACK)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "100.63.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1",
        "64:ff9b::8.8.8.8",
    ],
)
def test_public_addresses_are_allowed(address):
    assert is_allowed(address)


@given(st.ip_addresses())
def test_no_address_is_allowed_that_the_standard_library_calls_private(address):
    if is_allowed(str(address)) and str(address)[:8] != "64:ff9b:":
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize("host", ["news.example", "0x.example", "127.0.0.1.nip.example", "1a", "3com.example"])
def test_names_pass_the_check_of_literals(host):
    check_literal_host(host)


@pytest.mark.parametrize("sockaddr", [("10.0.0.1", 80), ("::ffff:10.0.0.1", 80, 0, 0), ("fe80::1", 80, 0, 2), ("2606:4700::1", 80, 0, 2)])
def test_the_address_dialled_is_the_one_that_is_checked(sockaddr):
    with pytest.raises(AddressRefused):
        guarded_socket(LOOPBACK, max_wire_bytes=1)((socket.AF_INET, socket.SOCK_STREAM, 6, "", sockaddr))


def test_a_network_that_is_allowed_opens_itself_and_nothing_else():
    allowed = (ip_network("10.1.0.0/16"),)

    assert is_allowed("10.1.2.3", allowed)
    assert not is_allowed("10.2.0.1", allowed)
    assert not is_allowed("::ffff:10.1.2.3", allowed)
    assert not is_allowed("127.0.0.1", allowed)
