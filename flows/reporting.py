"""What a run shows in Prefect: its name, a line in the log now and then, a page and a table. Counts only, never text from outside."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Mapping
from threading import Lock

from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.runtime import flow_run

from flows import policy

STAGES = ("queued", "poll", "fetch", "extract", "load")


def run_name() -> str:
    """E.g. `ingest 2026-11-22 06:45`: the flow, and when it was due in UTC."""
    return f"{flow_run.flow_name} {flow_run.scheduled_start_time:%Y-%m-%d %H:%M}"


class LoggedProgress:
    """Takes what a run tells, and logs where it stands every so often."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(f"flows.{name}")
        self._counts: Counter[str] = Counter()
        self._lock = Lock()
        self._said_at = time.monotonic()

    def tell(self, event: str, count: int) -> None:
        """Count; say so if the last line is old enough."""
        with self._lock:
            self._counts[event] += count
            if time.monotonic() - self._said_at < policy.SECONDS_BETWEEN_LOG_LINES:
                return
            self._said_at = time.monotonic()
            line = ", ".join(f"{stage} {self._counts[stage]}" for stage in STAGES)
        self._logger.info(line)


def show(key: str, title: str, facts: Mapping[str, object], counts: Mapping[str, Mapping[str, int]]) -> None:
    """Leave a page and a table with the flow run. key: lower case and dashes. counts: group -> name -> number."""
    lines = [f"# {title}", "", *(f"- **{name}**: {value}" for name, value in facts.items())]
    create_markdown_artifact(key=key, markdown="\n".join(lines), description=title)
    table = [{"group": group, "name": name, "count": count} for group, counted in counts.items() for name, count in counted.items()]
    create_table_artifact(key=f"{key}-counts", table=table or [{"group": "", "name": "nothing", "count": 0}], description=title)
