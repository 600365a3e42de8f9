"""The web client, as the installation's settings want it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from flows import policy
from tasks.urls import registrable_domain
from tasks.web.client import WebClient
from tasks.web.guard import LOOPBACK
from tasks.web.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Collection

    from flows.pipeline.archive import RunArchive
    from flows.settings import Settings
    from flows.world import World
    from tasks.model import Fetched
    from warehouse.rows import HostFileRow


def open_web(settings: Settings, world: World, archive: RunArchive | None = None, remembered: Collection[HostFileRow] = ()) -> WebClient:
    """A client with the installation's manners.

    Every robots.txt and tdmrep.json goes to the archive as it was fetched; None: nothing is kept. remembered: what earlier runs learned.
    """

    async def keep(fetched: Fetched) -> None:
        if archive is not None:
            await asyncio.to_thread(archive.append, fetched)

    return WebClient(
        replace(policy.WEB, group_interval_seconds=settings.pace_seconds),
        user_agent=settings.user_agent,
        group_of=registrable_domain,
        clock=world.now,
        chance=world.chance,
        reach=reach_of(settings),
        keep=keep,
        remembered=remembered,
    )


def reach_of(settings: Settings) -> Reach:
    """Where requests of this installation may go."""
    return Reach(
        networks=(*(LOOPBACK if settings.allow_loopback else ()), *settings.allow_networks),
        ports=frozenset(settings.ports),
        connect_to=settings.connect_to,
        proxy=settings.proxy.get_secret_value() or None,
        ca_file=settings.ca_file,
    )
