"""When an article is looked at again, without a word of any feed: most silent edits and withdrawals are found so. Pure: `now` comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.polling.spread import place_of
from tasks.urls import registrable_domain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.stored import SeenArticle

NOT_MODIFIED = "not_modified"  # outcome of a page: the server says that it is as it was
MOVED_AWAY = "moved_away"  # outcome of a page: its address leads to a page above it now


@dataclass(frozen=True, slots=True)
class Rechecking:
    """after: how long after an article was first seen it is looked at again, rising; what is late is done once, for all that were missed.

    spread: by how much of it each time is later at most, by the article's id. confirm_after: how long after its page was gone for the first
    time it is asked for once more. late: how long after the last time it may still be done. per_domain: articles of one domain in a run.
    """

    after: tuple[timedelta, ...]
    spread: float
    confirm_after: timedelta
    late: timedelta
    per_domain: int

    @property
    def horizon(self) -> timedelta:
        """Articles first seen longer ago than this are never due: they need not be looked up."""
        return self.after[-1] * (1 + self.spread) + self.confirm_after + self.late


def due_at(article: SeenArticle, now: datetime, rules: Rechecking) -> datetime | None:
    """Since when an article is due to be looked at again; None if it is not."""
    stretch = 1 + rules.spread * place_of(str(article.article_id))
    times = [article.first_seen_at + after * stretch for after in rules.after]
    if article.gone_in_a_row == 1 and article.checked_at is not None:
        times.append(article.checked_at + rules.confirm_after)
    looked_at = max(article.observed_at, article.checked_at or article.observed_at)
    missed = [time for time in times if looked_at < time <= now]
    return max(missed, default=None)


def due_articles(articles: Iterable[SeenArticle], now: datetime, rules: Rechecking, *, limit: int) -> tuple[SeenArticle, ...]:
    """Those that a run looks at again, longest due first, at most `limit`, and of each domain no more than the rules allow."""
    due = sorted(
        ((since, article.article_id, article) for article in articles if (since := due_at(article, now, rules)) is not None),
        key=lambda each: each[:2],
    )
    taken: dict[str, int] = {}
    chosen: list[SeenArticle] = []
    for _, _, article in due:
        domain = registrable_domain(article.url)
        if len(chosen) < limit and taken.get(domain, 0) < rules.per_domain:
            taken[domain] = taken.get(domain, 0) + 1
            chosen.append(article)
    return tuple(chosen)


def leads_above(asked: str, final: str) -> bool:
    """Whether an address was redirected to a page above it, a section or the front page: that is no article, but the lack of one."""
    before, after = urlsplit(asked), urlsplit(final)
    path = after.path.rstrip("/")
    return not after.query and path != before.path.rstrip("/") and (before.path + "/").startswith(path + "/")
