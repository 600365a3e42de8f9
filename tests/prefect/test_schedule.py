"""Prefect's server and worker as `feedmill up` runs them. One server for all of these tests; they run in the order of the file."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from flows import prefect_server
from tests.prefect.mill import Mill, deployments, every, newsroom, wait_for

pytestmark = [pytest.mark.prefect, pytest.mark.timeout(300)]
ROOT = Path(__file__).parents[2]
NAMES = ["daily", "every-15-minutes", "hourly"]
IMPATIENT = {"PREFECT_WORKER_QUERY_SECONDS": "2", "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "2"}


@pytest.fixture(scope="module")
def mill(tmp_path_factory):
    with newsroom() as server:
        made = Mill(tmp_path_factory.mktemp("mill"), server, tuned=dict(IMPATIENT))
        made.write(due_later(yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8")), datetime.now(UTC)))
        made.up()
        try:
            yield made
        finally:
            made.interrupt()
            assert made.left() == ()


def due_later(document, now):
    """What Prefect runs, but nothing within the next quarter of an hour: a run that is due would get in the way of those here."""
    past = now - timedelta(minutes=1)
    crons = {
        "every-15-minutes": f"{past.minute % 15}-59/15 * * * *",
        "hourly": f"{past.minute} * * * *",
        "daily": f"{past.minute} {past.hour} * * *",
    }
    for deployment in document["deployments"]:
        deployment["schedules"] = [each | {"cron": crons[each["slug"]]} for each in deployment["schedules"]]
    return document


def known(mill):
    return {each.name: each for each in prefect_server.deployments(mill.api, "feedmill")}


def test_a_fresh_installation_has_scheduled_runs_for_every_deployment(mill):
    assert sorted(known(mill)) == NAMES
    for deployment in known(mill).values():
        wait_for(
            lambda deployment=deployment: prefect_server.next_run(mill.api, deployment.deployment_id), 60, f"a run of {deployment.name}"
        )


def test_the_server_and_the_worker_listen_on_loopback_only(mill):
    ours = sockets_of(mill.left())
    addresses = {
        line.split()[1].partition(":")[0] for table in ("tcp", "tcp6") for line in listening(table) if int(line.split()[9]) in ours
    }

    assert addresses == {"0100007F"}


def test_ps_says_that_all_is_well_and_what_is_due(mill):
    wait_for(lambda: mill.run("ps", "--json").returncode == 0, 60, "a worker that is well")
    said = json.loads(mill.run("ps", "--json").stdout)

    assert (said["server"], said["worker"], said["problem"]) == (True, True, None)
    assert [each["deployment"] for each in said["scheduled"]] == NAMES
    assert all(each["next_run_at"] for each in said["scheduled"])


def test_a_second_up_in_the_same_folder_is_refused(mill):
    done = mill.run("up")

    assert (done.returncode, "it runs already" in done.stderr) == (2, True)


@pytest.mark.parametrize("name", ["every-15-minutes", "hourly", "daily"])
def test_a_run_of_each_deployment_completes_and_leaves_a_page_and_a_table(mill, name):
    run = mill.ask("POST", f"/deployments/{known(mill)[name].deployment_id}/create_flow_run", {})
    ended = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
    wait_for(lambda: mill.ask("GET", f"/flow_runs/{run['id']}")["state"]["type"] in ended, 180, f"the run of {name}")
    artifacts = mill.ask("POST", "/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}})

    assert mill.ask("GET", f"/flow_runs/{run['id']}")["state"]["type"] == "COMPLETED"
    assert sorted(artifact["type"] for artifact in artifacts) == ["markdown", "table"]


def test_a_run_loaded_and_published_rows(mill):
    assert mill.rows("select count(*) > 50 from articles") == [(True,)]
    assert (mill.state / "news.duckdb").exists()


def test_runs_are_forked_off_the_process_that_has_prefect_imported(mill):
    assert (mill.home / "starter.log").read_text(encoding="utf-8") == ""
    assert mill.starter()


@pytest.mark.parametrize(("before", "removes"), [(datetime(2020, 1, 1, tzinfo=UTC), False), (datetime(2100, 1, 1, tzinfo=UTC), True)])
def test_records_of_runs_that_ended_before_then_are_removed_and_those_of_others_stay(mill, before, removes):
    ended, due = (mill.count("COMPLETED"), mill.count("SCHEDULED"))
    code = f"import datetime; from flows.flow_records import remove_old_flow_runs; print(remove_old_flow_runs({before!r}))"
    given = mill.environment() | {"PREFECT_API_URL": mill.api}
    done = subprocess.run([sys.executable, "-c", code], cwd=mill.folder, env=given, capture_output=True, text=True, check=True)

    assert ended > 0
    assert int(done.stdout) == (ended if removes else 0)
    assert (mill.count("COMPLETED"), mill.count("SCHEDULED") >= due > 0) == (0 if removes else ended, True)


def test_parameters_that_no_run_has_are_refused(mill):
    deployment_id = known(mill)["every-15-minutes"].deployment_id

    with pytest.raises(prefect_server.ServerSilent, match="HTTP Error 4"):
        mill.ask("POST", f"/deployments/{deployment_id}/create_flow_run", {"parameters": {"parameters": {"workers": "many"}}})


def test_a_pause_survives_a_deploy_and_what_left_the_file_leaves_the_server(mill):
    first = {"name": "first", "schedules": [every(86_400, "kept"), every(90_000, "paused"), every(93_600, "dropped")]}
    assert json.loads(mill.deploy(deployments(first)).stdout)["removed"] == NAMES
    deployment = mill.ask("POST", "/deployments/filter", {})[0]
    paused = next(each for each in deployment["schedules"] if each["slug"] == "paused")
    mill.ask("PATCH", f"/deployments/{deployment['id']}/schedules/{paused['id']}", {"active": False})

    again = {"name": "first", "schedules": [every(86_400, "kept"), every(90_000, "paused")]}
    said = json.loads(mill.deploy(deployments(again)).stdout)

    assert (said["removed"], said["paused"]) == (["first: dropped"], ["first: paused"])
    assert known(mill)["first"].schedules == {"kept": True, "paused": False}


def test_deploying_the_same_file_again_changes_nothing(mill):
    before = mill.ask("POST", "/deployments/filter", {}), mill.ask("POST", "/automations/filter", {})
    said = json.loads(mill.run("deploy", "--json").stdout)
    after = mill.ask("POST", "/deployments/filter", {}), mill.ask("POST", "/automations/filter", {})

    def fixed(pair):
        moving = {"updated", "last_polled", "schedules", "status", "version_id", "pull_steps"}
        return [[{name: value for name, value in each.items() if name not in moving} for each in part] for part in pair]

    assert said["removed"] == []
    assert fixed(before) == fixed(after)


def test_the_last_schedule_can_leave_the_file_and_so_can_the_deployment_be_paused(mill):
    deployment = known(mill)["first"]
    mill.ask("PATCH", f"/deployments/{deployment.deployment_id}", {"paused": True})
    said = json.loads(mill.deploy(deployments({"name": "first", "schedules": []})).stdout)

    assert sorted(said["removed"]) == ["first: kept", "first: paused"]
    assert (known(mill)["first"].schedules, known(mill)["first"].paused) == ({}, True)


@pytest.mark.parametrize("missing", ["slug", "timezone", "active"])
def test_a_schedule_that_could_not_be_kept_in_line_is_refused_before_anything_changes(mill, missing):
    before = sorted(known(mill))
    schedule = {name: value for name, value in every(3_600).items() if name != missing}
    done = mill.deploy(deployments({"name": "other", "schedules": [schedule]}))

    assert (done.returncode, f"schedule 1 lacks {missing}" in done.stderr) == (2, True)
    assert sorted(known(mill)) == before


def listening(table):
    lines = Path(f"/proc/net/{table}").read_text(encoding="utf-8").splitlines()[1:]
    return [line for line in lines if line.split()[3] == "0A"]


def sockets_of(process_ids):
    """Inodes of their sockets."""
    links = (link for process_id in process_ids for link in Path(f"/proc/{process_id}/fd").glob("*"))
    return {int(str(target)[8:-1]) for link in links if (target := readlink(link)).startswith("socket:[")}


def readlink(path):
    try:
        return str(path.readlink())
    except OSError:
        return ""
