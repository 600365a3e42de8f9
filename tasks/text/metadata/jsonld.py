"""schema.org statements about the article in a page's JSON-LD, whatever shape they come in.

Source: schema.org/Article, JSON-LD 1.1 (@graph).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAX_SCRIPT_CHARS = 400_000
MAX_SCRIPTS = 30
MAX_OBJECTS = 2_000
MAX_DEPTH = 12
ARTICLE_TYPES = frozenset(
    (
        "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle ReviewNewsArticle BackgroundNewsArticle "
        "AskPublicNewsArticle SatiricalArticle AdvertiserContentArticle LiveBlogPosting BlogPosting SocialMediaPosting Report "
        "ScholarlyArticle TechArticle Review"
    ).split()
)
COMMENTS = re.compile(
    r"^\s*(?:<!\[CDATA\[|<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:\]\]>|-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
TRAILING_COMMA = re.compile(r",\s*([}\]])")


@dataclass(frozen=True, slots=True)
class Statement:
    """What one article object says, as written. Empty where it says nothing."""

    headline: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    image: str = ""
    publisher: str = ""
    url: str = ""


def statements(scripts: Iterator[str]) -> tuple[Statement, ...]:
    """Every article object in the scripts, in order. Broken scripts are mended where that is safe, else passed over."""
    found: list[Statement] = []
    seen = 0
    for number, script in enumerate(scripts):
        if number >= MAX_SCRIPTS:
            break
        for node in _objects(_load(script), 0):
            seen += 1
            if seen > MAX_OBJECTS:
                return tuple(found)
            if ARTICLE_TYPES & _types(node):
                found.append(_statement(node))
    return tuple(found)


def _load(script: str) -> object:
    if len(script) > MAX_SCRIPT_CHARS:
        return None
    text = COMMENTS.sub("", COMMENTS.sub("", script)).strip().rstrip(";")
    for attempt in (text, TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(node: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(node, list):
        for part in node:
            yield from _objects(part, depth + 1)
    elif isinstance(node, dict):
        yield node
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemReviewed"):
            if key in node:
                yield from _objects(node[key], depth + 1)


def _types(node: Mapping[str, object]) -> set[str]:
    said = node.get("@type")
    return {str(each).rsplit("/", 1)[-1] for each in (said if isinstance(said, list) else [said])}


def _statement(node: Mapping[str, object]) -> Statement:
    return Statement(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        subtitle=_text(node.get("alternativeHeadline")),
        authors=tuple(_names(node.get("author")) or _names(node.get("creator"))),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        section=_text(node.get("articleSection")),
        tags=tuple(_list(node.get("keywords"))),
        language=_text(node.get("inLanguage")),
        image=_url(node.get("image")) or _text(node.get("thumbnailUrl")),
        publisher=next(iter(_names(node.get("publisher"))), ""),
        url=_url(node.get("mainEntityOfPage")) or _url(node.get("url")),
    )


def _text(value: object) -> str:
    if isinstance(value, list):
        return next((text for text in map(_text, value) if text), "")
    if isinstance(value, dict):
        return _text(value.get("@value") or value.get("name"))
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def _names(value: object) -> list[str]:
    """Names of people or organisations: a string, an object with a name, or lists of both, nested names included."""
    if isinstance(value, list):
        return [name for each in value for name in _names(each)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    text = _text(value)
    return [text] if text else []


def _list(value: object) -> list[str]:
    parts = [_text(each) for each in value] if isinstance(value, list) else _text(value).split(",")
    return [part.strip() for part in parts if part.strip()]


def _url(value: object) -> str:
    if isinstance(value, list):
        return next((url for url in map(_url, value) if url), "")
    if isinstance(value, dict):
        return _text(value.get("url")) or _text(value.get("@id"))
    return _text(value)
