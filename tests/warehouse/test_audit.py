"""Each audit finds the one row that was broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.warehouse.warehouse_samples import (
    ALIAS,
    ARTICLE,
    ARTICLE_ID,
    BATCH,
    CANDIDATE,
    LATER,
    LEDGER,
    METADATA,
    NOON,
    OBSERVATION,
    PAGE,
    PENDING_ENTRY,
    POLL_ID,
    RUN,
    RUN_ID,
    SECOND,
    SIGNATURE,
    TEXT,
    block,
    ledger,
)
from warehouse.audit import audit, audits, rule_of
from warehouse.batch import Batch
from warehouse.load import load
from warehouse.tables import TABLES
from warehouse.watermark import EMPTY, watermark

LATER_RUN = replace(RUN, run_id=uuid4(), started_at=LATER)
LATER_PAGE = replace(PAGE, run_id=LATER_RUN.run_id, page_id=uuid4(), fetched_at=LATER)
OBSERVED_AGAIN = replace(OBSERVATION, run_id=LATER_RUN.run_id, page_id=LATER_PAGE.page_id, observed_at=LATER, recorded_at=LATER)


@pytest.fixture
def sound(store):
    """A store whose audits find nothing."""
    load(store, BATCH)
    load(store, SECOND)
    assert audit(store, run_id=None) == audit(store, run_id=RUN_ID) == ()
    return store


def found(store, run_id=None, before=EMPTY):
    return {violation.audit for violation in audit(store, run_id=run_id, before=before)}


BREAKS = [
    ("missing_outcomes", "delete from entry_outcomes where entry_key = 'two'"),
    ("missing_outcomes", "update polls set entry_count = 3"),
    ("missing_outcomes", "update polls set entry_count = null"),
    ("outcomes_without_observation", "update entry_outcomes set article_id = null where entry_key = 'one'"),
    ("outcomes_without_observation", "update article_observations set run_id = uuid(), recorded_at = recorded_at - interval 1 day"),
    ("incomplete_observations", "delete from article_texts"),
    ("incomplete_observations", "delete from article_metadata"),
    ("incomplete_observations", "delete from article_blocks"),
    ("incomplete_observations", "update article_blocks set snapshot_id = 'other'"),
    ("incomplete_observations", "delete from pages"),
    ("incomplete_observations", "delete from articles"),
    ("ledger_does_not_match_text", "update article_texts set text = text || '.'"),
    ("ledger_does_not_match_text", "update article_texts set text = replace(text, chr(10), ' ')"),
    ("ledger_does_not_match_text", "update article_blocks set blocks = blocks[2:]"),
    ("ledger_does_not_match_text", "update article_blocks set blocks = list_reverse(blocks)"),
    ("ledger_does_not_match_text", "update article_blocks set blocks = [struct_update(b, verdict := 'removed') for b in blocks]"),
    ("ledger_does_not_match_text", "update article_blocks set blocks = [struct_update(b, \"text\" := 'x') for b in blocks]"),
    ("ledger_does_not_match_text", "update article_blocks set blocks = [struct_update(b, char_start := b.char_start + 1) for b in blocks]"),
    ("attempts_without_page", "update entry_outcomes set attempts = 1, entry_url = 'https://news.example/never-asked-for'"),
    ("unexplained_outcomes", "update entry_outcomes set outcome = 'unchanged', article_id = null"),
    ("orphans", "delete from publishers"),
    ("orphans", "delete from feeds"),
    ("orphans", "delete from runs"),
    ("orphans", "delete from polls"),
    ("orphans", "delete from articles"),
    ("orphans", "delete from article_metadata"),
    ("orphans", "delete from article_observations"),
    ("orphans", "update article_texts set content_hash = 'other'"),
    ("orphans", "update article_metadata set metadata_hash = 'other'"),
    ("orphans", "update article_blocks set ruleset_id = 'other'"),
    ("orphans", "update metadata_candidates set metadata_hash = 'other'"),
    ("orphans", "update feeds set publisher_id = 'nobody.example'"),
    ("orphans", "update article_observations set snapshot_id = 'unknown'"),
    ("orphans", "delete from learned_rules"),
    ("orphans", "delete from snapshots"),
    ("orphans", "delete from templates"),
    ("orphans", "delete from template_places"),
    ("orphans", "update template_places set template_id = 'other'"),
    ("orphans", "update template_states set template_id = 'other'"),
    ("orphans", "update template_checks set checked_at = checked_at + interval 1 second"),
    ("orphans", "update snapshots set template_id = 'other'"),
    ("orphans", "update overrides set article_id = uuid()"),
    ("orphans", "update text_signatures set content_hash = 'other'"),
    ("orphans", "delete from text_signatures"),
    ("orphans", "update text_changes set before_hash = 'other'"),
    ("orphans", "update near_duplicate_pairs set content_hash_b = 'other'"),
    ("orphans", "delete from entry_outcomes"),
    ("orphans", "delete from entry_aliases"),
    ("orphans", "update entry_aliases set kind = 'entry_id'"),
    ("orphans", "delete from known_entries"),
    ("duplicate_keys", "update articles set url_key = 'news.example/one'"),
    ("hashes_at_odds", "update articles set url_key = url_key || '?page=2'"),
    ("hashes_at_odds", "update article_texts set text = 'Edited.'"),
    ("hashes_at_odds", "update article_texts set title = null"),
    ("hashes_at_odds", "update article_metadata set corrections = ['An earlier version was wrong.']"),
    ("days_at_odds", "update article_metadata set published_at = null"),
    ("days_at_odds", "update article_metadata set published_precision = 'day'"),
    ("days_at_odds", "update article_metadata set published_precision = null"),
    ("days_at_odds", "update article_metadata set published_precision = 'hour'"),
    ("days_at_odds", "update article_metadata set published_source = null"),
    ("days_at_odds", "update article_metadata set published_on = published_on - 2"),
    ("days_at_odds", "update article_metadata set published_at = published_at + interval 2 hours"),
    ("days_at_odds", "update article_metadata set published_on = published_on + 2, published_at = null, published_precision = 'day'"),
    ("evidence_at_odds", "update metadata_candidates set field = 'published', source = 'time'"),
    ("evidence_at_odds", "update article_metadata set published_source = null; update metadata_candidates set field = 'published'"),
    ("instants_at_odds", "update runs set finished_at = started_at - interval 2 hours, status = 'completed'"),
    ("instants_at_odds", "update runs set status = 'completed'"),
    ("instants_at_odds", "update polls set polled_at = polled_at - interval 2 hours"),
    ("instants_at_odds", "update pages set fetched_at = fetched_at - interval 2 hours"),
    ("instants_at_odds", "update pages set fetched_at = fetched_at + interval 1 minute"),
    ("instants_at_odds", "update article_observations set recorded_at = recorded_at - interval 2 hours"),
    ("instants_at_odds", "update articles set first_seen_at = first_seen_at + interval 2 hours"),
    ("instants_at_odds", "update articles set first_seen_date = first_seen_date + 1"),
    ("ledger_blocks_at_odds", 'update article_blocks set blocks = [struct_update(b, "position" := b.position + 1) for b in blocks]'),
    ("ledger_blocks_at_odds", "update article_blocks set blocks = [struct_update(b, field := 'captions') for b in blocks]"),
    ("ledger_blocks_at_odds", "update article_blocks set blocks = [struct_update(b, reason := null) for b in blocks]"),
    ("ledger_blocks_at_odds", "update article_blocks set blocks = [struct_update(b, verdict := 'lost') for b in blocks]"),
    ("ledger_blocks_at_odds", "update article_blocks set blocks = [struct_update(b, repeat_of := b.position) for b in blocks]"),
    ("ledger_blocks_at_odds", "update article_blocks set blocks = [struct_update(b, repeat_of := 99) for b in blocks]"),
    ("ledger_blocks_at_odds", "update article_blocks set blocks = [struct_update(b, link_density := 1.5) for b in blocks]"),
    ("ledger_blocks_at_odds", "update article_texts set paragraph_count = 3"),
    ("near_duplicates_at_odds", "update near_duplicate_pairs set shared_shingles = 3"),
    ("near_duplicates_at_odds", "update near_duplicate_pairs set similarity = 0.5"),
    ("near_duplicates_at_odds", "update near_duplicate_pairs set contained_a = 0.5"),
    ("near_duplicates_at_odds", "update near_duplicate_pairs set contained_b = 0.5"),
    ("near_duplicates_at_odds", "update near_duplicate_pairs set article_a = article_b"),
    ("learning_at_odds", "update snapshots set active_rules = 2"),
    ("learning_at_odds", "update snapshots set publisher_id = 'other.example'"),
    ("learning_at_odds", "update article_observations set snapshot_id = 'snapshot-a'; update snapshots set publisher_id = 'other.example'"),
    ("learning_at_odds", "update article_observations set extractor = 'template-b'"),
    ("learning_at_odds", "update template_checks set reason = null"),
    ("learning_at_odds", "update template_checks set outcome = 'used'"),
    ("learning_at_odds", "update template_checks set agreement = 1.5, outcome = 'used', reason = null"),
    ("polls_at_odds", "update polls set outcome = 'same_body'"),
    ("polls_at_odds", "update polls set overlap_count = 3"),
    ("polls_at_odds", "update polls set clashing_ids = 3"),
    ("polls_at_odds", "update polls set churned_ids = -1"),
    ("polls_at_odds", "update entry_outcomes set feed_id = 'other'"),
    ("polls_at_odds", "update polls set run_id = uuid()"),
    ("polls_at_odds", "update entry_outcomes set outcome = 'lost'"),
    ("polls_at_odds", "update entry_outcomes set next_try_at = recorded_at"),
    ("archive_pointers", "update pages set archive_length = null"),
    ("archive_pointers", "update polls set archive_offset = null"),
    ("archive_pointers", "update pages set archive_offset = -1"),
    ("archive_pointers", "update pages set archive_offset = 899"),
]


@pytest.mark.parametrize(("name", "sql"), BREAKS)
def test_an_audit_finds_what_was_broken_in_what_the_run_wrote(sound, name, sql):
    sound.execute(sql)

    assert name in found(sound)
    if "run_id" not in sql:
        assert name in found(sound, RUN_ID)


@pytest.mark.parametrize(
    "sql",
    [
        "update entry_aliases set article_id = uuid()",
        "update known_entries set article_id = uuid()",
        "update known_entries set feed_id = 'nobody'",
        "update feed_states set feed_id = 'nobody'",
        "update entry_outcomes set article_id = uuid(), outcome = 'unchanged'",
    ],
)
def test_a_row_that_names_nothing_is_found_when_everything_is_looked_at(sound, sql):
    sound.execute(sql)

    assert found(sound) == {"orphans"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_row_that_is_there_twice_is_found_in_every_table(sound, table):
    sound.table(table.name).limit(1).insert_into(table.name)

    for run_id in (None, RUN_ID):
        assert [v.subject.partition(" ")[0] for v in audit(sound, run_id=run_id) if v.audit == "duplicate_keys"] == [table.name]


def test_an_entry_that_is_known_twice_is_found_though_the_other_row_was_last_seen_by_an_earlier_run(sound):
    sound.execute("insert into known_entries select * replace (seen_at - interval 1 day as seen_at) from known_entries limit 1")

    assert found(sound, RUN_ID) == {"duplicate_keys"}


def test_an_entry_left_pending_and_untried_by_a_completed_run_is_found(store):
    untried = replace(PENDING_ENTRY, attempts=0, next_try_at=None)
    load(store, replace(BATCH, entry_outcomes=(BATCH.entry_outcomes[0], untried)))
    assert found(store) == set()

    load(store, Batch(runs=(replace(RUN, status="completed", finished_at=LATER),)))

    assert found(store) == found(store, RUN_ID) == {"entries_never_attempted"}


def test_an_entry_ended_by_a_later_run_counts_as_observed(sound):
    other = uuid4()
    load(sound, Batch(runs=(replace(RUN, run_id=other),)))
    sound.execute("update article_observations set run_id = $other where observed_at > $noon", {"other": other, "noon": NOON})

    assert found(sound) == set()


def test_a_violation_names_the_rule_the_row_and_what_is_there_instead(sound):
    sound.execute("update polls set entry_count = 3")

    (violation,) = audit(sound, run_id=RUN_ID)
    assert (violation.audit, violation.rule) == ("missing_outcomes", "Every entry of a feed that was read has exactly one outcome.")
    assert (violation.subject, violation.detail) == (str(POLL_ID), "3 entries in the feed example, 2 outcomes")


def test_what_other_runs_wrote_is_left_to_them(sound):
    sound.execute("delete from entry_outcomes where entry_key = 'two'; update article_texts set title = null")

    assert found(sound, uuid4(), watermark(sound)) == set()


@pytest.mark.parametrize(
    ("relation", "written"),
    [
        ("article_texts", Batch(article_texts=(replace(TEXT, content_hash="other"),))),
        ("article_metadata", Batch(article_metadata=(replace(METADATA, metadata_hash="other"),))),
        ("metadata_candidates", Batch(metadata_candidates=(replace(CANDIDATE, metadata_hash="other"),))),
        ("article_blocks", Batch(article_blocks=(replace(LEDGER, ruleset_id="other"),))),
        ("entry_aliases", Batch(entry_aliases=(replace(ALIAS, alias_key=1, article_id=uuid4()),))),
        ("text_signatures", Batch(text_signatures=(replace(SIGNATURE, content_hash="other"),))),
        ("articles", Batch(articles=(replace(ARTICLE, article_id=uuid4()),))),
    ],
)
def test_a_row_that_a_run_wrote_is_looked_at_though_no_observation_of_it_names_it(sound, relation, written):
    before = watermark(sound)
    load(sound, replace(written, runs=(LATER_RUN,)))

    assert "orphans" in found(sound, LATER_RUN.run_id, before), relation


@pytest.mark.parametrize("sql", [sql for name, sql in BREAKS if name == "incomplete_observations"])
def test_what_a_run_observed_again_is_missed_where_an_earlier_run_wrote_it(sound, sql):
    before = watermark(sound)
    load(sound, Batch(runs=(LATER_RUN,), pages=(LATER_PAGE,), article_observations=(OBSERVED_AGAIN,)))
    assert found(sound, LATER_RUN.run_id, before) == set()

    sound.execute(sql)

    assert "incomplete_observations" in found(sound, LATER_RUN.run_id, before)


def test_an_article_that_a_run_wrote_once_more_is_found_twice(sound):
    before = watermark(sound)
    sound.table("articles").limit(1).insert_into("articles")

    assert "duplicate_keys" in found(sound, uuid4(), before)


def test_a_ledger_of_another_ruleset_is_audited_too(sound):
    wrong = replace(LEDGER, ruleset_id="rules-2", blocks=ledger(block(0, None, "kept", (0, 17))))
    again = replace(OBSERVATION, ruleset_id="rules-2", recorded_at=NOON + timedelta(days=1))
    load(sound, Batch(article_blocks=(wrong,), article_observations=(again,)))

    assert {violation.subject for violation in audit(sound, run_id=None)} == {f"{ARTICLE_ID} rules-2"}


def test_candidates_of_metadata_that_is_not_there_are_found(sound):
    load(sound, Batch(metadata_candidates=(replace(CANDIDATE, article_id=uuid4()),)))

    assert found(sound) == found(sound, RUN_ID) == {"orphans"}


@pytest.mark.parametrize("name", audits())
def test_every_audit_says_its_rule_in_a_sentence(name):
    assert rule_of(name).endswith(".")
    assert rule_of(name)[0].isupper()
