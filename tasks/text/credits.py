"""Credits, captions, datelines and corrections: lines that name a source.

They recur like boilerplate, and are evidence: moved, never removed.
"""

from __future__ import annotations

import re

MAX_CREDIT_WORDS = 25
MAX_CAPTION_WORDS = 90
MAX_CREDIT_CHARS = 400
CREDIT_WINDOW_CHARS = 300  # at the end of a caption

# What opens a credit, by language: en de fr es it pt nl pl ru ar zh ja ko.
PICTURE = (
    r"photos?|photography|photograph(?:er)?|pictures?|images?|illustration|graphics?|video|screenshot|photo by|image by|picture by|"
    r"photo credit|image credit|picture credit|fotos?|bild(?:er|quelle|nachweis)?|grafik|quelle|crédits?|crédit photo|"
    r"photo d'illustration|imagen|fotografía|foto de|immagine|imagem|fotografia|beeld|zdjęcie|fot\.|фото|иллюстрация|صورة|تصوير|"
    r"图片来源|图片|攝影|摄影|写真|画像|사진"
)
AGENCY = (
    r"source|sources|quelle|quellen|fuente|fonte|bron|źródło|источник|المصدر|来源|來源|出典|출처|with files from|with reporting by|"
    r"additional reporting by|reporting by|credit|credits|copyright"
)
WHOLE = re.compile(
    rf"^\W{{0,2}}(?:(?:{PICTURE}|{AGENCY})\s*(?:[:：/|©–-]|\bby\b)\s*|(?:with files from|with reporting by|additional reporting by|"
    rf"reporting by|photo by|image by|foto von|photo de|foto de|mit material von|mit informationen von|con información de|"
    rf"con informazioni di|com informações de|met informatie van|"
    rf"(?-i:Avec)(?=\s+[A-ZÀ-Ý]\S*(?:\s+\S+){{0,4}}$))\s+|[©ⓒ]\s*(?!\s*(?:19|20)\d\d))\S.*$",
    re.IGNORECASE | re.DOTALL,
)
BRACKETED = re.compile(rf"^[(\[](?:[^()\[\]]{{0,40}}\b(?:{PICTURE})\b[^()\[\]]*|[^()\[\]]*/[^()\[\]]*)[)\]]$", re.IGNORECASE)
# "Soldiers at the port. / Agency", "... on Monday. (Photo by A. B./Agency)", "... Foto: dpa"
AFTER_CAPTION = re.compile(
    rf"^(?P<caption>.{{8,}}?[.!?…\"'”»。！？])\s*(?:[/|]\s*|[(\[]\s*(?=[^()]*\b(?:{PICTURE}|{AGENCY})\b|[^()]*/)|(?=©)|(?=\b(?:{PICTURE}|credit|copyright)\s*[:：/©]))"
    r"(?P<credit>[^()\[\]]{2,120}?)[)\]]?\s*$",
    re.IGNORECASE | re.DOTALL,
)
CREDIT_LEAD = re.compile(rf"^(?:(?:{PICTURE}|{AGENCY})\s*(?:[:：/|©–-]|\bby\b)\s*|[©ⓒ]\s*)+", re.IGNORECASE)
CORRECTION = re.compile(
    r"^\W{0,3}(?:corrections?|clarifications?|editor'?s note|update|korrektur|anm(?:erkung|\.) d(?:er|\.) red(?:aktion|\.)|"
    r"hinweis der redaktion|rectificatif|erratum|"
    r"fe de errores|corrección|errata|correzione|rettifica|correção|errata|correctie|rectificatie|sprostowanie|исправление|уточнение|"
    r"تصحيح|更正|訂正|정정)\s*(?:\([^)]{0,40}\))?\s*[:：—–-]",
    re.IGNORECASE,
)


def is_credit(text: str, words: int) -> bool:
    """Whether a block is nothing but a credit: "Photo: Ann Lee / Agency", "Quelle: ntv.de", "(Reporting by ...)"."""
    return words <= MAX_CREDIT_WORDS and len(text) <= MAX_CREDIT_CHARS and bool(WHOLE.match(text) or BRACKETED.match(text))


def is_correction(text: str) -> bool:
    """Whether a block opens as a correction or an editor's note."""
    return bool(CORRECTION.match(text))


def split_caption(text: str) -> tuple[str, str | None]:
    """A caption and the credit that closes it, or None."""
    start = max(0, len(text) - CREDIT_WINDOW_CHARS)
    found = AFTER_CAPTION.match(text[start:])
    return ((text[:start] + found["caption"]).strip(), credit_name(found["credit"])) if found else (text, None)


def credit_name(text: str) -> str:
    """Who is credited, without "Photo:" and brackets around it."""
    stripped = text.strip().strip("()[]").strip()
    return CREDIT_LEAD.sub("", stripped).strip() or stripped
