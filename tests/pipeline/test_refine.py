"""Learning at the end of a run: what it changes, what it must not look like, and that order, interruption and repetition change nothing."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace

import pytest

from flows.pipeline.import_files import import_files
from flows.pipeline.knowledge import known_now
from flows.pipeline.refine import clean_again, follow, relearn
from flows.world import this_world
from tasks.refine import due_publishers, sighting_of
from tasks.text.learning.learn import learn
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_files import CLUB, REFINING, STEPS, TOPICS, Paper, page, with_
from warehouse import learning
from warehouse.connect import live
from warehouse.rows import LearningStateRow


@pytest.fixture
def paper(tmp_path) -> Paper:
    return Paper(tmp_path)


def test_what_recurs_is_learned_at_the_end_of_a_run_and_goes_from_the_articles_that_taught_it(paper):
    paper.bring(*TOPICS[:2])
    assert paper.tails() == [True, True]

    paper.bring(TOPICS[2])

    assert paper.tails() == [False, False, False]
    assert paper.query("select publisher_id, support, is_obeyed, example from learned_rules_current") == [
        ("gazette.example", 3, True, CLUB)
    ]
    assert paper.violations() == ()


def test_the_next_run_cleans_with_what_was_learned_and_says_so_in_its_rows(paper):
    paper.bring(*TOPICS[:3])
    ((snapshot_id,),) = paper.query("select snapshot_id from learning_states")

    paper.bring(TOPICS[3])

    assert paper.tails() == [False] * 4
    assert paper.query("select distinct snapshot_id, cause from article_observations where cause = 'import' order by 1 nulls first") == [
        (None, "import"),
        (snapshot_id, "import"),
    ]
    removed = paper.query("select distinct rule_id from blocks where \"text\" = ? and verdict = 'removed'", CLUB)
    assert [rule_id.startswith("learned-") for (rule_id,) in removed] == [True]


def test_the_same_bytes_under_another_snapshot_are_no_version(paper):
    paper.bring(*TOPICS[:3])

    assert paper.bring(TOPICS[0]) == {"unchanged": 1}
    assert paper.versions(TOPICS[0]) == 1


@pytest.mark.parametrize(
    ("changes", "outcome", "versions"),
    [({"noise": "other"}, "unchanged", 1), ({"more": "<p>Nobody had expected that so many would come.</p>"}, "revised", 2)],
)
def test_a_page_is_compared_as_the_present_rules_read_it_then_and_now(paper, changes, outcome, versions):
    """A run learned and did not get to cleaning anything again. Seen twice before, to be sure that both readings are of one version."""
    paper.bring(TOPICS[0])
    paper.bring(*TOPICS[:3], steps=with_(recleaned=0))
    assert paper.tails() == [True] * 3

    assert paper.bring(TOPICS[0], steps=with_(recleaned=0), **changes) == {outcome: 1}
    assert paper.versions(TOPICS[0]) == versions


def test_a_page_whose_original_is_gone_keeps_the_text_it_had(paper):
    paper.bring(*TOPICS[:2])
    for file in paper.settings.archive.iterdir():
        file.unlink()

    paper.bring(TOPICS[2])

    assert sorted(paper.tails()) == [False, True, True]
    assert paper.query("select is_followed from learning_states") == [(True,)]


def test_the_same_bytes_are_no_version_though_other_rules_read_them_and_their_original_is_gone(paper):
    paper.bring(*TOPICS[:2])
    for file in paper.settings.archive.iterdir():
        file.unlink()
    paper.bring(TOPICS[2])

    assert paper.bring(*TOPICS[:2]) == {"unchanged": 2}
    assert paper.tails() == [False] * 3
    assert [paper.versions(topic) for topic in TOPICS[:2]] == [1, 1]
    assert paper.bring(TOPICS[0], more="<p>Nobody had expected that so many would come.</p>") == {"revised": 1}
    assert paper.versions(TOPICS[0]) == 2


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5, 3, 1, 0, 2, 4)])
def test_a_snapshot_is_known_by_what_it_holds_not_by_how_it_came_about(tmp_path, order):
    names = set()
    for number, parts in enumerate((1, 2, 6)):
        paper = Paper(tmp_path / str(number))
        paper.settings = paper.settings.model_copy(update={"templates": False})  # a template says when it was learned
        topics = [TOPICS[each] for each in order]
        for start in range(0, len(topics), len(topics) // parts):
            paper.bring(*topics[start : start + len(topics) // parts])
        relearn(paper.context(grown_by=1, grown_share=0.0))
        names.add(tuple(paper.query("select snapshot_id, active_rules from snapshots join learning_states using (snapshot_id)")))

    assert len(names) == 1


def test_learning_again_from_the_same_articles_changes_nothing(paper):
    paper.bring(*TOPICS[:3])
    before = paper.query("select * from snapshots"), paper.query("select * from learned_rules")
    with live(paper.settings.live, wait_seconds=5) as connection:
        connection.execute("update learning_states set articles = 0")
    relearn(paper.context(grown_by=1, grown_share=0.0))

    assert (paper.query("select * from snapshots"), paper.query("select * from learned_rules")) == before
    assert paper.query("select is_followed from learning_states") == [(True,)]


def test_what_one_run_has_no_room_for_the_next_one_cleans(paper):
    paper.bring(*TOPICS[:3], steps=with_(recleaned=2))
    assert sorted(paper.tails()) == [False, False, True]

    assert asyncio.run(follow(paper.context(), InProcessPool(1))) == 0
    assert paper.tails() == [False] * 3


class Interrupted(Exception):
    """As if the process had been killed."""


@pytest.mark.parametrize("event", ["learn", "reclean"])
def test_an_interrupted_round_is_finished_by_the_next_one(paper, event):
    def stop(told: str, count: int) -> None:
        if told == event:
            raise Interrupted

    paper.bring(*TOPICS[:2])
    (paper.pages / "market.html").write_text(page("market"), encoding="utf-8")
    with pytest.raises(Interrupted):
        import_files(paper.settings, [paper.pages / "market.html"], this_world(), tell=stop, steps=STEPS)
    paper.bring(TOPICS[3])

    assert paper.tails() == [False] * 4
    assert paper.violations() == ()


CLEANED_AS_NOW = """
select article_id
from articles
join articles_current using (article_id)
join learning_states on learning_states.publisher_id = articles.publisher_id
where learning_states.snapshot_id = articles_current.snapshot_id
order by article_id
"""
NEWEST_ROWS = """
select article_id, observed_at, content_hash, metadata_hash, extractor, ruleset_id, flags
from article_readings
order by article_id, observed_at
"""


def test_a_page_out_of_the_archive_gives_the_row_that_it_gave_fresh(tmp_path, played):
    """With all that its feed said of it. Every third of the demo's articles that were cleaned with what is known now."""
    state = tmp_path / "state"
    state.mkdir()
    shutil.copyfile(played.copies[3], state / "live.duckdb")
    (state / "live.duckdb").chmod(0o644)
    (state / "archive").symlink_to(played.copies[3].parent / "archive")
    paper = Paper(tmp_path)
    before = paper.query(NEWEST_ROWS)
    chosen = [article_id for (article_id,) in paper.query(CLEANED_AS_NOW)][::3]
    context = paper.context()
    with context.warehouse() as connection:
        knowledge = known_now(context, connection)
    cleaned = asyncio.run(clean_again(context, InProcessPool(1), chosen, knowledge))

    assert cleaned == len(chosen) > 10
    assert paper.query(NEWEST_ROWS) == before


def test_ledgers_whose_surroundings_are_only_counted_teach_what_whole_ones_teach(tmp_path, played):
    shutil.copyfile(played.copies[3], tmp_path / "live.duckdb")
    (tmp_path / "live.duckdb").chmod(0o644)
    with live(tmp_path / "live.duckdb", wait_seconds=0) as connection:
        publishers = learning.article_counts(connection)
        newest = learning.newest_articles(connection, publishers, 400)
        taught = []
        for whole in (True, False):
            found = learning.ledgers(connection, [each for ids in newest.values() for each in ids], whole=whole)
            taught.append(learn(sighting_of(publisher, found[each]) for publisher, ids in newest.items() for each in ids))

    assert taught[0] == taught[1]
    assert taught[0]


def test_a_publisher_is_learned_anew_once_it_doubled():
    state = LearningStateRow("a", None, None, 100, None, is_followed=True)
    counts = {"a": 200, "b": 3, "c": 50}

    assert due_publishers({"a": 199, "b": 2}, {"a": state}, REFINING) == ()
    assert due_publishers(counts, {"a": state}, REFINING) == ("b", "c", "a")
    assert due_publishers(counts, {"a": state}, replace(REFINING, publishers=2)) == ("b", "c")
    assert due_publishers({"a": 4}, {"a": replace(state, articles=2)}, REFINING) == ()


def test_a_large_publisher_is_learned_anew_once_all_that_it_is_learned_from_is_new():
    state = LearningStateRow("a", None, None, 5_000, None, is_followed=True)

    assert due_publishers({"a": 5_399}, {"a": state}, REFINING) == ()
    assert due_publishers({"a": 5_400}, {"a": state}, REFINING) == ("a",)
