"""What people decide is obeyed from then on, by what comes and by what is there, and is no change of the publisher's."""

from __future__ import annotations

from uuid import UUID

import pytest

from flows.pipeline.decisions import Decision, decide
from flows.pipeline.lease import RunLease
from flows.world import this_world
from tasks.text.learning.masks import masked_hash
from tests.pipeline.paper_files import CLUB, STEPS, TOPICS, Paper, with_
from warehouse.connect import live
from warehouse.lease import INGEST, LeaseHeld


@pytest.fixture
def paper(tmp_path) -> Paper:
    """Three articles, and what recurs in them learned."""
    paper = Paper(tmp_path)
    paper.bring(*TOPICS[:3])
    assert paper.tails() == [False] * 3
    return paper


def learned_rule(paper) -> str:
    ((rule_id,),) = paper.query("select rule_id from learned_rules_current")
    return rule_id


def decided(paper, decision, **refining):
    return decide(paper.settings, this_world(), decision, made_by="ada@mill", steps=with_(**refining))


def restoring(paper, topic, action="restore"):
    ((article_id,),) = paper.query("select article_id from articles where canonical_url = ?", f"https://gazette.example/{topic}")
    assert isinstance(article_id, UUID)
    return Decision(
        action, publisher_id="gazette.example", article_id=article_id, block_hash=masked_hash(CLUB), example=CLUB, why="it is news"
    )


@pytest.mark.parametrize("publisher", [None, "gazette.example"])
def test_a_rule_switched_off_takes_nothing_any_more_until_it_is_switched_on(paper, publisher):
    done = decided(paper, Decision("disable", rule_id=learned_rule(paper), publisher_id=publisher))
    assert (done.cleaned_again, done.left) == (3, 0)
    assert paper.tails() == [True] * 3
    assert paper.query("select state, is_obeyed from learned_rules_current") == [("active", False)]

    paper.bring(TOPICS[3])
    assert paper.tails() == [True] * 4

    decided(paper, Decision("enable", rule_id=learned_rule(paper), publisher_id=publisher))
    assert paper.tails() == [False] * 4
    assert paper.violations() == ()


def test_a_shipped_rule_switched_off_everywhere_is_off_for_publishers_that_come_later(tmp_path):
    paper = Paper(tmp_path)
    paper.bring(TOPICS[0], tail="Dismiss")
    decided(paper, Decision("disable", rule_id="edge-label"))
    paper.bring(TOPICS[1], tail="Dismiss", host="later.example")

    assert paper.query("select publisher_id, contains(\"text\", 'Dismiss') from articles_current order by 1") == [
        ("gazette.example", True),
        ("later.example", True),
    ]


def test_what_is_decided_for_one_publisher_outweighs_what_is_decided_for_all(paper):
    rule_id = learned_rule(paper)
    decided(paper, Decision("enable", rule_id=rule_id, publisher_id="gazette.example"))
    decided(paper, Decision("disable", rule_id=rule_id))

    assert paper.tails() == [False] * 3


def test_a_restored_block_stands_in_its_article_alone_and_stays_when_it_is_read_again(paper):
    decided(paper, restoring(paper, TOPICS[0]))
    texts = dict(paper.query('select url, contains("text", ?) from articles_current', CLUB))
    assert [url for url, stands in texts.items() if stands] == [f"https://gazette.example/{TOPICS[0]}"]

    assert paper.bring(TOPICS[0]) == {"unchanged": 1}
    assert dict(paper.query('select url, contains("text", ?) from articles_current', CLUB)) == texts

    decided(paper, restoring(paper, TOPICS[0], "unrestore"))
    assert paper.tails() == [False] * 3


def test_no_decision_makes_a_version(paper):
    rule_id = learned_rule(paper)
    for decision in (
        restoring(paper, TOPICS[0]),
        Decision("disable", rule_id=rule_id),
        Decision("enable", rule_id=rule_id),
        restoring(paper, TOPICS[0], "unrestore"),
    ):
        decided(paper, decision)
        paper.bring(TOPICS[0], noise=decision.action)

    assert [paper.versions(topic) for topic in TOPICS[:3]] == [1, 1, 1]
    assert paper.violations() == ()


def test_articles_for_which_one_decision_has_no_room_follow_with_the_next_run(paper):
    done = decided(paper, Decision("disable", rule_id=learned_rule(paper)), recleaned=1)
    assert (done.cleaned_again, done.left) == (1, 2)

    paper.bring(TOPICS[0])
    assert paper.tails() == [True] * 3


def test_every_decision_is_kept_with_who_when_and_why(paper):
    decided(paper, restoring(paper, TOPICS[0]))
    decided(paper, restoring(paper, TOPICS[0], "unrestore"))

    kept = "select made_by, action, example, why from overrides order by made_at"
    assert paper.query(kept) == [("ada@mill", "restore", CLUB, "it is news"), ("ada@mill", "unrestore", CLUB, "it is news")]
    assert paper.query("select action from overrides_current") == [("unrestore",)]


def test_nothing_is_decided_while_a_run_is_at_work(paper):
    world = this_world()
    with live(paper.settings.live, wait_seconds=5) as connection:
        RunLease(INGEST, "ingest", world.new_id(), world).take(connection, ())

    with pytest.raises(LeaseHeld):
        decide(paper.settings, world, restoring(paper, TOPICS[0]), made_by="ada@mill", steps=STEPS)
    assert paper.query("select * from overrides") == []
