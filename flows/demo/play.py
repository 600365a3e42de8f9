"""Plays the demo: serves the newsroom on loopback and runs the real pipeline on it, round by round."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from flows.demo.newsroom import Newsroom
from flows.demo.server import NewsroomServer
from flows.demo.story import ROUNDS
from flows.feeds_file import read_feeds
from flows.pipeline.ingest import ingest
from flows.pipeline.progress import Tell
from flows.pipeline.publish import publish
from flows.pipeline.run import RunSummary
from flows.settings import Settings
from flows.world import World

NOTE = "demo.json"
OUR_FILES = (
    NOTE, "feeds.toml", "live.duckdb", "live.duckdb.wal", "live.duckdb.doublewrite",
    "news.duckdb", "news.duckdb.wal", "news.duckdb.former", "news.manifest.json",
)  # fmt: skip


class OtherDemo(Exception):
    """The folder holds a demo of another seed. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Played:
    """One round that was played."""

    round_number: int
    summary: RunSummary


def play(
    folder: Path, world: World, *, seed: int, rounds: int, workers: int | None, watch: Callable[[str], AbstractContextManager[Tell]]
) -> Iterator[Played]:
    """Run the rounds that the folder has not seen yet, the last one again if it has seen all; then publish. Yields each as it ends.

    watch: opened with the round's name, gives what the run tells its progress to.
    """
    played_before = _played(folder, seed)
    todo = range(min(played_before + 1, rounds), rounds + 1) if played_before < rounds else range(rounds, rounds + 1)
    newsroom = Newsroom(seed)
    folder.mkdir(parents=True, exist_ok=True)
    _note(folder, seed, played_before)
    feeds_file = folder / "feeds.toml"
    feeds_file.write_text(newsroom.feeds_toml(), encoding="utf-8")
    with NewsroomServer(newsroom, todo[0]) as server:
        settings = Settings(
            state=folder,
            feeds=feeds_file,
            allow_loopback=True,
            connect_to=dict(server.connect_to),
            pace_seconds=0.0,
            contact="",
            keep_copies_days=0,
        )
        settings = settings.model_copy(update={"workers": workers}) if workers else settings
        for number in todo:
            server.round_number = number
            with watch(f"round {number}") as tell:
                summary = ingest(settings, read_feeds(feeds_file), world, force=True, tell=tell)
            _note(folder, seed, max(number, played_before))
            yield Played(number, summary)
    publish(settings, world)


def forget(folder: Path) -> None:
    """Remove what a demo left in a folder, and nothing else."""
    if not (folder / NOTE).exists():
        return
    for name in OUR_FILES:
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "archive", ignore_errors=True)


def _note(folder: Path, seed: int, rounds: int) -> None:
    (folder / NOTE).write_text(json.dumps({"seed": seed, "rounds": rounds}) + "\n", encoding="utf-8")


def _played(folder: Path, seed: int) -> int:
    """How many rounds the folder has seen; 0 if none."""
    note = folder / NOTE
    if not note.exists():
        if (folder / "live.duckdb").exists():
            raise OtherDemo(f"{folder} holds a warehouse that is no demo: name another folder with --state")
        return 0
    seen = json.loads(note.read_text(encoding="utf-8"))
    if seen.get("seed") != seed:
        raise OtherDemo(f"{folder} holds the demo of seed {seen.get('seed')}: name another folder with --state, or begin anew with --fresh")
    return min(int(seen.get("rounds", 0)), len(ROUNDS))
