"""After a run the copy is replaced where a reader would miss anything, and a quiet run does not cost what copying the warehouse costs."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from flows import policy
from flows.pipeline.publish import publish, publish_news
from flows.settings import Settings
from flows.world import World
from tests.warehouse.warehouse_samples import BATCH, FEED_STATE, NOON, POLL, RUN, SECOND
from warehouse.batch import Batch
from warehouse.connect import live
from warehouse.load import load
from warehouse.manifest import read_manifest
from warehouse.migrate import migrate

RUN_LATER, POLL_LATER = UUID(int=1), UUID(int=2)
IDLE = Batch(
    runs=(replace(RUN, run_id=RUN_LATER, started_at=NOON + timedelta(minutes=15)),),
    polls=(replace(POLL, poll_id=POLL_LATER, run_id=RUN_LATER, outcome="not_modified", entry_count=None),),
    feed_states=(replace(FEED_STATE, updated_at=NOON + timedelta(minutes=15)),),
)


def world(minutes: float = 15, version: str = "1.0") -> World:
    """So many minutes after noon."""
    return World(lambda: NOON + timedelta(minutes=minutes), bytes, "mill", 1, version)


@pytest.fixture
def settings(tmp_path) -> Settings:
    """Of a warehouse with one article, published at noon."""
    settings = Settings(state=tmp_path)
    with live(settings.live, wait_seconds=0) as connection:
        migrate(connection, now=NOON, code_version="1.0")
        load(connection, BATCH)
    publish(settings, world(0))
    return settings


def write(settings: Settings, batch: Batch) -> None:
    with live(settings.live, wait_seconds=0) as connection:
        load(connection, batch)


def test_a_run_that_brought_nothing_but_polls_leaves_the_copy(settings):
    write(settings, IDLE)

    assert publish_news(settings, world()) is None
    assert read_manifest(settings.published).published_at == NOON


@pytest.mark.parametrize("table", ["pages", "articles", "article_observations", "article_texts", "article_blocks"])
def test_a_row_of_any_other_table_is_news(settings, table):
    write(settings, Batch(**{table: getattr(SECOND, table)}))

    assert publish_news(settings, world())
    assert publish_news(settings, world()) is None


@pytest.mark.parametrize(("minutes", "is_published"), [(29, False), (30, True)])
def test_polls_wait_for_half_an_hour_at_most(settings, minutes, is_published):
    write(settings, IDLE)

    assert (publish_news(settings, world(minutes)) is not None) == is_published


def test_with_zero_minutes_every_run_publishes(settings):
    assert publish_news(settings.model_copy(update={"publish_polls_minutes": 0.0}), world())


@pytest.mark.parametrize("file", ["news.duckdb", "news.manifest.json"])
def test_a_copy_that_is_gone_is_made_again(settings, file):
    (settings.state / file).unlink()

    assert publish_news(settings, world())


def test_another_version_or_way_of_publishing_is_not_put_off(settings):
    assert publish_news(settings, world(version="1.1"))
    assert publish_news(settings.model_copy(update={"publish_as": "parquet"}), world(version="1.1"))
    assert publish_news(settings.model_copy(update={"publish_as": "parquet"}), world(version="1.1")) is None


@pytest.mark.parametrize("whole", [False, True])
def test_copies_are_written_whole_where_the_settings_say_so(settings, updated_folder, whole, monkeypatch):
    monkeypatch.setattr(policy, "FORMER_RESTS", timedelta(0))
    shutil.copytree(settings.state, updated_folder / "state")
    settings, told = Settings(state=updated_folder / "state", publish_whole=whole), []
    for _ in range(2):
        publish(settings, world(), on_phase=told.append)

    assert ("publish.update" in told) != whole
