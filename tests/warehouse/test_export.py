"""Rows of the published copy as files: read back with other tools, they are the same."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.warehouse.warehouse_samples import ARTICLE_ID, BATCH, NOON
from warehouse.errors import ExportRefused, QueryFailed, WarehouseUnusable
from warehouse.export.formats import Form
from warehouse.export.source import query_source, relation_source
from warehouse.export.write import export, export_stream
from warehouse.load import load
from warehouse.publish import publish

MIXED = """
  select
    i, 'text ' || i as "text", [i, i + 1] as numbers, {'a': i, 'b': ['x']} as pair, if(i % 2 = 0, null, '') as gap,
    timestamptz '2026-03-01 12:00:00+02' as seen_at, date '2026-03-01' as seen_on, i % 2 = 0 as is_even, 0.5 * i as half
  from range(3) as numbers(i)
"""


@pytest.fixture
def news(live_path, store, tmp_path):
    load(store, BATCH)
    store.close()
    publish(live_path, tmp_path / "news.duckdb", now=NOON, code_version="1.0", wait_seconds=0)
    return tmp_path / "news.duckdb"


@pytest.fixture
def write(news, tmp_path):
    """Exports a query to a file of the format and returns its path."""

    def run(sql, name, **form):
        path = tmp_path / f"rows.{name}"
        export(news, query_source(news, sql), path, Form(name, **form))
        return path

    return run


def test_parquet_and_arrow_hold_lists_structs_nulls_and_instants_as_they_are(write, news):
    parquet, arrow = pq.read_table(write(MIXED, "parquet")), pa.ipc.open_file(write(MIXED, "arrow")).read_all()

    assert parquet.equals(arrow)
    row = parquet.to_pylist()[1]
    assert (row["numbers"], row["pair"], row["gap"], row["is_even"]) == ([1, 2], {"a": 1, "b": ["x"]}, "", False)
    assert parquet["gap"].to_pylist() == [None, "", None]
    assert parquet.schema.field("seen_at").type == pa.timestamp("us", tz="UTC")
    assert row["seen_at"] == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_json_lines_hold_an_object_per_row_with_instants_in_iso_8601(write):
    lines = write(MIXED, "jsonl").read_text(encoding="utf-8").splitlines()

    assert json.loads(lines[0]) == {
        "i": 0, "text": "text 0", "numbers": [0, 1], "pair": {"a": 0, "b": ["x"]}, "gap": None,
        "seen_at": "2026-03-01T10:00:00+00:00", "seen_on": "2026-03-01", "is_even": True, "half": 0.0,
    }  # fmt: skip
    assert len(lines) == 3


def test_csv_holds_lists_and_structs_as_json_and_tells_null_from_empty_text(write):
    text = write(MIXED, "csv").read_text(encoding="utf-8")

    head, _, second = list(csv.reader(io.StringIO(text)))[:3]
    assert dict(zip(head, second, strict=True)) == {
        "i": "1", "text": "text 1", "numbers": "[1, 2]", "pair": '{"a": 1, "b": ["x"]}', "gap": "",
        "seen_at": "2026-03-01T10:00:00+00:00", "seen_on": "2026-03-01", "is_even": "false", "half": "0.5",
    }  # fmt: skip
    assert text.splitlines()[1].split('"}"')[-1] != text.splitlines()[2].split('"}"')[-1]
    assert ',"",' in text.splitlines()[2]
    assert ',"",' not in text.splitlines()[1]


HOSTILE = ["a,b", 'a"b', "a\nb", "a\r\nb", "ä 石 🎈", " a ", "'", "\\n"]


def test_any_text_comes_back_from_csv_as_it_was(write):
    values = ", ".join("'" + text.replace("'", "''") + "'" for text in HOSTILE)
    path = write(f"select unnest([{values}]) as a", "csv")

    with path.open(encoding="utf-8", newline="") as file:
        assert [row["a"] for row in csv.DictReader(file)] == HOSTILE
    assert [row[0] for row in duckdb.sql(f"from read_csv('{path}', all_varchar = true, nullstr = 'none')").fetchall()] == HOSTILE


FORMULAS = "select unnest(['=1+1', '+1', '-1', '@a', 'a=1', null, '']) as \"=cmd\", -1 as number"


def test_csv_leaves_text_that_looks_like_a_formula_alone_and_counts_it(news):
    stream = io.BytesIO()
    done = export_stream(news, query_source(news, FORMULAS), stream, Form("csv"))

    assert stream.getvalue().startswith(b"=cmd,number\n=1+1,-1\n+1,-1\n")
    assert done.formulas == 5


def test_csv_for_spreadsheets_disarms_formulas_and_says_that_it_is_utf_8(news):
    stream = io.BytesIO()
    export_stream(news, query_source(news, FORMULAS), stream, Form("csv", for_spreadsheets=True))

    assert stream.getvalue().decode("utf-8-sig").splitlines() == [
        "'=cmd,number",
        "'=1+1,-1",
        "'+1,-1",
        "'-1,-1",
        "'@a,-1",
        "a=1,-1",
        ",-1",
        '"",-1',
    ]
    assert stream.getvalue().startswith("\ufeff".encode())


def test_json_has_null_for_numbers_that_are_none(write):
    (line,) = write("select cast('nan' as double) as a, [cast('inf' as double), 1.0] as b", "jsonl").read_text().splitlines()
    assert json.loads(line, parse_constant=pytest.fail) == {"a": None, "b": [None, 1.0]}


def test_whole_numbers_of_any_size_stay_whole(write):
    sums = "select sum(i) as total, cast(9007199254740993 as hugeint) as large from range(3) as r(i)"
    assert json.loads(write(sums, "jsonl").read_text()) == {"total": 3, "large": 9007199254740993}
    assert write(sums, "csv").read_text() == "total,large\n3,9007199254740993\n"


def test_a_view_comes_whole_or_from_one_instant_on_and_before_another(news, tmp_path):
    (seen,) = duckdb.connect(news, read_only=True).execute("select first_seen_at from articles").fetchone()
    later = datetime(2999, 1, 1, tzinfo=UTC)

    def rows(**bounds):
        return export_stream(news, relation_source(news, "articles_current", **bounds), io.BytesIO(), Form("csv")).rows

    assert [rows(), rows(since=seen), rows(until=seen), rows(since=seen, until=later), rows(since=later)] == [1, 1, 0, 1, 0]


def test_only_what_has_an_instant_of_first_sight_can_be_bounded(news):
    with pytest.raises(ExportRefused, match="daily_volume has no first_seen_at"):
        relation_source(news, "daily_volume", since=NOON)


def test_a_relation_that_does_not_exist_is_said_so_with_one_that_does(news):
    with pytest.raises(QueryFailed, match='Did you mean "articles_current"'):
        relation_source(news, "articles_curent")


def test_a_name_is_a_name_and_never_sql(news):
    with pytest.raises(QueryFailed, match="does not exist"):
        relation_source(news, 'articles" union select 1 --')


PARTS = """
  select
    case i % 4 when 0 then 'a/b' when 1 then 'é =' when 2 then '' end as place,
    date '2026-03-01' + cast(i // 4000 as integer) as day,
    i
  from range(8000) as r(i)
"""


def test_partitions_are_folders_that_readers_see_as_columns_again(news, tmp_path):
    done = export(news, query_source(news, PARTS, partition_by=("place", "day")), tmp_path / "parts", Form("parquet"))

    assert (done.rows, done.files) == (8000, 8)
    assert (tmp_path / "parts" / "place=a%2Fb" / "day=2026-03-01" / "rows.parquet").is_file()
    expected = duckdb.sql(f"select place, day, count(*), sum(i) from ({PARTS}) group by all order by all").fetchall()  # noqa: S608
    again = f"from read_parquet('{tmp_path}/parts/**/*.parquet', hive_partitioning = true)"
    assert duckdb.sql(f"select place, day, count(*), sum(i) {again} group by all order by all").fetchall() == expected
    frame = pl.read_parquet(tmp_path / "parts", hive_partitioning=True)
    assert (frame["day"].dtype, frame.filter(pl.col("place") == "é =").height) == (pl.Date, 2000)


def test_articles_are_partitioned_by_day_and_month_of_first_sight(news, tmp_path):
    export(
        news, relation_source(news, "articles_current", partition_by=("publisher_id", "month", "day")), tmp_path / "parts", Form("parquet")
    )

    (file,) = (tmp_path / "parts").rglob("*.parquet")
    assert file.relative_to(tmp_path / "parts").parts[1:3] == ("month=2026-03", "day=2026-03-01")
    assert pq.ParquetFile(file).read().column("article_id").to_pylist() == [str(ARTICLE_ID)]


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (("nonsense",), "no column nonsense"),
        (("place", "place"), "once"),
        (("place", "day", "i"), "leave at least one"),
        (("half",), "neither"),
    ],
)
def test_columns_that_cannot_be_partitioned_by_are_named(news, tmp_path, columns, says):
    sql = f"select *, 0.5 as half from ({PARTS})" if "half" in columns else PARTS  # noqa: S608
    with pytest.raises(ExportRefused, match=says):
        export(news, query_source(news, sql, partition_by=columns), tmp_path / "parts", Form("parquet"))
    assert not (tmp_path / "parts").exists()


def test_only_parquet_is_partitioned(news, tmp_path):
    with pytest.raises(ExportRefused, match="only Parquet"):
        export(news, query_source(news, PARTS, partition_by=("place",)), tmp_path / "parts", Form("csv"))


def test_what_is_there_is_replaced_only_on_demand(news, tmp_path):
    path, source = tmp_path / "a.csv", query_source(news, "select 1 as a")
    path.write_text("mine")

    with pytest.raises(ExportRefused, match="--force"):
        export(news, source, path, Form("csv"))
    assert path.read_text() == "mine"
    export(news, source, path, Form("csv"), overwrite=True)
    assert path.read_text() == "a\n1\n"


def test_a_folder_is_replaced_only_if_it_is_one_of_partitions(news, tmp_path):
    source, folder = query_source(news, PARTS, partition_by=("place",)), tmp_path / "parts"
    export(news, source, folder, Form("parquet"))
    fewer = query_source(news, f"select * from ({PARTS}) where place = 'a/b'", partition_by=("place",))  # noqa: S608
    assert export(news, fewer, folder, Form("parquet"), overwrite=True).files == 1
    assert len(list(folder.rglob("*.parquet"))) == 1

    (folder / "notes.txt").write_text("mine")
    with pytest.raises(ExportRefused, match="no folder of partitions"):
        export(news, source, folder, Form("parquet"), overwrite=True)
    assert (folder / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select cast('x' || i as integer) from range(5000) as r(i)", "Could not convert"),
        ("select interval 1 day as a", "cast it"),
        ("select 1 as a, 2 as a", "called a"),
    ],
)
def test_what_fails_leaves_nothing_behind(news, tmp_path, sql, says):
    before = sorted(tmp_path.iterdir())
    with pytest.raises((QueryFailed, ExportRefused), match=says):
        export(news, query_source(news, sql), tmp_path / "a.parquet", Form("parquet"))
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "sql",
    ["select * from read_text('/etc/hostname')", "copy articles to 'stolen.csv'", "attach 'other.duckdb'", "delete from articles", ""],
)
def test_sql_for_an_export_reaches_no_more_than_any_other(news, tmp_path, sql):
    before = sorted(tmp_path.iterdir())
    with pytest.raises(QueryFailed):
        export(news, query_source(news, sql), tmp_path / "a.csv", Form("csv"))
    assert sorted(tmp_path.iterdir()) == before


def test_a_place_that_cannot_be_written_is_said_so(news, tmp_path):
    source = query_source(news, "select 1 as a")
    with pytest.raises(ExportRefused, match="its folder does not exist"):
        export(news, source, tmp_path / "none" / "a.csv", Form("csv"))
    with pytest.raises(ExportRefused, match="is no file"):
        export(news, source, Path("/dev/null"), Form("csv"), overwrite=True)
    with pytest.raises(WarehouseUnusable, match="cannot be written"):
        export(news, source, Path("/proc/a.csv"), Form("csv"))


def test_the_same_rows_give_the_same_bytes(news, tmp_path):
    for name in ("parquet", "arrow", "csv", "jsonl"):
        made = [io.BytesIO(), io.BytesIO()]
        for stream in made:
            export_stream(news, query_source(news, f"{MIXED} order by i"), stream, Form(name))
        assert made[0].getvalue() == made[1].getvalue()


def test_parquet_is_written_in_row_groups_of_bounded_size(write):
    groups = pq.ParquetFile(write("select i from range(250_000) as r(i)", "parquet")).metadata
    assert [groups.row_group(each).num_rows for each in range(groups.num_row_groups)] == pytest.approx(
        [100_000, 100_000, 50_000], abs=5_000
    )


def test_no_rows_are_a_file_with_its_columns(write):
    assert pq.read_table(write("select 1 as a where false", "parquet")).schema.names == ["a"]
    assert write("select 1 as a where false", "csv").read_text() == "a\n"
    assert write("select 1 as a where false", "jsonl").read_text() == ""
    assert pa.ipc.open_file(write("select 1 as a where false", "arrow")).read_all().num_rows == 0
