"""The text of a page's ld+json scripts -> the JSON objects in it, read through the mistakes that publishers make.

Sources: JSON (RFC 8259), HTML's script data, and mistakes that recur on public news pages.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_SCRIPT_CHARS = 400_000
MAX_VALUES = 100  # of one script that holds several after each other
COMMENTS = re.compile(
    r"^\s*(?:<!\[CDATA\[|<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:\]\]>|-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
QUOTE = re.compile(r'\\.|"', re.DOTALL)
CLOSES_STRING = re.compile(r'\s*(?:[:}\]]|,\s*["{\[\d\-tfn}\]]|$)')
GAP = re.compile(r"[\s;,]*(?=[{\[])")
DECODER = json.JSONDecoder(strict=False)  # raw newlines in strings are forgiven


def read_values(script: str) -> tuple[object, ...]:
    """The JSON values in a script, in order; none if it cannot be mended. What follows a whole value and is no other is ignored."""
    if len(script) > MAX_SCRIPT_CHARS:
        return ()
    text = script.strip()
    if not (text.startswith(("{", "[")) and text.endswith(("}", "]"))):
        text = COMMENTS.sub("", COMMENTS.sub("", text)).strip()
    return next((found for mended in _mended(text) if (found := _decoded(mended))), ())


def _mended(text: str) -> Iterator[str]:
    """The script as it is, then with more and more of its mistakes undone."""
    yield text
    without_commas = TRAILING_COMMA.sub("", text)
    yield without_commas
    yield _with_inner_quotes_escaped(without_commas)
    yield TRAILING_COMMA.sub("", html.unescape(text))


def _decoded(text: str) -> tuple[object, ...]:
    found: list[object] = []
    at = 0
    while len(found) < MAX_VALUES and (gap := GAP.match(text, at)):
        try:
            value, at = DECODER.raw_decode(text, gap.end())
        except (ValueError, RecursionError):
            break
        found.append(value)
    return tuple(found)


def _with_inner_quotes_escaped(text: str) -> str:
    """A quotation mark inside a string that nothing of JSON's grammar follows belongs to the wording."""
    parts: list[str] = []
    last, inside = 0, False
    for found in QUOTE.finditer(text):
        if found[0] != '"':
            continue
        if inside and not CLOSES_STRING.match(text, found.end()):
            parts += [text[last : found.start()], '\\"']
            last = found.end()
            continue
        inside = not inside
    return "".join([*parts, text[last:]])
