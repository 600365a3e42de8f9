"""Which language a text is in: what the page declares, checked against the text itself where there is enough of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import py3langid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.model import Candidate

SAMPLES_CHARS = (200, 1_000)  # so much of the text that says what the page declares is enough; what contradicts it needs the longer one
ENOUGH_CHARS = 200
TAG = re.compile(r"^[A-Za-z]{2,3}(?=$|[-_])")
DECLARED = ("html lang", "json-ld", "meta:og:locale", "meta:content-language", "meta:dc.language", "feed")
SAME = {"nb": "no", "nn": "no"}


def choose_language(candidates: Sequence[Candidate], text: str) -> tuple[str, str] | None:
    """(ISO 639-1 code, source), or None. A long text speaks for itself; a short one is in the language that the page declares."""
    declared = [(match[0].lower(), each.source) for source in DECLARED for each in candidates
                if each.field == "language" and each.source == source and (match := TAG.match(each.value))]  # fmt: skip
    if len(text) < ENOUGH_CHARS and declared:
        return declared[0]
    if not text.strip():
        return None
    detected = ""
    for chars in SAMPLES_CHARS:
        detected = py3langid.classify(text[:chars])[0]
        agreeing = next((each for each in declared if SAME.get(each[0], each[0]) == SAME.get(detected, detected)), None)
        if agreeing:
            return agreeing
    return detected, "text"
