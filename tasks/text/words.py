"""What counts as a word, and how texts are compared.

A word is a run of letters, digits and marks; in scripts written without spaces (Han, kana, Hangul syllables are counted so too) each
character is one, as word processors count them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af_]++(?:['\u2019][^\W\d_]++)*+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
ASCII_WORD = re.compile(r"[a-zA-Z0-9]++(?:'[a-zA-Z]++)*+")  # the same of ASCII text, found in half of the time
UNSEEN = dict.fromkeys((0x00AD, 0x200B))  # soft hyphen, zero-width space
FOLDED = (
    *((quote, "'") for quote in "\u2018\u2019\u201a\u201b`\u00b4"),
    *((quote, '"') for quote in "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a"),
    *((dash, "-") for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), *((chr(unseen), "") for unseen in UNSEEN),
)  # fmt: skip
CACHED_CHARS = 64  # menus and labels stand on every page of a publisher, and are read once
SENTENCE_END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964][\"'\u2019\u201d\u00bb\u203a)\]\u300d\u300f]*$")


def words(text: str) -> list[str]:
    """The words of a text, in order, as written."""
    return (ASCII_WORD if text.isascii() else WORD).findall(text)


def word_count(text: str) -> int:
    """How many words a text has."""
    return _short_count(text) if len(text) <= CACHED_CHARS else len(words(text))


@lru_cache(maxsize=32768)
def _short_count(text: str) -> int:
    return len(words(text))


def fold(text: str) -> str:
    """For comparing: compatibility forms, case, quotes, dashes and white space folded, characters that show nothing taken out."""
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    plain = unicodedata.normalize("NFKC", text).casefold()
    for written, meant in FOLDED:
        if written in plain:
            plain = plain.replace(written, meant)
    return " ".join(plain.split())


def label(text: str) -> str:
    """For looking up short labels: folded, without the punctuation, arrows and symbols around it."""
    return bare(fold(text))


def bare(folded: str) -> str:
    """A folded text without the punctuation, arrows and symbols around it."""
    start, end = 0, len(folded)
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and not (folded[end - 1].isalnum() or unicodedata.category(folded[end - 1]).startswith("M")):
        end -= 1
    return folded[start:end]


def ends_a_sentence(text: str) -> bool:
    """Whether a text closes with sentence punctuation, quotes and brackets after it allowed."""
    return bool(SENTENCE_END.search(text.rstrip()))
