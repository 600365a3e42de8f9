"""For all tests."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def compiled_once(request):
    """Where nothing may be kept beside the code, each of the many processes that tests start would compile it anew: half of its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(request.config.cache.mkdir("compiled")))
        yield
