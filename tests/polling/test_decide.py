from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.identity import Alias, aliases_of, fingerprint
from tasks.model import Entry, ParsedFeed
from tasks.polling.decide import EntryAction, EntryDecision, decide_entries
from warehouse.rows import KnownEntryRow

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ARTICLE, OTHER = UUID(int=1), UUID(int=2)
FERRY = Entry(0, "https://paper.test/?p=1", "https://paper.test/ferry", "Ferry breaks down once again", published_at=NOON)
MARKET = Entry(1, "https://paper.test/?p=2", "https://paper.test/market", "Market opens under a new roof", published_at=NOON)


def decided(
    *entries: Entry,
    known: tuple[KnownEntryRow, ...] = (),
    aliases: dict[int, UUID] | None = None,
) -> tuple[EntryDecision, ...]:
    parsed = ParsedFeed("rss", None, None, None, len(entries), entries)
    return decide_entries(
        parsed, feed_id="paper", publisher_scope="paper.test", known={row.entry_key: row for row in known}, aliases=aliases or {}
    )


def seen(entry: Entry, article_id: UUID | None = ARTICLE) -> KnownEntryRow:
    """The entry as this feed showed it in an earlier poll."""
    (decision,) = decided(entry)
    return KnownEntryRow("paper", decision.entry_key, decision.fingerprint, article_id, NOON)


def keys(
    entry: Entry, article_id: UUID = ARTICLE, *, kinds: frozenset[str] = frozenset({"entry_id", "url", "title_day"})
) -> dict[int, UUID]:
    """The identities an article has been seen under."""
    shown: tuple[Alias, ...] = aliases_of(entry, feed_id="paper", publisher_scope="paper.test", clashing_ids=frozenset())
    return {alias.key: article_id for alias in shown if alias.kind in kinds}


def test_a_new_entry_is_fetched() -> None:
    (decision,) = decided(FERRY)

    assert (decision.action, decision.reason, decision.article_id) == (EntryAction.FETCH, None, None)
    assert decision.fingerprint == fingerprint(FERRY)


def test_an_entry_seen_before_is_unchanged() -> None:
    (decision,) = decided(FERRY, known=(seen(FERRY),))

    assert (decision.action, decision.reason, decision.article_id) == (EntryAction.UNCHANGED, None, ARTICLE)


def test_an_entry_that_says_something_else_is_fetched_for_its_article() -> None:
    (decision,) = decided(replace(FERRY, title="Ferry repaired"), known=(seen(FERRY),))

    assert (decision.action, decision.reason, decision.article_id) == (EntryAction.FETCH, "changed in the feed", ARTICLE)


@pytest.mark.parametrize(
    ("more", "article", "action"),
    [
        ({}, None, (EntryAction.UNCHANGED, "queued earlier")),
        ({}, ARTICLE, (EntryAction.FETCH, "changed in the feed")),
        ({"title": "Ferry breaks down"}, None, (EntryAction.FETCH, "changed in the feed")),
    ],
)
def test_a_date_that_moved_is_no_reason_to_fetch_a_page_again_that_was_no_article(
    more: dict[str, str], article: UUID | None, action: tuple[EntryAction, str]
) -> None:
    page = Entry(0, url="https://paper.test/sections/harbour", updated_at=NOON, title=more.get("title"))
    (decision,) = decided(replace(page, updated_at=NOON + timedelta(hours=1)), known=(seen(page, article),))

    assert (decision.action, decision.reason) == action


def test_an_entry_still_in_the_queue_is_not_fetched_twice() -> None:
    (decision,) = decided(FERRY, known=(seen(FERRY, article_id=None),))

    assert (decision.action, decision.reason) == (EntryAction.UNCHANGED, "queued earlier")


@pytest.mark.parametrize(("url", "reason"), [(None, "no link"), ("mailto:a@paper.test", "bad link"), ("https://[", "bad link")])
def test_an_entry_that_leads_nowhere_is_rejected_once_and_for_all(url: str | None, reason: str) -> None:
    entry = replace(FERRY, url=url)

    (first,) = decided(entry)
    (second,) = decided(entry, known=(seen(entry, article_id=None),))

    assert (first.action, first.reason) == (EntryAction.REJECTED, reason)
    assert (second.action, second.reason) == (EntryAction.UNCHANGED, "rejected earlier")


def test_an_entry_with_an_address_of_its_own_is_taken_like_one_with_a_page() -> None:
    (decision,) = decided(replace(FERRY, url="entry://paper.test/feed/id:1"))

    assert (decision.action, decision.reason) == (EntryAction.FETCH, None)


@pytest.mark.parametrize(
    ("renamed", "reason"),
    [
        (replace(FERRY, entry_id="new-id"), "known by url"),
        (replace(FERRY, url="https://paper.test/moved"), None),
        (replace(FERRY, entry_id="http://www.paper.test/?p=1", url="https://paper.test/moved"), "known by entry_id"),
        (replace(FERRY, entry_id="new-id", url="https://paper.test/moved"), "known by title_day"),
    ],
)
def test_a_new_id_or_link_alone_makes_neither_a_new_article_nor_a_fetch(renamed: Entry, reason: str | None) -> None:
    (decision,) = decided(renamed, known=(seen(FERRY),), aliases=keys(FERRY))

    assert (decision.action, decision.reason, decision.article_id) == (EntryAction.UNCHANGED, reason, ARTICLE)


def test_a_new_id_and_new_words_mean_a_revision_of_the_same_article() -> None:
    revised = replace(FERRY, entry_id="new-id", summary="It runs again.")

    (decision,) = decided(revised, known=(seen(FERRY),), aliases=keys(FERRY))

    assert (decision.action, decision.reason, decision.article_id) == (EntryAction.FETCH, "changed in the feed", ARTICLE)


def test_an_article_known_from_another_feed_is_not_fetched_again() -> None:
    (decision,) = decided(FERRY, aliases=keys(FERRY, kinds=frozenset({"url"})))

    assert (decision.action, decision.reason, decision.article_id) == (EntryAction.UNCHANGED, "known by url", ARTICLE)


def test_two_stories_side_by_side_with_one_headline_are_two_stories() -> None:
    evening = replace(FERRY, position=1, entry_id="https://paper.test/?p=9", url="https://paper.test/ferry-evening")

    first, second = decided(FERRY, evening, known=(seen(FERRY),), aliases=keys(FERRY))

    assert (first.action, first.article_id) == (EntryAction.UNCHANGED, ARTICLE)
    assert (second.action, second.article_id) == (EntryAction.FETCH, None)


@pytest.mark.parametrize(
    "again", [replace(FERRY, position=1), replace(FERRY, position=1, entry_id="x"), replace(FERRY, position=1, entry_id=None)]
)
def test_the_second_entry_of_a_poll_with_the_same_link_is_a_duplicate_with_a_key_of_its_own(again: Entry) -> None:
    first, second = decided(FERRY, again, known=(seen(FERRY),))

    assert first.action is EntryAction.UNCHANGED
    assert (second.action, second.reason, second.article_id) == (EntryAction.DUPLICATE, "twice in this poll", ARTICLE)
    assert first.entry_key != second.entry_key


def test_an_id_that_all_entries_share_identifies_none_of_them() -> None:
    same = [replace(entry, entry_id="feed") for entry in (FERRY, MARKET)]

    assert [decision.action for decision in decided(*same)] == [EntryAction.FETCH, EntryAction.FETCH]


def test_an_update_time_that_all_entries_share_is_the_feeds_not_theirs() -> None:
    def built(hour: int) -> list[Entry]:
        stamp = NOON.replace(hour=hour)
        return [Entry(n, f"id-{n}", f"https://paper.test/{n}", f"Story {n}", updated_at=stamp) for n in range(3)]

    before = decided(*built(8))
    known = tuple(KnownEntryRow("paper", decision.entry_key, decision.fingerprint, ARTICLE, NOON) for decision in before)

    assert {decision.action for decision in decided(*built(9), known=known)} == {EntryAction.UNCHANGED}


@given(
    st.lists(
        st.builds(
            Entry,
            position=st.just(0),
            entry_id=st.none() | st.sampled_from(["a", "b", "https://paper.test/?p=1"]),
            url=st.none() | st.sampled_from(["https://paper.test/1", "https://paper.test/2", "mailto:x"]),
            title=st.none() | st.sampled_from(["Ferry breaks down once again", "Short"]),
            published_at=st.none() | st.just(NOON),
            content_html=st.none() | st.just("<p>x</p>"),
        ),
        max_size=6,
    ),
)
def test_every_entry_gets_exactly_one_decision_and_a_second_poll_fetches_nothing(entries: list[Entry]) -> None:
    first = decided(*entries)
    known = tuple(KnownEntryRow("paper", decision.entry_key, decision.fingerprint, decision.article_id, NOON) for decision in first)
    second = decided(*entries, known=known)

    assert [decision.entry for decision in first] == entries
    assert len({decision.entry_key for decision in first}) == len(entries)
    assert all(decision.action in {EntryAction.UNCHANGED, EntryAction.DUPLICATE} for decision in second)
    assert [decision.entry_key for decision in second] == [decision.entry_key for decision in first]
