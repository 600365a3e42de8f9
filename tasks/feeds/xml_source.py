"""A feed's XML, read without trust: the tree of its elements, mended where it is not well-formed.

No entity is declared, no DTD is loaded, nothing is fetched (CWE-611, CWE-776). libxml2 itself bounds depth and text size.
"""

from __future__ import annotations

import html
import re
import sys
from html.entities import html5
from typing import Any

from lxml import etree

from tasks.errors import NotAFeed
from tasks.feeds.encoding import without_controls

Element = Any
"""lxml ships no types."""

_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE(?P<name>[^>\[]*)(?:\[(?P<subset>[^\]]*)\][^>]*)?>", re.IGNORECASE)
_HTML_START = re.compile(r"<(?:html|head|body|meta|title|script|div|p|h1)\b", re.IGNORECASE)

OPAQUE = r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
"""What holds no markup; to the end of the text where it is not closed, so that looking for the end happens once."""
_NAMED = re.compile(rf"{OPAQUE}|&(?P<name>[A-Za-z][A-Za-z0-9]{{1,31}});", re.DOTALL)
_STRAY = re.compile(rf"{OPAQUE}|&(?!(?:amp|lt|gt|quot|apos|#\d{{1,7}}|#x[0-9A-Fa-f]{{1,6}});)|<(?!/?[A-Za-z_?][^<>]*>)", re.DOTALL)
_CHARACTER_REFERENCE = re.compile(r"&#(?:(\d{1,7})|x([0-9A-Fa-f]{1,6}));")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ITEM_START = re.compile(rf"{OPAQUE}|<(?:[A-Za-z_][\w.-]*:)?(?P<item>item|entry)(?=[\s/>])[^<>]*>", re.DOTALL | re.IGNORECASE)
_ROOT_START = re.compile(r"<[A-Za-z_][^<>]*?(?=/?>)")
_MOST_PREFIXES = 50
"""libxml2 looks prefixes up one by one: thousands of them would take minutes."""
_PREFIX_USED = re.compile(r"<([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
_PREFIX_DECLARED = re.compile(r"\sxmlns:([A-Za-z_][\w.-]*)\s*=")


def read_xml(text: str, url: str) -> tuple[Element, int | None]:
    """The root element, and how many items the text starts if it had to be mended (None: it was well-formed, count the tree).

    Raises NotAFeed: empty, html, not_xml, entities (it declares some), too_deep.
    """
    document = _without_prolog(text, url)
    document = _NAMED.sub(_as_character, document)
    try:
        return etree.fromstring(document.encode("utf-8"), _parser(recover=False)), None
    except etree.XMLSyntaxError as cause:
        if "depth" in str(cause):
            raise NotAFeed(url, "too_deep", str(cause)) from cause
        problem = str(cause)
    mended = _mended(document)
    try:
        root = etree.fromstring(mended.encode("utf-8"), _parser(recover=True))
    except etree.XMLSyntaxError as cause:
        raise NotAFeed(url, "not_xml", str(cause)) from cause
    if root is None:
        raise NotAFeed(url, "not_xml", problem)
    return root, sum(1 for found in _ITEM_START.finditer(mended) if found["item"])


def _parser(*, recover: bool) -> Element:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _without_prolog(text: str, url: str) -> str:
    """The text from its root element on. Junk before the first `<` (white space, warnings of the server's own scripts) goes too."""
    start = text.find("<")
    if start < 0:
        raise NotAFeed(url, "not_xml" if text.strip() else "empty")
    doctype: re.Match[str] | None = None
    while (skipped := _PROLOG.match(text, start) or _DOCTYPE.match(text, start)) is not None:
        doctype = skipped if skipped.re is _DOCTYPE else doctype
        if doctype is not None and "<!ENTITY" in (doctype["subset"] or "").upper():
            raise NotAFeed(url, "entities", "the document type declares entities, which are not read")
        start = skipped.end()
    if text[start : start + 9].upper() == "<!DOCTYPE":
        raise NotAFeed(url, "entities" if "<!ENTITY" in text[start:].upper() else "not_xml", "the document type is not closed")
    if _HTML_START.match(text, start) or (doctype is not None and doctype["name"].split()[:1] in (["html"], ["HTML"])):
        raise NotAFeed(url, "html", "a web page, not a feed")
    return text[start:]


def _as_character(found: re.Match[str]) -> str:
    """HTML's named references as characters: feeds use them without declaring them."""
    name = found["name"]
    if name is None or name in _OF_XML:
        return found.group()
    return html.escape(html5.get(f"{name};", found.group()), quote=True)


def _mended(document: str) -> str:
    """Stray `&` and `<` escaped, references to characters that XML forbids dropped, undeclared prefixes declared."""
    escaped = _STRAY.sub(lambda found: html.escape(found.group()) if len(found.group()) == 1 else found.group(), document)
    allowed = _CHARACTER_REFERENCE.sub(lambda found: found.group() if _is_allowed(found) else "", escaped)
    missing = sorted(set(_PREFIX_USED.findall(allowed)) - set(_PREFIX_DECLARED.findall(allowed)) - {"xml"})
    declarations = "".join(f' xmlns:{prefix}="urn:undeclared:{prefix}"' for prefix in missing[:_MOST_PREFIXES])
    return _ROOT_START.sub(lambda found: found.group() + declarations, allowed, count=1)


def _is_allowed(reference: re.Match[str]) -> bool:
    code = int(reference[1]) if reference[1] else int(reference[2], 16)
    return code <= sys.maxunicode and bool(without_controls(chr(code)))
