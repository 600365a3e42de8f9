"""For all tests."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from warehouse.former import can_be_updated

WHOLE_ROOMS = frozenset({"article_page", "commands", "docs", "report"})
"""Rooms whose files look at one thing that was made once: in one process, when tests run in several."""


class ByFileOrRoom(LoadScopeScheduling):
    """Tests of a file stay in one process, and those of some rooms: what their fixtures make is made once.

    Not by marks of `xdist_group`: with pytest 9.2 they no longer keep anything together (pytest-xdist, issue 1386).
    """

    def _split_scope(self, nodeid):
        file = nodeid.partition("::")[0]
        room = Path(file).parts[1]
        return room if room in WHOLE_ROOMS else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return ByFileOrRoom(config, log)


def pytest_make_parametrize_id(val, argname):
    """Bytes that are no text do not name a test: those of gzip hold the time, and then no two processes would name it alike."""
    return argname if isinstance(val, bytes) and not val.isascii() else None


@pytest.fixture(scope="session", autouse=True)
def compiled_once(request):
    """Where nothing may be kept beside the code, each of the many processes that tests start would compile it anew: half of its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(request.config.cache.mkdir("compiled")))
        yield


@pytest.fixture
def updated_folder(tmp_path):
    """A folder on a file system on which published copies are updated: memory, where that of tests is none."""
    if can_be_updated(tmp_path):
        yield tmp_path
    elif sys.platform == "linux":
        with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
            yield Path(folder)
    else:
        pytest.skip("copies are written whole on this system")
