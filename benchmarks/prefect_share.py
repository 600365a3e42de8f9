"""What Prefect costs: CPU of one run of 100 feeds and 2,000 articles, with it and without: `python -m benchmarks.prefect_share [PAIRS]`.

The site is served by a process of its own, which is not counted. Runs are interleaved. Without Prefect, all processes of `feedmill ingest`
count. With it, two figures: all that `feedmill up` and the run's processes use from the order until the run's processes are gone; and that
less what `feedmill up` uses in an equally long time in which nothing runs, for it uses that whether anything runs or not.
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
    from collections.abc import Mapping

STARTS_WITHIN_SECONDS = 60
RUNS_WITHIN_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Pair:
    """CPU seconds by kind of process. idle: of an interval as long as the run under Prefect, in which nothing ran."""

    without: Mapping[str, float]
    under: Mapping[str, float]
    idle: Mapping[str, float]


def without_prefect(site: Site) -> Mapping[str, float]:
    """CPU seconds of `feedmill ingest`."""
    with tempfile.TemporaryDirectory(prefix="feedmill-share-") as folder:
        place = Mill(Path(folder), site)
        (Path(folder) / "feeds.toml").write_text(site.feeds_toml(), encoding="utf-8")
        meter = Meter(place.home)
        given = place.environment() | {MARK: str(place.home)}
        subprocess.run([sys.executable, "-m", "flows.command_line", "ingest"], cwd=folder, env=given, check=True, capture_output=True)
        used = meter.stop()
        check(place)
        return used


def with_prefect(place: Mill) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The same for a run of the deployment, and for an idle interval after it.

    Whether it runs is seen by its processes: asking the server would cost the server.
    """
    for name in ("live.duckdb", "live.duckdb.wal"):
        (place.state / name).unlink(missing_ok=True)
    deployment = place.ask("POST", "/deployments/filter", {})[0]
    begun, meter = time.monotonic(), Meter(place.home)
    run = place.ask("POST", f"/deployments/{deployment['id']}/create_flow_run", {})
    wait_for(place.runs_processes, STARTS_WITHIN_SECONDS, "the run's processes")
    wait_for(lambda: not place.runs_processes(), RUNS_WITHIN_SECONDS, "the run's end")
    time.sleep(2.0)  # what server and worker do about its end is its doing, too
    used, seconds = meter.stop(), time.monotonic() - begun
    assert place.ask("GET", f"/flow_runs/{run['id']}")["state"]["type"] == "COMPLETED"
    check(place)
    meter = Meter(place.home)
    time.sleep(seconds)
    return used, meter.stop()


def check(place: Mill) -> None:
    """Both have done the same work."""
    assert place.rows("select count(*) from articles") == [(FEEDS * ENTRIES,)]


def show(pairs: list[Pair]) -> None:
    """A line per kind of process, and the shares."""
    kinds = sorted({kind for pair in pairs for part in (pair.without, pair.under, pair.idle) for kind in part})
    print(f"{'CPU s, median':14} {'without':>8} {'with':>8} {'idle':>8}")
    for kind in kinds:
        columns = ([part.get(kind, 0.0) for part in parts] for parts in zip(*((p.without, p.under, p.idle) for p in pairs), strict=True))
        print(f"{kind:14}", *(f"{median(column):8.2f}" for column in columns))
    plain, under, idle = (
        median(sum(part.values()) for part in parts) for parts in zip(*((p.without, p.under, p.idle) for p in pairs), strict=True)
    )
    print(f"{'all':14} {plain:8.2f} {under:8.2f} {idle:8.2f}")
    print(f"Prefect's share: {under - idle - plain:.1f} s, {100 * ((under - idle) / plain - 1):.1f} % of a run")
    print(f"with what server and worker use anyway: {under - plain:.1f} s, {100 * (under / plain - 1):.1f} %")


def main(count: int) -> None:
    """Print each pair, then the medians."""
    site = Site()
    with tempfile.TemporaryDirectory(prefix="feedmill-share-") as folder:
        place = Mill(Path(folder), site)
        place.write(deployments({"name": "once"}))
        place.up()
        try:
            pairs = []
            for _ in range(count):
                pairs.append(Pair(without_prefect(site), *with_prefect(place)))
                print(json.dumps({"without": pairs[-1].without, "with": pairs[-1].under, "idle": pairs[-1].idle}), flush=True)
        finally:
            place.interrupt()
            site.close()
    show(pairs)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 3)
