"""The warehouse that is generated for measuring is one that a run could have written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.generated_warehouse import Shape, generate
from warehouse.audit import audit
from warehouse.connect import live

SHAPE = Shape(articles=300, seed=1, days=30, until=datetime(2026, 4, 1, tzinfo=UTC))


@pytest.fixture
def generated(tmp_path):
    generate(tmp_path / "live.duckdb", SHAPE)
    with live(tmp_path / "live.duckdb", wait_seconds=0) as connection:
        yield connection


def test_a_generated_warehouse_passes_every_audit_and_has_what_was_asked_for(generated):
    counts = generated.execute(
        """select
          (select count(*) from articles_current where published_at < $until and len(text) > 0),
          (select count(*) from article_versions where version > 1),
          (select count(*) from near_duplicates where similarity = 1),
          (select count(distinct first_seen_date) from articles)""",
        {"until": SHAPE.until},
    ).fetchone()

    assert audit(generated, run_id=None) == ()
    assert counts[0] >= SHAPE.articles
    assert min(counts[1:3]) > 0
    assert counts[3] > 10


def test_the_same_seed_gives_the_same_rows(generated, tmp_path):
    generate(tmp_path / "again.duckdb", SHAPE)
    generated.execute(f"attach '{tmp_path}/again.duckdb' as again (read_only)")
    differing = generated.execute("select count(*) from (from main.articles_current except all from again.articles_current)").fetchone()

    assert differing == (0,)
