"""Which address an article has: where its page was found, unless the page names a better one that can be believed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from tasks.feeds.own_page import is_own_address
from tasks.urls import absolute, canonical_url, registrable_domain

if TYPE_CHECKING:
    from tasks.model import Article
    from tasks.reading import Reading

TELLING = re.compile(r"[\w%-]{8,}|\d{4,}")
"""Part of a path that hardly stands for more than one page."""

SAME_PAGE = re.compile(r"amp|print|index\.\w+|\d{1,2}|")
"""What may follow it for another layout or part of that page."""

NUMBER = re.compile(r"\d{1,20}")


def address_of(linked_as: str, found_at: str | None, article: Article | Reading | None) -> str:
    """The address of what an item brought. linked_as: its link. found_at: where the fetch ended; None: nowhere.

    What a feed brings in place of a page has the address of that page.
    """
    if found_at and is_own_address(found_at):
        return canonical_url(linked_as) or linked_as
    return article_url(found_at or linked_as, article)


def article_url(found_at: str, article: Article | Reading | None) -> str:
    """found_at: where the fetch ended, a file's URI, or the address of an entry without a page, whose text cannot give it another one.

    A page's own rel=canonical is believed where it names the same page of the same site.
    """
    here = canonical_url(found_at) or found_at
    if article is None or is_own_address(here):
        return here
    for candidate in article.candidates:
        if candidate.field == "url" and candidate.source == "link canonical":
            named = canonical_url(absolute(here, candidate.value) or "")
            if named and (not here.startswith("http") or _is_same_page(here, named)):
                return named
    return here


def _is_same_page(here: str, named: str) -> bool:
    """One site, not its front page, nothing lost that may tell its pages apart, and a telling part of the path in common.

    Templates give many pages one canonical address by mistake: that of their section, or their own without the article's number.
    """
    if registrable_domain(here) != registrable_domain(named):
        return False
    ours, theirs = urlsplit(here), urlsplit(named)
    if theirs.path in ("", "/") or ours.fragment != theirs.fragment or _loses_number(ours, theirs):
        return False
    path, last = ours.path.rstrip("/").split("/"), theirs.path.rstrip("/").rsplit("/", 1)[-1]
    if ours.path.rstrip("/") == theirs.path.rstrip("/"):
        return True
    return bool(TELLING.search(last)) and last in path and all(map(SAME_PAGE.fullmatch, path[path.index(last) + 1 :]))


def _loses_number(ours: SplitResult, theirs: SplitResult) -> bool:
    """Whether a parameter with a number for its value is missing, unless the number stands in the new path."""
    lost = {*ours.query.split("&")} - {*theirs.query.split("&")}
    numbers = [value for _, _, value in (parameter.partition("=") for parameter in lost) if NUMBER.fullmatch(value)]
    return not all(re.search(rf"(?<!\d){number}(?!\d)", theirs.path) for number in numbers)
