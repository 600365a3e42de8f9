"""What the schedule survives, on a real server and a real worker: `python -m benchmarks.schedule_faults [NAME...]` prints a table.

Takes about twenty minutes; schedules run every 15 to 30 seconds instead of minutes. Needs Linux (it finds processes by /proc).
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows import policy, prefect_server
from tests.prefect.mill import Mill, deployments, every, kill, newsroom, wait_for
from warehouse.audit import audit
from warehouse.connect import live

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.prefect_server import FlowRun

ROOT = Path(__file__).parents[1]
QUICK = {"PREFECT_WORKER_QUERY_SECONDS": "2", "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "2"}
PATIENCE_SECONDS = 900  # a busy machine is slow, not faulty
LONG = 2.0
"""Seconds between two requests to a domain that make a run of the newsroom last half a minute or longer."""
PLACE_SECONDS = 300
"""For how long a run takes its deployment's place when it begins. Prefect's own; dead or not, nobody has it earlier unless the run ends."""


@contextmanager
def mill(document: dict[str, object] | None, *, pace_seconds: float = 0.0) -> Iterator[Mill]:
    """A fresh installation, up."""
    with tempfile.TemporaryDirectory(prefix="feedmill-faults-") as folder, newsroom() as server:
        made = Mill(Path(folder), server, pace_seconds, tuned=dict(QUICK))
        if document:
            made.write(document)
        else:
            shutil.copy(ROOT / "prefect.yaml", made.folder)
        try:
            made.up()
            yield made
        finally:
            if made.process and made.process.poll() is None:
                made.interrupt()
                made.process.poll()


def a_fresh_install_creates_scheduled_runs() -> str:
    with mill(None) as place:
        found = prefect_server.deployments(place.api, "feedmill")
        wait_for(lambda: all(prefect_server.next_run(place.api, each.deployment_id) for each in found), PATIENCE_SECONDS, "scheduled runs")
        return ", ".join(f"{each.name} due {prefect_server.next_run(place.api, each.deployment_id).due_at[:19]}" for each in found)


def a_scheduled_run_arrives_on_time_and_loads_rows() -> str:
    with mill(deployments({"name": "often", "schedules": [every(30)]})) as place:
        wait_for(lambda: place.runs("COMPLETED"), PATIENCE_SECONDS, "a completed run")
        run = place.ask("GET", f"/flow_runs/{place.runs('COMPLETED')[-1].flow_run_id}")
        assert run["auto_scheduled"]
        ((articles,),) = place.rows("select count(*) from articles")
        assert articles > 50
        late = place.ask("GET", f"/flow_runs/{run['id']}")["estimated_start_time_delta"]
        return f"began {late:.1f} s after it was due; {articles} articles"


def an_overlap_is_cancelled() -> str:
    with mill(deployments({"name": "often", "schedules": [every(15)]}), pace_seconds=LONG) as place:
        wait_for(
            lambda: len(place.runs("CANCELLED")) >= 2 and place.runs("COMPLETED"),
            PATIENCE_SECONDS,
            "two cancelled runs and a completed one",
        )
        return f"{len(place.runs('CANCELLED'))} cancelled beside 1 at work; warehouse: {place.statuses()}"


def another_ingest_from_the_command_line_is_skipped() -> str:
    with mill(deployments({"name": "often", "schedules": [every(30)]}), pace_seconds=LONG) as place:
        wait_for(lambda: "running" in place.statuses(), PATIENCE_SECONDS, "a run at work")
        done = place.run("ingest", "--force")
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("skipped: ingest on "), done.stdout
        return done.stdout.strip()[:90]


def worker_and_server_killed_in_mid_run_the_next_scheduled_ingest_completes() -> str:
    with mill(deployments({"name": "often", "schedules": [every(20)]}), pace_seconds=LONG) as place:
        wait_for(lambda: place.rows("select 1 from articles limit 1"), PATIENCE_SECONDS, "a run in the middle")
        record = place.record()
        for process_id in (*place.runs_processes(), record.worker_id, record.server_id):
            kill(process_id)
        killed = time.monotonic()
        wait_for(lambda: place.process.poll() is None and "completed" in place.statuses(), PATIENCE_SECONDS, "a completed ingest")
        seconds = time.monotonic() - killed
        wait_for(lambda: place.runs("COMPLETED"), PATIENCE_SECONDS, "a completed flow run")
        zombies = [run for run in place.runs("RUNNING", "PENDING") if run.name in place.said()]
        assert not zombies
        assert sound(place)
        return f"done {seconds:.0f} s after the kill; warehouse: {place.statuses()}; flow runs crashed: {len(place.runs('CRASHED'))}"


def power_cut_and_up_again_the_next_scheduled_ingest_completes() -> str:
    with mill(deployments({"name": "often", "schedules": [every(20)]}), pace_seconds=LONG) as place:
        wait_for(lambda: place.rows("select 1 from articles limit 1"), PATIENCE_SECONDS, "a run in the middle")
        ((before,),) = place.rows("select count(*) from articles")
        place.kill_everything()
        place.up()
        began = time.monotonic()
        wait_for(lambda: "completed" in place.statuses(), PATIENCE_SECONDS, "a completed ingest")
        assert sound(place)
        ((after,),) = place.rows("select count(*) from articles")
        assert after > before
        return f"done {time.monotonic() - began:.0f} s after the start; {before} articles before, {after} after; {place.statuses()}"


def only_the_run_killed_the_next_scheduled_ingest_completes() -> str:
    with mill(deployments({"name": "often", "schedules": [every(20)]}), pace_seconds=LONG) as place:
        wait_for(lambda: place.rows("select 1 from articles limit 1"), PATIENCE_SECONDS, "a run in the middle")
        for process_id in place.runs_processes():
            kill(process_id)
        killed = time.monotonic()
        wait_for(lambda: "completed" in place.statuses(), PATIENCE_SECONDS, "a completed ingest")
        assert sound(place)
        return f"done {time.monotonic() - killed:.0f} s after the kill; {place.statuses()}"


def the_starter_killed_in_mid_run_the_run_completes_and_the_next_one_starts() -> str:
    with mill(deployments({"name": "often", "schedules": [every(20)]}), pace_seconds=LONG / 4) as place:
        wait_for(lambda: place.rows("select 1 from articles limit 1"), PATIENCE_SECONDS, "a run in the middle")
        kill(place.starter())
        wait_for(lambda: place.statuses().count("completed") >= 2, PATIENCE_SECONDS, "two completed ingests")
        assert set(place.statuses()) <= {"completed", "running"}, place.statuses()
        return f"{place.statuses()}; {'started again' if 'the starter ended' in place.said() else 'not noticed'}"


def a_dead_run_that_nobody_notices_is_marked_as_crashed_by_the_automation_and_its_place_is_free() -> str:
    with mill(deployments({"name": "often", "schedules": [every(20)]}), pace_seconds=LONG) as place:
        wait_for(lambda: place.rows("select 1 from articles limit 1"), PATIENCE_SECONDS, "a run in the middle")
        (run,) = place.runs("RUNNING")
        time.sleep(policy.FLOW_HEARTBEAT_SECONDS)  # the automation waits for those whose heart has beaten
        worker_id = place.record().worker_id
        os.kill(worker_id, signal.SIGSTOP)  # it cannot see its run end, and `up` cannot see that it does not
        for process_id in place.runs_processes():
            kill(process_id)
        killed = time.monotonic()
        wait_for(lambda: place.runs("CRASHED"), PATIENCE_SECONDS, "the automation")
        seconds = time.monotonic() - killed
        state = place.ask("GET", f"/flow_runs/{run.flow_run_id}")["state"]
        assert (state["type"], state["message"]) == ("CRASHED", f"no heartbeat for {policy.FLOW_SILENT_SECONDS} seconds"), state
        os.kill(worker_id, signal.SIGCONT)
        wait_for(lambda: place.runs("RUNNING", "COMPLETED"), PATIENCE_SECONDS, "the next run")
        apart = began(place, place.runs("RUNNING", "COMPLETED")[-1]) - began(place, run)
        assert apart.seconds < PLACE_SECONDS, f"its place may have been free by itself: the next run began {apart} later"
        wait_for(lambda: "completed" in place.statuses(), PATIENCE_SECONDS, "a completed ingest")
        assert sound(place)
        return f"crashed {seconds:.0f} s after the kill; the next one began {apart.seconds} s after it; {place.statuses()}"


def worker_down_for_five_periods_one_run_follows() -> str:
    with mill(deployments({"name": "often", "schedules": [every(12)]}), pace_seconds=LONG / 8) as place:
        wait_for(lambda: place.runs("COMPLETED"), PATIENCE_SECONDS, "a completed run")
        os.kill(place.process.pid, signal.SIGSTOP)  # so that it does not start the worker again
        worker_id = place.record().worker_id
        wait_for(lambda: not place.runs("RUNNING", "PENDING"), PATIENCE_SECONDS, "a quiet moment")
        kill(worker_id)
        wait_for(lambda: len(late_runs(place)) >= 5, PATIENCE_SECONDS, "five runs that are late")
        late = late_runs(place)
        before = len(place.statuses())
        os.kill(place.process.pid, signal.SIGCONT)
        wait_for(
            lambda: not late & {run.flow_run_id for run in place.runs("SCHEDULED", "PENDING", "RUNNING")},
            PATIENCE_SECONDS,
            "the backlog to end",
        )
        ended = [place.ask("GET", f"/flow_runs/{each}")["state"]["type"] for each in late]
        assert ended.count("COMPLETED") == 1, ended
        counts = f"{ended.count('COMPLETED')} completed, {ended.count('CANCELLED')} cancelled"
        return f"{len(late)} late: {counts}; ingests since: {len(place.statuses()) - before}"


def a_schedule_removed_from_the_file_is_gone_and_a_pause_survives() -> str:
    with mill(deployments({"name": "often", "schedules": [every(3_600, "a"), every(4_000, "b"), every(5_000, "c")]})) as place:
        deployment = place.ask("POST", "/deployments/filter", {})[0]
        paused = next(each for each in deployment["schedules"] if each["slug"] == "b")
        place.ask("PATCH", f"/deployments/{deployment['id']}/schedules/{paused['id']}", {"active": False})
        done = place.deploy(deployments({"name": "often", "schedules": [every(3_600, "a"), every(4_000, "b")]}))
        assert done.returncode == 0, done.stderr
        place.interrupt()
        place.up()
        (now,) = prefect_server.deployments(place.api, "feedmill")
        assert now.schedules == {"a": True, "b": False}, now.schedules
        return f"{now.schedules} after a deploy, and after down and up"


def ctrl_c_in_mid_run_leaves_nothing_running_and_nothing_lost() -> str:
    return _stopped_in_mid_run(signal.SIGINT)


def sigterm_in_mid_run_leaves_nothing_running_and_nothing_lost() -> str:
    return _stopped_in_mid_run(signal.SIGTERM)


def ctrl_c_twice_ends_the_run_and_the_next_one_goes_on() -> str:
    with mill(deployments({"name": "often", "schedules": [every(20)]}), pace_seconds=LONG) as place:
        wait_for(lambda: place.rows("select 1 from articles limit 1"), PATIENCE_SECONDS, "a run in the middle")
        place.process.send_signal(signal.SIGINT)
        time.sleep(2)
        seconds = 2 + place.interrupt()
        assert place.left() == (), place.left()
        assert place.statuses() == ["failed"], place.statuses()
        place.pace_seconds = 0.0
        place.up()
        wait_for(lambda: "completed" in place.statuses(), PATIENCE_SECONDS, "a completed ingest")
        assert sound(place)
        return f"stopped in {seconds:.0f} s; {place.statuses()}"


def _stopped_in_mid_run(number: int) -> str:
    with mill(deployments({"name": "often", "schedules": [every(20)]}), pace_seconds=LONG / 2) as place:
        wait_for(lambda: place.rows("select 1 from articles limit 1"), PATIENCE_SECONDS, "a run in the middle")
        seconds = place.interrupt(number)
        assert place.left() == (), place.left()
        assert set(place.statuses()) == {"completed"}, place.statuses()
        assert sound(place)
        return f"the run was let end; stopped in {seconds:.0f} s; {place.statuses()}"


def began(place: Mill, run: FlowRun) -> datetime:
    """When its code began to run."""
    return datetime.fromisoformat(place.ask("GET", f"/flow_runs/{run.flow_run_id}")["start_time"])


def late_runs(place: Mill) -> set[str]:
    """Ids of runs that should have begun and have not."""
    return {run.flow_run_id for run in place.runs("SCHEDULED") if run.state == "Late"}


def sound(place: Mill) -> bool:
    """Whether the whole warehouse passes its audits."""
    with live(place.state / "live.duckdb", wait_seconds=60) as connection:
        return audit(connection, run_id=None) == () or "running" in place.statuses()


SHOWN: tuple[Callable[[], str], ...] = (
    a_fresh_install_creates_scheduled_runs,
    a_scheduled_run_arrives_on_time_and_loads_rows,
    an_overlap_is_cancelled,
    another_ingest_from_the_command_line_is_skipped,
    only_the_run_killed_the_next_scheduled_ingest_completes,
    worker_and_server_killed_in_mid_run_the_next_scheduled_ingest_completes,
    power_cut_and_up_again_the_next_scheduled_ingest_completes,
    the_starter_killed_in_mid_run_the_run_completes_and_the_next_one_starts,
    a_dead_run_that_nobody_notices_is_marked_as_crashed_by_the_automation_and_its_place_is_free,
    worker_down_for_five_periods_one_run_follows,
    a_schedule_removed_from_the_file_is_gone_and_a_pause_survives,
    ctrl_c_in_mid_run_leaves_nothing_running_and_nothing_lost,
    sigterm_in_mid_run_leaves_nothing_running_and_nothing_lost,
    ctrl_c_twice_ends_the_run_and_the_next_one_goes_on,
)


def main(names: list[str]) -> int:
    """Print a line for each."""
    failed = 0
    for each in SHOWN:
        if names and not any(name in each.__name__ for name in names):
            continue
        begun = time.monotonic()
        try:
            result, verdict = each(), "shown"
        except AssertionError as failure:
            result, verdict, failed = " ".join(str(failure).split())[-300:], "FAILED", failed + 1
        print(f"{verdict:7} {each.__name__.replace('_', ' '):80} {result} ({time.monotonic() - begun:.0f} s)", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
