"""Where requests may go, and by which way."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.web.guard import AddressRefused, check_literal_host

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yarl import URL

    from tasks.web.guard import Networks

# Names that mean something inside a machine or a network only (RFC 6761, RFC 6762, RFC 8375, ICANN's reserved `internal`).
_INSIDE = re.compile(r"(?:.*\.)?(?:localhost|local|internal|home\.arpa|lan|intranet|corp|home)|[^.]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reach:
    """What one installation lets requests reach. The default is the public web, dialled directly.

    networks: connected to although they are not public. ports: those of URLs that may be asked; None allows any.
    connect_to: host name -> `ip:port` to dial instead of what DNS and the URL say (like curl's --connect-to); `*.suffix` names every
    host below suffix. The addresses given are checked as any other.
    proxy: `http://[user:password@]host:port` of an HTTP proxy that takes every request. It resolves names and dials them, so what they
    lead to is the proxy's to check; hosts that are addresses, or names that mean something inside a network only, are refused here.
    ca_file: PEM certificates trusted besides the system's.
    """

    networks: Networks = ()
    ports: frozenset[int] | None = None
    connect_to: Mapping[str, str] = field(default_factory=dict)
    proxy: str | None = field(default=None, repr=False)
    ca_file: Path | None = None

    def check(self, target: URL) -> None:
        """Raise AddressRefused for a URL whose port or host is not to be asked; what a name leads to is checked when it is dialled."""
        if self.ports is not None and target.port not in self.ports:
            raise AddressRefused(f"port {target.port} is not among those that are asked")
        host = target.raw_host or ""
        check_literal_host(host, self.networks)
        if self.proxy and ":" not in host and _INSIDE.fullmatch(host):
            raise AddressRefused(f"{host!a} is no name of the public web")

    def tls(self) -> ssl.SSLContext | None:
        """How certificates are verified; None as the system does. Raises OSError for a file of certificates that cannot be used."""
        if self.ca_file is None:
            return None
        context = ssl.create_default_context()
        context.load_verify_locations(self.ca_file)
        return context
