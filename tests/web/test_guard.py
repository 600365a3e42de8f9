"""Which addresses may be dialled."""

from __future__ import annotations

import asyncio
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import FetchError
from tasks.web.guard import AddressRefused, GuardedResolver, check_literal_host, guarded_socket, is_allowed

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
]


@pytest.mark.parametrize("host", REFUSED_HOSTS)
def test_an_address_that_is_not_public_is_refused_before_anything_is_sent(web, host):
    with pytest.raises(FetchError) as caught:
        web.get({}, f"http://{host}/", connect_seconds=0.2)

    assert (caught.value.reason, caught.value.retryable) == ("refused_address", False)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "127.0.0.1.", "[::1]", "[0:0:0:0:0:0:0:1]"])
def test_loopback_is_refused_unless_it_is_allowed(host):
    bare = host.strip("[].")

    assert not is_allowed(bare, allow_loopback=False)
    assert is_allowed(bare, allow_loopback=True)


@pytest.mark.parametrize("address", ["10.0.0.1", "::ffff:127.0.0.1", "::", "0.0.0.1", "fe80::1", "128.0.0.1%lo", "localhost", ""])
def test_allowing_loopback_allows_nothing_else(address):
    assert not is_allowed(address, allow_loopback=True)


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
    assert is_allowed(address, allow_loopback=False)


@given(st.ip_addresses())
def test_no_address_is_allowed_that_the_standard_library_calls_private(address):
    if is_allowed(str(address), allow_loopback=False) and str(address)[:8] != "64:ff9b:":
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize("host", ["news.example", "0x.example", "127.0.0.1.nip.example", "1a", "3com.example"])
def test_names_pass_the_check_of_literals(host):
    check_literal_host(host, allow_loopback=False)


@pytest.mark.parametrize("sockaddr", [("10.0.0.1", 80), ("::ffff:10.0.0.1", 80, 0, 0), ("fe80::1", 80, 0, 2), ("2606:4700::1", 80, 0, 2)])
def test_the_address_dialled_is_the_one_that_is_checked(sockaddr):
    with pytest.raises(AddressRefused):
        guarded_socket(allow_loopback=True)((socket.AF_INET, socket.SOCK_STREAM, 6, "", sockaddr))


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
        return await GuardedResolver({}, allow_loopback=False).resolve("localhost", 80)

    with pytest.raises((AddressRefused, socket.gaierror)):
        asyncio.run(resolve())


def test_connect_to_leads_a_host_or_all_hosts_below_a_suffix_elsewhere():
    async def resolve(host):
        found = await GuardedResolver({"a.test": "127.0.0.1:81", "*.b.test": "[::1]:82"}, allow_loopback=True).resolve(host, 80)
        return [(one["host"], one["port"]) for one in found]

    assert asyncio.run(resolve("A.test")) == [("127.0.0.1", 81)]
    assert asyncio.run(resolve("x.y.b.test")) == [("::1", 82)]


@pytest.mark.parametrize("given_address", ["127.0.0.1", "localhost:80", "127.0.0.1:http", ""])
def test_connect_to_takes_numeric_addresses_with_a_port_only(given_address):
    async def build():
        GuardedResolver({"a.test": given_address}, allow_loopback=True)

    with pytest.raises(ValueError, match=r"address|int"):
        asyncio.run(build())
