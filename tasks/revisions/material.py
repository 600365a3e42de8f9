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

UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]+")
QUOTES = re.compile("['\"`\u00b4\u00ab\u00bb\u2018-\u201f\u2039\u203a\u300c-\u300f\u301d-\u301f]+")
DASHES = re.compile("[-\u2010-\u2015\u2043\u2212\u30a0\ufe58\ufe63\uff0d]+")
KEPT_FORMS = re.compile("([\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u215f]+)")


def material(text: str) -> str:
    """The text in the form in which texts are compared; it is not for reading: all white space is gone."""
    if not text.isascii():
        parts = KEPT_FORMS.split(QUOTES.sub("'", UNSEEN.sub("", text)))
        parts[::2] = (unicodedata.normalize("NFKC", part) for part in parts[::2])
        text = "".join(parts)
    return DASHES.sub("-", QUOTES.sub("'", "".join(text.split())))


def material_hash(title: str | None, text: str, corrections: Sequence[str]) -> str:
    """128 bits of what makes a version of an article: what is material in its headline, text and correction notices."""
    content = [material(title or ""), material(text), [material(each) for each in corrections]]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode(errors="surrogatepass")).hexdigest()[:32]
