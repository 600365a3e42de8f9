"""Names of authors out of what pages and feeds write where an author should stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tasks.text.metadata.byline_words import WIDE_LETTER, byline_words
from tasks.text.metadata.dates import without_date
from tasks.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

PLACE_TAIL = re.compile(r"(?:\s*[,|–—-]\s*|\s+)(?:for\s.*|in\s+[A-Z].*)$")
INITIALS = re.compile(r"[A-Z][A-Z.]{1,5}")
BRACKETED = re.compile(r"\s*[(\[（][^()\[\]（）]{0,200}[)\]）]")
MAIL_OR_HANDLE = re.compile(r"<?[\w.+-]{1,64}@[\w.-]{1,100}>?|(?<!\w)@\w{2,30}")
NAME_IN_URL = re.compile(
    r"^(?:https?:)?//[^\s?#]{1,200}?/(?:authors?|autor(?:en|es|i)?|auteurs?|by|people|profiles?|staff|journalists?|contributors?)/"
    r"(?P<name>[^\W\d_]+(?:-[^\W\d_]+){1,3})/?(?:[?#]|$)"
)
GLUED_WORDS = re.compile(r"[a-zà-ÿ]{5}[A-ZÀ-Ý]")  # "ChecklistsPlanning", but not "MacDonald"
DIGIT = re.compile(r"\d")
SUFFIX = re.compile(r"I{1,3}|IV|VI{0,3}|JR|SR|MD")
NOT_A_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|fr|co)\b|[<>{}\[\]=]|\d{3}", re.IGNORECASE)
MIN_NAME_CHARS = 2
MAX_NAME_CHARS = 60
MAX_VALUE_CHARS = 600
MAX_PERSON_WORDS = 4
MAX_PARTICLE_CHARS = 3  # "von", "de la"
MAX_NAME_WORDS = 7
MAX_AUTHORS = 12


@dataclass(frozen=True, slots=True)
class Names:
    """People, and the offices, agencies and login names that stand where people should: each once, in order."""

    people: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()


def read_names(values: Iterable[str], *, publishers: Collection[str] = ()) -> Names:
    """The names in some values of one source. publishers: folded names of the publisher, which is no person."""
    people: dict[str, str] = {}
    desks: dict[str, str] = {}
    for value in values:
        for name in _split(value[:MAX_VALUE_CHARS], publishers):
            if _is_name(name):
                (desks if is_desk(name, publishers) else people).setdefault(fold(name), name)
    return Names(tuple(people.values())[:MAX_AUTHORS], tuple(desks.values())[:MAX_AUTHORS])


def looks_like_a_name(line: str) -> bool:
    """Whether a line is a person's name and nothing else: two to four words, each with a capital where its script has them."""
    parts = line.split()
    if any(part.islower() and len(part) > MAX_PARTICLE_CHARS for part in parts) or not _is_name(line) or is_desk(line, ()):
        return False
    folded, words = {fold(part) for part in parts}, byline_words()
    if folded & words.roles or folded & words.calendar:
        return False
    return 1 < len(parts) <= MAX_PERSON_WORDS and not parts[0][0].islower() and any(part[0].isalpha() for part in parts)


def is_desk(name: str, publishers: Collection[str]) -> bool:
    """Whether a name is an office's, an agency's, the publisher's or a login's."""
    words, folded = byline_words(), fold(name)
    if folded in publishers or folded in words.agencies or any(folded.startswith(f"{each} /") for each in publishers):
        return True
    tokens = folded.replace("/", " ").split()
    is_login = len(tokens) == 1 and name.isascii() and name.islower()
    return is_login or not words.desks.isdisjoint(tokens) or any(word in folded for word in words.wide_desks)


def _split(value: str, publishers: Collection[str]) -> list[str]:
    words = byline_words()
    text = " ".join(value.split())
    in_url = NAME_IN_URL.match(text)
    if in_url:
        return [unquote(in_url["name"]).replace("-", " ").title()]
    if fold(text.strip(" ,;|")) in publishers:
        return [text.strip(" ,;|")]
    text = MAIL_OR_HANDLE.sub(" ", BRACKETED.sub(" ", without_date(text) if DIGIT.search(text) else text)).strip()
    while (opened := words.lead.match(text)) and opened.end() < len(text):
        text = text[opened.end() :]
    by_others = words.inner_hand.search(text)
    parts = [part for part in words.joint.split(text[: by_others.start()] if by_others else text) if part and part.strip()]
    if len(parts) == 2 and "," in text and all(len(part.split()) == 1 for part in parts):  # noqa: PLR2004
        return [f"{parts[1]} {parts[0]}".strip()]  # "Lee, Ann"
    parts = [each for part in parts for each in _at_short_joints(part)]
    if parts and " " in parts[0].strip():  # "Ann Lee, CNN", "Ann Lee, Political Editor", "Ann Lee, Berlin"
        parts = [parts[0], *(part for part in parts[1:] if not _is_apposition(part))]
    return [_without_role(part) for part in parts if not words.hand.match(part)]


def _at_short_joints(part: str) -> list[str]:
    """Two people in "Ana Paz y Luis Gil", one in "José Ortega y Gasset"."""
    found = byline_words().short_joint.split(part)
    return found if len(found) > 1 and all(len(each.split()) > 1 for each in found) else [part]


def _is_apposition(part: str) -> bool:
    """Whether what follows a name after a comma says something about its owner: a job, a house, a degree, a place of one word."""
    tokens = [token.strip(".") for token in fold(part).split()]
    spaced = not WIDE_LETTER.search(part)
    return bool(INITIALS.fullmatch(part.strip())) or (spaced and len(tokens) == 1) or not byline_words().roles.isdisjoint(tokens)


def _without_role(part: str) -> str:
    words = byline_words()
    name = words.pushed.sub("", words.lead.sub("", part.strip(), count=1) if words.lead.match(part.strip()) else part.strip())
    name = PLACE_TAIL.sub("", name).strip(" ,.;:|-–—/\u2022")
    tokens = _without_house(name.split())
    if len(tokens) > 2 and fold(tokens[-1]) in words.roles:  # noqa: PLR2004
        while len(tokens) > 2 and fold(tokens[-1]) in words.roles | words.beats:  # noqa: PLR2004
            tokens.pop()
    if len(tokens) == 2 and WIDE_LETTER.search(name) and fold(tokens[-1]) in words.roles:  # noqa: PLR2004
        tokens.pop()
    if len(tokens) == 2 and WIDE_LETTER.search(name) and fold(tokens[0]) in words.roles:  # noqa: PLR2004
        tokens.pop(0)
    name = " ".join(tokens).strip(" ,.;:|-–—/")
    if not WIDE_LETTER.search(name):
        return name
    suffix = next((role for role in words.roles if name.endswith(role) and len(name) > len(role) + 1), "")
    return name.removesuffix(suffix).strip()


def _without_house(tokens: list[str]) -> list[str]:
    """The name in "Ann Lee BBC News": a house stands in capitals after a name that does not."""
    if all(token.isupper() for token in tokens[:2]):
        return tokens
    house = (at for at, token in enumerate(tokens) if at > 1 and len(token) > 1 and token.isalpha() and token.isupper())
    return tokens[: next((at for at in house if not SUFFIX.fullmatch(tokens[at])), len(tokens))]


def _is_name(name: str) -> bool:
    if not MIN_NAME_CHARS <= len(name) <= MAX_NAME_CHARS or len(name.split()) > MAX_NAME_WORDS or NOT_A_NAME.search(name):
        return False
    words, folded = byline_words(), fold(name)
    if (DIGIT.search(name) and " " in name) or GLUED_WORDS.search(name):
        return False
    return folded not in words.nobody and words.never.isdisjoint(folded.split()) and any(c.isalpha() for c in name)
