"""One article as a page showed it -> the rows of its text, metadata, observation and ledger. Pure."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from xxhash import xxh3_64_intdigest

from tasks.model import Action
from tasks.revisions.material import material_hash
from tasks.text.templates.template import Outcome
from tasks.text.words import fold
from warehouse.batch import Batch
from warehouse.rows import (
    ArticleBlocksRow,
    ArticleMetadataRow,
    ArticleTextRow,
    LedgerBlock,
    MetadataCandidateRow,
    ObservationRow,
    TemplateCheckRow,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tasks.model import Article, Block, Verdict
    from warehouse.stored import StoredReading


def content_hash_of(article: Article) -> str:
    """128 bits of a wording of an article, to the byte: its headline, its text, and what the publisher says it corrected."""
    return _digest([article.title, article.text, article.corrections])


def material_hash_of(article: Article) -> str:
    """128 bits of what makes a version of an article: of the same, what is material."""
    return material_hash(article.title, article.text, article.corrections)


def reread_rows(reading: StoredReading, article: Article, *, run_id: UUID, now: datetime) -> Batch:
    """What a page that was read before says when it is cleaned again: rows of the same instant of observation, recorded now."""
    return reading_rows(
        article, reading.article_id, content_hash_of(article), publisher_id=reading.publisher_id, page_id=reading.page_id,
        seen_at=reading.observed_at, run_id=run_id, cause="reclean", now=now,
    )  # fmt: skip


def reading_rows(
    article: Article,
    article_id: UUID,
    content_hash: str,
    *,
    publisher_id: str,
    page_id: UUID,
    seen_at: datetime,
    run_id: UUID,
    cause: str,
    now: datetime,
) -> Batch:
    """What one page said of an article. seen_at: when the page was had, now: when it is recorded."""
    metadata = _metadata_row(article, article_id, seen_at)
    text = ArticleTextRow(
        article_id, content_hash, article.title, article.text, article.language, article.word_count,
        sum(span is not None for span in article.spans), seen_at.date(), material_hash_of(article),
    )  # fmt: skip
    observation = ObservationRow(
        article_id, content_hash, metadata.metadata_hash, seen_at, now, page_id, run_id, cause, article.document.extractor,
        article.ruleset_id, article.snapshot_id, article.flags,
    )  # fmt: skip
    return Batch(
        article_texts=(text,),
        article_metadata=(metadata,),
        article_observations=(observation,),
        article_blocks=(ArticleBlocksRow(article_id, content_hash, article.ruleset_id, article.snapshot_id, page_id, _ledger(article)),),
        metadata_candidates=tuple(
            MetadataCandidateRow(
                article_id, metadata.metadata_hash, candidate.field, candidate.value, candidate.source, candidate.chosen, candidate.why
            )
            for candidate in article.candidates
        ),
        template_checks=_checks(article, publisher_id, observation),
    )


def _checks(article: Article, publisher_id: str, observation: ObservationRow) -> tuple[TemplateCheckRow, ...]:
    """One row where the publisher's template was refused, or was compared with the extractor; none in the plain case."""
    use = article.document.template
    if use is None or (use.outcome is Outcome.USED and use.agreement is None):
        return ()
    return (
        TemplateCheckRow(
            observation.page_id, observation.article_id, observation.recorded_at, publisher_id, use.template_id, use.outcome.value,
            use.reason, use.agreement, observation.run_id,
        ),
    )  # fmt: skip


def _metadata_row(article: Article, article_id: UUID, seen_at: datetime) -> ArticleMetadataRow:
    published = article.published
    row = ArticleMetadataRow(
        article_id, "", article.subtitle, article.authors, article.section, article.tags, article.credits, article.captions,
        article.corrections, article.image_url,
        published.at if published else None, published.on if published else None, published.precision if published else None,
        published.source if published else None, article.modified_at, seen_at.date(),
    )  # fmt: skip
    content = [getattr(row, field.name) for field in fields(row) if field.name not in ("article_id", "metadata_hash", "first_seen_date")]
    return replace(row, metadata_hash=_digest(content))


def _ledger(article: Article) -> tuple[LedgerBlock, ...]:
    rows = zip(article.document.blocks, article.verdicts, article.spans, strict=True)
    return tuple(_ledger_block(block, verdict, span) for block, verdict, span in rows)


def _ledger_block(block: Block, verdict: Verdict, span: tuple[int, int] | None) -> LedgerBlock:
    text = None if verdict.action is Action.KEPT else block.text
    start, end = span or (None, None)
    return LedgerBlock(
        block.position, text, xxh3_64_intdigest(fold(block.text).encode()), verdict.kind.value, block.dom_path, block.link_density,
        block.role,
        verdict.action.value, verdict.rule_id, verdict.reason, verdict.field, start, end, verdict.repeat_of,
    )  # fmt: skip


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, default=str, ensure_ascii=False).encode()).hexdigest()[:32]
