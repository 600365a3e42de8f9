"""How a page says that it must not be mined: headers and meta elements, as its publisher wrote them.

Sources: the TDM Reservation Protocol (W3C Community Group report, 2024): header and meta `tdm-reservation: 1`; `noai` in X-Robots-Tag
and in meta robots, a convention of publishing platforms. A file `/.well-known/tdmrep.json` is not asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.model import Fetched

_HEAD_BYTES = 200_000
_META = re.compile(rb"<meta\b[^>]{0,1000}", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""\b(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_NO_MINING = frozenset({"noai", "notrain", "noml"})
_RESERVED = "1"


def opt_outs(fetched: Fetched, product: str) -> tuple[str, ...]:
    """Which of them the page carries, sorted: `meta robots`, `tdm-reservation header`, `tdm-reservation meta`, `x-robots-tag`.

    product: our name in a User-Agent; an X-Robots-Tag or a meta element may be addressed to one crawler, and counts if that is us.
    """
    return tuple(sorted({*_in_headers(fetched, product.lower()), *_in_markup(fetched.body[:_HEAD_BYTES], product.lower())}))


def _in_headers(fetched: Fetched, product: str) -> Iterator[str]:
    for name, value in fetched.headers:
        if name.lower() == "tdm-reservation" and value.strip() == _RESERVED:
            yield "tdm-reservation header"
        elif name.lower() == "x-robots-tag" and _forbids(_for_us(value.lower(), product)):
            yield "x-robots-tag"


def _in_markup(head: bytes, product: str) -> Iterator[str]:
    names = (b"tdm-reservation", b"robots", product.encode())
    for element in _META.findall(head):
        if not any(name in element.lower() for name in names):
            continue
        attributes = {key.lower(): b"".join(values).decode("latin-1").strip().lower() for key, *values in _ATTRIBUTE.findall(element)}
        name, content = attributes.get(b"name"), attributes.get(b"content", "")
        if name == "tdm-reservation" and content == _RESERVED:
            yield "tdm-reservation meta"
        elif name in {"robots", product} and _forbids(content):
            yield "meta robots"


def _for_us(value: str, product: str) -> str:
    """The rules of an X-Robots-Tag that are for everybody or for us: `rule, rule` or `crawler: rule, rule`."""
    crawler, colon, rules = value.partition(":")
    if not colon or "," in crawler:
        return value
    return rules if crawler.strip() == product else ""


def _forbids(rules: str) -> bool:
    return not _NO_MINING.isdisjoint(rule.strip() for rule in rules.split(","))
