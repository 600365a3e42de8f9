"""What of a warehouse is content: a function of pages and rules. Run ids, page ids and clocks are not, nor how often pages were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pipeline.newsroom_run import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CONTENT = {
    "articles": "article_id, url_key, canonical_url, publisher_id from articles",
    "article_texts": "article_id, content_hash, title, text, language, word_count, paragraph_count from article_texts",
    "article_metadata": "* exclude (first_seen_date) from article_metadata",
    "ledgers": "article_id, content_hash, ruleset_id, snapshot_id, blocks from article_blocks",
    "candidates": "* from metadata_candidates",
    "identities": "article_id, kind, scope, value from entry_aliases",
    "signatures": "content_hash, shingles, sampled from text_signatures",
    "near-duplicates": "* exclude (article_id, found_at, run_id) from (select article_a as article_id, * from near_duplicate_pairs)",
    "revisions": "* exclude (last_seen_before_at, seen_at, page_id, run_id) from revisions",
    "changed blocks": "* exclude (seen_at) from revision_blocks",
    "observations": "content_hash, metadata_hash, extractor, ruleset_id, snapshot_id, flags from article_observations group by all",
}


def content_of(copy: Path, *, only: Sequence[str] | None = None) -> dict[str, list[tuple[object, ...]]]:
    """Table -> its content, sorted. only: URLs of articles, None for all."""
    wanted = {
        article_id for article_id, url in rows_of(copy, "select article_id, canonical_url from articles") if only is None or url in only
    }
    found = {table: rows_of(copy, f"select article_id as of_article, {columns}") for table, columns in CONTENT.items()}
    return {table: sorted((row[1:] for row in rows if row[0] in wanted), key=repr) for table, rows in found.items()}
