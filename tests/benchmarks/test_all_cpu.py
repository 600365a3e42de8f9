from __future__ import annotations

import os
import sys

import pytest

from benchmarks.all_cpu import CommandFailed, spent_by

BURN = "import time; [None for _ in iter(lambda: time.process_time() < {seconds}, False)]"
CHILD = f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {BURN.format(seconds=1.0)!r}]); "
WAITED = CHILD + "child.wait()"
LEFT_BEHIND = CHILD + "import os; os._exit(0)"
KILLED = CHILD.replace("1.0", "60") + (
    "import os, time; ticks = os.sysconf('SC_CLK_TCK')\n"
    "while sum(map(int, open(f'/proc/{child.pid}/stat').read().rpartition(')')[2].split()[11:13])) < ticks: time.sleep(0.01)\n"
    "child.kill(); os._exit(0)"
)

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counting the CPU of orphans needs Linux")


def spent(code: str, folder):
    return spent_by([sys.executable, "-c", code], folder=folder, environment=os.environ, log=folder / "log.txt")


@pytest.mark.parametrize(
    "code", [BURN.format(seconds=1.0), WAITED, LEFT_BEHIND, KILLED], ids=["own", "waited for", "left behind", "killed"]
)
def test_a_second_that_any_process_burns_is_counted(code, tmp_path):
    assert 1.0 <= spent(code, tmp_path).cpu < 1.8


def test_workers_of_a_fork_server_are_counted_though_their_server_outlives_the_run(tmp_path):
    script = tmp_path / "run.py"
    script.write_text(
        "import multiprocessing, time\n"
        "def burn():\n    while time.process_time() < 1.0: pass\n"
        "if __name__ == '__main__':\n"
        "    workers = [multiprocessing.get_context('forkserver').Process(target=burn) for _ in range(2)]\n"
        "    [each.start() for each in workers]\n    workers[0].join()\n    workers[1].join()\n"
    )
    used = spent_by([sys.executable, str(script)], folder=tmp_path, environment=os.environ)

    assert used.cpu >= 2.0
    assert used.first_cpu < 1.0


def test_a_command_that_fails_says_what_it_said(tmp_path):
    with pytest.raises(CommandFailed, match="no such luck"):
        spent("import sys; sys.exit('no such luck')", tmp_path)
