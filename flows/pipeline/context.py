"""What every stage of one run needs, in one value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID

from flows import policy
from flows.pipeline.lease import RunLease
from flows.pipeline.pool import WorkerPool
from flows.pipeline.progress import Tell
from flows.pipeline.readers import make_article, parse_feed
from flows.settings import Settings
from flows.world import World
from tasks.duplicates.pairs import Pairing
from tasks.errors import StageError
from tasks.model import Article, ParsedFeed
from tasks.polling.decide import EntryDecision, decide_entries
from tasks.refine import Refining
from tasks.revisions.rows import Comparing
from tasks.shape import shape
from tasks.template_states import Templating
from tasks.text.job import PageJob
from warehouse.batch import Batch
from warehouse.compact import gather
from warehouse.connect import live
from warehouse.engine import Engine
from warehouse.load import load

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Steps:
    """The pure steps of the journey, how much is done at a time, and how long a run may take.

    A test puts in a faulty step, to see the run notice.
    """

    parse: Callable[..., ParsedFeed] = parse_feed
    decide: Callable[..., tuple[EntryDecision, ...]] = decide_entries
    make_article: Callable[[PageJob], Article | StageError] = make_article
    shape: Callable[..., Batch] = shape
    open_pool: Callable[[int], WorkerPool] = WorkerPool
    batch_pages: int = policy.BATCH_PAGES
    batch_seconds: float = policy.BATCH_SECONDS
    refining: Refining = policy.REFINING
    templating: Templating = policy.TEMPLATING
    pairing: Pairing = policy.PAIRING
    comparing: Comparing = policy.COMPARING
    run_seconds: float = policy.RUN_SECONDS


@dataclass(frozen=True, slots=True)
class RunContext:
    """One run: its id, the installation, its surroundings, who is told of progress, the steps it takes, and its lease.

    lease: None where no other run can be at work, as in a test.
    """

    run_id: UUID
    settings: Settings
    world: World
    tell: Tell
    steps: Steps
    lease: RunLease | None = None
    _one_writer: Lock = field(init=False, default_factory=Lock)
    _engine: Engine = field(init=False, default_factory=Engine)
    _loads: Iterator[int] = field(init=False, default_factory=lambda: count(1))

    @contextmanager
    def warehouse(self, *, threads: int = 1) -> Iterator[duckdb.DuckDBPyConnection]:
        """The warehouse, open for a moment, for one thread of ours at a time: two transactions side by side would conflict.

        threads: that DuckDB may use; more pay where whole tables are read.
        """
        path, wait, memory = self.settings.live, self.settings.lock_wait_seconds, f"{policy.WAREHOUSE_MEMORY_BYTES}B"
        with self._one_writer, live(path, wait_seconds=wait, threads=threads, memory_limit=memory, engine=self._engine) as connection:
            yield connection

    def write(self, connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
        """Load a batch and tell its phases. Raises LeaseLost, before anything is written, if another run has taken this one's place.

        Of many loads in one run, what they wrote is put together now and then.
        """
        if self.lease:
            self.lease.keep(connection)
        load(connection, batch, on_phase=lambda phase: self.tell(phase, 1))
        if next(self._loads) % policy.GATHER_EVERY_LOADS == 0:
            gather(connection)
