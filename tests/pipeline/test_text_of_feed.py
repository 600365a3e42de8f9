"""Where a page cannot be had, a feed that brings the whole article stands in for it, and the page's own outcome stays to be seen."""

from __future__ import annotations

import asyncio

import pytest

from flows import policy
from flows.pipeline.context import RunContext, Steps
from flows.pipeline.ingest import ingest
from flows.pipeline.knowledge import known_now
from flows.pipeline.progress import nobody
from flows.pipeline.refine import clean_again
from flows.world import this_world
from tasks.model import Feed
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_site import HOST, PROSE, Answer, page, paper_site, rss
from warehouse.connect import live

STORY = "".join(f"<p>Part {number} of what the feed says. {PROSE}</p>" for number in range(3))
FEED_PATH = "/feed"
CHECK = b"<html><title>Please log in</title><body><h1>Log in</h1><p>Log in to read this article.</p><form><input type=password></form>"
OPTED = page("A reserved story").replace(b"<head>", b'<head><meta name="tdm-reservation" content="1">')
CURRENT = "select url, flags, contains(text, 'what the feed says') from articles_current"
ENTRIES = "select outcome, reason, attempts from entry_outcomes order by recorded_at"
PAGES = "select requested_url, outcome, archive_file is not null from pages order by fetched_at, page_id"
VERSIONS = "select version, contains(text, 'what the feed says') from article_versions order by version"
LINK = f"http://{HOST}/story"
STOOD_IN = [(LINK, ["text_of_feed"], True)]


def told(content: str = STORY, *, title: str = "The pier", link: str = LINK) -> Answer:
    item = f"<title>{title}</title><link>{link}</link><guid>1</guid><description><![CDATA[{content}]]></description>"
    return Answer(rss(item), "application/rss+xml")


class Installation:
    """One feed with one entry, whose page is at /story."""

    def __init__(self, site, folder, **settings):
        self.site = site
        self.settings = site.settings(folder).model_copy(update=settings)

    def run(self, *questions, batch_pages=policy.BATCH_PAGES):
        feeds = [Feed("paper", f"http://{HOST}{FEED_PATH}")]
        steps = Steps(open_pool=InProcessPool, batch_pages=batch_pages)
        summary = ingest(self.settings, feeds, this_world(), force=True, steps=steps)
        with live(self.settings.live, wait_seconds=1) as connection:
            return dict(summary.entries), *(connection.execute(question).fetchall() for question in questions)


@pytest.fixture
def paper(tmp_path):
    """An installation and its site: page and feed are what is given."""
    with paper_site({}) as site:

        def installation(story, feed, **settings):
            site.answers.update({FEED_PATH: feed} | ({"/story": story} if story else {}))
            return Installation(site, tmp_path / "state", **settings)

        yield installation


@pytest.mark.parametrize(
    ("story", "outcome", "reason"),
    [
        (Answer(b"", status=403), "http_403", "http_403"),
        (Answer(b"", status=410), "http_410", "http_410"),
        (None, "http_404", "http_404"),
        (Answer(b"x" * (policy.MAX_PAGE_BYTES + 1)), "too_large", "too_large"),
        (Answer(CHECK), "ok", "login_page"),
        (Answer(b"%PDF-1.7", "application/pdf"), "ok", "not_html"),
    ],
)
def test_an_article_without_its_page_is_loaded_from_the_feed_and_says_why(paper, story, outcome, reason):
    done, current, entries, pages = paper(story, told()).run(CURRENT, ENTRIES, PAGES)

    assert (done, current, entries) == ({"loaded": 1}, STOOD_IN, [("loaded", reason, 1)])
    assert pages == [(LINK, outcome, outcome != "too_large"), (f"entry://{HOST}/story", "ok", True)]


def test_what_robots_txt_keeps_from_being_fetched_may_be_read_where_the_feed_offers_it(paper):
    installation = paper(Answer(page("The pier")), told())
    installation.site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /story\n", "text/plain")

    assert installation.run(CURRENT, ENTRIES) == ({"loaded": 1}, STOOD_IN, [("loaded", "robots", 1)])


@pytest.mark.parametrize(
    "content",
    [
        "<p>A short announcement of what the feed does not say.</p>",
        f"{STORY}<p>And then …</p>",
        f"{STORY}<p>And then [...]</p>",
        f"{STORY}<p><a href='/story'>Continue reading The pier</a></p>",
        f"{STORY}<p>Weiterlesen auf paper.test</p>",
        f"{STORY}<p>続きを読む</p>",
    ],
)
def test_a_summary_or_a_beginning_stands_in_for_nothing(paper, content):
    done, current = paper(None, told(content)).run(CURRENT)

    assert (done, current) == ({"rejected": 1}, [])


def test_the_setting_switches_it_off(paper):
    assert paper(None, told(), feed_text=False).run(ENTRIES) == ({"rejected": 1}, [("rejected", "http_404", 1)])


def test_what_is_reserved_stays_unread_wherever_it_stands(paper):
    assert paper(Answer(OPTED), told(), obey_opt_outs=True).run(ENTRIES) == ({"rejected": 1}, [("rejected", "opted_out", 1)])


def test_a_link_to_a_private_address_brings_no_article(paper):
    assert paper(None, told(link="http://10.0.0.1/story")).run(ENTRIES) == ({"rejected": 1}, [("rejected", "refused_address", 1)])


def test_a_feed_of_another_site_does_not_speak_for_the_publisher(paper):
    installation = paper(None, told(link="http://bank.test/story"))
    installation.settings = installation.settings.model_copy(
        update={"connect_to": {**installation.settings.connect_to, "bank.test": installation.settings.connect_to[HOST]}}
    )

    assert installation.run(ENTRIES) == ({"rejected": 1}, [("rejected", "http_404", 1)])


def test_the_text_of_a_feed_is_cleaned_again_like_that_of_a_page(paper):
    installation = paper(None, told())
    installation.run()
    [(article_id,)] = installation.run("select article_id from articles")[1]
    context = RunContext(this_world().new_id(), installation.settings, this_world(), nobody, Steps(open_pool=InProcessPool))
    with context.warehouse() as connection:
        knowledge = known_now(context, connection)
    assert asyncio.run(clean_again(context, InProcessPool(1), [article_id], knowledge)) == 1

    readings = "select cause, flags from article_observations order by recorded_at"
    texts = "select count(distinct content_hash), count(distinct metadata_hash) from article_observations"
    _, observed, distinct, versions = installation.run(readings, texts, VERSIONS)
    assert observed == [("fetch", ["text_of_feed"]), ("reclean", ["text_of_feed"])]
    assert (distinct, versions) == ([(1, 1)], [(1, True)])


def test_a_page_that_may_yet_be_had_is_tried_to_the_end_first(paper):
    installation = paper(Answer(b"", status=503), told())
    runs = [installation.run(ENTRIES)[1][0] for _ in range(policy.PAGE_TRIES)]

    assert runs == [("pending", "http_503", number) for number in range(1, policy.PAGE_TRIES)] + [("loaded", "http_503 after 5 tries", 5)]


def test_neither_batches_nor_the_order_of_entries_change_what_is_read(tmp_path):
    stories = {"/one": Answer(page("The first")), "/two": Answer(b"", status=403), "/three": Answer(CHECK)}
    items = [
        f"<title>{path}</title><link>http://{HOST}{path}</link><description><![CDATA[{STORY}{path}]]></description>" for path in stories
    ]
    content = (
        "select canonical_url, content_hash, metadata_hash, flags from article_observations join articles using (article_id) order by all"
    )
    found = []
    for number, order in enumerate((items, items[::-1])):
        with paper_site({**stories, FEED_PATH: Answer(rss(*order), "application/rss+xml")}) as site:
            found.append(Installation(site, tmp_path / str(number)).run(content, batch_pages=1 + 9 * number))

    assert found[0] == found[1]
    assert [flags for *_, flags in found[0][1]] == [[], ["text_of_feed"], ["text_of_feed"]]


def test_nothing_happens_when_the_same_feed_is_read_again(paper):
    installation = paper(None, told())
    installation.run()
    installation.site.answers[FEED_PATH] = Answer(told().body + b"\n", "application/rss+xml")

    assert installation.run(CURRENT, VERSIONS) == ({"unchanged": 1}, STOOD_IN, [(1, True)])


def test_the_page_takes_over_when_it_can_be_had_and_that_is_no_edit(paper):
    installation = paper(None, told())
    installation.run()
    installation.site.answers.update({"/story": Answer(page("The pier, from its page")), FEED_PATH: told(title="The pier again")})
    second = installation.run(CURRENT, VERSIONS, ENTRIES)
    installation.site.answers.update({"/story": Answer(page("The pier, corrected", 5)), FEED_PATH: told(title="The pier at last")})
    third = installation.run(VERSIONS)

    assert second == (
        {"unchanged": 1},
        [(LINK, [], False)],
        [(1, False)],
        [("loaded", "http_404", 1), ("unchanged", "read from its page", 1)],
    )
    assert third == ({"revised": 1}, [(1, False), (2, False)])


def test_what_the_publisher_changes_in_the_feed_is_an_edit(paper):
    installation = paper(None, told())
    installation.run()
    installation.site.answers[FEED_PATH] = told(STORY + f"<p>And this was added today. {PROSE}</p>")

    assert installation.run(CURRENT, VERSIONS) == ({"revised": 1}, STOOD_IN, [(1, True), (2, True)])


def test_the_text_of_a_page_is_not_replaced_by_the_feeds(paper):
    installation = paper(Answer(page("The pier, from its page")), told())
    installation.run()
    installation.site.answers.update({"/story": Answer(b"", status=403), FEED_PATH: told(title="The pier again")})

    assert installation.run(CURRENT, VERSIONS) == ({"rejected": 1}, [(LINK, [], False)], [(1, False)])
