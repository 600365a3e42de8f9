"""CPU of a command and of all processes that it leads to, exact to what the kernel counts: `python -m benchmarks.all_cpu FILE COMMAND ...`.

The kernel tells what a process used once somebody waits for it, its own children included. One whose parent is gone would be waited for by
nobody that we can ask, as happens to servers that start other processes; so this process takes in all such orphans (Linux), and ends when
the last of them has. Whoever starts the command from here counts itself and the site that it serves out: they are no children of this one.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PR_SET_CHILD_SUBREAPER = 36
"""Source: prctl(2)."""
TOLD_CHARACTERS = 2_000


class CommandFailed(Exception):
    """A measured command ended with an exit code; with the end of what it said."""

    def __init__(self, code: int, command: Sequence[str], said: str) -> None:
        super().__init__(code, command, said)
        self.code, self.command, self.said = code, command, said

    def __str__(self) -> str:
        return f"{' '.join(self.command)} ended with {self.code}:\n{self.said}"


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU and wall seconds of a command. first_cpu: of its first process and those that this one waited for. code: its exit code."""

    cpu: float
    first_cpu: float
    wall: float
    code: int


def spend(command: Sequence[str]) -> Spent:
    """Run it, and wait for everything that came of it. To be called in a process that has no other children."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    began, first_cpu, code = time.monotonic(), 0.0, 0
    first = os.posix_spawnp(command[0], list(command), os.environ)
    while True:
        try:
            process, status, used = os.wait4(-1, 0)
        except ChildProcessError:
            break
        if process == first:
            first_cpu, code = used.ru_utime + used.ru_stime, os.waitstatus_to_exitcode(status)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(used.ru_utime + used.ru_stime, first_cpu, time.monotonic() - began, code)


def spent_by(command: Sequence[str], *, folder: Path, environment: Mapping[str, str], log: Path | None = None) -> Spent:
    """What a command uses, run in a folder. log: takes what it prints, all of it. Raises CommandFailed."""
    root = str(Path(__file__).parents[1])
    with tempfile.NamedTemporaryFile("r", suffix=".json") as told, (log or Path(os.devnull)).open("ab") as printed:
        call = [sys.executable, "-m", "benchmarks.all_cpu", told.name, *command]
        subprocess.run(call, cwd=folder, env={**environment, "PYTHONPATH": root}, stdout=printed, stderr=printed, check=False)
        spent = Spent(**json.load(told))
    if spent.code:
        said = log.read_text(encoding="utf-8", errors="replace")[-TOLD_CHARACTERS:] if log else ""
        raise CommandFailed(spent.code, command, said)
    return spent


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(asdict(spend(sys.argv[2:]))), encoding="utf-8")
