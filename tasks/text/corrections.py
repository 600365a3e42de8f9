"""Correction notices: what the publisher says it had got wrong. They recur like boilerplate, and are evidence: moved, never removed."""

from __future__ import annotations

import re

CORRECTION = re.compile(
    r"^\W{0,3}(?:(?:corrections?|clarifications?|korrektur|richtigstellung|berichtigung|rectificatif|erratum|correctif|fe de errores|"
    r"corrección|rectificación|errata|correzione|rettifica|correção|correctie|rectificatie|sprostowanie|исправление|уточнение|поправка|"
    r"виправлення|уточнення|düzeltme|rättelse|تصحيح|更正|訂正|정정)\s*(?:\([^)]{0,40}\))?\s*[:：—–-]|"
    r"(?:an )?(?:earlier|previous|original) versions? of this (?:article|story|report|piece|post|headline)\b|"
    r"this (?:article|story|report|piece|post|headline)\b.{0,40}\b(?:has been|was|have been) (?:corrected|amended|clarified)|"
    r"in einer früheren (?:version|fassung) dieses|une première version de cet article|una versión anterior de est|"
    r"una versione precedente di questo|uma versão anterior dest|in een eerdere versie van dit|"
    r"w poprzedniej wersji (?:tego )?(?:tekstu|artykułu)|"
    r"в предыдущей версии|у попередній версії|i en tidigare version)",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"^\W{0,3}(?:editor'?s?[’']?s? note|update|hinweis der redaktion|anm(?:erkung|\.) d(?:er|\.) red(?:aktion|\.)|note de la rédaction|"
    r"nota de la redacción|nota della redazione|nota da redação|uppdatering)\s*(?:\([^)]{0,40}\))?\s*[:：—–-]",
    re.IGNORECASE,
)
CORRECTS = re.compile(
    r"\b(?:correct(?:ed|ion|s)?|clarif\w+|amended|incorrect(?:ly)?|misstated|misspelled|mistaken(?:ly)?|erroneous(?:ly)?|retracted|"
    r"(?:earlier|previous|original) versions?|fälschlich\w*|korrigiert|früheren (?:version|fassung)|corrigé\w*|corregid\w+|corrett\w+|"
    r"corrigid\w+|rättat\w*)\b",
    re.IGNORECASE,
)


def is_correction(text: str) -> bool:
    """Whether a block says what the publisher corrected. An update or an editor's note that corrects nothing is text."""
    return bool(CORRECTION.match(text) or (NOTE.match(text) and CORRECTS.search(text)))
