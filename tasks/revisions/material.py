"""What is material in a text, said once: two texts that are the same in this form say the same, whatever their bytes.

Not material: white space and where paragraphs break, the form of quotation marks, dashes and ellipses, soft hyphens and other characters
that show nothing, and Unicode's compatibility forms (ligatures, full width), but for raised and lowered figures and fractions: 10² is
not 102. Material: every letter, its case and accents, every figure and every other sign.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
KEPT_FORMS = "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u215f"
SPECIAL = re.compile(f"[{UNSEEN}{KEPT_FORMS}]")  # most texts have none of these
HIDDEN = re.compile(f"[{UNSEEN}]+")
KEPT = re.compile(f"([{KEPT_FORMS}]+)")
# Beside ' and -, for which they stand.
QUOTES = '"`\u00b4\u00ab\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u300c\u300d\u300e\u300f\u301d\u301e\u301f'
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u30a0\ufe58\ufe63\uff0d"


def material(text: str) -> str:
    """The text in the form in which texts are compared; it is not for reading: all white space is gone."""
    if not text.isascii():
        text = "".join(_compatible(_alike(text, QUOTES, "'")).split())
        if not unicodedata.is_normalized("NFKC", text):  # marks that white space kept apart
            text = _compatible(text)
    return _alike(_alike("".join(text.split()), QUOTES, "'"), DASHES, "-")


def _compatible(text: str) -> str:
    """Without what does not show, and in compatibility forms, but for those that are kept."""
    if not SPECIAL.search(text):
        return unicodedata.normalize("NFKC", text)
    parts = KEPT.split(HIDDEN.sub("", text))
    parts[::2] = (unicodedata.normalize("NFKC", part) for part in parts[::2])
    return "".join(parts)


def _alike(text: str, signs: str, sign: str) -> str:
    """One `sign` for each run of it and of other signs."""
    for each in signs:
        if each in text:
            text = text.replace(each, sign)
    while sign * 2 in text:
        text = text.replace(sign * 2, sign)
    return text


def material_hash(title: str | None, text: str, corrections: Sequence[str]) -> str:
    """128 bits of what makes a version of an article: what is material in its headline, text and correction notices."""
    content = [material(title or ""), material(text), [material(each) for each in corrections]]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode(errors="surrogatepass")).hexdigest()[:32]
