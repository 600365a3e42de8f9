"""Names of authors out of what pages and feeds write where an author should stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tasks.text.metadata.dates import without_date
from tasks.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

# "by" and what stands for it before a name, per language: en de fr es pt it nl pl sv da no fi cs hu ro tr ru uk el id, ar, zh, ja
LEADS = (
    "by", "written by", "story by", "text by", "from", "von", "text", "autor", "autorin", "par", "por", "texto", "door", "tekst", "autor:",
    "av", "af", "skrevet av", "kirjoittaja", "írta", "de:", "yazan", "автор", "текст", "από", "oleh", "بقلم", "كتب", "كتبت", "记者",
    "作者", "文", "取材・文", "執筆", "撮影・文",
)  # fmt: skip
LEAD = re.compile(
    rf"^(?:{'|'.join(sorted(map(re.escape, LEADS), key=len, reverse=True))}|(?-i:di|de))(?:\s*[:：|]\s*|\s+|(?<=[文者])[・/／]\s*)",
    re.IGNORECASE,
)  # a capital De or Di begins a name
GLUED_LEAD = re.compile(r"^(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or)+(?=[A-ZÄÖÜÉ])")
JOINT = re.compile(r"\s*[;|•·]\s*|\s*,\s*|\s+(?:and|und|et|y|e|en|og|och|i|и|и|und|ve|&|\+)\s+|、|，", re.IGNORECASE)
ROLE = (
    r"(?i:(?:(?:senior|chief|staff|special|political|foreign|sports?|business|science|health|world|news)\s+)*"
    r"(?:reporter|correspondent|writer|editor|editor-in-chief|journalist|columnist|contributor|producer))"
)
ROLE_ALONE = re.compile(ROLE)
ROLE_TAIL = re.compile(rf"(?:\s*[,|–—-]\s*|\s+)(?:{ROLE}|for\s.*|in\s+[A-Z].*)$")
INITIALS = re.compile(r"[A-Z]{2,5}")
NOT_A_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|fr|co)\b|[<>{}\[\]=]|\d{3}", re.IGNORECASE)
NOT_IN_NAMES = frozenset(
    (
        "follow more all view search about learn read click here our updated published share minute min reviewed posted written "
        "comments says profile email contact subscribe alle artikel mehr von geschrieben übersetzt suivre voir todos"
    ).split()
)
NO_PERSON = frozenset(
    (
        "admin administrator editor editors staff redaktion redaction redacción redacao redação redazione redactie redakcja "
        "editorial unknown author autor anonymous none null undefined"
    ).split()
)
MIN_NAME_CHARS = 2
MAX_NAME_CHARS = 60
MAX_PERSON_WORDS = 4
MAX_PARTICLE_CHARS = 3  # "von", "de la"
MAX_LINE_CHARS = 400
MAX_NAME_WORDS = 7
MAX_AUTHORS = 12


def author_names(values: Iterable[str], *, publisher: str | None) -> tuple[str, ...]:
    """The names in some values of one source, in order, each once. publisher: its own name is no author."""
    found: dict[str, str] = {}
    for value in values:
        for name in _split(value):
            if _is_name(name, publisher):
                found.setdefault(fold(name), name)
    return tuple(found.values())[:MAX_AUTHORS]


def byline_names(line: str) -> tuple[str, ...]:
    """The names in a visible byline ("By Ann Lee and Bo Cruz January 30, 2025"); empty if the line does not open like one."""
    opened = LEAD.match(line.strip())
    if not opened or len(line) > MAX_LINE_CHARS:
        return ()
    rest = re.split(r"\s[|•·–—]\s|\n", without_date(line.strip()[opened.end() :]))[0]
    rest = re.sub(r"[\s,|•·–—-]*(?:\b(?:published|updated|on|at|am|pm|um|uhr|le|el|il)\b[\s,:]*)*$", "", rest, flags=re.IGNORECASE)
    return author_names([rest], publisher=None)


def looks_like_a_name(line: str) -> bool:
    """Whether a line is a person's name and nothing else: two to four words, each with a capital where its script has them."""
    parts = line.split()
    if any(part.islower() and len(part) > MAX_PARTICLE_CHARS for part in parts) or not _is_name(line, None):
        return False
    return 1 < len(parts) <= MAX_PERSON_WORDS and all(part[0].isupper() or part.islower() for part in parts) and parts[0][0].isupper()


def _split(value: str) -> list[str]:
    text = " ".join(value.split())
    text = GLUED_LEAD.sub("", re.sub(r"\s*\([^)]*\)\s*$", "", text))
    while (opened := LEAD.match(text)) and opened.end() < len(text):
        text = text[opened.end() :]
    parts = JOINT.split(text)
    if len(parts) == 2 and "," in text and all(len(part.split()) == 1 for part in parts):  # noqa: PLR2004
        return [f"{parts[1]} {parts[0]}".strip()] if all(parts) else [part for part in parts if part]  # "Lee, Ann"
    if " " in parts[0].strip():  # "Ann Lee, CNN"
        parts = [parts[0], *(part for part in parts[1:] if not INITIALS.fullmatch(part))]
    return [ROLE_TAIL.sub("", LEAD.sub("", part)).strip(" ,.;:|-–—/") for part in parts if not ROLE_ALONE.fullmatch(part)]


def _is_name(name: str, publisher: str | None) -> bool:
    if not MIN_NAME_CHARS <= len(name) <= MAX_NAME_CHARS or len(name.split()) > MAX_NAME_WORDS or NOT_A_NAME.search(name):
        return False
    folded = fold(name)
    if NOT_IN_NAMES & set(folded.split()):
        return False
    return folded not in NO_PERSON and folded != fold(publisher or "") and any(c.isalpha() for c in name)
