"""A run of many batches: neither its file nor its memory grows with each."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from flows import policy
from flows.pipeline.context import RunContext, Steps
from flows.pipeline.progress import nobody
from flows.settings import Settings
from flows.world import this_world
from warehouse.batch import Batch
from warehouse.migrate import migrate
from warehouse.rows import EntryAliasRow

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def context(tmp_path):
    context = RunContext(this_world().new_id(), Settings(state=tmp_path), this_world(), nobody, Steps())
    with context.warehouse() as connection:
        migrate(connection, now=AT, code_version="test")
    return context


def test_what_a_long_run_writes_does_not_stay_in_as_many_pieces_as_it_had_batches(context):
    for number in range(2 * policy.GATHER_EVERY_LOADS + 3):
        with context.warehouse() as connection:
            context.write(connection, Batch(entry_aliases=(EntryAliasRow(number, UUID(int=number), "link", "", str(number), AT),)))

    with context.warehouse() as connection:
        [(pieces,)] = connection.execute("select count(distinct row_group_id) from pragma_storage_info('entry_aliases')").fetchall()
        assert pieces == 1 + 3


def test_duckdb_holds_no_more_than_the_limit_says_while_a_run_has_the_file_open(context):
    with context.warehouse() as connection:
        assert connection.execute("select current_setting('memory_limit')").fetchone() == ("488.2 MiB",)
