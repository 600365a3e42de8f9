"""Labels at the end of an article that no rule lists: what they say nobody can know, how they stand says enough on one page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.metadata.authors import looks_like_a_name
from tasks.text.words import bare, ends_a_sentence, label, words
from tasks.text.work import PROTECTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.model import Block
    from tasks.text.work import Work

MAX_WORDS = 3
MAX_CHARS = 30
MAX_UNSPACED = 8  # characters, in scripts that write no spaces
MAX_SIGN_CHARS = 5  # "dpa", "AFP", "jk", "(am)"
PROSE_WORDS = 12
MIN_PROSE = 3
BARE = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*(?: ?[›»→>])?")  # letters alone: no figure, no sentence, no list, no slash of agencies
UNSPACED = re.compile(r"(?=.*[\u3040-\u30ff])[\u3040-\u30ff\u3400-\u9fff]+")  # Japanese with kana: Han signs alone may be a name
CASED = re.compile(r"[A-ZÀ-ÞΑ-ΩА-ЯЁЄІЇҐ]")  # where a script has no capitals, nothing tells a name from a label
PARTICLES = frozenset("al bin da das de del den der di do dos du e el ibn la le san ten ter van von y zu".split())

# What authors write under a text on purpose.
SIGN_OFFS = frozenset(
    "end;ends;the end;to be continued;ende;fin;fine;fortsetzung folgt;à suivre;continuará;continua;wordt vervolgd;koniec;конец;кінець;"
    "продолжение следует;далі буде;النهاية;完;未完待续;未完待續;つづく;おわり;終わり;끝;son;slut;fortsättning följer;amen".split(";")
)


def is_tail_label(work: Work, blocks: Sequence[Block]) -> bool:
    """Whether the last of an article's blocks is a label: bare words in a paragraph or list of their own, under prose without them."""
    *above, last = blocks
    is_line = last.kind is Kind.PARAGRAPH or (last.kind is Kind.LIST_ITEM and bool(above) and above[-1].kind is not Kind.LIST_ITEM)
    return (
        is_line
        and work.kinds[last.position] not in PROTECTED
        and _is_bare(last.text)
        and not _signs(last.text)
        and _is_prose(work, above)
        and not _is_used(work, last, above)
    )


def _is_bare(text: str) -> bool:
    if UNSPACED.fullmatch(text):
        return len(text) <= MAX_UNSPACED
    return len(text) <= MAX_CHARS and len(words(text)) <= MAX_WORDS and bool(BARE.fullmatch(text) and CASED.match(text))


def _signs(text: str) -> bool:
    """Whether a line may be somebody's name or sign, or a closing formula: evidence, or the author's own words."""
    is_sign = len(text) <= MAX_SIGN_CHARS and (text.isupper() or text.islower()) and not UNSPACED.fullmatch(text)
    is_name = looks_like_a_name(text.rstrip(" ›»→>")) and not any(part.islower() and part not in PARTICLES for part in text.split())
    return is_sign or is_name or label(text) in SIGN_OFFS


def _is_prose(work: Work, blocks: Sequence[Block]) -> bool:
    """Whether an article is prose to its end. Verse, answers and lists of words have lines like labels of their own."""
    lines = [block for block in blocks if block.kind is Kind.PARAGRAPH]
    if not blocks or len(lines) < MIN_PROSE or not _is_sentence(work, blocks[-1]):
        return False
    return sum(_is_sentence(work, block) for block in lines) >= MIN_PROSE and all(
        ends_a_sentence(block.text) or work.counts[block.position] > MAX_WORDS for block in lines
    )


def _is_sentence(work: Work, block: Block) -> bool:
    return work.counts[block.position] >= PROSE_WORDS and ends_a_sentence(block.text)


def _is_used(work: Work, last: Block, above: Sequence[Block]) -> bool:
    """Whether the text or a source of authors says the same words: then they are about the story."""
    said = bare(work.folded[last.position])
    return any(said in work.folded[block.position] for block in above) or any(
        said in candidate.value.casefold() for candidate in work.document.candidates if candidate.field in ("authors", "title")
    )
