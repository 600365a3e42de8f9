"""schema.org statements about the article in a page's JSON-LD, whatever shape they come in.

Source: schema.org/Article, JSON-LD 1.1 (@graph, @id references between nodes).
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from tasks.text.metadata.jsonld_scripts import read_values

MAX_SCRIPTS = 30
MAX_OBJECTS = 2_000
MAX_NODES = 20_000  # looked at for their @id
MAX_DEPTH = 12
ARTICLE_TYPES = frozenset(
    (
        "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle ReviewNewsArticle BackgroundNewsArticle "
        "AskPublicNewsArticle SatiricalArticle AdvertiserContentArticle LiveBlogPosting BlogPosting SocialMediaPosting Report "
        "ScholarlyArticle TechArticle Review"
    ).split()
)
ORGANISATION_TYPES = frozenset("Organization NewsMediaOrganization Corporation WebSite LocalBusiness".split())
ARTICLE_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemReviewed")

Node = Mapping[str, object]
Nodes = Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one article object says, as written. Empty where it says nothing. organisations: authors that it calls an organisation."""

    headline: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    image: str = ""
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PageStatements:
    """articles: every article object, in order. trail: the names of the page's breadcrumb, the front page first, empty without one."""

    articles: tuple[Statement, ...] = ()
    trail: tuple[str, ...] = ()


def page_statements(scripts: Iterable[str]) -> PageStatements:
    """What the scripts of a page state. Broken scripts are mended where that is safe, else passed over."""
    values = [value for script in islice(scripts, MAX_SCRIPTS) for value in read_values(script)]
    named = _named_nodes(values)
    articles: list[Statement] = []
    trail: tuple[str, ...] = ()
    for node in islice((node for value in values for node in _objects(value, 0)), MAX_OBJECTS):
        types = _types(node)
        if ARTICLE_TYPES & types:
            articles.append(_statement(node, named))
        elif "BreadcrumbList" in types:
            trail = trail or _trail(node)
        elif types & {"WebPage", "ItemPage"}:
            trail = trail or _trail(_resolved(node.get("breadcrumb"), named))
    return PageStatements(tuple(articles), trail)


def _objects(node: object, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(node, list):
        for part in node:
            yield from _objects(part, depth + 1)
    elif isinstance(node, dict):
        yield node
        for key in ARTICLE_HOLDERS:
            if key in node:
                yield from _objects(node[key], depth + 1)


def _named_nodes(values: list[object]) -> Nodes:
    """Every object with an @id that says more than that, wherever it is nested: what others refer to. One with a name is preferred."""
    found: dict[str, Node] = {}
    waiting: list[tuple[object, int]] = [(value, 0) for value in values]
    for _ in range(MAX_NODES):
        if not waiting:
            break
        node, depth = waiting.pop()
        if isinstance(node, dict):
            name = node.get("@id")
            if isinstance(name, str) and len(node) > 1 and "name" not in found.get(name, {}):
                found[name] = node
        parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        if depth < MAX_DEPTH:
            waiting.extend((part, depth + 1) for part in parts if isinstance(part, dict | list))
    return found


def _resolved(value: object, named: Nodes) -> Node:
    """The object meant: itself, or the one that its @id names; empty if it is neither."""
    if not isinstance(value, dict):
        return {}
    said = value.get("@id")
    return named.get(said, value) if isinstance(said, str) and not value.get("name") else value


def _types(node: Node) -> set[str]:
    said = node.get("@type")
    return {str(each).rsplit("/", 1)[-1] for each in (said if isinstance(said, list) else [said])}


def _statement(node: Node, named: Nodes) -> Statement:
    authors = _authors(node.get("author"), named) or _authors(node.get("creator"), named)
    return Statement(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        subtitle=_text(node.get("alternativeHeadline")),
        authors=tuple(name for name, is_organisation in authors if not is_organisation),
        organisations=tuple(name for name, is_organisation in authors if is_organisation),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        section=_text(node.get("articleSection")),
        tags=tuple(_list(node.get("keywords"))),
        language=_text(node.get("inLanguage")),
        image=_url(node.get("image")) or _text(node.get("thumbnailUrl")),
        publisher=next((name for name, _ in _authors(node.get("publisher"), named)), ""),
        url=_url(node.get("mainEntityOfPage")) or _url(node.get("url")),
    )


def _authors(value: object, named: Nodes, depth: int = 0) -> list[tuple[str, bool]]:
    """(name, is an organisation) of each: a string, an object with a name or an @id, lists of both, nested names included."""
    if depth > MAX_DEPTH:
        return []
    if isinstance(value, list):
        return [each for part in value for each in _authors(part, named, depth + 1)]
    if isinstance(value, dict):
        meant = _resolved(value, named)
        is_organisation = bool(_types(meant) & ORGANISATION_TYPES)
        return [(name, is_organisation or nested) for name, nested in _authors(meant.get("name"), named, depth + 1)]
    text = _text(value)
    return [(text, False)] if text else []


def _trail(node: Node) -> tuple[str, ...]:
    """The names of a BreadcrumbList in their order."""
    items = node.get("itemListElement")
    named = [(each.get("name") or _resolved(each.get("item"), {}).get("name")) for each in _dicts(items)]
    return tuple(text for text in map(_text, named) if text)


def _dicts(value: object) -> list[Node]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: object, depth: int = 0) -> str:
    if depth > MAX_DEPTH:
        return ""
    if isinstance(value, list):
        return next((text for text in (_text(each, depth + 1) for each in value) if text), "")
    if isinstance(value, dict):
        return _text(value.get("@value") or value.get("name"), depth + 1)
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def _list(value: object) -> list[str]:
    parts = [_text(each) for each in value] if isinstance(value, list) else _text(value).split(",")
    return [part.strip() for part in parts if part.strip()]


def _url(value: object, depth: int = 0) -> str:
    if depth > MAX_DEPTH:
        return ""
    if isinstance(value, list):
        return next((url for url in (_url(each, depth + 1) for each in value) if url), "")
    if isinstance(value, dict):
        return _text(value.get("url")) or _text(value.get("@id"))
    return _text(value)
