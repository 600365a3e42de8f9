"""What a page said of an article, as it is stored: made where the page is read, so that little travels from there. Pure."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from xxhash import xxh3_64_intdigest

from tasks.errors import StageError
from tasks.model import Action, Kind
from tasks.revisions.material import material_hash
from tasks.text.words import CACHED_CHARS, fold
from warehouse.rows import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tasks.model import Article, Candidate, PublishedDate
    from tasks.text.job import PageJob
    from tasks.text.knowledge import Knowledge
    from tasks.text.templates.template import TemplateUse


# The same object for all blocks, which travels once.
KINDS = {kind: kind.value for kind in Kind}
ACTIONS = {action: action.value for action in Action}


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with its ledger put together and its hashes taken. Whose it is, when and by which run is not known here.

    content_hash: 128 bits of its wording, to the byte: its headline, its text, and what the publisher says it corrected.
    material_hash: of the same, what is material. metadata_hash: of what the publisher says besides. The rest is as in Article.
    """

    content_hash: str
    material_hash: str
    metadata_hash: str
    title: str | None
    text: str
    subtitle: str | None
    authors: tuple[str, ...]
    credits: tuple[str, ...]
    captions: tuple[str, ...]
    corrections: tuple[str, ...]
    published: PublishedDate | None
    modified_at: datetime | None
    language: str | None
    section: str | None
    tags: tuple[str, ...]
    image_url: str | None
    word_count: int
    paragraph_count: int
    candidates: tuple[Candidate, ...]
    ledger: Ledger
    extractor: str
    flags: tuple[str, ...]
    ruleset_id: str
    snapshot_id: str | None
    template_use: TemplateUse | None


def read_with(make_article: Callable[[PageJob], Article | StageError], job: PageJob, known: Knowledge) -> Reading | StageError:
    """What one call in a worker process does. A failure comes back as a value.

    known: what the page is cleaned with, apart from its job, since a worker is sent it once for many pages.
    """
    made = make_article(replace(job, knowledge=known))
    return made if isinstance(made, StageError) else reading_of(made)


def reading_of(article: Article) -> Reading:
    """The article, ready to be stored."""
    return Reading(
        _digest([article.title, article.text, article.corrections]), material_hash(article.title, article.text, article.corrections),
        _digest(_metadata(article)), article.title, article.text, article.subtitle, article.authors, article.credits, article.captions,
        article.corrections, article.published, article.modified_at, article.language, article.section, article.tags, article.image_url,
        article.word_count, sum(span is not None for span in article.spans), article.candidates, _ledger(article),
        article.document.extractor, article.flags, article.ruleset_id, article.snapshot_id, article.document.template_use,
    )  # fmt: skip


def _metadata(article: Article) -> list[object]:
    """In the order of article_metadata."""
    published = article.published
    dates = (published.at, published.on, published.precision, published.source) if published else (None,) * 4
    return [
        article.subtitle, article.authors, article.section, article.tags, article.credits, article.captions, article.corrections,
        article.image_url, *dates, article.modified_at,
    ]  # fmt: skip


def _ledger(article: Article) -> Ledger:
    blocks, verdicts = article.document.blocks, article.verdicts
    spans = [span or (None, None) for span in article.spans]
    rows = zip(blocks, verdicts, strict=True)
    return Ledger(
        position=tuple([block.position for block in blocks]),
        text=tuple([None if verdict.action is Action.KEPT else block.text for block, verdict in rows]),
        text_hash=tuple([_text_hash(block.text) for block in blocks]),
        kind=tuple([KINDS[verdict.kind] for verdict in verdicts]),
        dom_path=tuple([block.dom_path for block in blocks]),
        link_density=tuple([block.link_density for block in blocks]),
        role=tuple([block.role for block in blocks]),
        verdict=tuple([ACTIONS[verdict.action] for verdict in verdicts]),
        rule_id=tuple([verdict.rule_id for verdict in verdicts]),
        reason=tuple([verdict.reason for verdict in verdicts]),
        field=tuple([verdict.field for verdict in verdicts]),
        char_start=tuple([start for start, _ in spans]),
        char_end=tuple([end for _, end in spans]),
        repeat_of=tuple([verdict.repeat_of for verdict in verdicts]),
    )


def _text_hash(text: str) -> int:
    return _short_hash(text) if len(text) <= CACHED_CHARS else xxh3_64_intdigest(fold(text).encode())


@lru_cache(maxsize=32768)
def _short_hash(text: str) -> int:
    return xxh3_64_intdigest(fold(text).encode())


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, default=str, ensure_ascii=False).encode()).hexdigest()[:32]
