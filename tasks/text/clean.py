"""A Document -> an Article: verdicts, chosen metadata, and the text put together. A pure function of its arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.errors import NotAnArticle
from tasks.model import Action, Article, Kind
from tasks.text.credits import credit_name, split_caption
from tasks.text.decide import decide
from tasks.text.knowledge import NOTHING_KNOWN
from tasks.text.language import choose_language
from tasks.text.metadata.choose import choose, headline
from tasks.text.metadata.visible import visible_candidates
from tasks.text.rules import builtin_rules
from tasks.text.words import ends_a_sentence, fold, word_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tasks.model import Block, Candidate, Document, Verdict
    from tasks.text.knowledge import Knowledge

MIN_WORDS = 20  # fewer words of text are no article
WORDS_WITHOUT_PROSE = 40  # a list of results may do without sentences
SENTENCE_WORDS = 8
MOSTLY_LINKS = 0.8
LINKED_SHARE = 0.7
PARAGRAPH_BREAK = "\n\n"


def clean(document: Document, *, knowledge: Knowledge = NOTHING_KNOWN) -> Article:
    """Clean a document. Raises NotAnArticle if what is left is too little to be one.

    knowledge: what was learned of its publisher and what people decided.
    """
    rules = builtin_rules()
    found = headline(document.candidates, url=document.url)
    title = found[0] if found else document.title
    counts = [word_count(block.text) for block in document.blocks] if document.words is None else document.words
    verdicts, flags = decide(document, title=title, rules=rules, knowledge=knowledge, counts=counts)
    seen = visible_candidates(document.blocks, verdicts, counts, title=title, descriptions=_descriptions(document.candidates))
    chosen = choose((*document.candidates, *seen), url=document.url, fetched_at=document.fetched_at, title=found)
    text, spans = _assemble(document.blocks, verdicts)
    words = sum(count for count, verdict in zip(counts, verdicts, strict=True) if verdict.action is Action.KEPT)
    _refuse_what_is_no_article(document, verdicts, counts, words)
    captions, credit_names = _pictures(document.blocks, verdicts)
    language = choose_language(document.candidates, text)
    return Article(
        document, verdicts, text, spans, title, _subtitle(chosen.subtitle, title, text), chosen.authors, credit_names, captions,
        _corrections(document.blocks, verdicts), chosen.published,
        chosen.modified_at, language[0] if language else None, chosen.section, chosen.tags, chosen.image_url, words, chosen.candidates,
        tuple(sorted({*document.flags, *flags})), rules.ruleset_id, knowledge.snapshot_id,
    )  # fmt: skip


def _refuse_what_is_no_article(document: Document, verdicts: Sequence[Verdict], counts: Sequence[int], words: int) -> None:
    """Too little text, a page of links, or labels without a sentence of prose: shells of videos and galleries, indexes, errors."""
    counted = zip(document.blocks, verdicts, counts, strict=True)
    kept = [(block, count) for block, verdict, count in counted if verdict.action is Action.KEPT]
    if words < MIN_WORDS:
        raise NotAnArticle(document.url or "", "too_short", f"{words} words of text are left")
    if sum(count for block, count in kept if block.link_density > MOSTLY_LINKS) > LINKED_SHARE * words:
        raise NotAnArticle(document.url or "", "links_only", "nearly all of its text is links to other pages")
    if words < WORDS_WITHOUT_PROSE and not any(count >= SENTENCE_WORDS and ends_a_sentence(block.text) for block, count in kept):
        raise NotAnArticle(document.url or "", "no_prose", f"{words} words, none of them in a sentence of any length")


def _assemble(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> tuple[str, tuple[tuple[int, int] | None, ...]]:
    parts: list[str] = []
    spans: list[tuple[int, int] | None] = []
    at = 0
    for block, verdict in zip(blocks, verdicts, strict=True):
        if verdict.action is not Action.KEPT:
            spans.append(None)
            continue
        at += len(PARAGRAPH_BREAK) if parts else 0
        parts.append(block.text)
        spans.append((at, at + len(block.text)))
        at += len(block.text)
    return PARAGRAPH_BREAK.join(parts), tuple(spans)


def _pictures(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(captions, who is credited), each once, in order."""
    captions: list[str] = []
    credited: list[str] = []
    for block, verdict in zip(blocks, verdicts, strict=True):
        if verdict.action is Action.MOVED and verdict.kind is Kind.CREDIT:
            credited.append(credit_name(block.text))
        elif verdict.action is Action.MOVED and verdict.kind is Kind.CAPTION:
            caption, credit = split_caption(block.text)
            captions.append(caption)
            credited.extend([credit] if credit else [])
    return _each_once(captions), _each_once(credited)


def _corrections(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """Correction notices, in order."""
    return tuple(block.text for block, verdict in zip(blocks, verdicts, strict=True) if verdict.field == "corrections")


def _descriptions(candidates: Sequence[Candidate]) -> frozenset[str]:
    """What the page gives to search engines and social networks as its summary, folded."""
    return frozenset(fold(each.value) for each in candidates if each.field == "subtitle")


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple({fold(value): value for value in reversed(list(values))}.values())[::-1]


def _subtitle(subtitle: str | None, title: str | None, text: str) -> str | None:
    """A subtitle that only says the headline again, or the first lines of the text, is none."""
    if not subtitle or fold(subtitle) == fold(title or "") or fold(text).startswith(fold(subtitle)[:80]):
        return None
    return subtitle
