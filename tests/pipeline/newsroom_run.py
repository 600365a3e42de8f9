"""The demo newsroom played through the real pipeline: real server, real client, real worker processes, a real DuckDB file."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.demo.newsroom import Newsroom
from flows.demo.server import NewsroomServer
from flows.feeds_file import read_feeds
from flows.pipeline.ingest import ingest
from flows.pipeline.progress import nobody
from flows.settings import Settings
from flows.world import World, this_world
from warehouse.connect import live, published
from warehouse.publish import publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.pipeline.context import Steps
    from flows.pipeline.progress import Tell
    from flows.pipeline.run import RunSummary
    from tasks.model import Feed


@dataclass(frozen=True, slots=True)
class Installation:
    """A newsroom that is being served and a state folder that its news goes to. feeds: as configured."""

    server: NewsroomServer
    settings: Settings
    feeds: tuple[Feed, ...]

    def ingest(self, *, force: bool = True, steps: Steps | None = None, tell: Tell = nobody, world: World | None = None) -> RunSummary:
        return ingest(self.settings, self.feeds, world or this_world(), force=force, steps=steps, tell=tell)

    def play(self, round_number: int) -> RunSummary:
        self.server.round_number = round_number
        return self.ingest()

    def keep_copy(self, name: str) -> Path:
        """A published copy beside the others, of the warehouse as it is now."""
        path = self.settings.state / name
        publish(self.settings.live, path, now=datetime.now(UTC), code_version="1.0", wait_seconds=20)
        return path

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Rows of the warehouse as it is now, mended if the last writer was killed."""
        with live(self.settings.live, wait_seconds=self.settings.lock_wait_seconds) as connection:
            return connection.execute(sql).fetchall()

    def with_feeds(self, feeds: tuple[Feed, ...]) -> Installation:
        return replace(self, feeds=feeds)


@contextmanager
def installation(folder: Path, *, seed: int = 1, workers: int | None = None) -> Iterator[Installation]:
    """A fresh state folder and a newsroom in its first round."""
    newsroom = Newsroom(seed)
    folder.mkdir(parents=True, exist_ok=True)
    feeds_file = folder / "feeds.toml"
    feeds_file.write_text(newsroom.feeds_toml(), encoding="utf-8")
    with NewsroomServer(newsroom) as server:
        settings = Settings(
            state=folder,
            feeds=feeds_file,
            contact="",
            workers=workers or os.cpu_count() or 1,
            pace_seconds=0.0,
            allow_loopback=True,
            connect_to=dict(server.connect_to),
        )
        yield Installation(server, settings, read_feeds(feeds_file))


def rows_of(copy: Path, sql: str) -> list[tuple[object, ...]]:
    """Rows of a published copy."""
    with published(copy) as connection:
        return connection.execute(sql).fetchall()
