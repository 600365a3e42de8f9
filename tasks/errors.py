"""What can go wrong with one item. Each becomes a row with its reason, and the run goes on.

They carry plain fields, so that they survive the way back from a worker process.
"""

from __future__ import annotations


class StageError(Exception):
    """One item is lost to the run. reason: a short stable code for a column. detail: for people, or None."""

    def __init__(self, url: str, reason: str, detail: str | None = None) -> None:
        super().__init__(url, reason, detail)
        self.url, self.reason, self.detail = url, reason, detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.url}" + (f" ({self.detail})" if self.detail else "")


class FetchError(StageError):
    """No answer that we may use.

    reason: bad_url, refused_address, robots, dns, tls, connect, timeout, too_large, too_many_redirects, bad_encoding, protocol,
    opted_out.
    retryable: whether the same request may succeed later.
    """

    def __init__(self, url: str, reason: str, detail: str | None = None, *, retryable: bool = False) -> None:
        super().__init__(url, reason, detail)
        self.retryable = retryable

    def __reduce__(self) -> tuple[object, ...]:
        return (_fetch_error, (self.url, self.reason, self.detail, self.retryable))


def _fetch_error(url: str, reason: str, detail: str | None, retryable: bool) -> FetchError:  # noqa: FBT001 - called by pickle only
    return FetchError(url, reason, detail, retryable=retryable)


class NotAFeed(StageError):
    """The bytes are no feed that we can read.

    reason: empty, html, not_xml, not_json, other_xml, other_json, entities, too_deep, too_large.
    """


class NotAList(StageError):
    """The file is no list of feeds that we can read. url: the file. reason: as of NotAFeed, or other_csv."""


class NotAnArticle(StageError):
    """The page holds no article.

    reason: no_text, not_html, too_short, too_large, links_only, no_prose, extractor_failed, or the wall in front of it or in its
    place: bot_check, consent_wall, login_page, paywall_stub, region_block, needs_browser, soft_404, index_page, media_shell.
    """
