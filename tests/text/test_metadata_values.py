"""Dates, names and headlines as publishers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tasks.model import Candidate
from tasks.text.metadata.authors import Names, read_names
from tasks.text.metadata.bylines import byline_names
from tasks.text.metadata.choose import choose
from tasks.text.metadata.dates import read_date
from tasks.text.metadata.jsonld import page_statements
from tasks.text.metadata.titles import choose_title


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-01-30T10:20:30Z", datetime(2025, 1, 30, 10, 20, 30, tzinfo=UTC)),
        ("2025-01-30T10:20:30.123+02:00", datetime(2025, 1, 30, 8, 20, 30, tzinfo=UTC)),
        ("2025-01-30 10:20 +0530", datetime(2025, 1, 30, 4, 50, tzinfo=UTC)),
        ("20250130T102030Z", datetime(2025, 1, 30, 10, 20, 30, tzinfo=UTC)),
        ("2025-01-30T01:00:00+03:00", datetime(2025, 1, 29, 22, 0, tzinfo=UTC)),
    ],
)
def test_a_time_with_its_offset_is_an_instant_on_the_publishers_day(text, instant):
    read = read_date(text, "x")

    assert (read.at, read.on) == (instant, date(2025, 1, 30))


@pytest.mark.parametrize(
    "text", ["2025-01-30", "2025-01-30T10:20:30", "2025-01-30T00:00:00Z", "2025-01-30T00:00:00+01:00", "2025-01-30T25:00:00Z"]
)
def test_without_a_time_or_its_offset_there_is_a_day_and_no_instant(text):
    read = read_date(text, "x")

    assert (read.at, read.on, read.precision) == (None, date(2025, 1, 30), "day")


@pytest.mark.parametrize(
    "text",
    [
        "January 30, 2025", "Thursday, 30 January 2025", "Jan. 30th, 2025", "30. Januar 2025", "30.01.2025, 10:20 Uhr",
        "le 30 janvier 2025", "30 de enero de 2025",
        "30 stycznia 2025", "30 января 2025", "٣٠ يناير ٢٠٢٥", "2025年1月30日", "2025년 1월 30일", "30/01/2025", "1/30/2025",
        "Published on 30 Jan 2025 at 9am",
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_languages_of_the_news(text):
    assert read_date(text, "x").on == date(2025, 1, 30)


@pytest.mark.parametrize("text", ["03/04/2025", "31.02.2025", "2025-13-40", "May I say", "1885", "30 January", ""])
def test_what_is_ambiguous_or_no_day_is_no_date(text):
    assert read_date(text, "x") is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("By Ann Lee and Bo Cruz January 30, 2025", ("Ann Lee", "Bo Cruz")),
        ("Von Jörg Weidner, 12. März 2025, 10:20 Uhr", ("Jörg Weidner",)),
        ("Par Solène Garric et Hugo Vasseur", ("Solène Garric", "Hugo Vasseur")),
        ("Por Begoña Ureña | 3 de febrero de 2025", ("Begoña Ureña",)),
        ("بقلم سلمى الحداد", ("سلمى الحداد",)),
        ("文・青山はるか", ("青山はるか",)),
        ("记者 王小明", ("王小明",)),
        ("Bylaws were passed", ()),
        ("Ann Lee", ()),
    ],
)
def test_a_byline_gives_its_names(line, names):
    assert byline_names(line) == names


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Lee, Ann", ("Ann Lee",)),
        ("Ann Lee, Bo Cruz & Di Orr", ("Ann Lee", "Bo Cruz", "Di Orr")),
        ("Ann Lee, Bo Cruz, and Di Orr", ("Ann Lee", "Bo Cruz", "Di Orr")),
        ("Ana Paz y Luis Gil", ("Ana Paz", "Luis Gil")),
        ("سلمى الحداد وبدر الطحان", ("سلمى الحداد", "بدر الطحان")),
        ("سلمى الحداد وليد الطحان", ("سلمى الحداد وليد الطحان",)),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Ann Lee, Senior Political Reporter", ("Ann Lee",)),
        ("Ann Lee Environment Reporter", ("Ann Lee",)),
        ("Ann Lee, CNN", ("Ann Lee",)),
        ("Ann Lee BBC News", ("Ann Lee",)),
        ("ANN LEE and BO CRUZ", ("ANN LEE", "BO CRUZ")),
        ("Ann Lee, Berlin", ("Ann Lee",)),
        ("Ann Lee (Gazette)", ("Ann Lee",)),
        ("Ann Lee ann.lee@gazette.example @annlee", ("Ann Lee",)),
        ("Ann Lee, edited by Bo Cruz", ("Ann Lee",)),
        ("Ann Lee Follow", ("Ann Lee",)),
        ("Ludwig van der Berg", ("Ludwig van der Berg",)),
        ("De Vries", ("De Vries",)),
        ("홍길동 기자", ("홍길동",)),
        ("王小明记者", ("王小明",)),
        ("https://gazette.example/author/ann-lee/", ("Ann Lee",)),
        ("https://gazette.example/ann", ()),
        ("NOVEMBER 20, 2019 10:20", ()),
        ("admin", ()),
    ],
)
def test_only_the_names_are_left_of_what_is_written_for_an_author(value, names):
    assert read_names([value], publishers={"gazette"}).people == names


@pytest.mark.parametrize("value", ["Redaktion", "Gazette", "Associated Press", "Gazette Staff", "jdoe17", ", Gazette"])
def test_the_publisher_desks_agencies_and_logins_are_no_people(value):
    read = read_names([value], publishers={"gazette"})

    assert read == Names((), (value.strip(", "),))


def test_the_sites_name_is_cut_off_a_headline_where_it_shows_itself():
    def headline(*titles):
        return choose_title(
            [Candidate("title", text, source) for text, source in titles], sites={"the gazette"}, host="www.gazette.example"
        )[0]

    assert headline(("Ferry returns | The Gazette", "title tag")) == "Ferry returns"
    assert headline(("Ferry returns - News - Somewhere", "title tag"), ("Ferry returns", "h1")) == "Ferry returns"
    assert headline(("Ferry returns - and stays", "meta:og:title")) == "Ferry returns - and stays"


def test_json_ld_is_read_through_its_usual_mistakes():
    article = '{"@type":"NewsArticle","headline":"Ferry returns","author":{"name":"Ann Lee"}}'
    for script in (
        article,
        f"<!-- {article} -->",
        f"/*<![CDATA[*/ {article} /*]]>*/",
        article.replace("}}", "},}"),
        f"{article};",
        article.replace("Ferry ", "Ferry\n"),
    ):
        assert [(each.headline, each.authors) for each in page_statements([script]).articles] == [("Ferry returns", ("Ann Lee",))]


@pytest.mark.parametrize(
    "script", ["", "null", "[" * 100_000, '{"@graph":' * 3_000, '{"@type":"NewsArticle"', '{"@type":{"a":[1]}}', '["\\ud800"]']
)
def test_json_ld_that_cannot_be_read_is_passed_over(script):
    assert page_statements([script]).articles == ()


def test_a_day_is_completed_by_the_time_that_another_source_gives_for_that_day():
    offered = [
        Candidate("published", "2025-01-30", "json-ld"),
        Candidate("published", "2025-01-29T10:00:00Z", "meta:date"),
        Candidate("published", "2025-01-30T10:00:00Z", "feed"),
    ]

    assert choose(offered, url=None).published.at == datetime(2025, 1, 30, 10, tzinfo=UTC)


FETCHED_AT = datetime(2025, 1, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "on", "at"),
    [
        ("2025-01-30T09:59:00Z", date(2025, 1, 30), datetime(2025, 1, 30, 9, 59, tzinfo=UTC)),
        ("2025-01-30T10:05:00Z", date(2025, 1, 30), datetime(2025, 1, 30, 10, 5, tzinfo=UTC)),  # clocks differ
        ("2025-01-30T18:00:00Z", date(2025, 1, 30), None),  # local time, called UTC
        ("2025-01-31", date(2025, 1, 31), None),  # already that day in Kiritimati
        ("2025-02-01", date(2025, 1, 29), None),
        ("2035-01-30T09:59:00Z", date(2025, 1, 29), None),
    ],
)
def test_no_page_was_published_after_it_was_fetched(said, on, at):
    offered = [Candidate("published", said, "json-ld"), Candidate("published", "29 January 2025", "near the headline")]
    published = choose(offered, url=None, fetched_at=FETCHED_AT).published

    assert (published.on, published.at) == (on, at)


def test_without_the_time_of_fetching_a_date_is_taken_as_it_stands():
    assert choose([Candidate("published", "2035-01-30", "json-ld")], url=None).published.on == date(2035, 1, 30)


def test_neither_a_date_in_the_address_nor_a_change_may_lie_in_the_future():
    changed = [Candidate("modified", "2035-01-30T09:59:00Z", "json-ld")]
    chosen = choose(changed, url="https://gazette.example/2035/01/30/ferry", fetched_at=FETCHED_AT)

    assert (chosen.published, chosen.modified_at) == (None, None)


def test_what_lost_stays_as_evidence_and_says_why():
    offered = [
        Candidate("title", "Ferry sails again", "h1"),
        Candidate("title", "Ferry sails again – all you need to know", "meta:og:title"),
        Candidate("title", "Ferry SAILS again", "json-ld"),
        Candidate("title", "Gazette", "title tag"),
        Candidate("title", "Harbour news", "meta:dc.title"),
        Candidate("published", "2025-01-30T09:00:00Z", "json-ld"),
        Candidate("published", "2035-01-30", "meta:date"),
        Candidate("published", "30 January 2025", "byline"),
        Candidate("published", "29 January 2025", "time"),
        Candidate("published", "today", "meta:pubdate"),
        Candidate("modified", "2025-01-30T09:30:00Z", "json-ld"),
        Candidate("modified", "2025-01-30", "meta:lastmod"),
        Candidate("subtitle", "All about ferries.", "meta:description"),
        Candidate("publisher", "Gazette", "json-ld"),
    ]
    chosen = choose(offered, url="https://www.gazette.example/f", fetched_at=FETCHED_AT)

    assert [each.why for each in chosen.candidates] == [
        None, "has more around the headline", "says the same", "the name of the site", "fewer sources, or lesser ones, agree with it",
        None, "was yet to come when the page was fetched", "says the same", "another source is believed first",
        "no day of the web's time can be read in it",
        None, "gives no time of day with its offset",
        "written for search engines", None,
    ]  # fmt: skip
    assert [each.chosen for each in chosen.candidates] == [each.why is None for each in chosen.candidates]
