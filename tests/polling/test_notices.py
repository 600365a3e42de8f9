from __future__ import annotations

from dataclasses import replace

import pytest

from tests.polling.feed_life import ELSEWHERE, FIRST, NOT_MODIFIED, Life, found, read


def notices(*results):
    life = Life()
    life.poll(*results)
    return life.notices


@pytest.mark.parametrize("between", [(), (NOT_MODIFIED,), (read(0, 0),)])
def test_a_poll_that_shares_no_entry_with_what_was_known_is_a_gap(between):
    life = Life()
    life.poll(FIRST, *between, read(10, 0))

    assert life.notices == ("gap",)
    assert life.state.last_gap_at == life.now


@pytest.mark.parametrize(
    "results",
    [
        (FIRST,),
        (FIRST, read(9, 1)),
        (FIRST, NOT_MODIFIED),
        (read(0, 0), read(10, 0)),
        (read(2, 0), read(2, 0)),
        (FIRST, read(10, 0, final_url="https://other.test/rss")),
    ],
    ids=["the first", "one shared", "nothing new", "the first that held any", "too few to tell", "another place"],
)
def test_a_poll_that_proves_no_loss_is_no_gap(results):
    assert "gap" not in notices(*results)


@pytest.mark.parametrize("final_url", ["http://paper.test/rss", "https://www.paper.test/rss"])
def test_the_same_place_under_another_spelling_is_the_same(final_url):
    assert notices(FIRST, read(10, 0, final_url=final_url)) == ("gap",)


def test_a_feed_that_moved_is_compared_with_itself_at_its_new_place():
    assert notices(FIRST, read(1, 9, final_url=ELSEWHERE), read(10, 0, final_url=ELSEWHERE)) == ("gap",)


def test_a_feed_without_entries_where_there_were_some_is_noticed_until_they_are_back():
    assert notices(FIRST, read(0, 0)) == notices(FIRST, read(0, 0), read(0, 0)) == ("emptied",)
    assert notices(FIRST, read(0, 0), read(1, 9)) == ()
    assert notices(read(2, 0), read(0, 0)) == notices(read(0, 0)) == ()


def test_ids_that_stand_on_several_entries_are_noticed():
    assert notices(FIRST, read(found=found(1, 9, clashing=2))) == ("ids_clash",)


def churned(count):
    return read(found=found(0, 10, linked=10, churned=count))


def test_ids_that_churn_twice_in_a_row_are_trusted_no_more():
    assert notices(FIRST, churned(10)) == ("ids_churn",)
    assert Life().poll(FIRST, churned(10)).ids_distrusted_at is None
    assert Life().poll(FIRST, churned(10), NOT_MODIFIED, churned(8)).ids_distrusted_at is not None
    assert Life().poll(FIRST, churned(10), read(), churned(10)).ids_distrusted_at is None


@pytest.mark.parametrize("result", [churned(7), read(found=found(0, 2, linked=2, churned=2)), read()])
def test_a_few_new_ids_are_no_churn(result):
    assert notices(FIRST, result) == ()


def test_ids_once_distrusted_stay_so():
    state = Life().poll(FIRST, churned(10), churned(10), read(), replace(read(), body_hash="other"))
    assert state.ids_distrusted_at is not None
