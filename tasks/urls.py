"""URLs: their canonical form, what identity compares of them, and whose they are. Nothing here raises on any text.

Sources: RFC 3986 (syntax, section 5.2.4 dot segments, section 6.2.2 normalisation), UTS #46 (international domain names),
the WHATWG URL standard (white space, numbers as hosts), publicsuffix.org through the list inside `tld`.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, unquote, urljoin, urlsplit
from uuid import UUID, uuid5

import idna
from tld import get_fld

from tasks.tracking_parameters import is_tracking_parameter
from tasks.url_variants import asks_for_amp, full_host, full_path

LONGEST_URL = 2_048
"""Characters of a canonical URL; longer ones are unusable (the sitemaps protocol's limit, which news sites keep to)."""

LONGEST_INPUT = 16_384
"""Characters looked at before anything is removed."""

ARTICLES = UUID("5d3c1f0e-6f2b-5b0a-9c58-6f5f0a4e6d21")
"""The uuid5 namespace of article ids. Changing it changes every id."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST_HOST = 253
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_ESCAPE_OR_OTHER = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&'()*+,;=:@/?-]")
# The "hashbang" of Google's "Making AJAX applications crawlable": what follows is the address of a page, not a place in it.
_NAMES_A_PAGE = re.compile(r"!/?[\w%]")
_IGNORED = re.compile(r"[\t\r\n]")
_OUTER = "".join(map(chr, range(0x21)))


def canonical_url(url: str) -> str | None:
    """The one spelling of an http or https URL under which it is fetched and shown; None if it is unusable.

    Lower-case host as A-labels, no default port, no tracking parameters (the others keep their order), dot segments resolved,
    percent-encoding normalised, empty path `/`, no fragment but one that names a page (`#!/story/7`). The path's case and the scheme
    stay. URLs that carry a user name, and those longer than `LONGEST_URL`, are unusable. Idempotent.
    """
    parts = _split(url)
    if parts is None or parts.scheme not in _DEFAULT_PORTS or "@" in parts.netloc:
        return None
    authority = _authority(parts)
    if authority is None:
        return None
    path = _without_dot_segments(_normal_escapes(parts.path)) or "/"
    query = "&".join(_meaningful_parameters(parts.query))
    fragment = _normal_escapes(parts.fragment)
    page = f"#{fragment}" if _NAMES_A_PAGE.match(fragment) else ""
    canonical = f"{parts.scheme}://{authority}{path}" + (f"?{query}" if query else "") + page
    return canonical if len(canonical) <= LONGEST_URL else None


def url_key(canonical: str) -> str:
    """What identity compares of a canonical URL: no scheme, no leading `www.`, no trailing slash, query parameters sorted.

    A page's AMP version and that for telephones share its key.
    """
    rest, hash_, page = canonical.partition("://")[2].partition("#")
    address, _, query = rest.partition("?")
    host, slash, path = address.partition("/")
    if host.startswith("www.") and "." in host.removeprefix("www."):
        host = host.removeprefix("www.")
    key = full_host(host) + full_path(slash + path).rstrip("/")
    parameters = sorted(parameter for parameter in query.split("&") if parameter and not asks_for_amp(parameter))
    return key + ("?" + "&".join(parameters) if parameters else "") + hash_ + page


def article_id(key: str) -> UUID:
    """The id of the article with that `url_key`, the same on every machine."""
    return uuid5(ARTICLES, key)


def registrable_domain(url: str) -> str:
    """The domain that was registered to serve this URL (`https://news.bbc.co.uk/x` -> `bbc.co.uk`), lower case.

    Hosts below a private suffix are their own (`anna.github.io`). Unknown suffixes (`.test`): the last two labels.
    IP addresses and single labels as they are; an empty string where there is no host.
    """
    parts = _split(url)
    host = _host(parts) if parts is not None else None
    if host is None:
        return ""
    if host.startswith("[") or _NUMBER.fullmatch(host.rpartition(".")[2]):
        return host
    known = get_fld(f"https://{host}/", fail_silently=True, search_private=True)
    return str(known) if known else ".".join(host.split(".")[-2:])


def absolute(base: str, ref: str) -> str | None:
    """A reference as found in a document, made absolute; None if it is empty or no URL comes of it. Any scheme."""
    cleaned = _IGNORED.sub("", ref[:LONGEST_INPUT]).strip(_OUTER)
    if not cleaned:
        return None
    try:
        joined = urljoin(base, cleaned)
        given, resolved = urlsplit(cleaned), urlsplit(joined)
    except ValueError:
        return None
    names_no_host = any(parts.scheme in _DEFAULT_PORTS and not parts.netloc for parts in (given, resolved))
    return joined if resolved.scheme and not names_no_host else None


def _split(url: str) -> SplitResult | None:
    if len(url) > LONGEST_INPUT:
        return None
    try:
        return urlsplit(_IGNORED.sub("", url).strip(_OUTER))
    except ValueError:
        return None


def _authority(parts: SplitResult) -> str | None:
    host = _host(parts)
    try:
        port = parts.port
    except ValueError:
        return None
    if host is None or port == 0:
        return None
    return host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"


def _host(parts: SplitResult) -> str | None:
    """The host as it stands in a canonical URL: an IP address, or labels of the Domain Name System in lower case."""
    try:
        host = unquote(parts.hostname or "", errors="strict")
        if parts.netloc.rpartition("@")[2].startswith("["):
            return f"[{ipaddress.IPv6Address(host).compressed}]" if "%" not in host else None
        if not host.isascii():
            host = idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except ValueError:
        return None
    host = host.lower().removesuffix(".")
    labels = host.split(".")
    if len(host) > _LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    return host if not _NUMBER.fullmatch(labels[-1]) else _ipv4(host)


def _ipv4(host: str) -> str | None:
    """A host that ends in a number is an IPv4 address in four decimal parts or nothing (other spellings only serve to deceive)."""
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError:
        return None


def _normal_escapes(text: str) -> str:
    """RFC 3986, 6.2.2.2: escapes of unreserved characters undone, the others in upper case, everything illegal escaped as UTF-8."""

    def normal(match: re.Match[str]) -> str:
        found = match.group()
        if found.startswith("%") and len(found) > 1:
            plain = chr(int(found[1:], 16))
            return plain if _UNRESERVED.fullmatch(plain) else found.upper()
        return "".join(f"%{byte:02X}" for byte in found.encode("utf-8", errors="replace"))

    return _ESCAPE_OR_OTHER.sub(normal, text)


def _without_dot_segments(path: str) -> str:
    """RFC 3986, 5.2.4, for a path that is empty or starts with a slash."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "".join(f"/{segment}" for segment in kept)


def _meaningful_parameters(query: str) -> list[str]:
    parameters = (_normal_escapes(parameter) for parameter in query.split("&") if parameter)
    return [parameter for parameter in parameters if not is_tracking_parameter(unquote(parameter.partition("=")[0]))]
