"""What one article says twice: its headline, and paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.duplicates.repeats import Paragraph, find_repeats
from tasks.model import Kind
from tasks.text.words import bare, label

if TYPE_CHECKING:
    from tasks.text.work import Work

MIN_PART_CHARS = 15
UNCOMPARED = frozenset({Kind.TABLE, Kind.CODE})
HEADING_WORDS = 12  # a shorter one may head several sections alike


def headline(work: Work) -> None:
    """The headline is the title; where it stands again above, under or before the text it goes."""
    if not work.title:
        return
    wanted = label(work.title)
    first: int | None = None
    for block in work.open():
        text = bare(work.folded[block.position])
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


def repeats(work: Work) -> None:
    """Paragraphs that stand twice. Rows of a table, lines of code and short headings repeat each other by nature."""
    blocks = [
        block
        for block in work.open()
        if work.kinds[block.position] not in UNCOMPARED
        and (work.kinds[block.position] is not Kind.HEADING or work.counts[block.position] >= HEADING_WORDS)
    ]
    found = find_repeats([Paragraph(work.folded[block.position], aside=work.kinds[block.position] is Kind.QUOTE) for block in blocks])
    for repeat in found:
        how = "exactly" if repeat.exact else "nearly"
        rule_id = "repeat-exact" if repeat.exact else "repeat-near"
        work.remove(blocks[repeat.index], rule_id, f"repeats another paragraph of the article {how}", repeat_of=blocks[repeat.of].position)
