"""Which addresses we connect to: globally routable ones, and those networks that are explicitly allowed.

Whatever name, redirect or changed DNS answer led there, the address that is dialled is the one that is checked.
"""

from __future__ import annotations

import re
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from tasks.web.wire import MeasuredSocket

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Networks = Collection[IPv4Network | IPv6Network]
    AddressInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]

# IANA IPv4 Special-Purpose Address Registry, entries that are not globally reachable; 224.0.0.0/4 is multicast (RFC 5771).
_REFUSED_IPV4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            # Azure's host services: a public address that answers only from inside a virtual machine.
            "168.63.129.16/32",
        ),
    )
)
# IANA IPv6 Global Unicast Address Space is 2000::/3; the rest is not handed out. Inside it, the Special-Purpose Address Registry:
# protocol assignments with Teredo, documentation, 6to4, documentation.
_GLOBAL_IPV6 = IPv6Network("2000::/3")
_REFUSED_IPV6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
# RFC 6052: an IPv4 address behind a NAT64 gateway, in the last 32 bits.
_NAT64 = IPv6Network("64:ff9b::/96")

LOOPBACK: Networks = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
"""This machine itself."""

# A host whose last label is a number is an IPv4 address to `inet_aton` and to browsers (WHATWG URL, "ends in a number").
_ENDS_IN_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?", re.IGNORECASE)
_DOTTED_QUAD = re.compile(r"(?:(?:0|[1-9][0-9]{0,2})\.){3}(?:0|[1-9][0-9]{0,2})")


class AddressRefused(OSError):
    """The address is not one that we connect to."""


def is_allowed(address: str, allowed: Networks = ()) -> bool:
    """Whether we connect to this numeric address. Anything that is not one in canonical form, or has a zone, is not allowed.

    allowed: networks that we connect to although they are not public.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return _is_global_ipv4(parsed) or _is_within(parsed, allowed)
    if parsed.scope_id is not None:
        return False
    if parsed in _NAT64:
        return _is_global_ipv4(IPv4Address(int(parsed) & 0xFFFFFFFF))
    return _is_global_ipv6(parsed) or _is_within(parsed, allowed)


def _is_within(address: IPv4Address | IPv6Address, networks: Networks) -> bool:
    return any(address in network for network in networks)


def _is_global_ipv4(address: IPv4Address) -> bool:
    return not any(address in network for network in _REFUSED_IPV4)


def _is_global_ipv6(address: IPv6Address) -> bool:
    return address in _GLOBAL_IPV6 and not any(address in network for network in _REFUSED_IPV6)


def check_literal_host(host: str, allowed: Networks = ()) -> None:
    """Raise AddressRefused for a host that is itself an address that we do not connect to; names pass.

    Octal, hexadecimal, decimal and shortened IPv4 spellings are refused wherever they lead: nobody publishes under one.
    """
    is_ipv4 = _ENDS_IN_NUMBER.fullmatch(host) is not None
    if is_ipv4 and not _DOTTED_QUAD.fullmatch(host):
        raise AddressRefused(f"{host!a} is an unusual spelling of an IPv4 address")
    if (is_ipv4 or ":" in host) and not is_allowed(host, allowed):
        raise AddressRefused(f"{host!a} is not a public address")


def guarded_socket(allowed: Networks = (), *, max_wire_bytes: int) -> Callable[[AddressInfo], socket.socket]:
    """A socket factory for the connector that refuses, for every connection, the address about to be dialled.

    max_wire_bytes: what may come between two things that we send.
    """

    def open_socket(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, sockaddr = info
        if not is_allowed(str(sockaddr[0]), allowed) or any(sockaddr[2:]):
            raise AddressRefused(f"{sockaddr[0]!a} is not a public address")
        opened = MeasuredSocket(family, kind, protocol)
        opened.max_bytes = max_wire_bytes
        return opened

    return open_socket
