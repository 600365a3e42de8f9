"""SIGKILL of ingest in chosen phases, again and again on one warehouse; then a last run: is anything lost, is anything doubled?

    python -m benchmarks.kill_ingest [--kills 14] [--seed 1]

The demo newsroom is served by this process, each ingest is a process of its own that kills itself in the middle of an event of its run.
When every phase was hit, the newsroom moves to its next round, and the clock to the next day.
Exit code 1 if the last state is not that of a warehouse that was never disturbed.
Linux only: processes are counted in /proc.
"""

from __future__ import annotations

import argparse
import itertools
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.killed_run import days_later
from benchmarks.readers import Reader
from flows import policy
from flows.demo.newsroom import Newsroom
from flows.demo.story import ROUNDS
from tasks.errors import StageError
from tasks.model import ArchivePlace
from tasks.web.archive import read_archived
from tests.pipeline.content import content_of
from tests.pipeline.newsroom_run import Installation, installation, rows_of
from tests.pipeline.warehouse_readings import out_by
from warehouse.audit import audit
from warehouse.connect import live

BATCH_PAGES = 16
ORPHANS_MAY_LIVE_SECONDS = 5.0
NEVER = ("never", 1)

# Phase -> which of its events, in round 1 and later, 0 for none: publishers double, and are learned, in the first round alone.
# A run writes twice, for itself and for its feeds, before any page.
PHASES = {
    "poll": (3, 1), "fetch": (40, 4), "archive": (60, 4), "extract": (50, 4), "load.in_transaction": (5, 3), "load.committed": (5, 3),
    "learn": (2, 0), "template": (1, 0), "reclean": (1, 0), "compare": (1, 1),
    "publish.copy": (1, 1), "publish.check": (1, 1), "publish.rename": (1, 1), "publish.manifest": (1, 1),
}  # fmt: skip
QUEUED = (2, 2)


@dataclass(frozen=True, slots=True)
class Kill:
    """One run and the event that ends it."""

    round_number: int
    phase: str
    nth: int


@dataclass(frozen=True, slots=True)
class Killed:
    """What a run left behind. died: by SIGKILL, as planned. orphans: processes of it that were still alive after some seconds."""

    kill: Kill
    died: bool
    orphans: int
    articles: int
    pending: int


def planned(kills: int) -> Iterator[Kill]:
    """Every phase once per round; in place of every second "poll" the moment when pages have been queued."""
    return itertools.islice(_all_kills(), kills)


def _all_kills() -> Iterator[Kill]:
    for turn, round_number in enumerate(ROUNDS):
        for phase, events in PHASES.items():
            if nth := events[min(turn, 1)]:
                yield Kill(round_number, *(("queued", QUEUED[min(turn, 1)]) if phase == "poll" and turn % 2 else (phase, nth)))


def run_and_kill(place: Installation, kill: Kill, *, batch_pages: int = BATCH_PAGES) -> Killed:
    """One run that ends in its event, and what is there afterwards."""
    place.server.round_number = kill.round_number
    given = [place.settings.model_dump_json(), str(kill.round_number - 1), kill.phase, str(kill.nth), str(batch_pages)]
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([sys.executable, "-m", "benchmarks.killed_run", *given], start_new_session=True, stderr=said)
        code = process.wait()
        if code not in (0, -signal.SIGKILL):
            said.seek(0)
            raise SystemExit(f"the run ended by itself with exit code {code}:\n{said.read()}")
    orphans = _orphans(process.pid)
    [(articles, pending)] = place.query("select (select count(*) from articles), count(*) from entry_outcomes where outcome = 'pending'")
    return Killed(kill, code != 0, orphans, int(str(articles)), int(str(pending)))


def faults(place: Installation, truth_seed: int, last_round: int, undisturbed: Path) -> list[str]:
    """What is lost, doubled, dangling or different from a warehouse that was never disturbed."""
    found = []
    with live(place.settings.live, wait_seconds=place.settings.lock_wait_seconds) as connection:
        found += [f"audit {each.audit}: {each.subject}: {each.detail}" for each in audit(connection, run_id=None)]
    copy = place.keep_copy("after-kills.duckdb")
    hosts = {feed.url.split("/")[2] for feed in place.feeds}
    wanted = sorted(article.url for article in out_by(Newsroom(truth_seed).truth(), last_round) if article.host in hosts)
    if sorted(str(url) for (url,) in rows_of(copy, "select url from articles_current")) != wanted:
        found.append("the articles are not those of the newsroom, each once")
    found += [
        f"{table} differs from an undisturbed warehouse"
        for table, rows in content_of(copy).items()
        if rows != content_of(undisturbed)[table]
    ]
    return found + list(_dangling(place, copy))


def _dangling(place: Installation, copy: Path) -> Iterator[str]:
    """Rows that point to something that the archive does not give back."""
    places = "select archive_file, archive_offset, archive_length from {} where archive_file is not null"
    for table in ("pages", "polls"):
        for file, offset, length in rows_of(copy, places.format(table)):
            try:
                read_archived(
                    place.settings.archive,
                    ArchivePlace(str(file), int(str(offset)), int(str(length))),
                    max_body_bytes=policy.FEED.max_body_bytes,
                )
            except StageError as failure:
                yield f"{table}: {failure}"


def _orphans(group: int) -> int:
    """Processes of a session that are still alive when they have had time to notice the death of their parent."""
    deadline = time.monotonic() + ORPHANS_MAY_LIVE_SECONDS
    while (alive := sum(_session_of(stat) == group for stat in Path("/proc").glob("[0-9]*/stat"))) and time.monotonic() < deadline:
        time.sleep(0.05)
    return alive


def _session_of(stat: Path) -> int | None:
    """proc(5): the sixth field, counted behind the command's name; None for a process that has ended."""
    try:
        state, _, _, session, *_ = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if state in "ZX" else int(session)


def torment(
    folder: Path, kills: Sequence[Kill], *, seed: int, hosts: Sequence[str] = (), batch_pages: int = BATCH_PAGES
) -> tuple[list[Killed], Reader, list[str]]:
    """Kill all of them, run once more undisturbed, and compare with a second warehouse that nobody disturbed.

    hosts: only those publishers; none for all. Returns what each run left, the last one too, the reader that watched, and the faults.
    """
    last_round = kills[-1].round_number
    with installation(folder / "calm", seed=seed) as served:
        calm = only(served, hosts)
        for number in ROUNDS[:last_round]:
            calm.server.round_number = number
            calm.ingest(world=days_later(number - 1))
        undisturbed = calm.keep_copy("undisturbed.duckdb")
    with installation(folder / "killed", seed=seed) as served, Reader(served.settings.published) as reader:
        place = only(served, hosts)
        left = [run_and_kill(place, kill, batch_pages=batch_pages) for kill in (*kills, Kill(last_round, *NEVER))]
        return left, reader, faults(place, seed, last_round, undisturbed)


def only(place: Installation, hosts: Sequence[str]) -> Installation:
    """With the feeds of those publishers alone, in feeds.toml too; of all if none is named."""
    if not hosts:
        return place
    feeds = tuple(feed for feed in place.feeds if feed.url.split("/")[2] in hosts)
    place.settings.feeds.write_text("".join(f'[[feeds]]\nid = "{feed.feed_id}"\nurl = "{feed.url}"\n' for feed in feeds), encoding="utf-8")
    return place.with_feeds(feeds)


def main() -> int:
    """Print a line per kill and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    most = sum(1 for _ in _all_kills())
    parser.add_argument("--kills", type=int, default=len(PHASES), choices=range(1, most + 1), metavar=f"1..{most}")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        left, reader, found = torment(Path(folder), list(planned(given.kills)), seed=given.seed)
    _print_table(left)
    print(f"published copy: opened {reader.opened} times while runs were at work, failed {len(reader.failures)} times")
    found += reader.failures
    found += [f"kill {number}: {each.orphans} orphans" for number, each in enumerate(left, start=1) if each.orphans]
    found += [f"kill {number}: the event never came" for number, each in enumerate(left[:-1], start=1) if not each.died]
    print("\n".join(found) or "nothing lost, nothing doubled")
    return 1 if found else 0


def _print_table(left: Sequence[Killed]) -> None:
    """Rows before and after each kill, and how many articles the next run added. The last line is the run that nobody killed."""
    print(f"kill  round  {'phase':<20}event  {'before':>6}  {'after':>6}  {'next run':>8}  {'pending':>7}  {'orphans':>7}")
    for number, each in enumerate(left):
        before = left[number - 1].articles if number else 0
        recovered = f"+{left[number + 1].articles - each.articles}" if number + 1 < len(left) else ""
        event = str(each.kill.nth) if each.died else "-"
        print(
            f"{number + 1:>4}  {each.kill.round_number:>5}  {each.kill.phase:<20}{event:>5}  {before:>6}  {each.articles:>6}"
            f"  {recovered:>8}  {each.pending:>7}  {each.orphans:>7}"
        )


if __name__ == "__main__":
    sys.exit(main())
