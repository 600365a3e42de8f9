"""Three rounds of the newsroom, played once for all tests that only look at the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from flows.demo.newsroom import Newsroom
from flows.demo.story import ROUNDS
from tests.pipeline.newsroom_run import Installation, installation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flows.demo.truth import Truth
    from flows.pipeline.run import RunSummary


@dataclass(frozen=True, slots=True)
class PlayedNewsroom:
    """What the newsroom knows, and by round the published copy and what the run said of itself."""

    truth: Truth
    copies: Mapping[int, Path]
    summaries: Mapping[int, RunSummary]


@pytest.fixture(scope="session")
def played(tmp_path_factory) -> PlayedNewsroom:
    summaries, copies = {}, {}
    with installation(tmp_path_factory.mktemp("played") / "state") as place:
        for number in ROUNDS:
            summaries[number] = place.play(number)
            copies[number] = place.keep_copy(f"round-{number}.duckdb")
    return PlayedNewsroom(Newsroom(1).truth(), copies, summaries)


@pytest.fixture
def newsroom(tmp_path) -> Iterator[Installation]:
    """A newsroom in its first round and an empty state folder."""
    with installation(tmp_path / "state") as place:
        yield place
