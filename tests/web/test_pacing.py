"""When requests start. Times are a loop's whose clock jumps from timer to timer, so nothing waits."""

from __future__ import annotations

import asyncio
import selectors

import pytest

from tasks.web.pacing import Pacing


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop that never waits: where it would sleep, its clock moves on by as much."""

    def __init__(self):
        self.now = 1000.0
        super().__init__(JumpingSelector(self))

    def time(self):
        return self.now


class JumpingSelector(selectors.DefaultSelector):
    def __init__(self, loop):
        super().__init__()
        self._of = loop

    def select(self, timeout=None):
        events = super().select(0)
        if not events and timeout:
            self._of.now += timeout
        return events


def run(scenario):
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(scenario)


def starts(requests, *, seconds=0.0, **pace):
    """(name, start) of every request, in the order of their starts, seconds after the first could have. requests: (group, name)."""

    async def scenario():
        loop = asyncio.get_running_loop()
        began, started, pacing = loop.time(), [], Pacing(**pace)

        async def request(group, name):
            async with pacing.turn(group):
                started.append((name, round(loop.time() - began, 3)))
                await asyncio.sleep(seconds)

        await asyncio.gather(*(request(group, name) for group, name in requests))
        return started

    return run(scenario())


def test_requests_of_a_group_start_an_interval_apart_in_the_order_they_came():
    requests = [("a", name) for name in "uvwx"]

    assert starts(requests, interval_seconds=2, group_requests=4, total_requests=9) == [("u", 0), ("v", 2), ("w", 4), ("x", 6)]


def test_groups_do_not_wait_for_each_other():
    requests = [("a", "a1"), ("a", "a2"), ("b", "b1"), ("b", "b2")]

    assert starts(requests, interval_seconds=2, group_requests=1, total_requests=9) == [("a1", 0), ("b1", 0), ("a2", 2), ("b2", 2)]


def test_a_group_has_at_most_so_many_requests_in_flight():
    requests = [("a", name) for name in "uvwx"]

    assert starts(requests, seconds=10, interval_seconds=1, group_requests=2, total_requests=9) == [
        ("u", 0),
        ("v", 1),
        ("w", 10),
        ("x", 11),
    ]


def test_all_groups_together_have_at_most_so_many_requests_in_flight():
    requests = [(name, name) for name in "uvwxy"]

    assert starts(requests, seconds=10, interval_seconds=0, group_requests=1, total_requests=2) == [
        ("u", 0),
        ("v", 0),
        ("w", 10),
        ("x", 10),
        ("y", 20),
    ]


def test_a_request_that_waits_for_its_time_takes_no_place_from_other_groups():
    requests = [("a", "a1"), ("a", "a2"), ("b", "b1")]

    assert starts(requests, seconds=1, interval_seconds=60, group_requests=2, total_requests=1) == [("a1", 0), ("b1", 1), ("a2", 60)]


def test_a_group_told_to_slow_down_starts_nothing_until_then():
    async def scenario():
        loop, pacing = asyncio.get_running_loop(), Pacing(interval_seconds=1, group_requests=3, total_requests=9)
        began, started = loop.time(), []

        async def request(group):
            async with pacing.turn(group):
                started.append((group, round(loop.time() - began, 3)))

        async def tell():
            await asyncio.sleep(0.5)
            pacing.slow_down("a", began + 30)
            pacing.slow_down("a", began + 20)

        await asyncio.gather(request("a"), request("a"), request("a"), request("b"), tell())
        return started

    assert run(scenario()) == [("a", 0), ("b", 0), ("a", 30), ("a", 31)]


def test_a_stretched_interval_is_never_shortened():
    async def scenario():
        loop, pacing = asyncio.get_running_loop(), Pacing(interval_seconds=1, group_requests=3, total_requests=9)
        for seconds in (5, 2, 0):
            pacing.stretch("a", seconds)
        began = loop.time()
        for _ in range(3):
            async with pacing.turn("a"):
                pass
        return loop.time() - began

    assert run(scenario()) == pytest.approx(10)


def test_a_request_given_up_while_it_waits_costs_the_others_nothing():
    async def scenario():
        loop, pacing = asyncio.get_running_loop(), Pacing(interval_seconds=2, group_requests=1, total_requests=1)
        began, started = loop.time(), []

        async def request(name):
            async with pacing.turn("a"):
                started.append((name, round(loop.time() - began, 3)))

        tasks = [asyncio.create_task(request(name)) for name in "uvw"]
        await asyncio.sleep(1)
        tasks[1].cancel()
        await asyncio.wait(tasks)
        return started

    assert run(scenario()) == [("u", 0), ("w", 2)]


def test_a_request_that_fails_gives_its_place_back():
    async def scenario():
        pacing = Pacing(interval_seconds=0, group_requests=1, total_requests=1)
        for _ in range(3):
            with pytest.raises(LookupError):
                async with pacing.turn("a"):
                    raise LookupError
        return True

    assert run(asyncio.wait_for(scenario(), 60))


def test_a_million_hosts_are_not_all_remembered_but_those_still_due_are():
    async def scenario():
        loop, pacing = asyncio.get_running_loop(), Pacing(interval_seconds=5, group_requests=1, total_requests=9)
        for number in range(10_000):
            async with pacing.turn(f"host {number}"):
                await asyncio.sleep(0.01)
        began = loop.time()
        async with pacing.turn("host 9999"):
            return len(pacing._groups), loop.time() - began  # noqa: SLF001 - memory is what this is about

    remembered, waited = run(scenario())
    assert remembered < 3000
    assert waited == pytest.approx(4.99)


def test_a_group_with_hundreds_of_requests_lets_every_other_group_have_its_turn():
    requests = [("big", f"big {n}") for n in range(300)] + [("small", "small 1"), ("tiny", "tiny 1")]

    names = [name for name, _ in starts(requests, seconds=1.0, interval_seconds=0.0, group_requests=2, total_requests=2)]
    assert max(names.index("small 1"), names.index("tiny 1")) <= 4


def test_intervals_are_longer_by_chance_and_never_shorter():
    chances = iter([0.0, 0.5, 0.999, 0.0])
    pace = {"interval_seconds": 10.0, "group_requests": 1, "total_requests": 1, "jitter_share": 0.2, "chance": lambda: next(chances)}

    assert [at for _, at in starts([("a", name) for name in "uvwx"], **pace)] == [0.0, 10.0, 21.0, 32.998]


def test_without_an_interval_there_is_no_jitter():
    pace = {"interval_seconds": 0.0, "group_requests": 1, "total_requests": 1, "jitter_share": 0.2, "chance": lambda: 1.0}

    assert [at for _, at in starts([("a", name) for name in "uvw"], **pace)] == [0.0, 0.0, 0.0]
