"""A warehouse of invented articles, for measuring: a folder like a state folder, of any size, the same for the same arguments.

    python -m benchmarks.generated_warehouse FOLDER --articles N [--seed 1] [--days 365] [--until 2026-11-23]

Written by SQL (benchmarks/generated_rows) into a file made by the real migrations, so that 1,000,000 articles take minutes. Texts have
about 400 words of an invented language, every eighth article was changed by its publisher, every thirty-third is a copy of another one.
Ends with the audit and the published copy. There is no archive.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.world import this_world
from warehouse.audit import audit
from warehouse.compact import gather
from warehouse.connect import live
from warehouse.migrate import migrate
from warehouse.publish import publish

if TYPE_CHECKING:
    import duckdb

ROWS = Path(__file__).parent / "generated_rows"
ARTICLES_AT_A_TIME = 20_000
PARTS = ("parts_entries", "parts_versions", "parts_polls")
TABLES = (
    "polls", "entry_outcomes", "articles", "pages", "article_texts", "article_blocks", "metadata_candidates", "near_duplicates",
)  # fmt: skip
TODAY = this_world().now().strftime("%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Shape:
    """What is generated. until: the end of the last day, as midnight UTC. slots: entries of all feeds; a fiftieth of them is rejected."""

    articles: int
    seed: int
    days: int
    until: datetime

    @property
    def publishers(self) -> int:
        """At most 400, each with some 2,500 articles."""
        return max(40, min(400, self.articles // 2_500))

    @property
    def feeds(self) -> int:
        """Every fourth publisher has two."""
        return self.publishers * 5 // 4

    @property
    def slots(self) -> int:
        """As many as hold the articles."""
        return -(-self.articles * 50 // 49)

    @property
    def polls(self) -> int:
        """Of each feed, those that bring entries: two each."""
        return -(-self.slots // (2 * self.feeds))


def generate(path: Path, shape: Shape) -> None:
    """Fill a new live file. path: of the file."""
    with live(path, wait_seconds=0, threads=2, memory_limit="6GB") as connection:
        gather(connection)
        migrate(connection, now=shape.until, code_version="0.1.0")
        for name, value in (
            ("seed", shape.seed), ("slots", shape.slots), ("polls", shape.polls), ("publishers", shape.publishers), ("feeds", shape.feeds),
            ("days", shape.days), ("until", shape.until),
        ):  # fmt: skip
            connection.execute(f"set variable {name} = $value", {"value": value})
        _run(connection, "macros")
        _run(connection, "sources")
        step = max(1, ARTICLES_AT_A_TIME // (2 * shape.feeds))
        for first in range(0, shape.polls, step):
            _write_part(connection, shape, first, min(first + step, shape.polls))
        _run(connection, "learning_states")


def _write_part(connection: duckdb.DuckDBPyConnection, shape: Shape, first_poll: int, last_poll: int) -> None:
    """The polls of all feeds with those numbers, and the articles that they bring."""
    slots = {"first_slot": 2 * first_poll * shape.feeds, "last_slot": min(2 * last_poll * shape.feeds, shape.slots)}
    given = {"parts_entries": slots, "parts_versions": None, "parts_polls": {"first_poll": first_poll, "last_poll": last_poll}}
    for name in PARTS:
        connection.execute((ROWS / f"{name}.sql").read_text(encoding="utf-8"), given[name])
    connection.execute("begin")
    for name in TABLES:
        _run(connection, name)
    connection.execute("commit")


def _run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute((ROWS / f"{name}.sql").read_text(encoding="utf-8"))


def main() -> int:
    """Generate, check and publish; exit code 1 if the audit finds anything."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--until", default=TODAY, help="the day on which it ends, at midnight UTC")
    given = parser.parse_args()
    shape = Shape(given.articles, given.seed, given.days, datetime.fromisoformat(given.until).replace(tzinfo=UTC))
    began = time.monotonic()
    generate(given.folder / "live.duckdb", shape)
    print(f"generated in {time.monotonic() - began:.0f} s", flush=True)
    began = time.monotonic()
    with live(given.folder / "live.duckdb", wait_seconds=0, memory_limit="6GB") as connection:
        violations = audit(connection, run_id=None)
    print(f"audited in {time.monotonic() - began:.0f} s: {len(violations)} violations", flush=True)
    for each in violations[:20]:
        print(f"  {each.audit}: {each.subject}: {each.detail}")
    manifest = publish(given.folder / "live.duckdb", given.folder / "news.duckdb", now=shape.until, code_version="0.1.0", wait_seconds=0)
    print("\n".join(f"{name:<24}{rows:>12,}" for name, rows in manifest.rows), f"{manifest.bytes:,} bytes", sep="\n")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
