"""What an index for ranked search costs, and what it gives.

    python -m benchmarks.search_index STATE [--repeat 2]

STATE: a folder with `live.duckdb`, e.g. one of benchmarks.generated_warehouse; it stays as it is and is copied to the temporary folder,
which needs four times its size. Publishes that copy without and with an index: seconds of CPU and of the wall, and bytes. Then searches
all articles both ways: wall seconds, the best of the repetitions, each with a connection of its own.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.connect import live, published
from warehouse.migrate import migrate
from warehouse.publish import publish
from warehouse.ranked_search import ranked_search
from warehouse.search import Narrowing, search

if TYPE_CHECKING:
    from collections.abc import Callable

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
SHARES = (0.0001, 0.01, 0.5)
"""Of the articles that have a word: words as rare as this are searched for."""
WORDS_BY_SHARE = """
    select first(term order by abs(df - num_docs * $share), term)
    from fts_main_search_words.dict, fts_main_search_words.stats
    where regexp_matches(term, '^[a-z]{4,}$')
"""


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the wall and of CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def questions(news: Path) -> list[str]:
    """Words of the index that many and few articles have, two of them together, a phrase and a beginning."""
    with published(news) as copy:
        words = [copy.execute(WORDS_BY_SHARE, {"share": share}).fetchall()[0][0] for share in SHARES]
    rare, some, common = words
    return [*words, f"{some} {common}", f'"{common} {common}"', f"{rare[:4]}*", f"{common} -{some}"]


def publishing(source: Path, folder: Path, *, search_index: bool) -> Path:
    """Publish and print a line of the table."""
    news = folder / ("indexed.duckdb" if search_index else "plain.duckdb")

    def work() -> None:
        publish(source, news, now=datetime.now(UTC), code_version="0", wait_seconds=0, search_index=search_index)

    wall, cpu = timed(work)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{news.stem:8} {cpu:7.1f} s CPU {wall:7.1f} s wall {news.stat().st_size / 1e6:9.1f} MB   peak memory {peak:,.0f} MB", flush=True)
    return news


def best(repeat: int, work: Callable[[], object]) -> float:
    """Wall seconds."""
    return min(timed(work)[0] for _ in range(repeat))


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("state", type=Path)
    parser.add_argument("--repeat", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "live.duckdb"
        shutil.copyfile(given.state / "live.duckdb", source)
        with live(source, wait_seconds=0) as connection:
            migrate(connection, now=datetime.now(UTC), code_version="0")
            print(f"{len(connection.table('articles')):,} articles")
        plain = publishing(source, folder, search_index=False)
        indexed = publishing(source, folder, search_index=True)
        print(f"{'words':40} {'search':>8} {'ranked':>8}")
        for words in questions(indexed):
            newest = best(given.repeat, lambda words=words: search(plain, words, BEGINNING, Narrowing(), most=20))  # type: ignore[misc]
            ranked = best(given.repeat, lambda words=words: ranked_search(indexed, words, BEGINNING, Narrowing(), most=20))  # type: ignore[misc]
            print(f"{words:40} {newest:8.2f} {ranked:8.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
