"""Bytes of a page or file -> an Article: what one call in a worker process does. A failure comes back as a value."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from xxhash import xxh3_64_intdigest

from tasks.errors import NotAnArticle, StageError
from tasks.feeds.own_page import is_own_address
from tasks.text.clean import clean
from tasks.text.decode import decode
from tasks.text.extract import read_page
from tasks.text.job import TEXT_OF_FEED, PageJob
from tasks.text.plaintext import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from tasks.model import Article, Document
    from tasks.text.knowledge import Knowledge
    from tasks.text.templates.template import TemplateUse

Made = TypeVar("Made")

READABLE = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")
MARKUP_WINDOW = 2_000

# Source: WHATWG MIME Sniffing, "binary data byte". A page may hold a stray one.
BINARY_BYTES = bytes([*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
BINARY_WINDOW = 100_000
BINARY_SHARE = 0.02
AUDITED_ONE_IN = 50  # pages


class _OutOfTime(BaseException):
    """The page took too long. Not an Exception: libraries that carry on after any of those would carry on after this one."""


def make_article(job: PageJob) -> Article | StageError:
    """The cleaned article, or why there is none."""
    return _in_time(job, lambda: clean(make_document(job), knowledge=job.knowledge))


def make_template_use(job: PageJob) -> TemplateUse | StageError | None:
    """What becomes of the template on a page; None for what is no markup."""
    return _in_time(job, lambda: make_document(job).template_use)


def _in_time(job: PageJob, work: Callable[[], Made]) -> Made | StageError:
    try:
        with _deadline(job.seconds):
            return work()
    except StageError as failure:
        return failure
    except _OutOfTime:
        return StageError(job.url or "", "too_slow", f"reading the page took more than {job.seconds:g} s")


def make_document(job: PageJob) -> Document:
    """The page's blocks and metadata, not yet cleaned. Raises NotAnArticle."""
    media_type = (job.content_type or "").split(";")[0].strip().lower()
    if media_type and media_type not in READABLE:
        raise NotAnArticle(job.url or "", "not_html", f"the server calls it {media_type[:60]!a}")
    decoded = decode(job.body, job.content_type)
    if _is_binary(job.body) and not decoded.charset.startswith("utf-16"):
        raise NotAnArticle(job.url or "", "not_html", "its bytes are no text")
    if not decoded.text.strip():
        raise NotAnArticle(job.url or "", "no_text", "the page is empty")
    is_markup = media_type != "text/plain" and "<" in decoded.text[:MARKUP_WINDOW]
    if is_markup:
        template = None if is_own_address(job.url) else job.knowledge.template
        audited = template is not None and (job.audited or is_audited(job.body))
        document = read_page(decoded.text, url=job.url, entry=job.entry, fetched_at=job.fetched_at, template=template, audited=audited)
    else:
        document = read_text(decoded.text, url=job.url)
    noticed = {"undecodable_bytes": decoded.undecodable, TEXT_OF_FEED: is_own_address(job.url)}
    return replace(document, flags=(*document.flags, *(flag for flag, holds in noticed.items() if holds)))


def is_audited(body: bytes) -> bool:
    """Whether the extractor is asked too of a page that a template reads: drawn by its bytes, so always the same."""
    return xxh3_64_intdigest(body) % AUDITED_ONE_IN == 0


def _is_binary(body: bytes) -> bool:
    """Whether so many bytes are control codes that it must be a picture, a program or the like."""
    window = body[:BINARY_WINDOW]
    return len(window) - len(window.translate(None, delete=BINARY_BYTES)) > BINARY_SHARE * len(window)


def clean_document(document: Document, knowledge: Knowledge) -> Article | StageError:
    """The second of two passes: a document with what was learned from all of them."""
    try:
        return clean(document, knowledge=knowledge)
    except StageError as failure:
        return failure


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Raises _OutOfTime in this process's main thread."""

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
