"""Publishing as every command and flow does it: in the state folder, by the settings, and then in another folder if one is named."""

from __future__ import annotations

import functools
from datetime import timedelta
from typing import TYPE_CHECKING

from flows import policy
from warehouse.connect import live
from warehouse.handout import hand_out, refuse_place
from warehouse.manifest import Contents, contents, read_manifest
from warehouse.publish import nobody
from warehouse.publish import publish as publish_file

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from flows.settings import Settings
    from flows.world import World
    from warehouse.manifest import Manifest
    from warehouse.publish import OnPhase

POLLING = frozenset({"runs", "polls", "feed_states", "host_files"})
"""Tables that also grow where nothing is new."""


def publish(
    settings: Settings,
    world: World,
    *,
    to: Path | None = None,
    search_index: bool = False,
    whole: bool = False,
    on_phase: OnPhase = nobody,
) -> Manifest:
    """Replace the published copy; to: a folder that the new one is put into as well. Raises WarehouseError.

    search_index, whole: whether it gets an index for ranked search, and whether all of it is written, also where the settings say no.
    Files by month are read from where they were written: then the other folder is published into on its own.
    """
    wait, days, way = settings.lock_wait_seconds, settings.keep_copies_days, settings.publish_as
    former_rests = None if whole or settings.publish_whole else policy.FORMER_RESTS
    write = functools.partial(
        publish_file, settings.live, now=world.now(), code_version=world.code_version, wait_seconds=wait, keep_days=days, way=way,
        search_index=search_index or settings.search_index, left_files_stay=policy.LEFT_FILES_STAY, former_rests=former_rests,
        on_phase=on_phase,
    )  # fmt: skip
    manifest = write(settings.published)
    if to and way == "parquet":
        refuse_place(settings.published, to)
        write(to / settings.published.name)
    elif to:
        hand_out(settings.published, to, wait_seconds=wait, keep_days=days, on_phase=on_phase)
    return manifest


def publish_news(settings: Settings, world: World) -> Manifest | None:
    """Publish after a run, as `publish` does; None if the copy lacks nothing but polls, and none that is too old. Raises WarehouseError."""
    with live(settings.live, wait_seconds=settings.lock_wait_seconds) as connection:
        counted = contents(connection)
    return publish(settings, world) if lacks_news(settings, counted, now=world.now(), code_version=world.code_version) else None


def lacks_news(settings: Settings, counted: Contents, *, now: datetime, code_version: str) -> bool:
    """Whether the published copy is to be replaced. counted: what the warehouse holds.

    Whatever changes what is known of an entry, a page or an article adds a row to a table. Runs and polls alone are rows of these, and
    change how feeds and hosts stand.
    """
    copy = read_manifest(settings.published)
    if copy is None or not settings.published.exists():
        return True
    if (copy.schema_version, copy.code_version) != (counted.schema_version, code_version):
        return True
    if settings.search_index != (copy.indexed_articles is not None) or (settings.publish_as == "parquet") != bool(copy.files):
        return True
    grown = {name for name, _ in set(counted.rows) ^ set(copy.rows)} - POLLING
    return bool(grown) or now - copy.published_at >= timedelta(minutes=settings.publish_polls_minutes)
