"""Headers that one site alone may see: credentials, tokens, cookies of a subscriber."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yarl import URL

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")  # RFC 9110 section 5.6.2
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]{0,8190}[\x21-\x7e])?")
# What frames a message, routes it or decides how its body comes is the client's own business.
_OURS = frozenset(
    "host connection content-length transfer-encoding te trailer upgrade keep-alive expect range accept-encoding proxy-authorization "
    "proxy-connection user-agent if-none-match if-modified-since".split()
)


@dataclass(frozen=True, slots=True)
class PrivateHeaders:
    """Sent to the origin (scheme, host and port) of `url`, never to another one. They are shown nowhere, in no error and no repr."""

    url: str
    headers: Mapping[str, str] = field(repr=False)

    def for_origin(self, target: URL) -> Mapping[str, str]:
        """Those that a request to this URL carries: all, or none."""
        return self.headers if target.origin() == URL(self.url).origin() else {}


def problem_with_header(name: str, value: str) -> str | None:
    """Why this can be no private header, without telling its value; None if it can."""
    if not _NAME.fullmatch(name):
        return "its name is no header name"
    if name.lower() in _OURS:
        return "this header is set by feedmill itself"
    return None if _VALUE.fullmatch(value) else "its value is empty, too long, or not printable ASCII in one line"
