"""How long analysts wait: every example query and every view, on a published copy.

    python -m benchmarks.analyst_queries STATE [--repeat 2]

STATE: a folder with `news.duckdb`, e.g. one of benchmarks.generated_warehouse. Queries that bound a date or an article stand apart from
those that read everything; of a view all rows are computed. Prints wall seconds, the best of the repetitions, each with a connection of its
own.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.connect import published
from warehouse.definitions import VIEWS
from warehouse.errors import WarehouseError
from warehouse.statements import file_names, statement

if TYPE_CHECKING:
    from collections.abc import Mapping

BOUNDED = {
    "titles of 7 days": "select title from articles_current where first_seen_at >= $since",
    "texts of 7 days": "select title, text from articles_current where first_seen_at >= $since",
    "a phrase in 7 days": "select title from articles_current where first_seen_at >= $since and contains(text, 'bonderdal')",
    "publishers in 7 days": "select publisher_id, count(*) from articles_current where first_seen_at >= $since group by all",
    "one article": "select title, text from articles_current where article_id = $article_id",
    "versions of one article": "select version, title, text from article_versions where article_id = $article_id",
    "blocks of one article": "select position, verdict, text from blocks where article_id = $article_id",
    "a publisher in 7 days": "select title from articles_current where publisher_id = $publisher_id and first_seen_at >= $since",
}
SUBJECT = (
    "select max(first_seen_at) - interval 7 days, max_by(article_id, first_seen_at), max_by(publisher_id, first_seen_at) from articles"
)


def measured(path: Path, sql: str, repeat: int, subject: Mapping[str, object]) -> str:
    """Seconds, or why it did not run. subject: the values of its parameters."""
    given = {name: value for name, value in subject.items() if f"${name}" in sql}
    best = float("inf")
    for _ in range(repeat):
        try:
            with published(path) as connection:
                began = time.perf_counter()
                connection.execute(sql, given).fetchall()
                best = min(best, time.perf_counter() - began)
        except WarehouseError as failure:
            return str(failure)[:80]
    return f"{best:8.2f}"


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("state", type=Path)
    parser.add_argument("--repeat", type=int, default=2)
    given = parser.parse_args()
    examples = {name: statement(f"examples/{name}") for name in file_names("examples")}
    views = {name: f"select count(*) from (select distinct hash(each) from (from {name}) as each)" for name in VIEWS}  # noqa: S608 - ours
    news = given.state / "news.duckdb"
    with published(news) as connection:
        subject = dict(zip(("since", "article_id", "publisher_id"), connection.execute(SUBJECT).fetchall()[0], strict=True))
    for title, queries in (("bounded", BOUNDED), ("examples", examples), ("views, all rows", views)):
        print(f"\n{title}")
        for name, sql in queries.items():
            print(f"  {name:<44}{measured(news, sql, given.repeat, subject)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
