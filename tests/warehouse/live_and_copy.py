"""A second article for the live file, and how many a published copy has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.warehouse.warehouse_samples import SECOND
from warehouse.connect import live, published
from warehouse.load import load

if TYPE_CHECKING:
    from pathlib import Path


def add_second(live_path: Path) -> None:
    with live(live_path, wait_seconds=0) as connection:
        load(connection, SECOND)


def articles_in(news: Path) -> int:
    with published(news) as copy:
        return len(copy.table("articles"))
