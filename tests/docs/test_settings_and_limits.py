"""The ops page tells every setting, limit and exit code as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta

from flows import policy
from flows.settings import Settings
from tests.docs.fenced import OPS, rows

UNITS = (("d", timedelta(days=1)), ("h", timedelta(hours=1)), ("min", timedelta(minutes=1)), ("s", timedelta(seconds=1)))
SAID_ELSEWHERE = {"ACCEPT_PAGE", "ACCEPT_FEED", "RETRYABLE_STATUS"}


def default_of(name: str) -> str:
    field = Settings.model_fields[name]
    if field.default_factory is not None:
        return {"workers": "one per core", "connect_to": "empty"}[name]
    return "empty" if field.default in (None, ()) or not str(field.default) else f"`{field.default}`"


def spelled(value: object) -> str:
    if isinstance(value, timedelta):
        unit, one = next((unit, one) for unit, one in UNITS if value >= one and value % one == timedelta(0))
        return f"{value // one} {unit}"
    if isinstance(value, tuple):
        return ", ".join(map(spelled, value))
    return f"{value:,g}" if isinstance(value, float) else f"{value:,}"


def limits() -> dict[str, object]:
    named = [(name, value) for name, value in vars(policy).items() if name.isupper() and name not in SAID_ELSEWHERE]
    return dict(each for name, value in named for each in simple_values(name, value))


def simple_values(name: str, value: object) -> Iterator[tuple[str, object]]:
    if is_dataclass(value):
        for each in fields(value):
            yield from simple_values(f"{name}.{each.name}", getattr(value, each.name))
    else:
        yield name, value


def test_every_setting_is_described_with_its_default_and_meaning():
    expected = {(f"`FEEDMILL_{name.upper()}`", default_of(name), field.description) for name, field in Settings.model_fields.items()}
    assert set(rows(OPS, "Settings")) == expected


def test_every_limit_is_described_with_its_value():
    described = {name.strip("`"): value for name, value, _ in rows(OPS, "Limits")}
    assert described == {name: spelled(value) for name, value in limits().items()}


def test_the_statuses_that_are_tried_again_are_the_ones_told():
    told = next(again for outcome, _, again in rows(OPS, "Outcomes of pages") if outcome == "`http_STATUS`")
    *single, first_and_last = told.split(", ")
    first, last = map(int, first_and_last.split(" to "))

    assert {*map(int, single), *range(first, last + 1)} == policy.RETRYABLE_STATUS


def test_every_exit_code_is_described():
    assert [code for code, *_ in rows(OPS, "Exit codes")] == ["0", "1", "2", "130, 143"]
