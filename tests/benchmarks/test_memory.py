from __future__ import annotations

import sys

import pytest

from benchmarks.memory import ingest, samples
from benchmarks.page_server import PageServer

HOSTS = ("www.paper0.test", "www.paper1.test")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_memory_of_the_run_and_of_its_workers_is_sampled_until_its_last_page(tmp_path):
    with PageServer(10, (0.0, 1.0)) as server:
        taken = list(samples(ingest(tmp_path, HOSTS, server.address), server))

        assert server.served() == 20
    assert max(each.own for each in taken) > 50
    assert max(len(each.workers) for each in taken) >= 2
    assert taken[-1].pages == 20
