"""What a feed says of an article's date, where its page says nothing: believed if it can be, and kept with the reason if not."""

from __future__ import annotations

import pytest

from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.world import this_world
from tasks.model import Feed
from tasks.reread import entry_again
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_site import HOST, Answer, item, page, paper_site, rss
from warehouse.connect import live

NEXT_YEAR = this_world().now().year + 1
DATES = {
    "instant": "Sun, 22 Nov 2020 23:30:00 -0500",
    "day": "2020-11-22",
    "no-zone": "22 نوفمبر 2020 10:00:00",
    "next-year": f"22 Nov {NEXT_YEAR} 10:00:00 GMT",
    "before-the-web": "22 Nov 1985 10:00:00 GMT",
    "empty": "Thu, 01 Jan 1970 00:00:00 GMT",
}
PAGES = {f"/{name}": Answer(page(f"The {name} story")) for name in DATES}
FEED = rss(*(f"{item(f'/{name}')}<pubDate>{date}</pubDate>" for name, date in DATES.items()))


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    with paper_site({**PAGES, "/feed": Answer(FEED, "application/rss+xml")}) as site:
        settings = site.settings(tmp_path_factory.mktemp("dated") / "state")
        ingest(settings, [Feed("paper", f"http://{HOST}/feed")], this_world(), steps=Steps(open_pool=InProcessPool))
    with live(settings.live, wait_seconds=1) as connection:

        def rows(sql, *, everything=False):
            found = connection.execute(sql).fetchall()
            return found if everything else {row[0].rpartition("/")[2]: row[1:] for row in found}

        yield rows


def test_an_instant_is_believed_with_the_publishers_own_day_and_a_day_as_a_day(ask):
    found = ask("select url, published_at::varchar, published_on::varchar, published_precision from articles_current")

    assert found["instant"] == ("2020-11-23 04:30:00+00", "2020-11-22", "second")
    assert found["day"] == found["no-zone"] == (None, "2020-11-22", "day")
    assert found["next-year"] == found["before-the-web"] == found["empty"] == (None, None, None)


def test_the_day_is_the_same_when_the_page_is_read_again(ask):
    sql = "select url, field, value from metadata_candidates join articles_current using (article_id, metadata_hash) where source = 'feed'"
    values = tuple(row[1:] for row in ask(sql, everything=True) if row[0].endswith("/instant"))
    entry = entry_again(values)

    assert (str(entry.published_at), str(entry.published_on)) == ("2020-11-23 04:30:00+00:00", "2020-11-22")


def test_what_is_not_believed_is_kept_with_the_reason(ask):
    found = ask("""
        select url, value, why
        from metadata_candidates
        join articles_current using (article_id, metadata_hash)
        where field = 'published' and source = 'feed' and not chosen
    """)

    assert found == {
        "instant": ("2020-11-22", "says the same"),
        "next-year": (f"{NEXT_YEAR}-11-22T10:00:00+00:00", "was yet to come when the page was fetched"),
        "before-the-web": ("1985-11-22T10:00:00+00:00", "no day of the web's time can be read in it"),
    }
