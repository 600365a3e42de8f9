"""Publishing as every command and flow does it: in the state folder, by the settings, and then in another folder if one is named."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from flows import policy
from warehouse.handout import hand_out, refuse_place
from warehouse.publish import nobody
from warehouse.publish import publish as publish_file

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings
    from flows.world import World
    from warehouse.manifest import Manifest
    from warehouse.publish import OnPhase


def publish(
    settings: Settings, world: World, *, to: Path | None = None, search_index: bool = False, on_phase: OnPhase = nobody
) -> Manifest:
    """Replace the published copy; to: a folder that the new one is put into as well. Raises WarehouseError.

    search_index: whether it gets an index for ranked search, also where the settings do not say so.
    Files by month are read from where they were written: then the other folder is published into on its own.
    """
    wait, days, way = settings.lock_wait_seconds, settings.keep_copies_days, settings.publish_as
    write = functools.partial(
        publish_file, settings.live, now=world.now(), code_version=world.code_version, wait_seconds=wait, keep_days=days, way=way,
        search_index=search_index or settings.search_index, left_files_stay=policy.LEFT_FILES_STAY, on_phase=on_phase,
    )  # fmt: skip
    manifest = write(settings.published)
    if to and way == "parquet":
        refuse_place(settings.published, to)
        write(to / settings.published.name)
    elif to:
        hand_out(settings.published, to, wait_seconds=wait, keep_days=days, on_phase=on_phase)
    return manifest
