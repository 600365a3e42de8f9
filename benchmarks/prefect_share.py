"""What Prefect costs: CPU of one run of 100 feeds and 2,000 articles, with it and without: `python -m benchmarks.prefect_share [PAIRS]`.

Two ways of asking, each in pairs with and without, whose order turns from pair to pair; the site is a process of its own and not counted.

Whole: all processes of `feedmill ingest`, against all that `feedmill up` and the run's processes use from the order until they are gone.
The ingest's own part, most of both sides, differs by seconds from run to run, and so does this difference: it needs many pairs.

Told apart: what is not ingest is counted by itself. Server, worker, starter and `up` are Prefect's alone. What Prefect does inside the
run's process shows in runs that have next to nothing to do: they poll a few empty feeds, slowly, with Prefect and without.

Both are given net of what server, worker and the like use in an equally long time in which nothing runs, and with it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.cpu_meter import Meter
from benchmarks.generated_site import ENTRIES, FEEDS, Site
from flows.prefect_home import MARK
from tests.prefect.mill import Mill, deployments, wait_for

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

STARTS_WITHIN_SECONDS = 60
RUNS_WITHIN_SECONDS = 900
AFTER_SECONDS = 2.0
"""What server and worker do about a run's end is its doing, too."""
QUIET_FEEDS, QUIET_PACE_SECONDS = 5, 8
"""All on one domain, so a run that has next to nothing to do lasts for half a minute: there are signs of life to give meanwhile."""
INGEST = ("run", "pages")
"""Kinds of processes that there are without Prefect."""


@dataclass(frozen=True, slots=True)
class Pair:
    """CPU seconds by kind of process. idle: of an interval as long as the run under Prefect, in which nothing ran."""

    without: Mapping[str, float]
    under: Mapping[str, float]
    idle: Mapping[str, float]

    def added(self, kinds: Collection[str], *, net: bool) -> float:
        """What there is more of with Prefect. net: less what there is when nothing runs."""
        idle = self.idle if net else {}
        return sum(self.under.get(kind, 0.0) - self.without.get(kind, 0.0) - idle.get(kind, 0.0) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Work:
    """What a run is given to do, as the command line and as the server take it. articles: that must be there afterwards.

    is_new: the warehouse is removed before, so that everything is found for the first time.
    """

    articles: int
    is_new: bool
    arguments: Sequence[str]
    environment: Mapping[str, str]
    order: Mapping[str, object]


WHOLE = Work(FEEDS * ENTRIES, True, (), {}, {})


def next_to_nothing(place: Mill) -> Work:
    """A few empty feeds, polled slowly."""
    feeds = place.folder / "empty.toml"
    feeds.write_text("\n".join(f'[[feeds]]\nurl = "http://f0.test/empty{n}.xml"\n' for n in range(QUIET_FEEDS)), encoding="utf-8")
    pace = {"FEEDMILL_PACE_SECONDS": str(QUIET_PACE_SECONDS)}
    order = {"parameters": {"parameters": {"force": True, "feeds": str(feeds)}}, "job_variables": {"env": pace}}
    return Work(FEEDS * ENTRIES, False, ("--force", "--feeds", str(feeds)), pace, order)


def without_prefect(place: Mill, work: Work) -> Mapping[str, float]:
    """CPU seconds of `feedmill ingest`, in the same installation: a mark of its own tells its processes from those of Prefect."""
    prepare(place, work)
    mark = place.folder / "without"
    meter = Meter(mark)
    subprocess.run(
        [sys.executable, "-m", "flows.command_line", "ingest", *work.arguments],
        cwd=place.folder, env=place.environment() | work.environment | {MARK: str(mark)}, check=True, capture_output=True,
    )  # fmt: skip
    used = meter.stop()
    check(place, work)
    return used


def with_prefect(place: Mill, work: Work) -> tuple[Mapping[str, float], float]:
    """The same for a run of the deployment, and how many seconds it took.

    Whether it runs is seen by its processes: asking the server would cost the server.
    """
    prepare(place, work)
    deployment = place.ask("POST", "/deployments/filter", {})[0]
    begun, meter = time.monotonic(), Meter(place.home, place.process.pid)
    run = place.ask("POST", f"/deployments/{deployment['id']}/create_flow_run", work.order)
    wait_for(place.runs_processes, STARTS_WITHIN_SECONDS, "the run's processes")
    wait_for(lambda: not place.runs_processes(), RUNS_WITHIN_SECONDS, "the run's end")
    time.sleep(AFTER_SECONDS)
    used, seconds = meter.stop(), time.monotonic() - begun
    state = place.ask("GET", f"/flow_runs/{run['id']}")["state"]
    assert state["type"] == "COMPLETED", state
    check(place, work)
    return used, seconds


def prepare(place: Mill, work: Work) -> None:
    """Put the installation back to where each run begins."""
    for name in ("live.duckdb", "live.duckdb.wal") if work.is_new else ():
        (place.state / name).unlink(missing_ok=True)


def check(place: Mill, work: Work) -> None:
    """Fail if the run did not bring the articles that it should."""
    assert place.rows("select count(*) from articles") == [(work.articles,)]


def pair(place: Mill, work: Work, *, turned: bool) -> Pair:
    """One run each way. turned: with Prefect first."""
    if turned:
        (under, seconds), without = with_prefect(place, work), without_prefect(place, work)
    else:
        without, (under, seconds) = without_prefect(place, work), with_prefect(place, work)
    meter = Meter(place.home, place.process.pid)
    time.sleep(seconds)
    found = Pair(without, under, meter.stop())
    print(json.dumps({"without": found.without, "with": found.under, "idle": found.idle, "seconds": round(seconds)}), flush=True)
    return found


def show(whole: Sequence[Pair], quiet: Sequence[Pair]) -> None:
    """A line per kind of process, and the shares."""
    kinds = sorted({kind for each in whole for part in (each.without, each.under, each.idle) for kind in part})
    print(f"{'CPU s, median':14} {'without':>8} {'with':>8} {'idle':>8}")
    for kind in kinds:
        columns = ([part.get(kind, 0.0) for part in parts] for parts in zip(*((p.without, p.under, p.idle) for p in whole), strict=True))
        print(f"{kind:14}", *(f"{median(column):8.2f}" for column in columns))
    plain = median(sum(each.without.values()) for each in whole)
    beside = [kind for kind in kinds if kind not in INGEST]
    inside = [each.added(INGEST, net=False) for each in quiet]
    for name, net in (("net", True), ("with what is used anyway", False)):
        print(f"whole, {name}: {_share([each.added(kinds, net=net) for each in whole], plain)}")
        print(f"told apart, {name}: {_share([each.added(beside, net=net) + median(inside) for each in whole], plain)}")
    print(f"of that inside the run's process: {median(inside):.2f} s ({min(inside):.2f} to {max(inside):.2f})")


def _share(added: Sequence[float], plain: float) -> str:
    spread = f"{100 * min(added) / plain:.1f} to {100 * max(added) / plain:.1f}"
    return f"{median(added):.2f} s, {100 * median(added) / plain:.1f} % of a run ({spread})"


def main(count: int) -> None:
    """Print each pair, then the medians."""
    site = Site()
    with tempfile.TemporaryDirectory(prefix="feedmill-share-") as folder:
        place = Mill(Path(folder), site)
        place.write(deployments({"name": "once"}))
        place.up()
        try:
            whole = [pair(place, WHOLE, turned=bool(number % 2)) for number in range(count)]
            nothing = next_to_nothing(place)
            without_prefect(place, nothing)  # from now on the empty feeds are known
            quiet = [pair(place, nothing, turned=bool(number % 2)) for number in range(count)]
        finally:
            place.interrupt()
            site.close()
    show(whole, quiet)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 4)
