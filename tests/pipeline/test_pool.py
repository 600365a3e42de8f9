"""What a page may do to the process that reads it, and what that costs the others: nothing."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.pipeline.pool import MOST_KEPT, WorkerPool
from flows.pipeline.worker import WorkerLost
from flows.world import this_world
from tasks.model import Feed
from tests.pipeline.hostile_steps import (
    die,
    double,
    eat,
    eat_and_say_nothing,
    eat_slowly,
    has_language_model,
    leave,
    number_of,
    process_that_held,
    refuse,
    return_what_cannot_travel,
    sleep,
    spin_in_c,
    trip_over_some,
)
from tests.pipeline.paper_site import HOST, Answer, item, page, paper_site, rss
from warehouse.connect import live

SCRIPT = """
import asyncio, os
from flows.pipeline.pool import WorkerPool

print("imported", flush=True)

async def main():
    async with WorkerPool(1) as pool:
        await pool.run(os.getpid)

if __name__ == "__main__":
    asyncio.run(main())
"""
SECONDS, MEMORY = 4.0, 600_000_000
NAMES = [f"story-{number}" for number in range(8)]


FATES = {
    spin_in_c: "too_slow", sleep: "too_slow", die: "worker_died", leave: "worker_died",
    return_what_cannot_travel: "worker_died",
    eat: "too_much_memory", eat_slowly: "too_much_memory", eat_and_say_nothing: "too_much_memory",
}  # fmt: skip


async def outcomes(calls, workers=2):
    """What becomes of each call when all are asked for at once."""
    async with WorkerPool(workers, seconds=SECONDS, memory_bytes=MEMORY) as pool:
        return await asyncio.gather(*(pool.run(*call) for call in calls), return_exceptions=True)


async def in_turn(calls):
    """What one worker after the other answers to calls, each asked for after the one before was answered."""
    async with WorkerPool(1, seconds=SECONDS, memory_bytes=MEMORY) as pool:
        return [await pool.run(*call) for call in calls]


@pytest.mark.parametrize("step", FATES, ids=lambda step: step.__name__)
def test_a_call_that_goes_over_a_limit_is_lost_with_its_reason_and_the_others_are_answered(step):
    lost, *answered = asyncio.run(outcomes([(step,), *((double, number) for number in range(50))]))

    assert isinstance(lost, WorkerLost)
    assert lost.reason == FATES[step]
    assert answered == [2 * number for number in range(50)]


@pytest.mark.parametrize(("share", "is_replaced"), [(0.0, False), (0.6, True)])
def test_a_worker_that_held_more_than_half_of_its_memory_is_replaced_after_its_answer(share, is_replaced):
    first, second = asyncio.run(in_turn([(process_that_held, int(share * MEMORY)), (process_that_held, 0)]))

    assert (first != second) is is_replaced


def test_what_a_function_raises_is_raised_by_the_call():
    [raised, answered] = asyncio.run(outcomes([(refuse,), (double, 1)]))

    assert isinstance(raised, ValueError)
    assert answered == 2


class Sent:
    """Counts how often it travels."""

    def __init__(self, number=0):
        self.number, self.travels = number, 0

    def __reduce__(self):
        self.travels += 1
        return Sent, (self.number,)


def test_what_many_calls_have_in_common_travels_once_to_a_worker():
    common = Sent(7)

    async def ask():
        async with WorkerPool(1) as pool:
            return [await pool.run_with(common, number_of, each) for each in range(5)]

    assert asyncio.run(ask()) == [(each, 7) for each in range(5)]
    assert common.travels == 1


def test_a_worker_forgets_what_was_long_not_asked_for_and_is_sent_it_again():
    many = [Sent(number) for number in range(MOST_KEPT + 1)]

    async def ask():
        async with WorkerPool(1) as pool:
            return [await pool.run_with(each, number_of, 0) for each in (*many, *many)]

    assert asyncio.run(ask()) == [(0, each.number) for each in (*many, *many)]
    assert {each.travels for each in many} == {2}


def test_a_worker_keeps_what_it_is_asked_for_again_and_again():
    often, *many = (Sent(number) for number in range(2 * MOST_KEPT))

    async def ask():
        async with WorkerPool(1) as pool:
            for each in many:
                await pool.run_with(often, number_of, 0)
                await pool.run_with(each, number_of, 0)

    asyncio.run(ask())
    assert often.travels == 1


def test_a_worker_does_not_import_the_main_module(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    env = os.environ | {"PYTHONPATH": str(Path.cwd())}
    ended = subprocess.run([sys.executable, script], env=env, capture_output=True, text=True, check=True)

    assert ended.stdout == "imported\n"


def test_a_worker_has_rules_and_models_in_place_before_its_first_page():
    assert asyncio.run(outcomes([(has_language_model,)])) == [True]


def test_a_worker_that_is_lost_is_replaced_at_once():
    began = time.monotonic()
    found = asyncio.run(outcomes([(die,)] * 10 + [(double, 1)], workers=1))

    assert [getattr(each, "reason", each) for each in found] == ["worker_died"] * 10 + [2]
    assert time.monotonic() - began < 20


def test_leaving_early_ends_the_workers_that_are_still_busy():
    async def leave_early():
        async with WorkerPool(1) as pool:
            process_id = await pool.run(os.getpid)
            busy = asyncio.create_task(pool.run(sleep))
            await asyncio.sleep(0)
        with pytest.raises(WorkerLost):
            await busy
        return process_id

    process_id = asyncio.run(leave_early())

    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)


def test_bad_pages_cost_a_run_nothing_but_themselves(tmp_path):
    feeds = [Feed("paper", f"http://{HOST}/feed", None, None, None)]
    pages = {f"/{name}": Answer(page(f"A story called {name}")) for name in NAMES}
    site_of = {**pages, "/feed": Answer(rss(*(item(path) for path in pages)), "application/rss+xml")}
    small = partial(WorkerPool, seconds=3 * SECONDS, memory_bytes=MEMORY)  # pages that are not bad are in time on a busy machine too
    with paper_site(site_of) as site:
        hit, spared = site.settings(tmp_path / "hit"), site.settings(tmp_path / "spared")
        ingest(hit, feeds, this_world(), steps=Steps(make_article=trip_over_some, open_pool=small))
        ingest(spared, feeds, this_world())

    assert ended(hit, "outcome <> 'loaded'") == [
        ("id:/story-0", "pending", "too_slow"),
        ("id:/story-1", "rejected", "too_much_memory"),
        ("id:/story-2", "pending", "worker_died"),
    ]
    assert texts(hit) == texts(spared)[3:]
    assert len(texts(hit)) == len(NAMES) - 3


def ended(settings, which):
    return rows(settings, f"select entry_key, outcome, reason from entry_outcomes where {which} order by all")  # noqa: S608 - our own words


def texts(settings):
    return rows(settings, "select title, text, content_hash from article_texts order by all")


def rows(settings, sql):
    with live(settings.live, wait_seconds=1) as connection:
        return connection.execute(sql).fetchall()
