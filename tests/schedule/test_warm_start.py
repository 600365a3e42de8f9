"""A run started off the process that has Prefect imported is like one started by itself, to itself and to those who started it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows import start_run

PATIENCE_SECONDS = 120
PROBE = """
import json, os, signal, sys, time
told = {"folder": os.getcwd(), "setting": os.environ.get("FEEDMILL_STATE"), "warm": "prefect" in sys.modules}
print(json.dumps(told | {"id": os.getpid(), "name": __name__}), flush=True)
if os.environ.get("FEEDMILL_STATE") == "waits":
    time.sleep(120)
sys.exit(7)
"""


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """The environment of runs, beside a starter."""
    folder = tmp_path_factory.mktemp("warm")
    (folder / "probe.py").write_text(PROBE, encoding="utf-8")
    paths = os.pathsep.join((str(folder), str(Path(start_run.__file__).parents[1])))
    given = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    given |= {"PREFECT_HOME": str(folder), "PYTHONPATH": paths, "PREFECT_SERVER_EPHEMERAL_ENABLED": "False"}  # else Prefect adds it
    with subprocess.Popen([sys.executable, "-m", "flows.warm_start"], env=given) as starter:
        try:
            wait_until(lambda: started(given, "").communicate()[0], lambda told: json.loads(told)["warm"])
            yield given
        finally:
            starter.terminate()


def started(given, state, **more):
    command = [sys.executable, "-I", "-S", start_run.__file__, "probe"]
    return subprocess.Popen(command, env=given | {"FEEDMILL_STATE": state}, stdout=subprocess.PIPE, text=True, **more)


def wait_until(ask, holds):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds(ask()):
        assert time.monotonic() < deadline


def said(run):
    return json.loads(run.stdout.readline())


def is_gone(process_id):
    try:
        return Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):  # gone before it was opened, or while it was read
        return True


def test_it_has_its_own_settings_folder_and_streams_and_ends_with_its_own_code(warm, tmp_path):
    with started(warm, "mine", cwd=tmp_path) as run:
        told = said(run)

    assert (told["warm"], told["folder"], told["setting"], told["name"]) == (True, str(tmp_path), "mine", "__main__")
    assert run.returncode == 7


def test_a_signal_to_the_one_who_stands_for_it_ends_it(warm):
    with started(warm, "waits") as run:
        told = said(run)
        run.terminate()

    assert run.returncode == -signal.SIGTERM
    wait_until(lambda: is_gone(told["id"]), bool)


def test_it_ends_when_the_one_who_stands_for_it_is_killed(warm):
    with started(warm, "waits") as run:
        told = said(run)
        run.kill()

    wait_until(lambda: is_gone(told["id"]), bool)


def test_when_it_is_killed_the_one_who_stands_for_it_ends_as_if_killed(warm):
    with started(warm, "waits") as run:
        os.kill(said(run)["id"], signal.SIGKILL)

    assert run.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    "differing", [{"PREFECT_LOGGING_LEVEL": "DEBUG"}, {"LC_ALL": "C"}, {"PREFECT_HOME": "/nowhere"}], ids=lambda each: next(iter(each))
)
def test_it_starts_by_itself_where_nobody_is_or_what_was_imported_may_not_fit(warm, differing):
    with started(warm | differing, "mine") as run:
        told = said(run)

    assert (told["warm"], told["setting"], run.returncode) == (False, "mine", 7)


def test_what_is_loaded_before_the_fork_starts_no_thread():
    imports = "import importlib, os, flows.warm_start as warm; [importlib.import_module(name) for name in warm.PRELOADED]"
    code = f"{imports}; print(len(os.listdir('/proc/self/task')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "1"
