"""What the entries of a poll are to their feed, counted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from tasks.feeds.sitemap import NEWS_SITEMAP, SITEMAP, SITEMAP_INDEX
from tasks.identity import clashing_ids, is_key_of_id
from tasks.model import ParsedFeed
from tasks.polling.decide import EntryAction, EntryDecision
from tasks.polling.result import Found

_SITEMAPS = frozenset({SITEMAP, NEWS_SITEMAP, SITEMAP_INDEX})


def found_in(
    parsed: ParsedFeed, decisions: Sequence[EntryDecision], *, known_keys: Collection[str], known_articles: Collection[UUID]
) -> Found:
    """decisions: one per entry. known_keys, known_articles: those among them that the feed showed in earlier polls."""
    clashing = clashing_ids(parsed.entries)
    linked = [each for each in decisions if each.entry.url and each.article_id in known_articles]
    return Found(
        entries=parsed.entry_count,
        known=sum(each.entry_key in known_keys or each.article_id in known_articles for each in decisions),
        wanted=sum(each.action is EntryAction.FETCH for each in decisions),
        clashing=sum(entry.entry_id in clashing for entry in parsed.entries),
        linked=len(linked),
        churned=sum(is_key_of_id(each.entry_key) and each.entry_key not in known_keys for each in linked),
        pace=parsed.pace,
        newest_only=parsed.kind in _SITEMAPS,
    )
