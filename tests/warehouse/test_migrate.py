"""The schema of a file, and the documentation it carries."""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import replace

import pytest

from tests.warehouse.warehouse_samples import BATCH, LATER, NOON
from warehouse.columns import columns
from warehouse.connect import live
from warehouse.definitions import COLUMNS_OF_ANOTHER, DOCS, MACROS, PARTS_OF_MACROS, VIEWS, apply_definitions, docs
from warehouse.errors import MigrationRefused
from warehouse.load import load
from warehouse.migrate import Migration, apply_migrations, migrate, packaged_migrations, schema_version
from warehouse.statements import FOLDER, file_names, statement
from warehouse.tables import TABLES

LAST = len(packaged_migrations())


def migration(number: int, sql: str) -> Migration:
    return Migration(number, f"{number:04}_test", hashlib.sha256(sql.encode()).hexdigest(), sql)


def shape(connection, relation):
    return connection.execute(
        "select column_name, data_type, is_nullable from duckdb_columns() where table_name = $relation order by column_index",
        {"relation": relation},
    ).fetchall()


def without_quotes(sql_type):
    return sql_type.replace('"', "")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_has_the_names_order_and_types_of_its_row_class(store, table):
    found = [(name, without_quotes(sql_type), nullable) for name, sql_type, nullable in shape(store, table.name)]

    assert found == [(column.name, without_quotes(column.sql_type), column.nullable) for column in columns(table.row)]


def test_every_table_holds_rows_of_a_class_or_describes_the_schema(store):
    tables = {name for (name,) in store.execute("select table_name from duckdb_tables() where not internal").fetchall()}

    assert tables - {table.name for table in TABLES} == {"schema_docs", "migration_history", "applied_definitions", "run_leases"}


def test_a_migrated_file_is_left_as_it_is(store):
    before = store.execute("select * from migration_history").fetchall(), store.execute("select * from applied_definitions").fetchall()

    assert migrate(store, now=LATER, code_version="2.0") == ()
    assert before == (
        store.execute("select * from migration_history").fetchall(),
        store.execute("select * from applied_definitions").fetchall(),
    )


def test_the_history_says_what_was_applied_when_and_by_what(store):
    assert store.execute("select number, name, applied_at, code_version from migration_history").fetchall() == [
        (each.number, each.name, NOON, "1.0") for each in packaged_migrations()
    ]
    assert schema_version(store) == LAST


def test_a_new_migration_runs_on_a_file_that_holds_rows_and_keeps_them(store):
    load(store, BATCH)
    following = migration(LAST + 1, "alter table runs add column note varchar; update runs set note = 'x';")

    assert apply_migrations(store, [*packaged_migrations(), following], now=LATER, code_version="2.0") == (following.name,)
    assert store.execute("select run_id, note from runs").fetchall() == [(BATCH.runs[0].run_id, "x")]


def test_a_migration_that_fails_half_way_leaves_nothing(store):
    broken = migration(LAST + 1, "create table half (i integer); select nonsense;")

    with pytest.raises(Exception, match="nonsense"):
        apply_migrations(store, [*packaged_migrations(), broken], now=LATER, code_version="2.0")

    assert store.execute("select count(*) from duckdb_tables() where table_name = 'half'").fetchone() == (0,)
    assert schema_version(store) == LAST


def test_a_migration_edited_after_it_ran_is_refused(store):
    edited = replace(packaged_migrations()[0], sha256="0" * 64)
    others = packaged_migrations()[1:]

    with pytest.raises(MigrationRefused, match="0001_tables was applied in another wording"):
        apply_migrations(store, [edited, *others], now=LATER, code_version="2.0")


def test_a_file_newer_than_the_code_is_refused(store):
    apply_migrations(store, [*packaged_migrations(), migration(LAST + 1, "select 1")], now=LATER, code_version="2.0")

    with pytest.raises(MigrationRefused, match=f"the file is at schema {LAST + 1}, this version knows {LAST}"):
        migrate(store, now=LATER, code_version="1.0")


def test_a_gap_in_the_files_migrations_is_refused(store):
    store.execute("update migration_history set number = 2")

    with pytest.raises(MigrationRefused, match="the file lacks migration 0001_tables"):
        migrate(store, now=LATER, code_version="1.0")


def test_a_gap_in_the_packaged_migrations_is_refused(store):
    with pytest.raises(MigrationRefused, match="this version lacks a migration"):
        apply_migrations(store, [*packaged_migrations(), migration(LAST + 2, "select 1")], now=LATER, code_version="1.0")


def test_other_definitions_are_applied_once_and_former_views_go(store):
    store.execute("create view gone as select 1 as one; insert into schema_docs values ('gone', null, null, 'made by a former version')")
    store.execute("create view mine as select 1 as one")
    store.execute("update applied_definitions set sha256 = 'former'")

    assert apply_definitions(store, now=LATER, code_version="2.0")
    assert not apply_definitions(store, now=LATER, code_version="2.0")
    views = {name for (name,) in store.execute("select view_name from duckdb_views() where not internal").fetchall()}
    assert views == {*VIEWS, "mine"}


def test_former_macros_go_and_those_of_people_stay(store):
    store.execute("create macro gone(x) as table select x")
    store.execute("insert into schema_docs values ('gone', null, null, 'made by a former version')")
    store.execute("create macro mine(x) as table select x; create macro double(x) as 2 * x")
    store.execute("update applied_definitions set sha256 = 'former'")

    assert apply_definitions(store, now=LATER, code_version="2.0")
    macros = store.execute("select function_name from duckdb_functions() where not internal and function_type like '%macro'").fetchall()
    assert {name for (name,) in macros} == {*MACROS, *PARTS_OF_MACROS, "mine", "double"}


def test_every_view_file_and_every_macro_file_is_applied():
    assert sorted(VIEWS) == [name.removesuffix(".sql") for name in file_names("views")]
    assert sorted((*PARTS_OF_MACROS, *MACROS)) == [name.removesuffix(".sql") for name in file_names("macros")]


@pytest.mark.parametrize("macro", MACROS)
def test_a_macro_tells_its_parameters_and_columns_in_its_comment(macro, store):
    (parameters, comment) = store.execute(
        "select parameters, comment from duckdb_functions() where function_name = $macro", {"macro": macro}
    ).fetchone()
    documented = [doc.column_name for doc in docs() if doc.relation == macro and doc.column_name]
    returned = store.table_function(macro, [None for _ in parameters]).columns

    assert documented == [*parameters, *([COLUMNS_OF_ANOTHER] if COLUMNS_OF_ANOTHER in documented else returned)]
    assert all(f"; {name}: " in comment for name in documented)


def test_every_relation_and_column_is_documented_and_no_other(store):
    columns_here = set(store.execute("select table_name, column_name from duckdb_columns() where not internal").fetchall())
    columns_here |= {(doc.relation, doc.column_name) for doc in docs() if doc.relation in MACROS and doc.column_name}

    assert {(doc.relation, doc.column_name) for doc in docs() if doc.column_name} == columns_here
    assert {doc.relation for doc in docs() if doc.column_name is None} == {relation for relation, _ in columns_here}
    assert len({(doc.relation, doc.column_name) for doc in docs()}) == len(docs())


def test_every_instant_is_documented_as_utc(store):
    instants = store.execute(
        "select table_name, column_name from duckdb_columns() where not internal and data_type = 'TIMESTAMP WITH TIME ZONE'"
    )
    units = {(doc.relation, doc.column_name): doc.unit for doc in docs()}

    assert {units[instant] for instant in instants.fetchall()} == {"UTC"}


def test_a_file_carries_its_documentation_as_rows_and_as_comments(live_path, store):
    store.close()
    with live(live_path, wait_seconds=0) as again:
        assert len(again.table("schema_docs")) == len(docs())
        comments = again.execute("select comment from duckdb_columns() where not internal and comment is not null").fetchall()
        assert len(comments) == sum(doc.column_name is not None and doc.relation not in MACROS for doc in docs())
        assert again.execute(
            "select comment from duckdb_columns() where table_name = 'articles_current' and column_name = 'word_count'"
        ).fetchall() == [("length of the text [words]",)]


def test_a_file_opens_after_a_crash_that_left_its_whole_schema_in_its_log(live_path, tmp_path):
    crashed = tmp_path / "crashed.duckdb"
    with live(live_path, wait_seconds=0) as connection:
        migrate(connection, now=NOON, code_version="1.0")
        for ending in ("", ".wal"):
            shutil.copyfile(f"{live_path}{ending}", f"{crashed}{ending}")

    with live(crashed, wait_seconds=0) as again:
        assert migrate(again, now=LATER, code_version="1.0") == ()
        assert again.execute("select count(comment) from duckdb_columns() where table_name = 'blocks'").fetchone() == (19,)


def test_long_text_is_compressed(store):
    text = "".join(hashlib.sha256(str(n).encode()).hexdigest() + " word " for n in range(2_000))
    load(
        store,
        replace(BATCH, article_texts=tuple(replace(BATCH.article_texts[0], content_hash=str(n), text=text + str(n)) for n in range(50))),
    )
    store.execute("checkpoint")

    found = store.execute(
        "select distinct compression from pragma_storage_info('article_texts') where column_name = 'text' and segment_type = 'VARCHAR'"
    )
    assert found.fetchall() == [("ZSTD",)]


@pytest.mark.parametrize("file", sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.sql")))
def test_every_sql_file_begins_with_what_a_row_is(file):
    assert statement(file).startswith("-- ")
    assert statement(file).endswith(";\n")


def test_the_documentation_is_a_table_of_four_columns():
    assert {line.count("\t") for line in statement(DOCS).splitlines()} == {3}


@pytest.mark.parametrize("migration", packaged_migrations(), ids=lambda migration: migration.name)
def test_migrations_use_only_what_every_target_has(migration):
    bare = re.sub(r"--[^\n]*|/\*.*?\*/", "", migration.sql)

    assert not re.search(r"\b(primary key|foreign key|references|check|unique|enum|sequence|index|compression|on conflict)\b", bare)
