"""For all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
WHOLE_ROOMS = frozenset({"article_page", "commands", "docs", "report"})
"""Rooms whose files look at one thing that was made once: in one process, when tests run in several."""


def pytest_collection_modifyitems(items):
    """Tests of a file stay together, and those of some rooms: what their fixtures make is made once."""
    for item in items:
        place = item.path.relative_to(HERE)
        item.add_marker(pytest.mark.xdist_group(place.parts[0] if place.parts[0] in WHOLE_ROOMS else place.as_posix()))


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
