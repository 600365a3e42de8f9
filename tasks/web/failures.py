"""Why an exchange did not finish, in the words of FetchError."""

from __future__ import annotations

import socket

import aiohttp
from aiohttp.http import HttpProcessingError

from tasks.errors import FetchError
from tasks.web.guard import AddressRefused
from tasks.web.wire import WireFull

_DETAIL_CHARACTERS = 200

# The first class that fits decides: (what the HTTP library raised, our reason, whether the same request may succeed later).
_REASONS: tuple[tuple[type[BaseException], str, bool], ...] = (
    (TimeoutError, "timeout", True),
    (aiohttp.InvalidURL, "bad_url", False),
    (aiohttp.ClientConnectorDNSError, "dns", True),
    (aiohttp.ClientSSLError, "tls", False),
    (aiohttp.ClientPayloadError, "protocol", True),
    (aiohttp.ServerDisconnectedError, "protocol", True),
    (aiohttp.ClientHttpProxyError, "connect", True),
    (aiohttp.ClientResponseError, "protocol", False),
    (HttpProcessingError, "protocol", False),
    (OSError, "connect", True),
    (aiohttp.ClientError, "protocol", True),
)

EXCHANGE_ERRORS = (aiohttp.ClientError, HttpProcessingError, OSError)
"""What one exchange may raise: the network's and the other side's doing. TimeoutError is an OSError."""

# getaddrinfo's answers that a retry will not change: the name does not exist, or has no address.
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


def fetch_error(url: str, cause: BaseException) -> FetchError:
    """What the failed exchange means for the URL. cause: one of EXCHANGE_ERRORS."""
    cause_of_connect = cause.os_error if isinstance(cause, aiohttp.ClientConnectorError) else cause
    detail = ascii(str(cause_of_connect) or type(cause_of_connect).__name__)[1:-1][:_DETAIL_CHARACTERS]
    if isinstance(cause_of_connect, AddressRefused):
        return FetchError(url, "refused_address", detail)
    if isinstance(cause.__cause__, WireFull):
        return FetchError(url, "too_large", detail)
    reason, retryable = next((reason, retryable) for kind, reason, retryable in _REASONS if isinstance(cause, kind))
    if isinstance(cause_of_connect, socket.gaierror) and cause_of_connect.errno in _NO_SUCH_NAME:
        retryable = False
    return FetchError(url, reason, detail, retryable=retryable)
