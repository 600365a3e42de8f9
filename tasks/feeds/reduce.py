"""What of a feed's tree is handed to the feed reader: its items with the elements we use, links resolved, short fields short.

It gives the count of items independently of the reader, and keeps hostile sizes away from it: it compares every category with every
other one of its entry, and searches author names in quadratic time.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from tasks.errors import NotAFeed
from tasks.feeds.adapt import person_name
from tasks.feeds.dates import LONGEST_DATE
from tasks.feeds.limits import FeedLimits
from tasks.urls import absolute

Element = Any
"""lxml ships no types."""

_KINDS = {"rss": "rss", "rdf": "rdf", "feed": "atom", "channel": "rss"}
_ITEMS = frozenset({"item", "entry"})
_XML = "{http://www.w3.org/XML/1998/namespace}"
_LANG = f"{_XML}lang"
_ATOM = "http://www.w3.org/2005/Atom"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RSS_1 = "http://purl.org/rss/1.0/"
_ABOUT = f"{{{_RDF}}}about"
_ITEM_TAGS = {"rss": "item", "rdf": f"{{{_RSS_1}}}item"}

_FAMILIES = {
    "": "feed",
    "http://www.w3.org/2005/atom": "feed",
    "http://purl.org/atom/ns": "feed",
    "http://purl.org/rss/1.0": "feed",
    "http://my.netscape.com/rdf/simple/0.9": "feed",
    "http://blogs.law.harvard.edu/tech/rss": "feed",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "feed",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://search.yahoo.com/mrss": "media",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
"""Namespaces, lower case and without a final slash or hash -> family. Unknown ones: by their prefix."""
_PREFIXES = {"atom": "feed", "dc": "dc", "dcterms": "dcterms", "content": "content", "media": "media"}

_LONG = frozenset({"title", "description", "summary", "content", "encoded", "body", "div", "fullitem", "subtitle", "tagline"})
_DATES = frozenset({"pubdate", "published", "updated", "modified", "issued", "created", "date"})
_PEOPLE = frozenset({"author", "creator"})
_MANY = frozenset({"link", "category", "subject", "enclosure", "thumbnail", "group"}) | _PEOPLE
_KEPT = {
    "feed": frozenset(
        {"title", "link", "guid", "id", "description", "summary", "content", "category", "keywords", "enclosure", "fullitem", "author"}
    )
    | frozenset({"pubdate", "published", "updated", "modified", "issued", "created"}),
    "dc": frozenset({"title", "description", "creator", "date", "subject", "language"}),
    "dcterms": frozenset({"issued", "created", "modified"}),
    "content": frozenset({"encoded"}),
    "media": frozenset({"content", "thumbnail", "group"}),
    "xhtml": frozenset({"body", "div"}),
}
_KEPT_OF_FEED = {"feed": frozenset({"title", "link", "language", "author"}), "dc": frozenset({"language", "title"})}
_LONGEST = (
    dict.fromkeys(_DATES, LONGEST_DATE) | dict.fromkeys(_PEOPLE, 256) | dict.fromkeys({"category", "subject", "keywords", "language"}, 500)
)
_LONGEST_OTHER = 4_096
_OF_A_PERSON = frozenset({"name", "email", "uri", "url"})
_PLAIN = frozenset({"enclosure", "category", "subject", "guid", "id"})


@dataclass(frozen=True, slots=True)
class ReducedFeed:
    """kind: rss, rdf or atom. entry_count: items of the source. xml: well-formed UTF-8 with as many items, for the feed reader."""

    kind: str
    entry_count: int
    xml: bytes


def reduced(root: Element, *, url: str, limits: FeedLimits) -> ReducedFeed:
    """The feed in that tree. An item inside another one (its end tag is missing) is an item of its own.

    Raises NotAFeed: html, other_xml (a sitemap, OPML, ...), too_deep, too_large (more items than `limits.max_entries`).
    """
    kind = _KINDS.get(_local(root))
    if kind is None:
        raise NotAFeed(url, "html" if _local(root) == "html" else "other_xml", f"the root element is <{_local(root)[:40]}>")
    containers, items = _survey(root, url=url, limits=limits)
    if len(items) > limits.max_entries:
        raise NotAFeed(url, "too_large", f"{len(items):,} items, at most {limits.max_entries:,} are read")
    shell, parent = _shell(root, kind)
    for container in containers:
        _keep_children(container, parent, _KEPT_OF_FEED, url, limits)
    for item in items:
        kept_item = etree.SubElement(shell if kind == "rdf" else parent, _ITEM_TAGS.get(kind, _qualified(parent, "entry")))
        _copy_attributes(item, kept_item, _ABOUT, _LANG)
        _keep_children(item, kept_item, _KEPT, url, limits)
    return ReducedFeed(kind, len(items), etree.tostring(shell, encoding="utf-8"))


def _survey(root: Element, *, url: str, limits: FeedLimits) -> tuple[list[Element], list[Element]]:
    """The elements that describe the feed itself, and its items, both in document order."""
    containers, items = [root], []
    waiting = [(root, 1, False)]
    while waiting:
        element, depth, in_item = waiting.pop()
        if depth > limits.max_depth:
            raise NotAFeed(url, "too_deep", f"elements are nested deeper than {limits.max_depth}")
        is_item = _is_item(element)
        if is_item:
            items.append(element)
        elif not in_item and _local(element) == "channel" and element is not root:
            containers.append(element)
        waiting += [(child, depth + 1, in_item or is_item) for child in reversed(element)]
    return containers, items


def _keep_children(source: Element, target: Element, kept: dict[str, frozenset[str]], url: str, limits: FeedLimits) -> None:
    counts: dict[str, int] = {}
    for child in source:
        family, name = _family(child), _local(child)
        if name not in kept.get(family, frozenset()) or (name == "link" and not _names_something(child)):
            continue
        counts[name] = counts.get(name, 0) + 1
        if name in _MANY and counts[name] > limits.max_list_items:
            continue
        copy = deepcopy(child)
        copy.tail = None
        for nested in [part for part in copy.iter() if _is_item(part)]:
            nested.getparent().remove(nested)
        _shorten(copy, name, family)
        if name == "link":
            _resolve(copy, _base_of(child, url))
        target.append(copy)


def _shorten(element: Element, name: str, family: str) -> None:
    for attribute in (f"{_XML}base", "base"):
        element.attrib.pop(attribute, None)
    if family == "media":
        for part in [part for part in element.iter() if part is not element and _local(part) not in {"content", "thumbnail"}]:
            if part.getparent() is not None:
                part.getparent().remove(part)
    elif name in _PEOPLE and not any(_local(part) in _OF_A_PERSON for part in element):
        element.text = person_name("".join(element.itertext())[: _LONGEST[name]]) or ""  # the reader takes `a@b.museum (C)` apart wrongly
        del element[:]
    elif name in _PLAIN:
        element.text = "".join(element.itertext())[: _LONGEST.get(name, _LONGEST_OTHER)]
        del element[:]
    elif name not in _LONG:
        limit = _LONGEST.get(name, _LONGEST_OTHER)
        for part in element.iter():
            part.text, part.tail = (part.text or "")[:limit], None


def _resolve(link: Element, base: str) -> None:
    href = link.get("href")
    reference = href if href is not None else "".join(link.itertext())
    resolved = absolute(base, reference) or reference.strip()
    if href is not None:
        link.set("href", resolved)
    else:
        link.text = resolved
        del link[:]


def _base_of(element: Element, url: str) -> str:
    """The base URI at that element (XML Base, section 4): `xml:base` of its ancestors, outermost first, each against the one before."""
    bases = [base for ancestor in element.iterancestors() if (base := ancestor.get(f"{_XML}base"))]
    own = element.get(f"{_XML}base")
    for base in [*reversed(bases), *([own] if own else [])]:
        url = absolute(url, base) or url
    return url


def _shell(root: Element, kind: str) -> tuple[Element, Element]:
    """An empty feed of that kind in its usual namespaces, and the element that describes it."""
    namespace = _namespace(root)
    if kind == "atom":
        namespace = namespace if _FAMILIES.get(_plain(namespace)) == "feed" and namespace else _ATOM
        shell = parent = etree.Element(f"{{{namespace}}}feed", nsmap={None: namespace})
    elif kind == "rdf":
        shell = etree.Element(f"{{{_RDF}}}RDF", nsmap={"rdf": _RDF, None: _RSS_1})
        parent = etree.SubElement(shell, f"{{{_RSS_1}}}channel")
    else:
        shell = etree.Element("rss")
        parent = etree.SubElement(shell, "channel")
    _copy_attributes(root, shell, "version", _LANG, "lang")
    return shell, parent


def _copy_attributes(source: Element, target: Element, *names: str) -> None:
    for name in names:
        if source.get(name):
            target.set(name, source.get(name))


def _names_something(link: Element) -> bool:
    return bool((link.get("href") or "".join(link.itertext())).strip())


def _is_item(element: Element) -> bool:
    return _local(element) in _ITEMS and _family(element) == "feed"


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def _qualified(sibling: Element, name: str) -> str:
    """That name in the namespace of an element beside it."""
    return f"{{{_namespace(sibling)}}}{name}" if _namespace(sibling) else name


def _namespace(element: Element) -> str:
    namespace: str = element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""
    return namespace


def _plain(namespace: str) -> str:
    return namespace.lower().rstrip("/#")


def _family(element: Element) -> str:
    if not isinstance(element.tag, str) or ":" in element.tag.rpartition("}")[2]:
        return "none"  # a prefix that nobody declared
    namespace = _plain(_namespace(element))
    known = _FAMILIES.get(namespace)
    if known is None and "backend.userland.com/rss" in namespace:
        return "feed"
    return known if known is not None else _PREFIXES.get((element.prefix or "").lower(), "feed" if element.prefix is None else "none")
