"""How a site answers: pages, feeds, redirects and refusals, each a pure function of site, request and round."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode, urlsplit

from flows.demo.cases import Case
from flows.demo.charsets import charset_of
from flows.demo.entries import entries_of, redirecting_path
from flows.demo.feeds import MEDIA_TYPES, FeedHead, write_feed
from flows.demo.pages import article_page, link_list, plain_page
from flows.demo.publishers import FeedAddress
from flows.demo.site import Site
from flows.demo.story import Story

_LAST_MODIFIED = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
_HUGE_BYTES = 6_500_000
_SLOW_SECONDS = 0.7
_HTML = (("Content-Type", "text/html; charset=utf-8"),)
_BROKEN_BYTES = b"\xff\xfe\xc3("


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks for. path: with its query. headers: by lower-case name."""

    host: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """What it gets, after delay_seconds."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    delay_seconds: float = 0.0


NOT_FOUND = Response(404, _HTML, b"<!doctype html><title>404</title><p>404</p>")
CLOSED = Response(410, _HTML, b"<!doctype html><title>410</title><p>410</p>")


def respond(site: Site, request: Request, round_number: int) -> Response:
    """The site's answer in that round."""
    return _compressed(_plain_response(site, request, round_number), site, request)


def _plain_response(site: Site, request: Request, round_number: int) -> Response:
    path = _without_tracking(request.path)
    for address in site.publisher.feeds:
        if path == address.path:
            return _feed(site, address, request, round_number)
        if path == address.moved_from:
            return Response(301, (("Location", f"http://{site.publisher.host}{address.path}"),))
    if path == "/robots.txt":
        return Response(200, (("Content-Type", "text/plain"),), _robots(site).encode())
    if path == "/":
        front = plain_page(site, site.publisher.name, link_list(site.out(round_number)))
        return Response(200, _HTML, front.encode())
    redirects = {redirecting_path(story): story for story in site.stories if Case.REDIRECT in story.cases}
    if path in redirects:
        return Response(302, (("Location", redirects[path].url),))
    story = site.by_path.get(path)
    return NOT_FOUND if story is None or story.first_round > round_number else _article(site, story, round_number)


def _without_tracking(path: str) -> str:
    parts = urlsplit(path)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if not name.startswith("utm_")])
    return parts.path + (f"?{query}" if query else "")


def _robots(site: Site) -> str:
    forbidden = [f"Disallow: {story.path}\n" for story in site.stories if Case.ROBOTS_FORBIDDEN in story.cases]
    return "User-agent: *\n" + ("".join(forbidden) or "Disallow:\n")


def _feed(site: Site, address: FeedAddress, request: Request, round_number: int) -> Response:
    body = _feed_body(site, address, round_number)
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    modified_at = _LAST_MODIFIED + timedelta(days=round_number)
    validators = (("ETag", etag), ("Last-Modified", format_datetime(modified_at, usegmt=True)))
    if _is_current(request, etag, modified_at):
        return Response(304, validators)
    return Response(200, (("Content-Type", MEDIA_TYPES[address.kind]), *validators), body)


def _feed_body(site: Site, address: FeedAddress, round_number: int) -> bytes:
    entries = entries_of(site.publisher, address, site.stories, round_number)
    host = site.publisher.host
    updated_at = max(story.at(round_number).updated_at for story in site.out(round_number))
    head = FeedHead(site.publisher.name, f"http://{host}/", f"http://{host}{address.path}", site.language.code, updated_at)
    text = write_feed(address.kind, head, tuple(entry.item for entry in entries))
    if not address.broken_title:
        return text.encode()
    body = text.encode("ascii", errors="xmlcharrefreplace")  # so that nothing else depends on how a reader decodes the broken bytes
    return body.replace(b"</title>", _BROKEN_BYTES + b"</title>", 1)


def _is_current(request: Request, etag: str, modified_at: datetime) -> bool:
    """RFC 9110, 13.1: If-None-Match decides where it is given."""
    none_match = request.headers.get("if-none-match")
    if none_match is not None:
        return none_match.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in none_match.split(",")}
    try:
        return modified_at <= parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (TypeError, ValueError):
        return False


def _article(site: Site, story: Story, round_number: int) -> Response:
    if Case.GONE in story.cases:
        return NOT_FOUND
    if Case.ERROR_ONCE in story.cases and round_number == story.first_round:
        return Response(500, _HTML, b"<!doctype html><title>500</title><p>500</p>")
    if Case.VIDEO_SHELL in story.cases:
        return _page(site, story, '<div id="player" data-stream="/streams/1.m3u8"></div><script>play("#player")</script>')
    if Case.LINK_INDEX in story.cases:
        return _page(site, story, link_list(site.out(1)))
    charset = charset_of(story)
    text = article_page(site, story, round_number, charset.meta)
    body = charset.encode(text)
    if Case.HUGE in story.cases:
        body += b"<!--" + b" " * _HUGE_BYTES + b"-->"
    delay = _SLOW_SECONDS if Case.SLOW in story.cases else 0.0
    return Response(200, (("Content-Type", charset.content_type),), body, delay)


def _page(site: Site, story: Story, inner: str) -> Response:
    page = plain_page(site, story.versions[0].title, inner)
    return Response(200, _HTML, page.encode())


def _compressed(response: Response, site: Site, request: Request) -> Response:
    wanted = "gzip" in request.headers.get("accept-encoding", "")
    if not (site.publisher.compressed and wanted and response.status == HTTPStatus.OK):
        return response
    headers = (*response.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    return replace(response, headers=headers, body=gzip.compress(response.body, compresslevel=6, mtime=0))
