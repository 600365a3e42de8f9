"""What `feedmill schema` tells, with a published copy and without one."""

from __future__ import annotations

import json
import shutil

import pytest

from warehouse.connect import live
from warehouse.grain import GRAINS
from warehouse.query import query
from warehouse.schema import packaged_schema, published_schema


@pytest.fixture(scope="session")
def relations():
    return {each.name: each for each in packaged_schema()}


def test_without_a_published_copy_it_tells_what_this_version_would_make(feedmill, tmp_path):
    told = json.loads(feedmill("schema", "--json", "--state", tmp_path / "none").stdout)

    assert {each["name"] for each in told} == GRAINS.keys()
    assert [each["name"] for each in told][:2] == ["articles_current", "revisions"]


def test_a_published_copy_tells_the_same(published_state):
    assert published_schema(published_state / "news.duckdb") == packaged_schema()


def test_a_copy_that_another_version_wrote_tells_what_it_has(published_state, tmp_path):
    copy = tmp_path / "news.duckdb"
    shutil.copyfile(published_state / "news.duckdb", copy)
    copy.chmod(0o644)
    with live(copy, wait_seconds=0) as connection:
        connection.execute("create view headlines as select title from articles_current")
        connection.execute("delete from schema_docs where relation = 'gaps'")
        connection.execute("insert into schema_docs values ('headlines', null, null, 'headlines: one row per article')")
        connection.execute("insert into schema_docs values ('headlines', 'title', null, 'headline')")

    told = {each.name: each for each in published_schema(copy)}
    assert "gaps" not in told
    assert (told["headlines"].kind, told["headlines"].columns[0].type, told["headlines"].grain) == ("view", "varchar", ())


def test_of_one_it_tells_what_a_row_is_its_columns_and_an_example(feedmill, published_state):
    done = feedmill("schema", "daily_volume", "--state", published_state)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "view daily_volume"
    for words in ("one row per publisher and UTC day", "Key: publisher_id, day.", "words of their current texts", "For example:"):
        assert words in done.stdout


def test_of_a_column_it_tells_where_there_is_one(feedmill, published_state):
    told = json.loads(feedmill("schema", "KNOWN_AT", "--json", "--state", published_state).stdout)

    assert {"articles_current", "near_duplicate_clusters"} <= {each["relation"] for each in told}


@pytest.mark.parametrize(("name", "near"), [("daily_volum", "did you mean daily_volume"), ("zzz", "feedmill schema lists what there is")])
def test_a_name_that_is_none_ends_with_what_is_near(feedmill, fails, published_state, name, near):
    fails(feedmill("schema", name, "--state", published_state), 1, near)


def test_every_column_has_a_type_and_a_meaning(relations):
    lacking = [
        (each.name, column.name)
        for each in relations.values()
        for column in each.columns
        if not column.meaning or (not column.type and column.name != "*")
    ]
    assert lacking == []


@pytest.mark.parametrize("name", GRAINS)
def test_every_example_runs_and_reads_what_it_is_an_example_of(relations, published_state, name):
    assert name in relations[name].example
    list(query(published_state / "news.duckdb", relations[name].example).rows)
