"""SIGKILL of loading and publishing, again and again on one warehouse: is anything lost, doubled, or published that cannot be read?

    python -m benchmarks.kill_store [--kills 120] [--seed 1]

Each process loads the batch before, whose end may not have been seen, and the next one, publishes, keeps the day's copy, and hands it out
to a second folder. Every second one kills itself as a phase begins, the others are killed some milliseconds later, wherever they are.
After each kill the live file must hold the batches so far, each once, and pass the audit, and so must the published copy; the copy in the
second folder and those of days must open and be no older than before. At the end every row must be that of a warehouse that nobody
disturbed. Exit code 1 if anything is amiss.
"""

from __future__ import annotations

import argparse
import pickle
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import duckdb

from benchmarks.generated_warehouse import Shape, generate
from benchmarks.new_articles import arrivals
from tasks.shape import merged
from warehouse.audit import audit
from warehouse.batch import Batch
from warehouse.connect import live, open_published
from warehouse.kept import kept_copies
from warehouse.load import load
from warehouse.manifest import count_rows, read_manifest
from warehouse.quoting import identifier
from warehouse.replace import sha256_of
from warehouse.rows import RunRow

PHASES = (
    "load.in_transaction", "load.committed",
    "publish.checkpoint", "publish.copy", "publish.update", "publish.check", "publish.rename", "publish.manifest", "publish.keep",
    "hand_out.copy", "hand_out.check", "hand_out.rename", "hand_out.manifest",
    "publish.months", "publish.catalogue", "publish.sweep",
)  # fmt: skip
COPIES_BEFORE_AN_UPDATE = 2
"""Of the same day: the third one is made of the first. Where copies share their blocks with the live file nothing is updated."""

BY_MONTH = ("publish.months", "publish.catalogue", "publish.sweep")
"""Processes to be killed in these publish by month."""

UNTIL = datetime.fromisoformat("2026-11-23T00:00+00:00")
LATEST_MILLISECONDS = 40
STORED, BATCH_PAGES = 200, 8

Rows = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Kill:
    """phase: in which it comes. milliseconds: how long after its beginning; None: at once, by the process' own hand."""

    phase: str
    milliseconds: float | None


@dataclass(slots=True)
class Torment:
    """What happened. died: phases in which processes were killed. survived: how many had ended before their kill came."""

    died: Counter[str] = field(default_factory=Counter)
    survived: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Folders of one torment. batches: files, in order of loading. expected: rows of each table when as many of them are loaded."""

    state: Path
    share: Path
    calm: Path
    batches: tuple[Path, ...]
    expected: tuple[Rows, ...]


def planned(kills: int, seed: int) -> Iterator[Kill]:
    """Every phase in turn, at once and then some time after it began."""
    chance = random.Random(seed)
    for number in range(kills):
        late = number // len(PHASES) % 2
        yield Kill(PHASES[number % len(PHASES)], chance.uniform(0, LATEST_MILLISECONDS) if late else None)


def prepare(folder: Path, batches: int) -> Place:
    """A small warehouse; what it lacks, one batch of polls and so many of their articles; and the same with all loaded in peace."""
    state, share, calm, files = (folder / name for name in ("state", "share", "calm", "batches"))
    for each in (share, files, calm):
        each.mkdir()
    generate(state / "live.duckdb", Shape(STORED, seed=1, days=30, until=UNTIL))
    run = RunRow(UUID(int=7), "ingest", "0.1.0", "rules-1", None, "c0ffee", "mill", 1, UNTIL - timedelta(days=60), None, "running", None)
    with live(state / "live.duckdb", wait_seconds=0) as connection:
        load(connection, Batch(runs=(run,)))
        new = arrivals(folder, connection, articles=batches * BATCH_PAGES, seed=2, run_id=run.run_id, batch_pages=BATCH_PAGES)
    (calm / "live.duckdb").write_bytes((state / "live.duckdb").read_bytes())
    paths, expected = [], []
    with live(calm / "live.duckdb", wait_seconds=0) as connection:
        expected.append(count_rows(connection))
        for number, batch in enumerate((merged(new.polls), *new.articles)):
            path = files / f"{number:04}.pickle"
            path.write_bytes(pickle.dumps(batch))
            paths.append(path)
            load(connection, batch)
            expected.append(count_rows(connection))
    return Place(state, share, calm, tuple(paths), tuple(expected))


def torment(place: Place, kills: Sequence[Kill]) -> Torment:
    """Carry out all kills, then let a last process finish in peace, and compare."""
    done, loaded, shared = Torment(), 0, 0
    for number, kill in enumerate(kills):
        batches, now = place.batches[max(0, loaded - 1) : loaded + 1], UNTIL + number * timedelta(hours=5)
        for _ in range(COPIES_BEFORE_AN_UPDATE if kill.phase == "publish.update" else 0):
            _run(place, None, [], now, done)
        _run(place, kill, batches, now, done)
        loaded = _loaded(place, loaded, done, f"kill {number + 1} in {kill.phase}")
        shared = _published(place, shared, done, f"kill {number + 1} in {kill.phase}")
    _run(place, None, place.batches[max(0, loaded - 1) :], UNTIL + len(kills) * timedelta(hours=5), done)
    done.faults += _differences(place)
    return done


def _run(place: Place, kill: Kill | None, batches: Sequence[Path], now: datetime, done: Torment) -> None:
    way = "parquet" if kill and kill.phase in BY_MONTH else "file"
    own = kill.phase if kill and kill.milliseconds is None else ""
    command = [sys.executable, "-m", "benchmarks.killed_store", place.state, place.share, now.isoformat(), own, way, *batches]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        last = ""
        for line in process.stdout:
            last = line.strip()
            if kill and kill.milliseconds is not None and last == kill.phase:
                time.sleep(kill.milliseconds / 1_000)
                process.kill()
        said = process.stderr.read() if process.stderr else ""
    if process.returncode == -signal.SIGKILL:
        done.died[last] += 1
    elif process.returncode:
        done.faults.append(f"a process ended with exit code {process.returncode}: {said[-1_000:]}")
    elif kill:
        done.survived += 1


def _loaded(place: Place, before: int, done: Torment, when: str) -> int:
    """How many batches the live file holds, each once; none of those that it held before may be missing."""
    with live(place.state / "live.duckdb", wait_seconds=5) as connection:
        found = count_rows(connection)
        done.faults += [f"{when}: live: {each.audit}: {each.subject}: {each.detail}" for each in audit(connection, run_id=None)]
    possible = [number for number in (before, before + 1) if number < len(place.expected) and place.expected[number] == found]
    if not possible:
        done.faults.append(f"{when}: the live file holds neither {before} batches nor one more: {found}")
    return possible[-1] if possible else before


def _published(place: Place, before: int, done: Torment, when: str) -> int:
    """Every copy that has a name opens, and is no older than before. Returns how many rows the one in the second folder has."""
    news, there = place.state / "news.duckdb", place.share / "news.duckdb"
    for path in (news, *(kept for folder in (news, there) for kept, _ in kept_copies(folder))):
        if path.exists():
            with open_published(path) as copy:
                if count_rows(copy) not in place.expected:
                    done.faults.append(f"{when}: {path} holds half a batch")
                if path == news and not month_views(copy):
                    done.faults += [f"{when}: {path}: {each.audit}: {each.subject}" for each in audit(copy, run_id=None)]
    if not there.exists():
        return before
    with open_published(there) as copy:
        rows = count_rows(copy)
    total = sum(number for _, number in rows)
    if total < before or rows not in place.expected:
        done.faults.append(f"{when}: {there} holds {total} rows, after {before}")
    return total


def month_views(copy: duckdb.DuckDBPyConnection) -> int:
    """How many long tables the copy reads from files by month; audits are for tables."""
    return len(copy.execute("select view_name from duckdb_views() where view_name in ('articles', 'polls')").fetchall())


def _differences(place: Place) -> Iterator[str]:
    """Where the last state is not that of the warehouse that nobody disturbed, and what lies about that should not."""
    for name in ("live.duckdb", "news.duckdb"):
        with live(place.calm / "live.duckdb", wait_seconds=5) as connection:
            connection.execute(f"attach '{place.state / name}' as other (read_only)")
            for table, _ in place.expected[0]:
                ours, theirs = (f"select * from {name}" for name in (identifier(table), f"other.{identifier(table)}"))  # noqa: S608
                both = f"select count(*) from (({ours} except all {theirs}) union all ({theirs} except all {ours}))"  # noqa: S608
                [(rows,)] = connection.execute(both).fetchall()
                if rows:
                    yield f"{name}: {rows} rows of {table} are not those of an undisturbed warehouse"
    for folder in (place.state, place.share):
        manifest = read_manifest(folder / "news.duckdb")
        if manifest is None or manifest.sha256 != sha256_of(folder / "news.duckdb"):
            yield f"{folder}: the manifest is not that of the copy"
        yield from (f"{left} was left behind" for left in folder.glob("*.new*"))


def main() -> int:
    """Print how often each phase was hit, and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        done = torment(prepare(Path(folder), given.kills), list(planned(given.kills, given.seed)))
    print(f"{'killed in':<24}{'times':>6}")
    for phase in ("", *PHASES):
        print(f"{phase or '(before the first)':<24}{done.died[phase]:>6}")
    print(f"{done.died.total()} kills, {done.survived} processes had ended before theirs came; {time.monotonic() - began:.0f} s")
    missed = [f"never killed in {phase}" for phase in PHASES if not done.died[phase] and given.kills >= len(PHASES)]
    print("\n".join([*done.faults[:20], *missed]) or "nothing lost, nothing doubled, every copy opens")
    return 1 if done.faults or missed else 0


if __name__ == "__main__":
    sys.exit(main())
