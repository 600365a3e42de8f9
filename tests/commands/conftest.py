"""The command line as a process of its own, in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "tests" / "text" / "pages").glob("byline-*.html"))


@pytest.fixture
def feedmill(tmp_path):
    """Run the command. before: called in the process before it starts; settings: FEEDMILL_* without that prefix."""

    def run(*arguments, given=None, before=None, **settings):
        return feedmill_in(tmp_path, *arguments, given=given, before=before, **settings)

    return run


@pytest.fixture(scope="session")
def published_state(tmp_path_factory) -> Path:
    """A state folder with a few articles, published. Nobody may change it."""
    folder = tmp_path_factory.mktemp("published")
    done = feedmill_in(folder, "import", *ARTICLES, "--state", folder / "state")
    assert done.returncode == 0, done.stderr
    return folder / "state"


def feedmill_in(folder, *arguments, given=None, before=None, **settings):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FEEDMILL_")}
    environment |= {f"FEEDMILL_{name.upper()}": str(value) for name, value in settings.items()} | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "flows.command_line", *map(str, arguments)],
        cwd=folder,
        env=environment,
        input=given,
        preexec_fn=before,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def fails():
    """Checks that a command ended with an exit code and words that say what, and no traceback."""

    def check(done, exit_code, *says):
        assert done.returncode == exit_code, done.stderr
        assert "Traceback" not in done.stderr + done.stdout
        assert len(done.stderr.strip().splitlines()) <= 12
        for words in says:
            assert words in done.stderr

    return check
