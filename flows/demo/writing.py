"""Stories: which article a publisher has under which number, and how it reads in each round."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from flows.demo.bodies import Draft, Paragraph, add_repetitions, lines_of, write_draft
from flows.demo.cases import REVISED, Case
from flows.demo.publishers import Publisher, WireCopy
from flows.demo.story import Fate, Line, Part, Story, Version
from flows.demo.wording import Language, Wording

_FIRST_DAY = datetime(2026, 2, 27, tzinfo=UTC)


def write_stories(publisher: Publisher, language: Language, seed: int) -> tuple[Story, ...]:
    """Everything that the publisher has printed by round 3, oldest first."""
    return tuple(_write_story(publisher, language, seed, ordinal) for ordinal in range(sum(publisher.new)))


def _write_story(publisher: Publisher, language: Language, seed: int, ordinal: int) -> Story:
    random = Random(f"{seed}/{publisher.host}/{ordinal}")  # noqa: S311 - a demo must come out the same each time
    wire = publisher.wire_of(ordinal)
    draft_random = Random(f"{seed}/{language.code}/{wire.story}") if wire else random  # noqa: S311 - as above
    wording = Wording(language.grammar, draft_random)
    draft = write_draft(wording, draft_random)
    lines = lines_of(draft, language, wording, draft_random)
    cases = publisher.cases_of(ordinal)
    if wire:
        draft, lines = _copied(draft, lines, wire, language)
    lines = add_repetitions(lines, cases, draft, language, wording)
    first_round = 1 if ordinal < publisher.new[0] else 2 if ordinal < sum(publisher.new[:2]) else 3
    published_at = _published_at(publisher, ordinal, first_round, random)
    first = Version(draft.headlines[0], draft.subtitle, lines, draft.subtitle or draft.paragraphs[0].sentences[0], published_at)
    return Story(
        host=publisher.host,
        ordinal=ordinal,
        path=publisher.path.format(at=published_at, number=4100 + ordinal * 7 + random.randint(0, 6)),
        first_round=first_round,
        language=language.code,
        authors=tuple(wording.say("person") for _ in range(random.choice((1, 1, 1, 2)))),
        published_at=published_at,
        caption=draft.caption,
        photographer=wording.say("person"),
        cases=cases,
        versions=_versions(first, cases, draft, language, wording),
    )


def _published_at(publisher: Publisher, ordinal: int, first_round: int, random: Random) -> datetime:
    """Round 1 fills five days, rounds 2 and 3 one day each."""
    day = min(ordinal * 5 // publisher.new[0], 4) if first_round == 1 else 3 + first_round
    return (_FIRST_DAY + timedelta(days=day, minutes=random.randint(5 * 60, 19 * 60))).astimezone(publisher.zone)


def _copied(draft: Draft, lines: tuple[Line, ...], wire: WireCopy, language: Language) -> tuple[Draft, tuple[Line, ...]]:
    """An agency's story as one of its customers prints it: under its own headline, with the agency's name below it."""
    headlines = (*draft.headlines[wire.edit :], *draft.headlines[: wire.edit])
    paragraphs = list(draft.paragraphs)
    if wire.edit:
        whole = paragraphs[-wire.edit]
        cut = paragraphs[-wire.edit] = Paragraph(whole.sentences[:-1])
        before, after = (language.joiner.join(paragraph.sentences) for paragraph in (whole, cut))
        lines = tuple(replace(line, text=after) if line.text == before else line for line in lines)
    credit = Line(language.agency_credit.format(agency=language.agency), Part.AGENCY_CREDIT, Fate.MOVED, "credit")
    return replace(draft, headlines=headlines, paragraphs=tuple(paragraphs)), (*lines, credit)


def _versions(
    first: Version, cases: frozenset[Case], draft: Draft, language: Language, wording: Wording
) -> tuple[Version, Version, Version]:
    updated = replace(first, updated_at=first.updated_at.replace(month=3, day=4))
    if Case.ANNOUNCED_ONLY in cases:
        return first, updated, updated
    if not cases & REVISED:
        return first, first, first
    announced = replace(updated, summary=language.joiner.join((first.summary, wording.say("short"))))
    if Case.HEADLINE_EDIT in cases:
        revised = replace(announced, title=draft.headlines[1])
    else:
        revised = replace(announced, body=_edited(first.body, wording, language))
    if Case.CORRECTION in cases:
        notice = Line(wording.say("correction"), Part.CORRECTION, Fate.MOVED, "correction")
        revised = replace(revised, body=(*revised.body, notice))
    if Case.THERE_AND_BACK in cases:
        return first, revised, replace(first, updated_at=revised.updated_at + timedelta(days=1))
    return first, revised, revised


def _edited(body: tuple[Line, ...], wording: Wording, language: Language) -> tuple[Line, ...]:
    """The body with a sentence more in its second line and a paragraph more behind its third."""
    longer = replace(body[1], text=language.joiner.join((body[1].text, wording.say("sentence"))))
    added = Line(language.joiner.join((wording.say("sentence"), wording.say("sentence"))))
    return (body[0], longer, body[2], added, *body[3:])
