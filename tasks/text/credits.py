"""Credits and captions: lines that name a source.

They recur like boilerplate, and are evidence: moved, never removed.
"""

from __future__ import annotations

import re

MAX_CREDIT_WORDS = 25
MAX_CONTRIBUTION_WORDS = 60
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
# Signs of news agencies that stand alone under a text, as the agencies write them.
AGENCIES = (
    r"dpa(?:-AFX)?|AFP|Reuters|AP|(?:The )?Associated Press|PA|PA Media|Press Association|UPI|Bloomberg|APA|SDA|Keystone-SDA|ATS|SID|epd|"
    r"KNA|EFE|Europa Press|ANSA|Adnkronos|AGI|LaPresse|Lusa|Agência Brasil|ANP|Belga|PAP|ČTK|TASR|MTI|Agerpres|BTA|HINA|Tanjug|TASS|ТАСС|"
    r"РИА Новости|Интерфакс|Interfax|Укрінформ|Ukrinform|УНІАН|NTB|TT|Ritzau|STT|DHA|AA|İHA|PTI|ANI|IANS|Xinhua|新华社|中新社|共同|"
    r"共同通信|時事通信|연합뉴스|Yonhap|MENA|WAM|KUNA|Antara|Bernama|AAP"
)
WHOLE = re.compile(
    rf"^\W{{0,2}}(?:(?:{PICTURE}|{AGENCY})\s*(?:[:：/|©–-]|\bby\b)\s*|(?:with files from|with reporting by|additional reporting by|"
    rf"reporting by|photo by|image by|foto von|photo de|foto de|mit material von|mit informationen von|con información de|"
    rf"con informazioni di|com informações de|met informatie van|"
    rf"(?-i:Avec)(?=\s+[A-ZÀ-Ý]\S*(?:\s+\S+){{0,4}}$))\s+|[©ⓒ]\s*(?!\s*(?:19|20)\d\d))\S.*$",
    re.IGNORECASE | re.DOTALL,
)
# "Ann Lee contributed to this report.", "Lee reported from Fenwell.", "First published in ..."
IN_ANY = ("contributed", "reported from", "published", "appeared")  # where all of them are missing the pattern need not be tried
CONTRIBUTED = re.compile(
    r"^\W{0,3}(?:"
    r"(?:[A-ZÀ-ÞА-Я][^.!?\"“”]{2,300}\b)?(?:contributed to this (?:report|story|article|piece)|contributed reporting)\b[^.]{0,80}\.?|"
    r"[A-Z][\w'’-]{1,25}(?: and [A-Z][\w'’-]{1,25})? reported from [A-Z][^.!?\"“”]{1,80}\."
    r"(?: [A-Z][^!?\"“”]{2,250} contributed[^.]{0,60}\.)?|"
    r"(?:This (?:article|story|piece|report) )?(?:was )?(?:[Oo]riginally|[Ff]irst) (?:published|appeared) (?:in|on|by|at) .{2,100})$",
    re.DOTALL,
)
# A bare "dpa" or "Reuters/AFP".
SIGNED = re.compile(rf"^\W{{0,3}}(?:[–—-]{{1,2}} ?)?\(?(?:{AGENCIES})(?: ?[/,|+&-] ?(?:{AGENCIES}|[a-z]{{2,4}}))*\)?$")
NOTICE = re.compile(
    r"(?:©|\(c\)|copyright) ?(?:©|\(c\))? ?(?:19|20)\d\d|all rights reserved|alle rechte vorbehalten", re.IGNORECASE
)  # of the site
BRACKETED = re.compile(rf"^[(\[](?:[^()\[\]]{{0,40}}\b(?:{PICTURE})\b[^()\[\]]*|[^()\[\]]*/[^()\[\]]*)[)\]]$", re.IGNORECASE)
# "Soldiers at the port. / Agency", "... on Monday. (Photo by A. B./Agency)", "... Foto: dpa"
AFTER_CAPTION = re.compile(
    rf"^(?P<caption>.{{8,}}?[.!?…\"'”»。！？])\s*(?:[/|]\s*|[(\[]\s*(?=[^()]*\b(?:{PICTURE}|{AGENCY})\b|[^()]*/)|(?=©)|(?=\b(?:{PICTURE}|credit|copyright)\s*[:：/©]))"
    r"(?P<credit>[^()\[\]]{2,120}?)[)\]]?\s*$",
    re.IGNORECASE | re.DOTALL,
)
CREDIT_LEAD = re.compile(rf"^(?:(?:{PICTURE}|{AGENCY})\s*(?:[:：/|©–-]|\bby\b)\s*|[©ⓒ]\s*)+", re.IGNORECASE)


def is_credit(text: str, words: int) -> bool:
    """Whether a block is nothing but a credit: "Photo: Ann Lee / Agency", "Quelle: ntv.de", "(Reporting by ...)", "Reuters"."""
    if words > MAX_CONTRIBUTION_WORDS or len(text) > MAX_CREDIT_CHARS:
        return False
    if SIGNED.match(text) or (any(said in text for said in IN_ANY) and CONTRIBUTED.match(text)):
        return True
    return words <= MAX_CREDIT_WORDS and bool(WHOLE.match(text) or BRACKETED.match(text)) and not NOTICE.search(text)


def split_caption(text: str) -> tuple[str, str | None]:
    """A caption and the credit that closes it, or None."""
    start = max(0, len(text) - CREDIT_WINDOW_CHARS)
    found = AFTER_CAPTION.match(text[start:])
    return ((text[:start] + found["caption"]).strip(), credit_name(found["credit"])) if found else (text, None)


def credit_name(text: str) -> str:
    """Who is credited, without "Photo:" and brackets around it."""
    stripped = text.strip().strip("()[]").strip()
    return CREDIT_LEAD.sub("", stripped).strip() or stripped
