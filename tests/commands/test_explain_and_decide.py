"""What `explain`, `rules` and `restore` print, from a few imported articles."""

from __future__ import annotations

import json
import shutil

import pytest

from tasks.text.catalogue import catalogue
from tests.commands.conftest import ROOT
from warehouse.query import query

SEED = "tests/text/seed_article.txt"


@pytest.fixture(scope="session")
def url(published_state) -> str:
    """Of an article whose byline was moved."""
    return next(each for each, block in moved(published_state) if block["rule_id"] == "byline")


def moved(state):
    sql = "select url, rule_id, position from articles_current join blocks using (article_id, content_hash) where verdict = 'moved'"
    return [(url, {"rule_id": rule_id, "position": position}) for url, rule_id, position in query(state / "news.duckdb", sql).rows]


def test_a_file_is_told_block_by_block_as_one_line_of_why_and_one_of_text(feedmill):
    done = feedmill("explain", ROOT / SEED)
    lines = done.stdout.splitlines()

    assert done.returncode == 0
    at = next(number for number, line in enumerate(lines) if line.strip().startswith("20 removed edge-label: "))
    assert lines[at + 1] == "     Dismiss"
    assert lines[at + 2] == "21 blocks: 15 kept, 3 moved, 3 removed"


HOSTILE = """<html lang="en"><head><title>Ferry</title></head><body><article><h1>[red]Ferry[/red]</h1>
<p>The ferry sailed again on Tuesday, and the whole town came to see it leave the harbour shortly before noon.</p>
<p>Its captain \u202esaid that the crossing\u0085 had been quiet, and that \u009b2J nobody aboard had minded the rain at all.</p>
<p>A second ferry will follow in the autumn, when the pier on the northern shore has been repaired and painted.</p>
</article></body></html>"""


def test_what_a_page_says_cannot_reach_the_terminal(feedmill, tmp_path):
    (tmp_path / "page.html").write_text(HOSTILE, encoding="utf-8")
    done = feedmill("explain", "page.html")

    assert done.returncode == 0, done.stderr
    assert "[red]Ferry[/red]" in done.stdout
    assert "nobody aboard had minded" in done.stdout
    assert not any(not character.isprintable() for character in done.stdout.replace("\n", ""))


def test_an_article_is_told_with_its_evidence_and_its_life(feedmill, published_state, url):
    told = json.loads(feedmill("explain", url, "--state", published_state, "--json").stdout)

    assert told["article"]["url"] == url
    assert [version["version"] for version in told["versions"]] == [1]
    assert {block["verdict"] for block in told["blocks"]} >= {"kept", "moved"}
    assert any(each["chosen"] for each in told["candidates"])
    assert told["readings"][0]["archive_file"].endswith(".warc.gz")
    assert told["entries"][0]["outcome"] == "loaded"


COPIED = "The ferry sailed again on Tuesday, and the whole town came to see it leave the harbour shortly before noon, rain or not."
AGENCY = f"""<html lang="en"><head><title>{{title}}</title><link rel="canonical" href="https://{{host}}/ferry"></head><body><article>
<h1>{{title}}</h1><p>{COPIED}</p><p>{{own}}</p>
<p>Its captain said that the crossing had been quiet, and that nobody aboard had minded the rain at all, neither then nor later on.</p>
<p>A second ferry will follow in the autumn, when the pier on the northern shore has been repaired, painted and paid for at last.</p>
</article></body></html>"""


def test_who_says_the_same_is_told_with_who_was_first_how_much_and_which_blocks(feedmill, tmp_path):
    own = "What the {} paper asked, and nobody else did, was who will pay for all of it, and until when the town must go on waiting."
    for host in ("one.example", "two.example"):
        (tmp_path / f"{host}.html").write_text(AGENCY.format(title="Ferry sails", host=host, own=own.format(host)), encoding="utf-8")
        assert feedmill("import", f"{host}.html").returncode == 0

    first, later = (json.loads(feedmill("explain", f"https://{host}/ferry", "--json").stdout) for host in ("one.example", "two.example"))
    (of_first,), (of_later,) = first["near_duplicates"], later["near_duplicates"]
    assert (of_first["publisher_id"], of_first["is_first"]) == ("two.example", False)
    assert (of_later["publisher_id"], of_later["is_first"]) == ("one.example", True)
    assert of_later["own_share"] == of_first["other_share"] > 0.5
    alike = [block["text"] for block in later["blocks"] if block["position"] in of_later["shared"]]
    assert alike[0] == COPIED
    assert len(alike) == 3
    told = feedmill("explain", "https://two.example/ferry").stdout
    assert "  one.example, known before it," in told


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_an_address_that_no_article_goes_by_is_exit_code_1(feedmill, published_state, option):
    done = feedmill("explain", "https://nobody.example/\x1b[31m", "--state", published_state, *option)

    assert (done.returncode, done.stdout) == (1, "")
    assert "no article goes by the address" in done.stderr
    assert "\x1b" not in done.stderr


def test_a_name_that_is_no_file_is_a_wrong_call(feedmill, fails):
    fails(feedmill("explain", "nothing.html"), 2, "nothing.html is neither a file nor the URL of an article")


def test_rules_are_listed_with_how_often_they_fired_and_an_example(feedmill, published_state):
    listed = {rule["rule_id"]: rule for rule in json.loads(feedmill("rules", "--state", published_state, "--json").stdout)}

    assert listed["byline"]["blocks"] == listed["byline"]["articles"] > 0
    assert listed["byline"]["example"]
    assert {rule["state"] for rule in listed.values()} == {"active"}


def test_a_rule_that_never_fired_is_listed_and_may_be_switched_off(feedmill, published_state, tmp_path):
    shutil.copytree(published_state, tmp_path / "state")

    def listed():
        return {rule["rule_id"]: rule for rule in json.loads(feedmill("rules", "--state", "state", "--json").stdout)}

    before = listed()
    assert before.keys() == catalogue().keys()
    assert (before["link-list"]["blocks"], before["link-list"]["state"]) == (0, "active")
    assert before["link-list"]["reason"] == catalogue()["link-list"].reason
    assert feedmill("rules", "disable", "link-list", "--state", "state").returncode == 0
    assert listed()["link-list"]["state"] == "active, disabled"


def test_a_rule_that_there_is_not_is_a_wrong_call_and_near_ones_are_named(feedmill, published_state, fails):
    fails(feedmill("rules", "disable", "bylines", "--state", published_state), 2, "no rule is called 'bylines': did you mean byline")


def test_what_the_extractor_left_out_is_put_back_by_blocks_and_not_as_a_whole(feedmill, published_state, fails):
    fails(feedmill("rules", "disable", "outside-article", "--state", published_state), 2, "`feedmill restore` puts single blocks back")


def test_a_block_is_put_back_and_taken_out_again(feedmill, published_state, tmp_path, fails, url):
    shutil.copytree(published_state, tmp_path / "state")
    block = next(each["position"] for address, each in moved(published_state) if address == url and each["rule_id"] == "byline")
    given = (url, "--block", str(block), "--state", "state")

    def verdict():
        told = json.loads(feedmill("explain", url, "--state", "state", "--json").stdout)
        return next(each["verdict"] for each in told["blocks"] if each["position"] == block)

    fails(feedmill("restore", *given, "--undo"), 2, "there is nothing to undo")
    assert feedmill("restore", *given).stdout == "recorded; 1 article cleaned again\n"
    assert verdict() == "kept"
    fails(feedmill("restore", *given), 2, "stands in the text already")
    assert feedmill("restore", *given, "--undo").returncode == 0
    assert verdict() == "moved"


def test_a_block_that_there_is_not_is_a_wrong_call(feedmill, published_state, fails, url):
    fails(feedmill("restore", url, "--block", "9999", "--state", published_state), 2, "the article has no block 9999")


def test_an_article_that_there_is_not_has_no_block_to_restore(feedmill, published_state, fails):
    fails(feedmill("restore", "http://nobody.example/", "--block", "0", "--state", published_state), 2, "no article goes by the address")
