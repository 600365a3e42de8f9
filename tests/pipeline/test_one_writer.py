from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from flows.pipeline.context import RunContext, Steps
from flows.pipeline.progress import nobody
from flows.settings import Settings
from flows.world import this_world
from warehouse.batch import Batch
from warehouse.migrate import migrate
from warehouse.rows import KnownEntryRow

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def sighting(number):
    return Batch(known_entries=(KnownEntryRow("feed", "entry", number, None, AT.replace(microsecond=number)),))


def test_threads_of_a_run_that_write_the_same_row_at_once_wait_for_each_other(tmp_path):
    context = RunContext(this_world().new_id(), Settings(state=tmp_path), this_world(), nobody, Steps())
    with context.warehouse() as connection:
        migrate(connection, now=AT, code_version="test")

    def write(number):
        with context.warehouse() as connection:
            context.write(connection, sighting(number))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(40)))

    with context.warehouse() as connection:
        assert connection.table("known_entries").fetchall()[0][2] == 39
