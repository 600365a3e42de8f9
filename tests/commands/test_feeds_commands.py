"""`feedmill feeds` and `feedmill status` as people and programs meet them, on a network that holds the newsroom and nothing else."""

from __future__ import annotations

import json

import pytest

from flows.commands.feeds.app import COMMANDS
from flows.demo.newsroom import Newsroom
from flows.demo.server import NewsroomServer
from flows.feeds_file import read_feeds
from flows.world import this_world
from tests.commands.conftest import ROOT
from tests.pipeline.paper_site import HOST, Answer, page, paper_site

NEWSROOM = Newsroom(1)
GOOD = next(feed.url for feed in NEWSROOM.truth().feeds if feed.status == 200)
BAD = next(feed.url for feed in NEWSROOM.truth().feeds if feed.status in {404, 500, 503})
OPML = """<opml version="2.0"><body><outline text="News">
<outline type="rss" text="One" xmlUrl="https://one.test/rss"/><outline type="rss" text="One again" xmlUrl="http://www.one.test/rss?utm_source=x"/>
<outline type="rss" text="Odd" xmlUrl="ftp://odd.test/"/></outline></body></opml>"""


@pytest.fixture
def online(feedmill):
    """The command where the newsroom is the whole network."""
    with NewsroomServer(NEWSROOM) as server:
        network = {"connect_to": json.dumps(dict(server.connect_to)), "allow_loopback": "true", "pace_seconds": "0"}
        yield lambda *arguments: feedmill(*arguments, **network)


def ids(folder):
    return [feed.feed_id for feed in read_feeds(folder / "feeds.toml")]


@pytest.mark.parametrize("name", [name for name, *_ in COMMANDS])
def test_every_command_of_the_group_is_on_the_ops_page(name):
    page = (ROOT / "flows" / "README.md").read_text(encoding="utf-8")
    assert f"`feedmill feeds {name} " in page or f"`feedmill feeds {name}`" in page or name == "list"


def test_a_feed_is_listed_paused_resumed_and_removed(feedmill, tmp_path):
    added = feedmill("feeds", "add", "https://one.test/rss", "--id", "one", "--publisher", "One", "--language", "en", "--json")

    assert json.loads(added.stdout) == {
        "feed_id": "one", "url": "https://one.test/rss", "publisher": "One", "language": "en", "country": None, "paused": False,
        "min_interval_minutes": None, "max_interval_minutes": None,
    }  # fmt: skip
    assert feedmill("feeds", "pause", "http://one.test/rss").stdout == "one is now paused\n"
    assert json.loads(feedmill("feeds", "list", "--json").stdout)[0]["paused"]
    assert feedmill("feeds", "resume", "one").stdout == "one is now polled\n"
    assert feedmill("feeds", "remove", "one").stdout == "one is listed no more: https://one.test/rss\n"
    assert ids(tmp_path) == []


def test_what_cannot_be_listed_is_said_and_changes_nothing(feedmill, fails, tmp_path):
    feedmill("feeds", "add", "https://one.test/rss", "--id", "one")
    before = (tmp_path / "feeds.toml").read_bytes()

    fails(feedmill("feeds", "add", "one.test"), 2, "is not a usable URL")
    fails(feedmill("feeds", "add", "https://two.test/", "--language", "English"), 2, "use a BCP 47 tag")
    fails(feedmill("feeds", "add", "http://www.one.test/rss"), 2, "it is listed already: one, https://one.test/rss")
    fails(feedmill("feeds", "add", "https://two.test/", "--id", "one"), 2, "it is listed already")
    fails(feedmill("feeds", "pause", "on"), 2, "no feed is listed as 'on': did you mean one?")
    assert (tmp_path / "feeds.toml").read_bytes() == before


def test_an_import_lists_what_is_new_and_tells_of_duplicates_and_bad_lines(feedmill, fails, tmp_path):
    (tmp_path / "list.opml").write_text(OPML, encoding="utf-8")
    dry = feedmill("feeds", "import", "list.opml", "--dry-run")

    assert dry.stdout.splitlines()[0] == "would be listed: 1; duplicates: 1; bad: 1"
    assert not (tmp_path / "feeds.toml").exists()
    done = feedmill("feeds", "import", "list.opml", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert [each["url"] for each in told["added"]] == ["https://one.test/rss"]
    assert [(each["line"], each["why"]) for each in told["duplicates"]] == [(3, "it stands at 2 too")]
    assert [each["line"] for each in told["bad"]] == [4]
    assert "# One\n[[feeds]]\n" in (tmp_path / "feeds.toml").read_text()


@pytest.mark.parametrize("written_as", ["opml", "csv"])
def test_an_exported_list_is_imported_as_the_same(feedmill, tmp_path, written_as):
    (tmp_path / "feeds.toml").write_bytes((ROOT / "feeds.example.toml").read_bytes())
    feedmill("feeds", "pause", "tagesschau")
    written = feedmill("feeds", "export", "--format", written_as).stdout

    done = feedmill("feeds", "import", "-", "--feeds", "copy.toml", given=written)
    assert done.returncode == 0, done.stderr
    assert read_feeds(tmp_path / "copy.toml") == read_feeds(tmp_path / "feeds.toml")
    assert feedmill("feeds", "export", "--format", written_as, "--feeds", "copy.toml").stdout == written


@pytest.mark.parametrize("body", [b"", b"\x00" * 100, b"<rss/>", b'<!DOCTYPE o [<!ENTITY a "b">]><opml/>', b"nothing\nat all\n"])
def test_a_file_that_is_no_list_is_a_wrong_call(feedmill, fails, tmp_path, body):
    (tmp_path / "list").write_bytes(body)

    fails(feedmill("feeds", "import", "list"), 2, "list is no list of feeds, OPML or CSV")
    assert not (tmp_path / "feeds.toml").exists()


def test_a_feed_is_asked_once_and_nothing_is_stored(online, tmp_path):
    look = json.loads(online("feeds", "test", GOOD, "--json").stdout)

    assert look["outcome"] == "ok"
    assert look["entries"] >= look["usable"] > 0
    assert look["newest"]
    assert list(tmp_path.iterdir()) == []
    failed = online("feeds", "test", BAD, "--json")
    assert (failed.returncode, json.loads(failed.stdout)["outcome"]) == (1, "http_error")


def test_the_feeds_of_a_site_are_found_from_the_feed_itself_or_its_usual_places(online, tmp_path):
    online("feeds", "add", GOOD, "--id", "good")
    (found,) = json.loads(online("feeds", "discover", GOOD, "--json").stdout)

    assert (found["url"], found["listed_as"]) == (GOOD, "good")


def test_a_site_without_feeds_ends_with_1_and_words(online, fails):
    fails(online("feeds", "discover", "https://nobody.test/"), 1, "no feed found at https://nobody.test/: dns")


def test_a_paused_feed_is_not_polled_and_status_tells_how_each_feed_stands(online, tmp_path):
    online("feeds", "add", GOOD, "--id", "good")
    online("feeds", "add", BAD, "--id", "bad")
    online("feeds", "add", "https://later.test/", "--id", "later", "--paused")
    done = online("ingest", "--json")

    assert done.returncode == 0, done.stderr
    assert sum(json.loads(done.stdout)["polls"].values()) == 2
    told = json.loads(online("status", "--json").stdout)
    assert {each["feed_id"]: each["standings"] for each in told["standings"]} == {"good": [], "bad": ["failing"], "later": ["paused"]}
    assert told["counts"]["failing"] == told["counts"]["paused"] == 1
    assert sum(each["feeds"] for each in told["domains"].values()) == told["feeds"] == 3
    assert online("status").stdout.startswith("3 feeds: 1 paused, 1 failing\n")
    shown = json.loads(online("feeds", "show", "bad", "--json").stdout)
    assert (shown["status"]["failures"], [each["outcome"] for each in shown["polls"]]) == (1, ["http_error"])
    assert (shown["status"]["due_reason"], shown["moves"], shown["gaps"]) == (shown["status"]["failure_kind"], [], [])
    assert [(each["path"], each["outcome"], each["refuses_front_page"]) for each in shown["host"]] == [("/robots.txt", "ok", False)]
    assert "/robots.txt" in online("feeds", "show", "bad").stdout


def test_before_any_run_every_feed_is_unpolled(feedmill):
    feedmill("feeds", "add", "https://one.test/rss", "--id", "one")

    assert json.loads(feedmill("status", "--json").stdout)["counts"]["unpolled"] == 1
    assert "not polled yet" in feedmill("feeds", "show", "one").stdout


def test_a_paused_feed_waits_for_somebody_to_resume_it(feedmill):
    feedmill("feeds", "add", "https://one.test/rss", "--id", "one", "--paused")

    assert "feedmill feeds resume one" in feedmill("feeds", "show", "one").stdout


def test_a_sitemap_is_looked_at_listed_polled_and_shown_like_a_feed(feedmill):
    new, old = f"{this_world().now().isoformat()}", "2016-05-03T10:00:00Z"
    urls = "".join(f"<url><loc>http://{HOST}/{name}</loc><lastmod>{date}</lastmod></url>" for name, date in (("new", new), ("old", old)))
    sitemap = Answer(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode(), "application/xml")
    with paper_site({"/sitemap.xml": sitemap, "/new": Answer(page("A new story"))}) as site:
        network = {"connect_to": json.dumps({HOST: f"127.0.0.1:{site.port}"}), "allow_loopback": "true", "pace_seconds": "0"}
        look = json.loads(feedmill("feeds", "test", f"http://{HOST}/sitemap.xml", "--json", **network).stdout)
        feedmill("feeds", "add", f"http://{HOST}/sitemap.xml", "--id", "map")
        told = json.loads(feedmill("ingest", "--json", **network).stdout)
        shown = json.loads(feedmill("feeds", "show", "map", "--json").stdout)

    assert (look["kind"], look["entries"], look["passed_over"]) == ("sitemap", 1, 1)
    assert told["entries"] == {"loaded": 1}
    assert [(each["outcome"], each["entry_count"], each["passed_over"]) for each in shown["polls"]] == [("ok", 1, 1)]
