"""What stands on the page, and what cannot."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import timedelta
from uuid import uuid5

import pytest
from lxml import html

from flows import policy
from flows.report.page import PARTS
from flows.report.verdicts import Level, verdicts
from tests.report.conftest import HOSTILE, Told
from tests.warehouse.warehouse_samples import BATCH, FEED, LOADED_ENTRY, NOON, SPACE
from warehouse.batch import Batch
from warehouse.figures.ask import Answer, Figures


@pytest.fixture(scope="session")
def read(demo):
    return html.fromstring(demo.page())


def said(told: Figures) -> dict[str, Level]:
    return {verdict.section: verdict.level for verdict in verdicts(told, stale_after=policy.REPORT_STALE_AFTER)}


def test_the_same_figures_give_the_same_bytes(demo):
    assert demo.page() == demo.page()


def test_every_query_stands_on_the_page(demo, read):
    shown = {element.text for element in read.xpath("//details/pre/code")}
    told = demo.figures()
    assert {getattr(told, field.name).query for field in fields(told) if isinstance(getattr(told, field.name), Answer)} == shown


def test_every_chart_has_its_numbers_in_a_table_of_its_part(read):
    charts = read.xpath("//*[@class='chart']")
    assert len(charts) >= 9
    assert all(chart.xpath("ancestor::section[1]//table") for chart in charts)


def test_every_part_has_a_heading_and_is_reached_from_the_top(read):
    assert read.xpath("//nav//a/@href") == [f"#{part}" for part, _ in PARTS] == [f"#{part}" for part in read.xpath("//section/@id")]
    assert all(len(section.xpath(".//h2")) == 1 for section in read.xpath("//section"))
    assert len(read.xpath("//h1")) == 1


def test_every_time_says_its_instant_or_day(read):
    assert read.xpath("//time")
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", element.get("datetime")) for element in read.xpath("//time"))


@pytest.mark.parametrize("told", ["empty", "one_article", "hostile", "demo"])
def test_a_page_is_whole_whatever_the_warehouse_holds(told, request):
    page = html.fromstring(request.getfixturevalue(told).page())
    assert [section.get("id") for section in page.xpath("//section")] == [part for part, _ in PARTS]
    assert all(heading.text.strip() for heading in page.xpath("//h1 | //h2"))


def test_titles_and_names_of_others_cannot_break_the_page(hostile):
    read = html.fromstring(hostile.page())

    assert not read.xpath("//img | //b")
    assert len(read.xpath("//script")) == 4
    assert not [url for url in read.xpath("//a/@href") if url.startswith("javascript")]
    assert HOSTILE.replace("\x07", "") in {bdi.text_content().replace("\x07", "") for bdi in read.xpath("//bdi")}


def test_the_page_stays_small_beside_its_library(demo):
    assert len(demo.page().encode()) < 900_000


def test_all_well_is_said_where_all_is_well(one_article):
    told = one_article.figures()
    run = replace(told.runs, rows=tuple(replace(row, status="completed", finished_at=one_article.now) for row in told.runs.rows))
    assert set(said(replace(told, runs=run)).values()) == {Level.GOOD}


def test_failing_feeds_come_first(demo):
    first = verdicts(demo.figures(), stale_after=policy.REPORT_STALE_AFTER)[0]
    assert (first.level, first.section) == (Level.BAD, "feeds")
    assert first.text == "2 feeds are failing: mosswick-courier-13 and old-lantern-12."


def test_runs_that_failed_or_stopped_are_said(demo):
    told = demo.figures()
    newest, *others = told.runs.rows

    def with_runs(*rows):
        return said(replace(told, runs=replace(told.runs, rows=rows)))["runs"]

    later = told.window.until + policy.REPORT_STALE_AFTER + timedelta(minutes=1)
    assert with_runs(newest, *others) is Level.GOOD
    assert with_runs(replace(newest, status="failed"), *others) is Level.BAD
    assert with_runs(replace(newest, status="skipped"), *others) is Level.GOOD
    assert with_runs() is Level.WARN
    assert said(replace(told, window=replace(told.window, until=later)))["runs"] is Level.BAD


def test_no_article_is_trouble_where_there_were_some(demo):
    told = demo.figures()
    totals = replace(told.totals, rows=(replace(told.totals.rows[0], articles=0),))
    assert said(replace(told, totals=totals))["volume"] is Level.BAD


def test_articles_that_were_withdrawn_are_told_and_are_no_rejected_entries(filled):
    gone = tuple(
        replace(
            LOADED_ENTRY,
            poll_id=uuid5(SPACE, f"look {hours}"),
            feed_id="rechecks",
            outcome="rejected",
            reason="http_410",
            recorded_at=NOON + timedelta(hours=hours),
        )
        for hours in (2, 8)
    )
    looks = Batch(feeds=(replace(FEED, feed_id="rechecks", publisher_id=None, kind="rechecks"),), entry_outcomes=gone)
    told = Told(filled(BATCH, looks), NOON + timedelta(hours=9))
    page = html.fromstring(told.page())

    assert [row.reason for row in told.figures().withdrawals.rows] == ["http_410"]
    assert "1 withdrawn" in [heading.text for heading in page.xpath("//section[@id='revisions']/h3")]
    assert not [row for row in told.figures().outcomes.rows if row.outcome == "rejected"]
