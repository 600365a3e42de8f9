"""What of a warehouse is content: a function of pages and rules. Run ids, page ids and clocks are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pipeline.newsroom_run import rows_of

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = {
    "articles": "select article_id, url_key, canonical_url, publisher_id from articles order by all",
    "article_texts": """
        select article_id, content_hash, title, text, language, word_count, paragraph_count from article_texts order by all
    """,
    "article_metadata": "select * exclude (first_seen_date) from article_metadata order by all",
    "ledgers": "select article_id, content_hash, ruleset_id, snapshot_id, blocks from article_blocks order by article_id, content_hash",
    "candidates": "select * from metadata_candidates order by all",
    "identities": "select article_id, kind, scope, value from entry_aliases order by all",
    "observations": """
        select distinct article_id, content_hash, metadata_hash, extractor, ruleset_id, snapshot_id, flags from article_observations order by all
    """,
}


def content_of(copy: Path) -> dict[str, list[tuple[object, ...]]]:
    """Table -> its content, sorted."""
    return {table: rows_of(copy, sql) for table, sql in CONTENT.items()}
