"""The demo, played once as a newcomer does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs.fenced import ROOT


@dataclass(frozen=True, slots=True)
class Demo:
    """folder: where it was started; its state is in state/demo. printed: its standard output. environment: of its process."""

    folder: Path
    printed: str
    environment: dict[str, str]


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FEEDMILL_")}
    environment = kept | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder)}
    done = subprocess.run(["feedmill", "demo"], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    return Demo(folder, done.stdout, environment)


@pytest.fixture
def scratch(demo, tmp_path) -> Path:
    """A folder as a reader has it: the repository's files, and the demo's state."""
    for name in ("tests", "warehouse"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(demo.folder / "state", tmp_path / "state")
    return tmp_path
