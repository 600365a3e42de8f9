from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import feeds_edit
from flows.feeds_file import FeedsFileError, listing_problems, read_feeds
from tasks.feeds.listing import FeedListing

LIST = """# Ours, by hand.
version = 1

# The paper of record
[[feeds]]
url = "https://paper.test/world.xml"   # a comment
id = "paper"
language = "en"

# Closed on Sundays
[[feeds]]  # second
id = "blatt"
url = "http://blatt.test/"
# to be asked about

# The last one
[[feeds]]
url = "https://gazette.test/"
id = "gazette"
"""


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_feed_is_added_behind_everything_that_stands_there(feeds: Path) -> None:
    feeds_edit.add(feeds, [FeedListing("https://new.test/rss", publisher='The "New" \\ One', country="GB", name="New\nWorld")])

    assert feeds.read_text(encoding="utf-8") == (
        f'{LIST}\n# New World\n[[feeds]]\nurl = "https://new.test/rss"\npublisher = "The \\"New\\" \\\\ One"\ncountry = "GB"\n'
    )


def test_a_list_is_begun_where_there_is_none(tmp_path: Path) -> None:
    feeds_edit.add(tmp_path / "feeds.toml", [FeedListing("https://new.test/rss", paused=True)])

    assert (tmp_path / "feeds.toml").read_text() == 'version = 1\n\n[[feeds]]\nurl = "https://new.test/rss"\npaused = true\n'


def test_bounds_of_the_interval_are_written_as_numbers(tmp_path: Path) -> None:
    listing = FeedListing("https://new.test/rss", min_interval_minutes=5, max_interval_minutes=60)
    feeds_edit.add(tmp_path / "feeds.toml", [listing])

    assert (tmp_path / "feeds.toml").read_text().endswith("min_interval_minutes = 5\nmax_interval_minutes = 60\n")
    assert [feeds_edit.listing_of(feed) for feed in read_feeds(tmp_path / "feeds.toml")] == [listing]


@pytest.mark.parametrize("feed_id", ["paper", "blatt", "gazette"])
def test_pausing_writes_one_line_and_resuming_takes_it_out_again(feeds: Path, feed_id: str) -> None:
    assert feeds_edit.set_paused(feeds, feed_id, paused=True)
    paused = feeds.read_text(encoding="utf-8")

    assert [feed.feed_id for feed in read_feeds(feeds) if feed.paused] == [feed_id]
    assert len(paused.splitlines()) == len(LIST.splitlines()) + 1
    assert not feeds_edit.set_paused(feeds, feed_id, paused=True)
    assert feeds_edit.set_paused(feeds, feed_id, paused=False)
    assert feeds.read_text(encoding="utf-8") == LIST


def test_paused_false_becomes_true_with_its_comment(feeds: Path) -> None:
    feeds.write_text('[[feeds]]\nurl = "https://paper.test/"\nid = "paper"\npaused = false # for now\n')
    feeds_edit.set_paused(feeds, "paper", paused=True)

    assert feeds.read_text() == '[[feeds]]\nurl = "https://paper.test/"\nid = "paper"\npaused = true # for now\n'


def test_a_feed_is_removed_with_the_comment_above_it_and_no_other(feeds: Path) -> None:
    feeds_edit.remove(feeds, "blatt")

    assert feeds.read_text(encoding="utf-8") == LIST.replace(
        '# Closed on Sundays\n[[feeds]]  # second\nid = "blatt"\nurl = "http://blatt.test/"\n', ""
    )


def test_what_is_added_and_removed_again_leaves_no_trace(feeds: Path) -> None:
    feeds_edit.add(feeds, [FeedListing("https://new.test/rss", "new", name="New")])
    feeds_edit.remove(feeds, "new")

    assert feeds.read_text(encoding="utf-8").rstrip() == LIST.rstrip()


def test_windows_line_ends_stay(feeds: Path) -> None:
    feeds.write_bytes(LIST.replace("\n", "\r\n").encode())
    feeds_edit.add(feeds, [FeedListing("https://new.test/rss", "new")])
    feeds_edit.set_paused(feeds, "blatt", paused=True)
    feeds_edit.remove(feeds, "paper")

    body = feeds.read_bytes()
    assert body.count(b"\n") == body.count(b"\r\n") > 0


@pytest.mark.parametrize(
    "text",
    [
        'feeds = [{url = "https://paper.test/", id = "paper"}]\n',
        '[[feeds]]\nurl = "https://paper.test/"\nid = "paper"\npublisher = """\n[[feeds]]"""\n',
        "[[feeds]]\nurl = '''https://paper.test/'''\nid = \"paper\"\n\"p\\u0061used\" = false\n",
    ],
)
def test_a_file_written_in_another_way_is_left_alone_with_the_reason(feeds: Path, text: str) -> None:
    feeds.write_text(text)

    with pytest.raises(FeedsFileError, match="change it by hand"):
        feeds_edit.set_paused(feeds, "paper", paused=True)
    assert feeds.read_text() == text
    assert list(feeds.parent.iterdir()) == [feeds]


def test_the_file_keeps_its_mode_and_a_link_stays_a_link(feeds: Path) -> None:
    feeds.chmod(0o640)
    link = feeds.parent / "link.toml"
    link.symlink_to(feeds)
    feeds_edit.set_paused(link, "paper", paused=True)

    assert link.is_symlink()
    assert feeds.stat().st_mode & 0o777 == 0o640
    assert {path.name for path in feeds.parent.iterdir()} == {"feeds.toml", "link.toml"}


@given(name=st.text(max_size=40), publisher=st.text(min_size=1, max_size=40))
def test_whatever_a_list_calls_a_feed_it_is_written_so_that_it_is_read_back(tmp_path_factory, name: str, publisher: str) -> None:
    path = tmp_path_factory.mktemp("any") / "feeds.toml"
    listing = FeedListing("https://new.test/rss", publisher=publisher, name=name)
    if listing_problems(listing):
        listing = replace(listing, publisher=None)
    feeds_edit.add(path, [listing])

    assert read_feeds(path) == (feeds_edit.feed_of(listing),)
