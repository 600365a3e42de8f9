"""A document and the rules -> one verdict per block.

Nothing is edited: a block is kept, moved to a field, or removed, with its rule and reason.

The passes run in the order of PASSES; the first verdict on a block stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.duplicates.repeats import Paragraph, find_repeats
from tasks.model import Action, Kind, Verdict
from tasks.text.credits import is_correction, is_credit
from tasks.text.fields import fields_around
from tasks.text.knowledge import NOTHING_KNOWN
from tasks.text.learning.sightings import OUTSIDE
from tasks.text.words import ends_a_sentence, fold, label, word_count
from tasks.text.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.model import Block, Document
    from tasks.text.knowledge import Knowledge
    from tasks.text.rules import PhraseRule, Ruleset

MIN_PART_CHARS = 15
CEILING = 0.6  # of the words that the extractor found: rules that would take more are not believed
MAX_POINTER_WORDS = 6
MOSTLY_LINK = 0.5
UNCOMPARED = frozenset({Kind.TABLE, Kind.CODE, Kind.HEADING})
PROTECTED = frozenset({Kind.CREDIT, Kind.BYLINE, Kind.DATELINE, Kind.CORRECTION, Kind.QUOTE, Kind.CAPTION})


def decide(
    document: Document, *, title: str | None, rules: Ruleset, knowledge: Knowledge = NOTHING_KNOWN
) -> tuple[tuple[Verdict, ...], tuple[str, ...]]:
    """(one verdict per block in order, flags). title: the chosen headline. knowledge: of its publisher."""
    work = Work(document, title, rules, knowledge)
    work.counts = [word_count(block.text) for block in document.blocks]
    work.folded = [fold(block.text) for block in document.blocks]
    work.kinds = [_kind(block, words) for block, words in zip(document.blocks, work.counts, strict=True)]
    work.verdicts = [None] * len(document.blocks)
    for run in PASSES:
        run(work)
    flags = _hold_ceiling(work)
    return tuple(verdict or Verdict(Action.KEPT, kind) for verdict, kind in zip(work.verdicts, work.kinds, strict=True)), flags


def _kind(block: Block, words: int) -> Kind:
    """The block's kind where its wording says more than its markup."""
    if is_correction(block.text):
        return Kind.CORRECTION
    if block.kind is not Kind.HEADING and is_credit(block.text, words):
        return Kind.CREDIT
    return block.kind


def outside(work: Work) -> None:
    """What the extractor left out."""
    for block in work.document.blocks:
        if not block.in_article and work.verdicts[block.position] is None:
            work.remove(block, OUTSIDE, "stands outside the article on the page", kind=Kind.BOILERPLATE)


def headline(work: Work) -> None:
    """The headline is the title; where it stands again above, under or before the text it goes."""
    if not work.title:
        return
    wanted = label(work.title)
    first: int | None = None
    for block in work.open():
        text = label(block.text)
        if text == wanted and first is None:
            first = block.position
            work.move(block, Kind.HEADING, "title", "headline", "is the title")
        elif text == wanted or (block.kind is Kind.HEADING and _is_part(text, wanted)):
            work.remove(block, "headline-repeat", "repeats the headline, which is the title", repeat_of=first)


def _is_part(heading: str, headline: str) -> bool:
    """A heading that is the headline with something after it, or its beginning."""
    return (
        len(heading) >= MIN_PART_CHARS
        and len(headline) >= MIN_PART_CHARS
        and (heading.startswith(headline) or headline.startswith(heading))
    )


def furniture(work: Work) -> None:
    """Blocks whose markup says that they are not the article, unless they read like long prose."""
    for block in work.open():
        rule = work.rules.roles.get(block.role or "")
        if rule and work.counts[block.position] <= rule.max_words and work.kinds[block.position] not in PROTECTED:
            work.remove(block, rule.rule.rule_id, rule.rule.reason, kind=Kind.BOILERPLATE)


def phrases(work: Work) -> None:
    """Wording rules that hold wherever a block stands."""
    for block in work.open():
        rule = _taking(work, block, work.rules.anywhere)
        if rule:
            work.remove(block, rule.rule.rule_id, rule.rule.reason, kind=Kind.BOILERPLATE)


def learned_boilerplate(work: Work) -> None:
    """What is known to recur on this publisher's pages."""
    learned = work.knowledge.learned
    if learned is None:
        return
    for block in work.open():
        rule_id = None if work.kinds[block.position] in PROTECTED else learned.rule_for(block.text)
        if rule_id:
            work.remove(block, rule_id, "recurs on many pages of this publisher", kind=Kind.BOILERPLATE)


def repeats(work: Work) -> None:
    """Paragraphs that stand twice. Rows of a table, lines of code and headings repeat each other by nature."""
    blocks = [block for block in work.open() if work.kinds[block.position] not in UNCOMPARED]
    found = find_repeats([Paragraph(block.text, aside=work.kinds[block.position] is Kind.QUOTE) for block in blocks])
    for repeat in found:
        how = "exactly" if repeat.exact else "nearly"
        rule_id = "repeat-exact" if repeat.exact else "repeat-near"
        work.remove(blocks[repeat.index], rule_id, f"repeats another paragraph of the article {how}", repeat_of=blocks[repeat.of].position)


def edges(work: Work) -> None:
    """Labels at the end and the start, peeled off from outside as long as they are nothing else; headings that head nothing."""
    for backwards in (True, False):
        blocks = list(work.open())
        for block in reversed(blocks) if backwards else blocks:
            rule = _taking(work, block, work.rules.edge)
            if rule:
                work.remove(block, rule.rule.rule_id, rule.rule.reason, kind=Kind.BOILERPLATE)
            elif backwards and block.kind is Kind.HEADING and block is not blocks[0]:
                work.remove(block, "heading-of-nothing", "a heading at the end that no text follows")
            else:
                break


PASSES: tuple[Callable[[Work], None], ...] = (
    fields_around, outside, headline, furniture, phrases, learned_boilerplate, repeats, edges,
)  # fmt: skip


def _taking(work: Work, block: Block, rules: tuple[PhraseRule, ...]) -> PhraseRule | None:
    at = block.position
    if work.kinds[at] in PROTECTED:
        return None
    words, folded = work.counts[at], work.folded[at]
    stripped = label(block.text)
    return next(
        (
            rule
            for rule in rules
            if words <= rule.max_words and not (rule.no_sentences and _reads_on(block, words)) and rule.takes(folded, stripped)
        ),
        None,
    )


def _reads_on(block: Block, words: int) -> bool:
    """A sentence of running text rather than a pointer: it closes like one and is not mainly a link."""
    return words > MAX_POINTER_WORDS and block.link_density < MOSTLY_LINK and ends_a_sentence(block.text)


def _hold_ceiling(work: Work) -> tuple[str, ...]:
    """Rules that would take most of what the extractor found are wrong about this page: their removals, except of repeats, are undone."""
    inside = [block.position for block in work.document.blocks if block.in_article]
    taken = [at for at in inside if (verdict := work.verdicts[at]) and verdict.action is Action.REMOVED and verdict.repeat_of is None]
    if sum(work.counts[at] for at in taken) <= CEILING * sum(work.counts[at] for at in inside):
        return ()
    for at in taken:
        verdict = work.verdicts[at]
        if verdict and verdict.rule_id != "headline-repeat":
            work.verdicts[at] = None
            work.kinds[at] = _kind(work.document.blocks[at], work.counts[at])
    return ("ceiling_reached",)
