"""Wording rules on the blocks of one article: anywhere, or peeled off from its ends."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.tails import is_tail_label
from tasks.text.words import bare, ends_a_sentence
from tasks.text.work import PROTECTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.model import Block
    from tasks.text.rules import PhraseRule, PhraseRules
    from tasks.text.work import Work

MAX_WORDS = 80  # no rule takes a longer block
MAX_POINTER_WORDS = 6
MOSTLY_LINK = 0.5
KIND_OF_FIELD = {"published": Kind.DATELINE}


def phrases(work: Work) -> None:
    """Wording rules that hold wherever a block stands."""
    rules = work.rules.anywhere
    for block in work.open():
        rule = _taking(work, block, rules)
        if rule:
            _take(work, block, rule)


def edges(work: Work) -> None:
    """Labels at the end and the start, peeled off from outside as long as they are nothing else; headings that head nothing.

    What stays, also because people want it to, is the edge: nothing is peeled off behind it.
    """
    blocks = list(work.open())
    while blocks:
        _peel_last(work, blocks)
        if work.verdicts[blocks.pop().position] is None:
            break
    for block in list(work.open()):
        rule = _taking(work, block, work.rules.head)
        if rule:
            _take(work, block, rule)
        if work.verdicts[block.position] is None:
            break


def _peel_last(work: Work, blocks: Sequence[Block]) -> None:
    """Take the last of the article's blocks if it is no text."""
    last = blocks[-1]
    rule = _taking(work, last, work.rules.tail)
    if rule and not _is_announced(blocks):
        _take(work, last, rule)
    elif is_tail_label(work, blocks):
        work.remove(last, "tail-label", "bare words under the text, which never uses them", kind=Kind.BOILERPLATE)
    elif last.kind is Kind.HEADING and len(blocks) > 1:
        work.remove(last, "heading-of-nothing", "a heading at the end that no text follows")


def _take(work: Work, block: Block, rule: PhraseRule) -> None:
    if rule.moved_to:
        work.move(block, KIND_OF_FIELD[rule.moved_to], rule.moved_to, rule.rule.rule_id, rule.rule.reason)
    else:
        work.remove(block, rule.rule.rule_id, rule.rule.reason, kind=Kind.BOILERPLATE)


def _is_announced(blocks: Sequence[Block]) -> bool:
    """Whether the last of some blocks is an item of a list that a line with a colon announces: then it is text whatever it says."""
    listed = list(takewhile(lambda block: block.kind is Kind.LIST_ITEM, reversed(blocks)))
    before = blocks[-len(listed) - 1] if listed and len(listed) < len(blocks) else None
    return before is not None and before.text.rstrip().endswith((":", "："))


def _taking(work: Work, block: Block, rules: PhraseRules) -> PhraseRule | None:
    at = block.position
    if work.kinds[at] in PROTECTED:
        return None
    count, folded = work.counts[at], work.folded[at]
    if count > MAX_WORDS:
        return None
    return rules.taking(folded, bare(folded), count, reads_on=_reads_on(block, count))


def _reads_on(block: Block, words: int) -> bool:
    """A sentence of running text rather than a pointer: it closes like one and is not mainly a link."""
    return words > MAX_POINTER_WORDS and block.link_density < MOSTLY_LINK and ends_a_sentence(block.text)
