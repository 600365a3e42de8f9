"""A folder of pages of one paper, and an installation that imports them: no network, no worker processes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb

from flows import policy
from flows.pipeline.context import RunContext, Steps
from flows.pipeline.import_files import import_files
from flows.pipeline.progress import nobody
from flows.settings import Settings
from flows.world import this_world
from tests.pipeline.in_process_pool import InProcessPool
from warehouse.audit import audit
from warehouse.connect import live

if TYPE_CHECKING:
    from pathlib import Path

CLUB = "Walk with our harbour club"
STEPS = Steps(open_pool=InProcessPool)
TOPICS = ("ferry", "bridge", "market", "school", "library", "orchard")
REFINING = policy.REFINING


def with_(**refining: float) -> Steps:
    return replace(STEPS, refining=replace(REFINING, **refining))


def page(topic: str, *, more: str = "", tail: str = CLUB, noise: str = "", host: str = "gazette.example") -> str:
    """An article about a topic that ends in the paper's own line. noise: something that readers never see."""
    body = "".join(
        f"<p>The {topic} {event} on Tuesday, and the people of the {topic} quarter talked about little else for {number} days.</p>"
        for number, event in enumerate(("was repaired", "opened again", "drew a crowd"), start=2)
    )
    head = f'<head><title>The {topic} again</title><meta name="noise" content="{noise}">'
    head += f'<link rel="canonical" href="https://{host}/{topic}"></head>'
    return f"<html lang=en>{head}<body><article><h1>The {topic} again</h1>{body}{more}<p>{tail}</p></article></body></html>"


class Paper:
    """A folder of pages and an installation that imports them."""

    def __init__(self, folder: Path) -> None:
        self.pages = folder / "pages"
        self.pages.mkdir(parents=True)
        self.settings = Settings(state=folder / "state", workers=1)

    def bring(self, *topics: str, steps: Steps = STEPS, **changes: str) -> dict[str, int]:
        """Import pages about these topics; what became of them."""
        files = []
        for topic in topics:
            files.append(self.pages / f"{topic}.html")
            files[-1].write_text(page(topic, **changes), encoding="utf-8")
        return dict(import_files(self.settings, files, this_world(), steps=steps).entries)

    def context(self, **refining: float) -> RunContext:
        """A run of its own, in the row of the last one."""
        ((run_id,),) = self.query("select run_id from runs order by started_at desc limit 1")
        return RunContext(run_id, self.settings, this_world(), nobody, with_(**refining))

    def query(self, sql: str, *given: str) -> list[tuple]:
        with duckdb.connect(self.settings.live, read_only=True) as connection:
            return connection.execute(sql, given).fetchall()

    def violations(self) -> tuple:
        with live(self.settings.live, wait_seconds=5) as connection:
            return audit(connection, run_id=None)

    def tails(self) -> list[bool]:
        """For each article, in order of URL, whether the paper's own line stands in its text."""
        return [found for (found,) in self.query('select contains("text", ?) from articles_current order by url', CLUB)]

    def versions(self, topic: str) -> int:
        sql = "select count(*) from article_versions join articles using (article_id) where canonical_url = ?"
        ((count,),) = self.query(sql, f"https://gazette.example/{topic}")
        return count
