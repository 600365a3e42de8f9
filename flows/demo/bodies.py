"""Bodies of articles: paragraphs drawn from a language, and the repetitions put into some of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from flows.demo.cases import Case
from flows.demo.story import Fate, Line, Part
from flows.demo.wording import Language, Wording

_SUBTITLE_SHARE, _SHORT_SHARE, _SUBHEADING_SHARE, _LIST_SHARE = 0.6, 0.4, 0.45, 0.15
_SENTENCES_PER_PARAGRAPH = (2, 3, 3, 3, 4)
_PULL_QUOTE_CHARACTERS = 24


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a tuple of its sentences."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before any edit: what a newsroom or an agency wrote. headlines: the same story under different ones."""

    headlines: tuple[str, ...]
    subtitle: str | None
    paragraphs: tuple[Paragraph, ...]
    caption: str


def write_draft(wording: Wording, random: Random) -> Draft:
    """A story of 7 to 11 paragraphs with 2 to 4 sentences each."""
    headlines = tuple(wording.say("headline") for _ in range(3))
    subtitle = wording.say("standfirst") if random.random() < _SUBTITLE_SHARE else None
    lead = Paragraph((wording.say("lead"), wording.say("sentence")))
    rest = tuple(
        Paragraph(tuple(wording.say("sentence") for _ in range(random.choice(_SENTENCES_PER_PARAGRAPH))))
        for _ in range(random.randint(6, 10))
    )
    return Draft(headlines, subtitle, (lead, *rest), wording.say("caption"))


def lines_of(draft: Draft, language: Language, wording: Wording, random: Random) -> tuple[Line, ...]:
    """The draft's paragraphs, with now and then a subheading, a list or a very short paragraph between them."""
    lines = [Line(language.joiner.join(paragraph.sentences)) for paragraph in draft.paragraphs]
    if random.random() < _SHORT_SHARE:
        lines.insert(random.randint(3, 5), Line(wording.say("short")))
    if random.random() < _SUBHEADING_SHARE:
        lines.insert(random.randint(2, 5), Line(wording.say("subheading"), Part.SUBHEADING))
    if random.random() < _LIST_SHARE:
        place = random.randint(3, 6)
        lines[place:place] = [Line(wording.fill("{Actor}: {deed}"), Part.LIST_ITEM) for _ in range(3)]
    return tuple(lines)


def add_repetitions(
    lines: tuple[Line, ...], cases: frozenset[Case], draft: Draft, language: Language, wording: Wording
) -> tuple[Line, ...]:
    """The lines with the repetitions that the cases ask for: those that must go, and those that must stay."""
    result = list(lines)
    if Case.PHRASE_AGAIN in cases:
        quote, *sentences = language.grammar["phrase_again"]
        result += [Line(quote, Part.QUOTE), *(Line(wording.fill(sentence)) for sentence in sentences)]
    if Case.SCORES in cases:
        scores = [wording.say("score") for _ in range(3)]
        result += [Line(wording.say("scores_intro")), *(Line(score, Part.LIST_ITEM) for score in (*scores, scores[0]))]
    if Case.REPEAT_EXACT in cases:
        original = _paragraph_lines(lines)[1]
        result.append(replace(original, fate=Fate.REMOVED, why="repeat", repeats=original.text))
    if Case.REPEAT_NEAR in cases:
        original = _quoting(language, wording)
        result.insert(2, original)
        result.append(Line(_respelled(original.text, language), Part.PARAGRAPH, Fate.REMOVED, "repeat", original.text))
    if Case.PULL_QUOTE in cases:
        sentence = next(s for p in draft.paragraphs[2:] for s in p.sentences if len(s) >= _PULL_QUOTE_CHARACTERS)
        original = next(line for line in lines if sentence in line.text)
        place = result.index(original) + 2
        result.insert(place, Line(sentence, Part.PULL_QUOTE, Fate.REMOVED, "repeat", original.text))
    return tuple(result)


def _paragraph_lines(lines: tuple[Line, ...]) -> list[Line]:
    return [line for line in lines if line.part is Part.PARAGRAPH]


def _quoting(language: Language, wording: Wording) -> Line:
    """A paragraph that is sure to quote somebody."""
    pattern = next(pattern for pattern in language.grammar["sentence"] if language.quotes[0] in pattern)
    return Line(language.joiner.join((wording.fill(pattern), wording.say("sentence"))))


def _respelled(text: str, language: Language) -> str:
    """The same words with the language's other quotation marks and dashes."""
    pairs = zip((*language.quotes, language.dashes[0]), (*language.other_quotes, language.dashes[1]), strict=True)
    for usual, other in pairs:
        text = text.replace(usual, other)
    return text
