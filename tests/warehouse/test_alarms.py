"""When what cleaning does to a publisher's newest articles is odd, and when it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid5

import pytest

from tests.warehouse.warehouse_samples import (
    LEARNING_STATE,
    LEDGER,
    METADATA,
    NOON,
    OBSERVATION,
    SNAPSHOT,
    SPACE,
    TEMPLATE_STATE,
    TEXT,
    block,
    ledger,
)
from warehouse.alarms import alarms, publishers_to_tell_of
from warehouse.batch import Batch
from warehouse.load import load
from warehouse.rows import ArticleRow
from warehouse.watermark import EMPTY, watermark

BODY = "The ferry sailed again on Tuesday, nine weeks after divers found a crack in its hull."
OLDER = 30
SOME = 12


def article(number, *removed, publisher="news.example", rule_id="prompt"):
    """The rows of one article, an hour after the one before, with these blocks removed after its text."""
    name, at = f"{publisher}-{number}", NOON + timedelta(hours=number)
    article_id = uuid5(SPACE, name)
    blocks = [block(0, None, "kept", (0, len(BODY))), *(block(at, text, "removed", rule_id=rule_id) for at, text in enumerate(removed, 1))]
    return Batch(
        articles=(ArticleRow(article_id, name, f"https://{name}/", publisher, at, at.date()),),
        article_texts=(replace(TEXT, article_id=article_id, text=BODY),),
        article_metadata=(replace(METADATA, article_id=article_id),),
        article_observations=(replace(OBSERVATION, article_id=article_id, observed_at=at, recorded_at=at),),
        article_blocks=(replace(LEDGER, article_id=article_id, blocks=ledger(*blocks)),),
    )


def loaded(store, *parts):
    rows = {name: tuple(row for part in parts for row in getattr(part, name)) for name in Batch.__dataclass_fields__}
    load(store, Batch(**rows))
    return {each.alarm: each for each in alarms(store)}


def carriers(count, *removed, every=1, start=0, **given):
    """So many articles, of which every n-th has these blocks removed."""
    return [article(number, *(removed if number % every == 0 else ()), **given) for number in range(start, start + count)]


@pytest.mark.parametrize("every", [1, 2, 3])
def test_steady_cleaning_raises_no_alarm(store, every):
    assert loaded(store, *carriers(60, "Jetzt melden", every=every)) == {}


def test_a_publisher_of_which_nothing_was_ever_removed_raises_no_alarm(store):
    assert loaded(store, *carriers(60)) == {}


@pytest.mark.parametrize(("without", "is_odd"), [(9, False), (10, True)])
def test_cleaning_that_takes_nothing_from_ten_articles_after_it_took_something_from_each_is_told_with_its_rules(store, without, is_odd):
    odd = loaded(store, *carriers(OLDER, "Jetzt melden"), *carriers(without, start=OLDER))

    assert set(odd) == ({"nothing_removed", "rule_silent"} if is_odd else set())
    for each in odd.values():
        assert (each.since, each.articles, each.usual, each.found) == (NOON + timedelta(hours=OLDER), without, 1.0, 0.0)
        assert each.example == "Jetzt melden"


@pytest.mark.parametrize(("without", "is_odd"), [(12, False), (16, True)])
def test_a_rule_that_took_something_from_every_other_article_is_given_more_of_them(store, without, is_odd):
    odd = loaded(store, *carriers(OLDER, "Jetzt melden", every=2), *carriers(without, "News", start=OLDER, rule_id="label"))

    assert ({name: each.rule_id for name, each in odd.items()} == {"rule_silent": "prompt"}) is is_odd
    assert bool(odd) is is_odd


def test_a_rule_is_not_silent_while_no_articles_come(store):
    assert loaded(store, *carriers(60, "Jetzt melden"), *carriers(60, "Jetzt melden", publisher="other.example", start=1000)) == {}


def test_a_rule_that_a_person_switched_off_is_not_called_silent(store):
    odd = [*carriers(OLDER, "Jetzt melden"), *carriers(SOME, "News", start=OLDER, rule_id="label")]
    off = Batch(snapshots=(replace(SNAPSHOT, disabled=("prompt",)),), learning_states=(LEARNING_STATE,))

    assert loaded(store, *odd).keys() == {"rule_silent"}
    assert loaded(store, off) == {}


@pytest.mark.parametrize(("older", "newest", "alarm"), [("News", "News" * 20, "removed_more"), ("News" * 20, "News", "removed_less")])
def test_a_removed_share_that_jumps_or_falls_is_told(store, older, newest, alarm):
    odd = loaded(store, *carriers(OLDER, older), *carriers(10, newest, start=OLDER))
    small, large = len("News") / len("News" + BODY), len("News" * 20) / len("News" * 20 + BODY)

    assert odd.keys() == {alarm}
    assert (odd[alarm].usual, odd[alarm].found) == pytest.approx((small, large) if alarm == "removed_more" else (large, small))
    assert odd[alarm].since == NOON + timedelta(hours=OLDER)


def test_a_few_articles_of_which_more_goes_are_nothing_to_tell(store):
    assert loaded(store, *carriers(OLDER, "News"), *carriers(4, "News" * 20, start=OLDER), *carriers(6, "News", start=OLDER + 4)) == {}


def test_with_fewer_than_thirty_articles_nobody_knows_what_is_usual(store):
    assert loaded(store, *carriers(17, "News"), *carriers(SOME, start=17)) == {}


def test_an_alarm_ends_when_what_was_odd_is_usual(store):
    assert loaded(store, *carriers(OLDER, "News"), *carriers(50, start=OLDER)) == {}


def test_alarms_are_told_of_the_publishers_that_are_asked_for(store):
    odd = loaded(
        store, *carriers(OLDER, "News"), *carriers(SOME, start=OLDER), *carriers(60, "News", publisher="other.example", start=1000)
    )

    assert {each.publisher_id for each in odd.values()} == {"news.example"}
    assert alarms(store, ["news.example"]) == alarms(store)
    assert alarms(store, ["other.example"]) == alarms(store, []) == ()


@pytest.mark.parametrize(("stored", "new", "is_told"), [(29, 1, True), (30, 9, False), (30, 10, True), (5, 30, True)])
def test_a_run_tells_of_a_publisher_that_came_to_another_ten_articles(store, stored, new, is_told):
    loaded(store, *carriers(stored, "News"))
    before = watermark(store)
    loaded(store, *carriers(new, "News", start=stored))

    assert publishers_to_tell_of(store, before=before, began=NOON) == (("news.example",) if is_told else ())


@pytest.mark.parametrize(("hours", "is_told"), [(-1, True), (1, False)])
def test_a_run_tells_of_a_publisher_whose_template_went_while_it_was_at_work(store, hours, is_told):
    load(store, Batch(template_states=(replace(TEMPLATE_STATE, template_id=None),)))
    began = NOON + timedelta(hours=hours)

    assert publishers_to_tell_of(store, before=EMPTY, began=began) == (("news.example",) if is_told else ())
