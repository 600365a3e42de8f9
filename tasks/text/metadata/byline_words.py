"""The words around names in bylines, of all languages together. bylines.toml holds them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tasks.text.words import fold

WIDE_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LOWER_CASE_ONLY = ("di", "de", "da")  # a capital De or Di begins a name

# "and" is written onto the next word; the exceptions begin with that letter themselves (Walid, Wael, Wisam, Wafa, Widad, Wajdi, Wahib ...)
ARABIC_AND = r"\s+و(?=\w{3})(?!ليد|ائل|سام|فاء|داد|جدي|هيب|جيه|سيم)"


@dataclass(frozen=True, slots=True)
class BylineWords:
    """Patterns and sets of folded words. lead, hand: match at the start of a line, up to the name; inner_hand, inner_lead: anywhere in it.

    lead_alone, hand_alone: match a whole line whose name stands in the next. pushed: matches at the end. joint: between two names;
    short_joint: the same, of a single letter, so perhaps part of a name. wide_desks: those in scripts that set no blanks between words.
    """

    lead: re.Pattern[str]
    hand: re.Pattern[str]
    inner_hand: re.Pattern[str]
    inner_lead: re.Pattern[str]
    joint: re.Pattern[str]
    short_joint: re.Pattern[str]
    pushed: re.Pattern[str]
    roles: frozenset[str]
    desks: frozenset[str]
    wide_desks: tuple[str, ...]
    agencies: frozenset[str]
    nobody: frozenset[str]
    never: frozenset[str]
    beats: frozenset[str]
    calendar: frozenset[str]
    lead_alone: re.Pattern[str]
    hand_alone: re.Pattern[str]


@cache
def byline_words() -> BylineWords:
    """Read once a process."""
    table = tomllib.loads(Path(__file__).with_name("bylines.toml").read_text(encoding="utf-8"))
    names = table.pop("names")

    def all_of(key: str) -> list[str]:
        return sorted({word for language in table.values() for word in language.get(key, ())}, key=lambda word: (-len(word), word))

    def either(words: list[str]) -> str:
        return "|".join(map(re.escape, words))

    leads = either([word for word in all_of("leads") if word not in LOWER_CASE_ONLY])
    labels, hands = either(all_of("labels")), either(all_of("hands"))
    joints = all_of("joints")
    after = r"(?:\s*[:：|]\s*|\s+|(?<=[\u3040-\u9fff])[・/／]\s*)"
    return BylineWords(
        lead=re.compile(
            rf"(?:(?:{leads}|(?-i:{either(list(LOWER_CASE_ONLY))})){after}|(?:{labels})\s*[:：|／/]\s*|(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or)+\s*(?-i:(?=[A-ZÄÖÜÉ])))",
            re.IGNORECASE,
        ),
        hand=re.compile(rf"(?:{hands}){after}", re.IGNORECASE),
        inner_hand=re.compile(rf"[\s,;(|]+(?:{either([word for word in all_of('hands') if ' ' in word])})\s", re.IGNORECASE),
        inner_lead=re.compile(r"(?:^|\s)(?:by|von|par|por|door|di|av|af|oleh)\s+(?-i:(?=[A-ZÀ-ÞŠŽČŁŚŻ]))", re.IGNORECASE),
        joint=re.compile(
            rf"\s*[;|•·●]\s*|\s*,\s*(?:(?:{either([word for word in joints if len(word) > 1])})\s+)?"
            rf"|\s+(?:{either([word for word in joints if len(word) > 1])}|&|\+)\s+|、|，|・(?=\S{{2,}})",
            re.IGNORECASE,
        ),
        short_joint=re.compile(rf"\s+(?:{either([word for word in joints if len(word) == 1])})\s+|{ARABIC_AND}"),
        pushed=re.compile(rf"[\s,|+•·-]*(?:{either(all_of('pushed'))})\W*$", re.IGNORECASE),
        roles=frozenset(map(fold, all_of("roles"))),
        desks=frozenset(map(fold, all_of("desks"))),
        wide_desks=tuple(word for word in map(fold, all_of("desks")) if WIDE_LETTER.search(word)),
        agencies=frozenset(map(fold, names["agencies"])),
        nobody=frozenset(map(fold, names["nobody"])),
        never=frozenset(map(fold, names["never"])),
        beats=frozenset(map(fold, names["beats"])),
        calendar=frozenset(map(fold, names["calendar"])),
        lead_alone=re.compile(rf"(?:{leads}|{labels})\s*[:：]?", re.IGNORECASE),
        hand_alone=re.compile(rf"(?:{hands})\s*[:：]?", re.IGNORECASE),
    )
