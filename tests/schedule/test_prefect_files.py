"""What the schedule rests on, as far as no server is needed to see it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

import flows
from flows.home import bring_home
from flows.parameters import IngestParameters, MaintainParameters
from flows.prefect_home import MARK, PrefectHome, Record, environment, hold, processes_of, read_record, running, write_record

ROOT = Path(__file__).parents[2]
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
HOME = PrefectHome(Path("/srv/state/prefect"), 4200, 4201)


def under(given):
    return environment(HOME, given, works_in=Path("/srv"))


def test_no_file_of_flows_has_the_name_of_another_module():
    ours = {path.stem for path in Path(flows.__file__).parent.iterdir()} - {"__init__", "__pycache__", "prefect"}

    assert not ours & (sys.stdlib_module_names | packages_distributions().keys() - {"flows"})


@pytest.mark.parametrize(
    "command", ["ingest", "demo", "sql", "publish", "audit", "maintain", "import_files", "extract", "up", "down", "ps"]
)
def test_a_command_that_needs_no_prefect_does_not_import_it(command):
    code = f"import sys, flows.command_line, flows.commands.{command}; sys.exit('prefect' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda each: each["name"])
def test_every_shipped_deployment_runs_one_at_a_time_and_drops_what_comes_late(deployment):
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}


@pytest.mark.parametrize(
    "schedule", [each for deployment in DEPLOYMENTS for each in deployment["schedules"]], ids=lambda each: each["slug"]
)
def test_every_shipped_schedule_can_be_kept_in_line(schedule):
    assert {"slug", "timezone", "active"} <= schedule.keys()


def test_a_run_works_in_the_folder_that_was_deployed_from_unless_its_worker_says_otherwise(tmp_path, monkeypatch):
    (tmp_path / "deployed").mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MILL_HOME", raising=False)

    assert bring_home(str(tmp_path / "deployed")) == {"directory": str(tmp_path / "deployed")}
    assert Path.cwd() == tmp_path / "deployed"
    monkeypatch.setenv("MILL_HOME", str(tmp_path / "here"))
    assert bring_home(str(tmp_path / "deployed")) == {"directory": str(tmp_path / "here")}


def test_a_profile_a_key_or_a_database_of_somebody_else_is_never_used():
    theirs = {"PREFECT_API_KEY": "k", "PREFECT_PROFILE": "p", "PREFECT_API_URL": "https://x", "PREFECT_API_DATABASE_CONNECTION_URL": "d"}
    given = under(theirs)

    assert given["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
    assert not {"PREFECT_API_KEY", "PREFECT_PROFILE", "PREFECT_API_DATABASE_CONNECTION_URL"} & given.keys()


def test_services_and_workers_can_be_tuned_from_outside():
    assert under({"PREFECT_WORKER_QUERY_SECONDS": "2"})["PREFECT_WORKER_QUERY_SECONDS"] == "2"


def test_every_setting_that_prefect_is_given_is_one_that_it_has(tmp_path):
    given = {name: value for name, value in under({}).items() if name.startswith("PREFECT_")} | {"PREFECT_HOME": str(tmp_path)}
    code = "import json, prefect.settings as its; print(json.dumps(its.Settings().to_environment_variables(exclude_unset=True)))"
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | given, capture_output=True, text=True, check=True)

    assert given.keys() - json.loads(done.stdout).keys() == set()


def test_nobody_elsewhere_is_told_or_asked():
    given = under({})

    assert (given["PREFECT_SERVER_ANALYTICS_ENABLED"], given["DO_NOT_TRACK"]) == ("false", "1")
    assert given["PREFECT_SERVER_API_HOST"] == given["PREFECT_WORKER_WEBSERVER_HOST"] == "127.0.0.1"
    assert given["PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS"] == "http://127.0.0.1:4200"


def test_what_runs_is_known_by_a_lock_and_not_by_a_number_that_another_process_may_have_now(tmp_path):
    write_record(tmp_path, Record(1, None, None, 4200, 4201))
    assert running(tmp_path) is None

    with hold(tmp_path):
        assert hold(tmp_path) is None
        assert running(tmp_path) == Record(1, None, None, 4200, 4201)
    assert running(tmp_path) is None


def test_a_record_that_a_crash_cut_off_is_no_record(tmp_path):
    (tmp_path / "up.json").write_text('{"process_id": 1', encoding="utf-8")

    assert read_record(tmp_path) is None


def test_processes_are_found_by_the_mark_that_they_carry(tmp_path):
    with subprocess.Popen([sys.executable, "-c", "input()"], env={MARK: str(tmp_path)}, stdin=subprocess.PIPE) as marked:
        found = processes_of(tmp_path)
        marked.communicate(b"\n")

    assert found == (marked.pid,)
    assert processes_of(tmp_path) == ()


@pytest.mark.parametrize("wrong", [{"workers": 0}, {"workers": "many"}, {"speed": "high"}])
def test_parameters_of_an_ingest_are_checked(wrong):
    with pytest.raises(ValidationError):
        IngestParameters(**wrong)


def test_maintenance_keeps_every_raw_page_unless_told_otherwise():
    assert MaintainParameters().keep_archive_days is None
