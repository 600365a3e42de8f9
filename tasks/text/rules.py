"""The cleaning rules as data: wording by language (phrases/), roles that markup states, and the id under which all of it is known."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tasks.text.words import fold, label, words

if TYPE_CHECKING:
    from collections.abc import Iterator

PHRASES = Path(__file__).with_name("phrases")
MAX_PATTERN_CHARS = 600  # no pattern is tried on a longer text

DECIDING = ("text/**/*.py", "text/**/*.toml", "duplicates/*.py")  # below tasks/: all that decides what becomes of a block


@dataclass(frozen=True, slots=True)
class Rule:
    """What people are told of a rule. example: a block that it takes."""

    rule_id: str
    version: int
    reason: str
    example: str


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """A wording rule: phrases/README.md says what its fields mean. What is compared is folded, all languages together.

    whole: `label` of the whole block. openings: beginnings of its `fold`, by their first two characters. pattern: matches its `label`.
    made_of: words of which it consists, numbers aside. moved_to: the field that takes what it says, or None.
    """

    rule: Rule
    where: str
    max_words: int
    no_sentences: bool
    whole: frozenset[str]
    openings: dict[str, tuple[str, ...]]
    pattern: re.Pattern[str] | None
    made_of: frozenset[str]
    keeps: tuple[str, ...]
    moved_to: str | None

    def takes(self, folded: str, stripped: str, count: int) -> bool:
        """folded, stripped, count: `fold`, `label` and `word_count` of the block. What opens with a quotation mark matches no pattern."""
        if stripped in self.whole:
            return True
        if count > self.max_words:
            return False
        phrases = self.openings.get(folded[:2], ())
        if folded.startswith(phrases) and any(_opens(folded, phrase) for phrase in phrases):
            return True
        if len(stripped) > MAX_PATTERN_CHARS or folded.startswith(("'", '"')):
            return False
        return bool((self.pattern and self.pattern.fullmatch(stripped)) or (self.made_of and self._is_made_of_its_words(stripped)))

    def _is_made_of_its_words(self, stripped: str) -> bool:
        found = words(stripped)
        return any(map(_is_number, found)) and all(word in self.made_of or _is_number(word) for word in found)


@dataclass(frozen=True, slots=True)
class PhraseRules:
    """Wording rules that are tried one after the other. labels: `whole` of all of them. tried: those that may take a block that is no
    such label, by the first two characters of its `fold`; patterned: where it opens like no phrase.
    """

    rules: tuple[PhraseRule, ...]
    labels: frozenset[str]
    tried: dict[str, tuple[PhraseRule, ...]]
    patterned: tuple[PhraseRule, ...]

    @classmethod
    def of(cls, rules: tuple[PhraseRule, ...]) -> Self:
        """The table of these rules, which are tried in their order."""
        starts = {start for rule in rules for start in rule.openings}
        patterned = [rule for rule in rules if rule.pattern or rule.made_of]
        tried = {start: tuple(rule for rule in rules if rule in patterned or start in rule.openings) for start in starts}
        return cls(rules, frozenset().union(*(rule.whole for rule in rules)), tried, tuple(patterned))

    def taking(self, folded: str, stripped: str, count: int, *, reads_on: bool) -> PhraseRule | None:
        """The first that takes a block. reads_on: whether it is a sentence of running text. The rest as for each of them."""
        is_label = stripped in self.labels
        for rule in self.rules if is_label else self.tried.get(folded[:2], self.patterned):
            if (is_label or count <= rule.max_words) and not (rule.no_sentences and reads_on) and rule.takes(folded, stripped, count):
                return rule
        return None


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Blocks whose markup says that they are not the article. max_words: a longer block of prose is believed to be text all the same."""

    rule: Rule
    role: str
    max_words: int


@dataclass(frozen=True, slots=True)
class Ruleset:
    """All rules. ruleset_id: changes whenever a rule or the code that applies it does.

    phrases: all wording rules; of these hold anywhere, head and tail where their name says. edge_ids: ids of those that hold at an edge.
    """

    ruleset_id: str
    phrases: tuple[PhraseRule, ...]
    anywhere: PhraseRules
    head: PhraseRules
    tail: PhraseRules
    edge_ids: frozenset[str]
    roles: dict[str, RoleRule]


# Roles (see places.py) whose blocks are furniture, and how long a block may be before its wording outweighs its markup.
FURNITURE = {
    "share": ("an invitation to share or follow", 40), "newsletter": ("a newsletter prompt", 80),
    "related": ("a pointer to other articles", 60),
    "comments": ("a comment prompt or a reader's comment", 60), "promo": ("an advertisement or promotion", 60),
    "paywall": ("a subscription prompt", 60),
    "cookie": ("a consent notice", 120), "tags": ("a list of topics or tags", 60), "breadcrumb": ("where the page stands in the site", 30),
    "navigation": ("navigation of the site", 40), "footer": ("the footer of the site", 60), "player": ("a media player's labels", 30),
    "alert": ("a notice of the site", 30), "control": ("a control to press, not text to read", 30),
}  # fmt: skip


@cache
def builtin_rules() -> Ruleset:
    """The rules that ship with this version."""
    rules = [rule for path in sorted(PHRASES.glob("*.toml")) for rule in _phrase_rules(path)]
    roles = {
        role: RoleRule(Rule(f"role-{role}", 1, reason, f'<div class="{role}">'), role, words) for role, (reason, words) in FURNITURE.items()
    }
    return Ruleset(
        ruleset_id(),
        tuple(rules),
        anywhere=PhraseRules.of(tuple(rule for rule in rules if rule.where == "anywhere")),
        head=PhraseRules.of(tuple(rule for rule in rules if rule.where in ("edge", "head"))),
        tail=PhraseRules.of(tuple(rule for rule in rules if rule.where in ("edge", "tail"))),
        edge_ids=frozenset(rule.rule.rule_id for rule in rules if rule.where != "anywhere"),
        roles=roles,
    )


@cache
def ruleset_id() -> str:
    """Changes with every change of a rule or of the code that applies it: two texts under one ruleset id were cleaned alike."""
    room = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(path for pattern in DECIDING for path in room.glob(pattern)):
        digest.update(path.relative_to(room).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"rules-{digest.hexdigest()[:12]}"


def _phrase_rules(path: Path) -> Iterator[PhraseRule]:
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
        patterns = _all_languages(row, "patterns")
        openings: dict[str, list[str]] = {}
        for phrase in sorted(set(map(fold, _all_languages(row, "opens")))):
            openings.setdefault(phrase[:2], []).append(phrase)
        yield PhraseRule(
            Rule(row["id"], row["version"], row["reason"], row["example"]),
            row["where"], row["max_words"], row.get("no_sentences", False),
            frozenset(map(label, _all_languages(row, "whole"))), {first: tuple(found) for first, found in openings.items()},
            re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None,
            frozenset(word for phrase in _all_languages(row, "made_of") for word in words(fold(phrase))),
            tuple(row["keeps"]), row.get("moved_to"),
        )  # fmt: skip


def _all_languages(row: dict[str, Any], table: str) -> list[str]:
    return [phrase for language in row.get(table, {}).values() for phrase in language]


def _is_number(word: str) -> bool:
    return word[0].isdecimal()


def _opens(folded: str, phrase: str) -> bool:
    """Whether a text begins with a phrase and not merely with its letters ("ad" does not open "adults")."""
    if not folded.startswith(phrase):
        return False
    rest = folded[len(phrase) :]
    return not rest or not rest[0].isalnum() or not phrase[-1].isalnum() or phrase[-1] >= "\u3040"
