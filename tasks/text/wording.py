"""Wording rules on the blocks of one article: anywhere, or peeled off from its ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.words import ends_a_sentence, label
from tasks.text.work import PROTECTED

if TYPE_CHECKING:
    from tasks.model import Block
    from tasks.text.rules import PhraseRule
    from tasks.text.work import Work

MAX_POINTER_WORDS = 6
MOSTLY_LINK = 0.5


def phrases(work: Work) -> None:
    """Wording rules that hold wherever a block stands."""
    for block in work.open():
        rule = _taking(work, block, work.rules.anywhere)
        if rule:
            work.remove(block, rule.rule.rule_id, rule.rule.reason, kind=Kind.BOILERPLATE)


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
