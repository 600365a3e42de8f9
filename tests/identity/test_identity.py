from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.identity import LONGEST_KEY, Alias, aliases_of, clashing_ids, entry_key, entry_keys, fingerprint
from tasks.model import Entry

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
STORY = Entry(
    position=0,
    entry_id="https://www.Paper.test/?p=7",
    url="https://www.paper.test/harbour/?utm_source=rss",
    title="Harbour: ferry breaks down again",
    published_at=NOON,
)
ENTRIES = st.lists(
    st.builds(
        Entry,
        position=st.just(0),
        entry_id=st.none() | st.sampled_from(["1", "2", "1#2"]) | st.text(max_size=300),
        url=st.none() | st.sampled_from(["https://a.test/1", "https://a.test/2", "mailto:x"]) | st.text(max_size=20),
        title=st.none() | st.text(max_size=20),
    ),
    max_size=8,
)


def aliases(entry: Entry, clashing: frozenset[str] = frozenset()) -> tuple[Alias, ...]:
    return aliases_of(entry, feed_id="paper", publisher_scope="paper.test", clashing_ids=clashing)


def test_an_entry_is_known_by_its_id_then_its_link_then_its_title_and_day() -> None:
    assert aliases(STORY) == (
        Alias("entry_id", "paper", "https://www.Paper.test/?p=7"),
        Alias("entry_id", "paper.test", "paper.test?p=7"),
        Alias("url", "", "paper.test/harbour"),
        Alias("title_day", "paper", "2026-11-22 harbour ferry breaks down again"),
    )


def test_an_id_survives_the_move_to_https() -> None:
    moved = replace(STORY, entry_id="http://paper.test/?p=7")

    assert aliases(moved)[1] == aliases(STORY)[1]


@pytest.mark.parametrize("entry_id", ["7", "paper-7", "ftp://paper.test/7", "http://[", "mailto:a@paper.test"])
def test_an_id_that_is_no_global_name_counts_within_its_feed_only(entry_id: str) -> None:
    scopes = [alias.scope for alias in aliases(replace(STORY, entry_id=entry_id)) if alias.kind == "entry_id"]

    assert scopes == ["paper"]


@pytest.mark.parametrize(
    ("title", "identifies"),
    [
        ("Ferry breaks down again", True),
        ("Breaking news update", False),
        ("Live!", False),
        ("フェリー故障、港は終日閉鎖", True),
        ("最新ニュース", False),
        (None, False),
    ],
)
def test_a_title_identifies_only_if_it_says_enough(title: str | None, *, identifies: bool) -> None:
    assert any(alias.kind == "title_day" for alias in aliases(replace(STORY, title=title))) is identifies


def test_a_title_without_a_known_day_identifies_nothing() -> None:
    assert all(alias.kind != "title_day" for alias in aliases(replace(STORY, published_at=None)))


def test_an_entry_that_shows_nothing_has_no_alias() -> None:
    assert aliases(Entry(position=3)) == ()


def test_an_id_on_two_different_links_identifies_nothing() -> None:
    other = replace(STORY, url="https://paper.test/market")

    clashing = clashing_ids([STORY, other])

    assert clashing == {STORY.entry_id}
    assert [alias.kind for alias in aliases(STORY, clashing)] == ["url", "title_day"]
    assert entry_keys([STORY, other], clashing) == ("url:paper.test/harbour", "url:paper.test/market")


def test_the_same_entry_twice_is_no_clash() -> None:
    assert clashing_ids([STORY, replace(STORY, position=1, url="https://paper.test/harbour", title="Another headline")]) == frozenset()


def test_an_id_on_two_unlinked_entries_with_different_titles_identifies_nothing() -> None:
    one = Entry(position=0, entry_id="x", title="One", content_html="<p>1</p>")

    assert clashing_ids([one, replace(one, title="Two")]) == {"x"}


@given(ENTRIES)
def test_every_entry_of_a_poll_has_a_short_key_of_its_own(entries: list[Entry]) -> None:
    keys = entry_keys(entries, clashing_ids(entries))

    assert len(keys) == len(entries) == len(set(keys))
    assert all(len(key) <= LONGEST_KEY + 3 for key in keys)


def test_an_id_that_looks_like_a_numbered_key_takes_nobody_elses() -> None:
    entries = [Entry(0, "a"), Entry(1, "a"), Entry(2, "a#2"), Entry(3, "a")]

    assert entry_keys(entries, frozenset()) == ("id:a", "id:a#3", "id:a#2", "id:a#4")


def test_a_key_does_not_depend_on_where_the_entry_stands() -> None:
    bare = Entry(position=0, title="No id, no link", summary="at all")

    assert entry_key(bare, frozenset()) == entry_key(replace(bare, position=9), frozenset())


def test_long_ids_that_differ_at_their_end_have_different_keys() -> None:
    one, other = (entry_key(Entry(0, "x" * 500 + end), frozenset()) for end in "ab")

    assert one != other
    assert len(one) == len(other) == LONGEST_KEY


@pytest.mark.parametrize(
    ("change", "changes"),
    [
        ({"title": "Ferry repaired"}, True),
        ({"summary": "It runs again."}, True),
        ({"content_html": "<p>It runs again.</p>"}, True),
        ({"updated_at": NOON}, True),
        ({"position": 5}, False),
        ({"published_at": None}, False),
        ({"url": "https://paper.test/moved"}, False),
        ({"entry_id": "8"}, False),
    ],
)
def test_a_fingerprint_changes_with_what_a_reader_sees(change: dict[str, object], *, changes: bool) -> None:
    assert (fingerprint(replace(STORY, **change)) != fingerprint(STORY)) is changes  # type: ignore[arg-type]


def test_a_fingerprint_can_leave_the_update_time_out() -> None:
    stamped = replace(STORY, updated_at=NOON)

    assert fingerprint(stamped, trust_updated=False) == fingerprint(STORY)


def test_alias_keys_are_fixed_for_ever() -> None:
    assert Alias("url", "", "example.com/a").key == 3959645128277015887
    assert Alias("url", "a", "").key != Alias("url", "", "a").key
