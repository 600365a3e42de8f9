"""Sentences drawn from a grammar.

A pattern is text with slots: `{rule}` draws one of the rule's patterns and expands it, `{Rule}` capitalises the result,
`{rule1}` (with a digit) draws once and then stays the same for the whole story, `{int:a:b}` is a number from a to b.
A rule's patterns are dealt like cards: none comes twice before all came once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from random import Random

_SLOT = re.compile(r"\{([A-Za-z_]+?)(\d?)(?::(\d+):(\d+))?\}")


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the newsroom. grammar: rule -> patterns of its texts; labels: rule -> patterns of what surrounds them."""

    code: str
    direction: str
    joiner: str
    months: tuple[str, ...]
    date_pattern: str
    byline: str
    conjunction: str
    photo_credit: str
    agency_credit: str
    agency: str
    dashes: tuple[str, str]
    quotes: tuple[str, str]
    other_quotes: tuple[str, str]
    grammar: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, tuple[str, ...]]

    def date(self, at: datetime) -> str:
        """The day of `at`, in its own zone, as a newspaper prints it."""
        return self.date_pattern.format(day=at.day, month=self.months[at.month - 1], year=at.year)

    def names(self, people: tuple[str, ...]) -> str:
        """`people` as a byline lists them."""
        return self.byline.format(authors=self.conjunction.join(people))


def read_language(code: str) -> Language:
    """The bundled language of that code."""
    table = tomllib.loads(files(__package__).joinpath("languages", f"{code}.toml").read_text("utf-8"))
    return Language(
        code=table["code"],
        direction=table["direction"],
        joiner=table["joiner"],
        months=tuple(table["months"]),
        date_pattern=table["date"],
        byline=table["byline"],
        conjunction=table["and"],
        photo_credit=table["credit"],
        agency_credit=table["agency_credit"],
        agency=table["agency"],
        dashes=(table["dash"], table["other_dash"]),
        quotes=(table["quotes"][0], table["quotes"][1]),
        other_quotes=(table["other_quotes"][0], table["other_quotes"][1]),
        grammar={rule: tuple(patterns) for rule, patterns in table["grammar"].items()},
        labels={rule: tuple(patterns) for rule, patterns in table["labels"].items()},
    )


class Wording:
    """Draws texts from a grammar: one instance per story, so that its cards and its fixed names are its own."""

    def __init__(self, grammar: Mapping[str, tuple[str, ...]], random: Random) -> None:
        self._grammar = grammar
        self._random = random
        self._decks: dict[str, list[str]] = {}
        self._fixed: dict[str, str] = {}

    def say(self, rule: str) -> str:
        """One text of that rule."""
        return self.fill(self._draw(rule))

    def fill(self, pattern: str) -> str:
        """The pattern with its slots filled, its first letter raised where the pattern began with a slot that asks for it."""
        return _SLOT.sub(self._replacement, pattern)

    def _draw(self, rule: str) -> str:
        deck = self._decks.get(rule)
        if not deck:
            deck = self._decks[rule] = list(self._grammar[rule])
            self._random.shuffle(deck)
        return deck.pop()

    def _replacement(self, slot: re.Match[str]) -> str:
        name, digit, low, high = slot.groups()
        rule = name.lower()
        if low is not None:
            return str(self._random.randint(int(low), int(high)))
        if digit:
            key = rule + digit
            if key not in self._fixed:
                self._fixed[key] = self.say(rule)
            text = self._fixed[key]
        else:
            text = self.say(rule)
        return text[:1].upper() + text[1:] if name[0].isupper() else text
