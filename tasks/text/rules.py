"""The cleaning rules as data: wording by language (phrases.toml), roles that markup states, and the id under which all of it is known."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tasks.text.words import fold, label

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
    """A wording rule: see phrases.toml for what its fields mean. phrases are folded, all languages together."""

    rule: Rule
    match: str
    where: str
    max_words: int
    no_sentences: bool
    whole: frozenset[str]
    openings: tuple[str, ...]

    def takes(self, folded: str, stripped: str) -> bool:
        """folded, stripped: `fold` and `label` of the block."""
        if self.match == "whole":
            return stripped in self.whole
        return folded.startswith(self.openings) and any(_opens(folded, phrase) for phrase in self.openings)


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Blocks whose markup says that they are not the article. max_words: a longer block of prose is believed to be text all the same."""

    rule: Rule
    role: str
    max_words: int


@dataclass(frozen=True, slots=True)
class Ruleset:
    """All rules. ruleset_id: changes whenever a rule or the code that applies it does."""

    ruleset_id: str
    anywhere: tuple[PhraseRule, ...]
    edge: tuple[PhraseRule, ...]
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
    rows = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))["rule"]
    rules = [_phrase_rule(row) for row in rows]
    roles = {
        role: RoleRule(Rule(f"role-{role}", 1, reason, f'<div class="{role}">'), role, words) for role, (reason, words) in FURNITURE.items()
    }
    return Ruleset(
        f"rules-{_digest_of_sources()}",
        tuple(rule for rule in rules if rule.where == "anywhere"),
        tuple(rule for rule in rules if rule.where == "edge"),
        roles,
    )


def _digest_of_sources() -> str:
    """Changes with every change of a rule or of the code that applies it: two texts under one ruleset id were cleaned alike."""
    room = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(path for pattern in DECIDING for path in room.glob(pattern)):
        digest.update(path.relative_to(room).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _phrase_rule(row: dict[str, object]) -> PhraseRule:
    table = row["phrases"]
    assert isinstance(table, dict)  # noqa: S101 - our own file
    phrases = [phrase for language in table.values() for phrase in language]
    whole = row["match"] == "whole"
    return PhraseRule(
        Rule(f"{row['id']}", int(str(row["version"])), str(row["reason"]), str(row["example"])),
        str(row["match"]), str(row["where"]), int(str(row["max_words"])), bool(row.get("no_sentences", False)),
        frozenset(map(label, phrases)) if whole else frozenset(),
        () if whole else tuple(sorted(set(map(fold, phrases)))),
    )  # fmt: skip


def _opens(folded: str, phrase: str) -> bool:
    """Whether a text begins with a phrase and not merely with its letters ("ad" does not open "adults")."""
    if not folded.startswith(phrase):
        return False
    rest = folded[len(phrase) :]
    return not rest or not rest[0].isalnum() or not phrase[-1].isalnum() or phrase[-1] >= "\u3040"
