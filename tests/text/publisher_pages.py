"""An invented publisher's articles, as the learner sees them and as pages to clean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tasks.model import Action, Block, Document, Kind, Verdict
from tasks.text.decide import decide
from tasks.text.knowledge import NOTHING_KNOWN, Knowledge
from tasks.text.learning.learn import learn
from tasks.text.learning.learned import Learned
from tasks.text.learning.sightings import Sighting, seen
from tasks.text.rules import builtin_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tasks.text.learning.learned import LearnedRule

FIRST_DAY = date(2026, 3, 1)
BODY = "main/article.story/div.text/p"
NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()


@dataclass(frozen=True, slots=True)
class Line:
    """One block of a page. role: as its markup names it."""

    text: str
    kind: Kind = Kind.PARAGRAPH
    path: str = BODY
    link: float = 0.0
    role: str | None = None
    inside: bool = True


def prose(article: int, paragraph: int) -> Line:
    """A paragraph that only this article has."""
    which, town = NUMBERS[paragraph % 12], f"{NUMBERS[article % 12]}-{NUMBERS[article // 12 % 12]}-{NUMBERS[article // 144]}"
    return Line(f"The council of {town} heard its speaker number {which} on the old ferry landing and put off the vote again.")


def document(lines: Sequence[Line]) -> Document:
    blocks = (Block(at, each.text, each.kind, each.path, each.link, each.role, each.inside) for at, each in enumerate(lines))
    return Document("https://paper.example/a", None, tuple(blocks), ())


def article(number: int, *, before: Sequence[Line] = (), within: Sequence[Line] = (), after: Sequence[Line] = ()) -> tuple[Line, ...]:
    """Four paragraphs of its own, with lines before, in the middle of and after them."""
    own = [prose(number, paragraph) for paragraph in range(4)]
    return (*before, *own[:2], *within, *own[2:], *after)


def verdicts_of(lines: Sequence[Line], rules: Sequence[LearnedRule] = ()) -> tuple[Verdict, ...]:
    """What becomes of each line under these learned rules."""
    known = Knowledge(learned=Learned.of(rules)) if rules else NOTHING_KNOWN
    return decide(document(lines), title=None, rules=builtin_rules(), knowledge=known)[0]


def sighting(number: int, lines: Sequence[Line], *, day: date | None = None, rules: Sequence[LearnedRule] = (), name: str = "") -> Sighting:
    """The article of that number, cleaned; each on a day of its own unless it is given."""
    when = day or FIRST_DAY + timedelta(days=number)
    return Sighting("paper.example", name or f"article-{number:04}", when, seen(document(lines).blocks, verdicts_of(lines, rules)))


def publisher(count: int, lines_of: Callable[[int], Sequence[Line]]) -> list[Sighting]:
    """So many articles."""
    return [sighting(number, lines_of(number)) for number in range(count)]


def taken(lines: Sequence[Line], rules: Sequence[LearnedRule]) -> list[str]:
    """Texts of the lines that learned rules take out."""
    verdicts = verdicts_of(lines, rules)
    pairs = zip(lines, verdicts, strict=True)
    return [line.text for line, verdict in pairs if verdict.action is Action.REMOVED and (verdict.rule_id or "").startswith("learned-")]


def learned_from(count: int, lines_of: Callable[[int], Sequence[Line]]) -> tuple[LearnedRule, ...]:
    """What so many articles teach."""
    return learn(publisher(count, lines_of))
