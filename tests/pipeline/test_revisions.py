"""What the newsroom changed in its articles: found, and told by its kind."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace

import pytest

from flows import policy
from flows.demo.cases import Case
from flows.pipeline.context import RunContext, Steps
from flows.pipeline.ingest import ingest
from flows.pipeline.progress import nobody
from flows.pipeline.revisions import compare_versions
from flows.settings import Settings
from flows.world import this_world
from tasks.model import Feed
from tests.pipeline.newsroom_run import rows_of
from tests.pipeline.paper_site import HOST, Answer, item, page, paper_site, rss
from warehouse.connect import live

KINDS = {
    Case.HEADLINE_EDIT: ["headline"],
    Case.TEXT_EDIT: ["addition"],
    Case.CORRECTION: ["correction"],
    Case.THERE_AND_BACK: ["addition", "deletion"],
}


@pytest.mark.parametrize("case", KINDS)
def test_every_revision_of_the_newsroom_is_of_its_kind(case, played):
    found = dict(rows_of(played.copies[3], "select url, list(kind order by version) from revisions group by url"))
    expected = {article.url for article in played.truth.articles_in(case) if article.is_loadable}

    assert expected
    assert {url: found.get(url) for url in expected} == dict.fromkeys(expected, KINDS[case])


def test_no_article_that_nobody_changed_has_a_revision(played):
    revised = {article.url for case in KINDS for article in played.truth.articles_in(case)}

    assert {url for (url,) in rows_of(played.copies[3], "select distinct url from revisions")} <= revised


def test_blocks_that_were_added_are_what_the_newsroom_wrote(played):
    added = rows_of(played.copies[3], "select url, text_after from revision_blocks where version = 2 and change = 'added'")

    assert added
    for url, text in added:
        article = played.truth.article(url)
        before, after = ({line.text for line in article.at(number).kept} for number in (1, 2))
        assert text in after - before


CHANGES = "select * exclude (compared_at, run_id) from text_changes order by all"


def compared_again(folder, copy, **comparing):
    """The comparisons, made anew in as many runs as it takes; how many runs."""
    world = this_world()
    settings = Settings(state=folder)
    folder.mkdir()
    shutil.copyfile(copy, settings.live)
    settings.live.chmod(0o644)
    context = RunContext(world.new_id(), settings, world, nobody, Steps(comparing=replace(policy.COMPARING, **comparing)))
    with context.warehouse() as connection:
        connection.execute("delete from text_changes")
    counts = [0]
    while True:
        asyncio.run(compare_versions(context, everything=True))
        with context.warehouse() as connection:
            found = connection.execute(CHANGES).fetchall()
        if len(found) == counts[-1]:
            return found, len(counts) - 1
        counts.append(len(found))


def test_a_run_looks_at_articles_recorded_since_the_last_completed_run_only(tmp_path, played):
    world, settings = this_world(), Settings(state=tmp_path)
    shutil.copyfile(played.copies[3], settings.live)
    settings.live.chmod(0o644)
    context = RunContext(world.new_id(), settings, world, nobody, Steps())
    with context.warehouse() as connection:
        connection.execute("delete from text_changes")
    asyncio.run(compare_versions(context))

    with context.warehouse() as connection:
        found = set(connection.execute("select url from revisions where kind is not null").fetchall())
        lately = "select canonical_url from articles semi join article_observations as seen on seen.article_id = articles.article_id"
        last = "(select max(started_at) from runs where status = 'completed')"
        recorded = set(connection.execute(f"{lately} and seen.recorded_at >= {last}").fetchall())
        revised = set(connection.execute("select url from revisions").fetchall())
    assert found == recorded & revised
    assert 0 < len(found) < len(revised)


def test_what_is_too_much_for_one_run_the_next_one_goes_on_with_and_the_outcome_is_the_same(tmp_path, played):
    at_once, one = compared_again(tmp_path / "at-once", played.copies[3])
    slowly, runs = compared_again(tmp_path / "slowly", played.copies[3], texts=3, texts_at_a_time=2)

    assert at_once == slowly
    assert (one, runs) == (1, -(-len(at_once) // 3))
    assert at_once == rows_of(played.copies[3], CHANGES)


def told(story: bytes, summary: str):
    entry = f"{item('/story', title='The pier')}<description>{summary}</description>"
    return {"/feed": Answer(rss(entry), "application/rss+xml"), "/story": Answer(story)}


def test_other_quotation_marks_are_no_revision_and_the_last_ones_are_shown(tmp_path):
    quoting = page("The pier").replace(b"she said", b'"yes", she said - at last')
    with paper_site({}) as site:
        settings = site.settings(tmp_path / "state")
        for number, story in enumerate((quoting, quoting.replace(b'"yes"', "“yes”".encode()).replace(b" - ", " – ".encode()), quoting), 1):
            site.answers.update(told(story, f"summary {number}"))
            summary = ingest(settings, [Feed("paper", f"http://{HOST}/feed")], this_world(), force=True)
            assert summary.entries == {"loaded" if number == 1 else "unchanged": 1}
            with live(settings.live, wait_seconds=1) as connection:
                (text,) = connection.execute("select text from articles_current").fetchone()
                assert ("“yes”, she said – at last" in text) is (number == 2)

    with live(settings.live, wait_seconds=1) as connection:
        assert connection.execute("select count(*) from article_texts").fetchone() == (2,)
        assert connection.execute("select count(*) from article_observations").fetchone() == (3,)
        assert connection.execute("select version, observed_until from article_versions").fetchall() == [(1, None)]
        assert connection.execute("select * from revisions").fetchall() == []
