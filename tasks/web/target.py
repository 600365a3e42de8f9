"""Which URLs may be asked for, and how they are written in a request."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin

from yarl import URL

_HTTP_URL = re.compile(r"(?P<origin>https?://[^/?#]+)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?:#.*)?", re.IGNORECASE)
# RFC 1123 section 2.1, with the underscore that real host names carry; an IPv6 literal as in RFC 3986 section 3.2.2.
_HOST_NAME = re.compile(r"(?=.{1,253}\Z)(?:(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!$)|$))+", re.IGNORECASE)
_IPV6 = re.compile(r"[0-9a-f:.]+(?:%.*)?", re.IGNORECASE)
_WHITE_SPACE = " \t\r\n\f"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# RFC 3986 section 2: what may stand in a path or query as it is. `%` too: what is already escaped stays as it is spelled.
_AS_IT_IS = "%/:@!$&'()*+,;=-._~"


def parse_target(reference: str, *, base: str = "", max_characters: int) -> URL:
    """The URL as it goes into a request: host lowercased and in its ASCII form, no fragment, escapes left as they are spelled.

    reference: absolute, or relative to `base` as a Location header may be (RFC 9110 section 10.2.2).
    Raises ValueError, and says why, for anything but a well-formed http or https URL, and for credentials, control characters and
    excess length.
    """
    url = urljoin(base, reference.strip(_WHITE_SPACE)) if base else reference.strip(_WHITE_SPACE)
    if len(url) > max_characters:
        raise ValueError(f"longer than {max_characters} characters")
    parts = _HTTP_URL.fullmatch(url)
    if parts is None or _CONTROL.search(url):
        raise ValueError("not an http or https URL")
    if "@" in parts["origin"]:
        raise ValueError("credentials in a URL")
    return URL(_origin(parts["origin"]) + _path(parts["path"]) + _query(parts["query"]), encoded=True)


def origin_of(url: str) -> str:
    """`scheme://host[:port]` of a URL as it would be asked; the URL itself where it cannot be."""
    try:
        return str(parse_target(url, max_characters=len(url)).origin())
    except ValueError:
        return url


def _origin(text: str) -> str:
    """`scheme://host[:port]` in canonical form. Raises ValueError."""
    origin = URL(text.lower())
    host = (origin.raw_host or "").removesuffix(".")
    if not (_IPV6 if "[" in text else _HOST_NAME).fullmatch(host):
        raise ValueError("not a host name")
    if not origin.port:
        raise ValueError("port 0")
    written = f"[{host}]" if ":" in host else host
    return f"{origin.scheme}://{written}" + ("" if origin.is_default_port() else f":{origin.port}")


def _path(text: str) -> str:
    if "/." in text:
        text = "/" + urljoin("http://host/", text.lstrip("/")).removeprefix("http://host/")
    return quote(text, safe=_AS_IT_IS) or "/"


def _query(text: str | None) -> str:
    return "?" + quote(text[1:], safe=_AS_IT_IS + "?[]|") if text else ""
