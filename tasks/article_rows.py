"""What one page said of an article -> the rows of its text, metadata, observation and ledger. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.text.templates.template import Outcome
from warehouse.batch import Batch
from warehouse.rows import (
    ArticleBlocksRow,
    ArticleMetadataRow,
    ArticleTextRow,
    MetadataCandidateRow,
    ObservationRow,
    TemplateCheckRow,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tasks.reading import Reading
    from tasks.text.templates.template import TemplateUse
    from warehouse.stored import StoredReading


def reread_rows(stored: StoredReading, made: Reading, *, run_id: UUID, now: datetime) -> Batch:
    """What a page that was read before says when it is cleaned again: rows of the same instant of observation, recorded now."""
    return reading_rows(
        made, stored.article_id, stored.publisher_id, page_id=stored.page_id, seen_at=stored.observed_at, run_id=run_id,
        cause="reclean", now=now,
    )  # fmt: skip


def reading_rows(
    reading: Reading,
    article_id: UUID,
    publisher_id: str,
    *,
    page_id: UUID,
    seen_at: datetime,
    run_id: UUID,
    cause: str,
    now: datetime,
) -> Batch:
    """What one page said of an article. seen_at: when the page was had, now: when it is recorded."""
    published, day, content_hash, metadata_hash = reading.published, seen_at.date(), reading.content_hash, reading.metadata_hash
    text = ArticleTextRow(
        article_id, content_hash, reading.title, reading.text, reading.language, reading.word_count, reading.paragraph_count, day,
        reading.material_hash,
    )  # fmt: skip
    metadata = ArticleMetadataRow(
        article_id, metadata_hash, reading.subtitle, reading.authors, reading.section, reading.tags, reading.credits, reading.captions,
        reading.corrections, reading.image_url,
        published.at if published else None, published.on if published else None, published.precision if published else None,
        published.source if published else None, reading.modified_at, day,
    )  # fmt: skip
    observation = ObservationRow(
        article_id, content_hash, metadata_hash, seen_at, now, page_id, run_id, cause, reading.extractor, reading.ruleset_id,
        reading.snapshot_id, reading.flags,
    )  # fmt: skip
    return Batch(
        article_texts=(text,),
        article_metadata=(metadata,),
        article_observations=(observation,),
        article_blocks=(ArticleBlocksRow(article_id, content_hash, reading.ruleset_id, reading.snapshot_id, page_id, reading.ledger),),
        metadata_candidates=tuple(
            MetadataCandidateRow(article_id, metadata_hash, each.field, each.value, each.source, each.chosen, each.why)
            for each in reading.candidates
        ),
        template_checks=_checks(reading.template_use, publisher_id, observation),
    )


def _checks(use: TemplateUse | None, publisher_id: str, observation: ObservationRow) -> tuple[TemplateCheckRow, ...]:
    """One row where the publisher's template was refused, or was compared with the extractor; none in the plain case."""
    if use is None or (use.outcome is Outcome.USED and use.agreement is None):
        return ()
    return (
        TemplateCheckRow(
            observation.page_id, observation.article_id, observation.recorded_at, publisher_id, use.template_id, use.outcome.value,
            use.reason, use.agreement, observation.run_id,
        ),
    )  # fmt: skip
