"""An article in plain values, ready for JSON: what `feedmill extract` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tasks.model import Action

if TYPE_CHECKING:
    from tasks.model import Article, Block, Verdict


def described(article: Article) -> dict[str, Any]:
    """Headline, metadata, text, and every block with its verdict. Instants and days in ISO 8601."""
    published = article.published
    return {
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "published_at": published.at.isoformat() if published and published.at else None,
        "published_on": published.on.isoformat() if published else None,
        "published_precision": published.precision if published else None,
        "published_source": published.source if published else None,
        "language": article.language,
        "section": article.section,
        "tags": list(article.tags),
        "captions": list(article.captions),
        "credits": list(article.credits),
        "corrections": list(article.corrections),
        "image_url": article.image_url,
        "word_count": article.word_count,
        "text": article.text,
        "blocks": [_block(block, verdict) for block, verdict in zip(article.document.blocks, article.verdicts, strict=True)],
        "flags": list(article.flags),
        "ruleset_id": article.ruleset_id,
    }


def _block(block: Block, verdict: Verdict) -> dict[str, Any]:
    row: dict[str, Any] = {"position": block.position, "kind": verdict.kind.value, "verdict": verdict.action.value, "text": block.text}
    if verdict.action is not Action.KEPT:
        row |= {"rule": verdict.rule_id, "reason": verdict.reason}
    said = {"field": verdict.field, "repeat_of": verdict.repeat_of, "role": block.role, "path": block.dom_path or None}
    return row | {name: value for name, value in said.items() if value is not None}
