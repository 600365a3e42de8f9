"""Private headers per feed: where their values come from, and what never shows them."""

from __future__ import annotations

import pytest

from flows.feed_headers import FeedHeadersError, read_feed_headers
from tasks.model import Feed

FEEDS = [Feed("paper", "https://paper.example/feed"), Feed("post", "https://post.example/feed")]
SECRET = "s3cret-t0ken"  # noqa: S105 - a test's own


def read(folder, text, environment=None):
    path = folder / "headers.toml"
    path.write_text(text, encoding="utf-8")
    return read_feed_headers(path, FEEDS, environment or {})


def problems(folder, text, environment=None):
    with pytest.raises(FeedHeadersError) as caught:
        read(folder, text, environment)
    return caught.value.problems


def test_without_a_file_no_feed_has_any():
    assert read_feed_headers(None, FEEDS, {}) == {}


def test_a_value_stands_in_the_file_in_the_environment_or_in_a_file_of_its_own(tmp_path):
    (tmp_path / "key").write_text("from file\n", encoding="utf-8")

    found = read(tmp_path, f'[paper]\nA = "here"\nB = "env:KEY"\nC = "file:{tmp_path}/key"', {"KEY": "from environment"})

    assert found["paper"].headers == {"A": "here", "B": "from environment", "C": "from file"}
    assert found["paper"].url == "https://paper.example/feed"
    assert set(found) == {"paper"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[papre]\nA = "x"', "no feed has the id 'papre'"),
        ('paper = "x"', "[paper] header"),
        ("[paper]\nA = 1", "in quotes"),
        ('[paper]\nA = "env:ABSENT"', "no variable of that name"),
        ('[paper]\nA = "file:/absent/key"', "cannot be read"),
        ('[paper]\n"A B" = "x"', "no header name"),
        ('[paper]\nHost = "x"', "set by feedmill itself"),
        ('[paper]\nTransfer-Encoding = "x"', "set by feedmill itself"),
        (f'[paper]\nA = "{SECRET}\\r\\nX: y"', "not printable ASCII in one line"),
        (f'[paper]\nA = "{SECRET}', "not TOML"),
    ],
)
def test_every_mistake_is_told_without_the_values(tmp_path, text, said):
    (found,) = problems(tmp_path, text)

    assert said in found
    assert SECRET not in found


def test_all_mistakes_are_told_at_once(tmp_path):
    assert len(problems(tmp_path, '[paper]\nHost = "x"\nA = 1\n[absent]\nB = "y"')) == 3


def test_a_value_is_shown_by_no_repr(tmp_path):
    assert SECRET not in repr(read(tmp_path, f'[paper]\nA = "{SECRET}"'))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FeedHeadersError, match="cannot be read"):
        read_feed_headers(tmp_path / "absent.toml", FEEDS, {})
