"""Templates in runs and at their ends: when one is learned, used, refused, given up, forgotten; and that none looks like the publisher."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows import policy
from flows.pipeline.decisions import Decision, decide
from flows.pipeline.knowledge import with_templates
from flows.world import this_world
from tasks.template_states import DISAGREED, REFUSED, due_for_template, never_tried, retired, retirement, tried
from tests.pipeline.paper_files import STEPS
from tests.pipeline.template_paper import NOTE, PUBLISHER, STORIES, TemplatePaper, audited_page, judged_by
from warehouse.alarms import alarms
from warehouse.connect import live
from warehouse.rows import TemplatePlaceRow, TemplateRow, TemplateStateRow
from warehouse.stored import TemplateRecord

REDESIGN = {"design": "modern"}
CHECKS = "select template_id, outcome, reason is null, agreement is null from template_checks order by checked_at, article_id"


@pytest.fixture
def paper(tmp_path) -> TemplatePaper:
    return TemplatePaper(tmp_path)


@pytest.fixture
def taught(paper) -> TemplatePaper:
    """Four articles, and a template learned from them."""
    paper.bring_stories(*STORIES[:4])
    assert paper.state()[0]
    return paper


def test_the_fourth_article_teaches_a_template_and_the_next_run_reads_with_it(paper):
    paper.bring_stories(*STORIES[:3])
    assert paper.state() == (None, None)
    paper.bring_stories(STORIES[3])
    template_id, _ = paper.state()
    paper.bring_stories(STORIES[4])

    assert paper.readers() == ["extractor"] * 4 + ["template"]
    assert paper.query("select pages from templates") == [(4,)]
    sql = "select snapshots.template_id from article_observations join snapshots using (snapshot_id) where extractor = ?"
    assert paper.query(sql, template_id or "") == [(template_id,)]
    assert paper.query(CHECKS) == []
    assert paper.violations() == ()


def test_text_fields_and_versions_are_those_without_templates(taught, tmp_path):
    other = TemplatePaper(tmp_path / "without")
    other.switched(templates=False)
    other.bring_stories(*STORIES[:4])
    for each in (taught, other):
        each.bring_stories(*STORIES[4:6])

    said = "select url, title, text, authors, word_count from articles_current order by url"
    assert other.readers() == ["extractor"] * 6
    assert taught.query(said) == other.query(said)


def test_a_new_template_does_not_clean_history_again(taught):
    taught.bring_stories(STORIES[4])

    assert taught.query("select distinct cause from article_observations where extractor like 'template-%'") == [("import",)]


def test_a_template_that_stands_is_learned_no_more(taught):
    before = taught.query("select * from template_states"), taught.query("select * from templates")
    taught.bring_stories(*STORIES[4:10])

    assert (taught.query("select * from template_states"), taught.query("select * from templates")) == before


def test_a_page_of_another_design_is_refused_and_read_as_without_a_template(taught):
    taught.bring_stories(STORIES[4], **REDESIGN)
    template_id, _ = taught.state()

    assert taught.readers()[-1] == "extractor"
    assert taught.query(CHECKS) == [(template_id, "refused", False, True)]
    assert taught.violations() == ()


def test_a_template_that_refuses_too_much_goes_and_the_next_is_learned_from_later_pages_alone(taught):
    steps = judged_by(asked_least=3)
    first, _ = taught.state()
    taught.bring_stories(*STORIES[4:7], steps=steps, **REDESIGN)
    assert taught.state() == (None, REFUSED)
    with live(taught.settings.live, wait_seconds=5) as connection:
        (alarm,) = alarms(connection)
    assert (alarm.publisher_id, alarm.alarm, alarm.rule_id, alarm.articles, alarm.found) == (PUBLISHER, "template_refused", first, 3, 1.0)

    taught.bring_stories(*STORIES[7:10], steps=steps, **REDESIGN)
    assert taught.state() == (None, REFUSED)
    taught.bring_stories(STORIES[10], steps=steps, **REDESIGN)
    taught.bring_stories(STORIES[11], steps=steps, **REDESIGN)

    second, _ = taught.state()
    assert second not in (None, first)
    assert taught.query("select pages from templates where template_id = ?", second or "") == [(4,)]
    assert taught.readers()[-1] == "template"
    assert taught.violations() == ()


def test_a_template_that_audits_contradict_goes(taught):
    """By a measure that no reading meets, since these pages hold nothing to disagree about."""
    steps = judged_by(least_agreement=1.1)
    taught.bring_pages(audited_page(STORIES[4]), steps=steps)
    assert taught.state()[1] is None
    taught.bring_pages(audited_page(STORIES[5]), steps=steps)

    assert taught.state() == (None, DISAGREED)
    assert taught.query("select outcome, agreement from template_checks") == [("used", 1.0)] * 2
    assert taught.readers()[-2:] == ["template"] * 2


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5, 3, 1, 0, 2, 4)])
def test_the_order_of_pages_and_the_size_of_batches_teach_the_same(tmp_path, order):
    names = set()
    for batch_pages in (1, 64):
        paper = TemplatePaper(tmp_path / str(batch_pages))
        paper.bring_stories(*(STORIES[each] for each in order), steps=replace(STEPS, batch_pages=batch_pages))
        names.add((paper.state(), *paper.query("select snapshot_id from snapshots where template_id is not null")))
    straight = TemplatePaper(tmp_path / "straight")
    straight.bring_stories(*STORIES[:6])

    assert names == {(straight.state(), *straight.query("select snapshot_id from snapshots where template_id is not null"))}


class Interrupted(Exception):
    """As if the process had been killed."""


def test_an_interrupted_round_is_finished_by_the_next_one(paper):
    def stop(told: str, count: int) -> None:
        del count
        if told == "template":
            raise Interrupted

    with pytest.raises(Interrupted):
        paper.bring_stories(*STORIES[:4], tell=stop)
    paper.bring_stories(STORIES[4])
    paper.bring_stories(STORIES[5])

    assert paper.readers()[-1] == "template"
    assert paper.violations() == ()


def test_switched_off_they_are_neither_learned_nor_used_and_rows_tell_the_truth(taught):
    before = taught.query("select snapshot_id from learning_states")
    taught.switched(templates=False)
    taught.bring_stories(STORIES[4])

    assert taught.readers() == ["extractor"] * 5
    read_with = "select distinct snapshots.template_id from articles_current left join snapshots using (snapshot_id)"
    assert taught.query(read_with) == [(None,)]
    assert taught.violations() == ()
    taught.switched(templates=True)
    taught.bring_stories(STORIES[5])
    assert taught.readers()[-1] == "template"
    assert taught.query("select snapshot_id from learning_states") == before


@pytest.mark.parametrize("again", [False, True])
def test_a_template_that_a_person_forgets_is_used_no_more_and_not_learned_from_what_it_was_learned_from(taught, again):
    taught.bring_stories(STORIES[4])
    template_id, _ = taught.state()
    decision = Decision("forget", rule_id=template_id, publisher_id=PUBLISHER, why="it loses notes", read_again=again)
    done = decide(taught.settings, this_world(), decision, made_by="ada@mill", steps=STEPS)

    assert taught.state() == (None, "forgotten")
    assert taught.query("select action, rule_id, why from overrides") == [("forget", template_id, "it loses notes")]
    assert (done.cleaned_again, taught.readers()[-1]) == ((1, "extractor") if again else (0, "template"))
    taught.bring_stories(*STORIES[5:8])
    assert taught.state() == (None, "forgotten")
    taught.bring_stories(*STORIES[8:10])
    assert taught.state()[0]
    assert taught.violations() == ()


def without_note(paper: TemplatePaper) -> None:
    """Give the paper a template that leaves out what the extractor takes."""
    context = paper.context()
    with context.warehouse() as connection:
        paths = connection.execute("select distinct dom_path, verdict from blocks where rule_id is null or rule_id <> 'outside-article'")
        places = tuple(
            TemplatePlaceRow("template-other", path, 900, 0, "outside" if path.endswith("note") else "inside")
            for path in sorted({path for path, _ in paths.fetchall()})
        )
        row = TemplateRow("template-other", PUBLISHER, 4, 1.0, 60, 500, 3, context.world.now(), context.run_id)
        state = TemplateStateRow(PUBLISHER, "template-other", context.world.now(), 0, None)
        rows = with_templates(context, connection, [PUBLISHER], {PUBLISHER: "template-other"})
        context.write(connection, replace(rows, templates=(row,), template_places=places, template_states=(state,)))


@pytest.mark.parametrize(("changes", "outcome", "versions"), [
    ({"noise": "other"}, "unchanged", 1),
    ({"more": "<p>Nobody in the whole town had expected that so many of them would come to see it at once.</p>"}, "revised", 2),
])  # fmt: skip
def test_an_article_keeps_its_reader_and_is_a_version_only_if_its_publisher_changed_it(paper, changes, outcome, versions):
    paper.bring_stories(*STORIES[:3])
    assert all(NOTE in text for (text,) in paper.query("select text from articles_current"))
    without_note(paper)

    assert paper.bring_stories(STORIES[0], **changes) == {outcome: 1}
    assert paper.readers()[0] == "extractor"
    assert all(NOTE in text for (text,) in paper.query("select text from articles_current"))
    assert paper.versions_of(STORIES[0]) == versions
    assert paper.violations() == ()


NOW = datetime(2026, 3, 1, tzinfo=UTC)
RULES = policy.TEMPLATING


def test_publishers_are_tried_at_four_pages_and_then_at_twice_as_many():
    state, at = never_tried("a", RULES), []
    for articles in range(1, 65):
        if due_for_template({"a": articles}, {"a": state}, RULES):
            at.append(articles)
            state = tried(state, None, articles=articles, pages=min(articles, RULES.pages), now=NOW, rules=RULES)

    assert at == [4, 8, 16, 32, 64]


def test_a_publisher_in_vain_tried_with_many_articles_is_tried_again_once_all_pages_to_learn_from_are_new():
    after = tried(never_tried("a", RULES), None, articles=100, pages=32, now=NOW, rules=RULES)

    assert (after.tries, after.next_try) == (1, 132)


def test_those_with_most_articles_are_tried_first_and_no_more_than_a_run_may():
    counts = {"a": 4, "b": 90, "c": 3, "d": 90}

    assert [each.publisher_id for each in due_for_template(counts, {}, RULES)] == ["b", "d", "a"]
    assert [each.publisher_id for each in due_for_template(counts, {}, replace(RULES, publishers=1))] == ["b"]
    assert (
        due_for_template(counts, {"b": TemplateStateRow("b", "template-b", NOW, 0, None)}, replace(RULES, publishers=1))[0].publisher_id
        == "d"
    )


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (TemplateRecord("a", "t", (0.99, 0.8, 0.99, 0.99, 0.99), 30, 10), None),
        (TemplateRecord("a", "t", (0.99, 0.8, 0.99, 0.99, 0.8), 0, 0), DISAGREED),
        (TemplateRecord("a", "t", (0.8,), 0, 0), None),
        (TemplateRecord("a", "t", (0.85, 0.85), 0, 0), None),
        (TemplateRecord("a", "t", (0.84, 0.84), 0, 0), DISAGREED),
        (TemplateRecord("a", "t", (), 19, 19), None),
        (TemplateRecord("a", "t", (), 20, 6), None),
        (TemplateRecord("a", "t", (), 20, 7), REFUSED),
    ],
)
def test_two_bad_audits_of_five_or_more_than_a_third_of_twenty_pages_retire_a_template(record, why):
    after = retirement(TemplateStateRow("a", "t", NOW, 0, None), record, articles=90, now=NOW, rules=replace(RULES, refused_share=1 / 3))

    assert (after.retired_why if after else None) == why


def test_after_a_retirement_as_many_new_articles_are_waited_for_as_at_first():
    after = retired(TemplateStateRow("a", "t", NOW, 0, None), REFUSED, articles=90, now=NOW, rules=RULES)

    assert (after.template_id, after.retired_id, after.since, after.next_try) == (None, "t", NOW, 94)
