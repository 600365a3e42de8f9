"""The web client of a run, as the installation's settings want it."""

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
    from flows.pipeline.archive import RunArchive
    from flows.pipeline.context import RunContext
    from flows.settings import Settings
    from tasks.model import Fetched


def open_web(context: RunContext, archive: RunArchive) -> WebClient:
    """One client for the whole run; every robots.txt goes to the archive as it was fetched."""
    settings, world = context.settings, context.world

    async def keep(fetched: Fetched) -> None:
        await asyncio.to_thread(archive.append, fetched)

    return WebClient(
        replace(policy.WEB, group_interval_seconds=settings.pace_seconds),
        user_agent=settings.user_agent,
        group_of=registrable_domain,
        clock=world.now,
        chance=world.chance,
        reach=reach_of(settings),
        keep=keep,
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
