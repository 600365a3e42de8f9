from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds_file import FeedsFileError, default_feed_id, read_feeds
from tasks.model import Feed

KEYS = ("url", "id", "publisher", "language", "country", "paused", "min_interval_minutes", "max_interval_minutes")


def written(folder: Path, text: str) -> Path:
    path = folder / "feeds.toml"
    path.write_bytes(text.encode())
    return path


def problems(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(FeedsFileError) as caught:
        read_feeds(written(folder, text))
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_feeds_come_in_the_order_of_the_file_with_what_their_owner_says(tmp_path: Path) -> None:
    text = """
version = 1

[[feeds]]
url = "https://paper.test/world.xml"   # a comment
id = "paper-world"
publisher = "The Paper"
language = "en-GB"
country = "GB"

[[feeds]]
url = "http://blatt.test/"
"""
    first, second = read_feeds(written(tmp_path, text))

    assert first == Feed("paper-world", "https://paper.test/world.xml", "The Paper", "en-GB", "GB")
    assert second == Feed(default_feed_id("http://blatt.test/"), "http://blatt.test/")


def test_a_paused_feed_is_listed_as_such_and_checked(tmp_path: Path) -> None:
    (feed,) = read_feeds(written(tmp_path, '[[feeds]]\nurl = "https://a.test/"\npaused = true'))

    assert feed.paused
    assert problems(tmp_path, '[[feeds]]\nurl = "x"\npaused = true')


def test_bounds_of_the_interval_are_whole_minutes_that_fit_each_other(tmp_path: Path) -> None:
    head = '[[feeds]]\nurl = "https://a.test/"\n'
    (feed,) = read_feeds(written(tmp_path, f"{head}min_interval_minutes = 5\nmax_interval_minutes = 60"))

    assert (feed.min_interval_minutes, feed.max_interval_minutes) == (5, 60)
    for line in ("min_interval_minutes = true", 'max_interval_minutes = "60"', "min_interval_minutes = 0", "max_interval_minutes = 50000"):
        (problem,) = problems(tmp_path, head + line)
        assert problem.startswith("feeds.toml:3: `m")
    (problem,) = problems(tmp_path, f"{head}min_interval_minutes = 60\nmax_interval_minutes = 5")
    assert problem == "feeds.toml:3: `min_interval_minutes` 60 is more than `max_interval_minutes` 5, swap them"


def test_a_file_without_feeds_has_none(tmp_path: Path) -> None:
    assert read_feeds(written(tmp_path, "")) == ()


def test_a_default_id_is_readable_short_and_the_same_under_http_and_https() -> None:
    feed_id = default_feed_id("https://www.Paper.test/World/rss.xml")

    assert feed_id == default_feed_id("http://paper.test/World/rss.xml")
    assert feed_id.startswith("paper-test-world-rss-xml-")
    assert feed_id != default_feed_id("https://paper.test/world/rss.xml")


@given(st.text())
def test_a_default_id_is_always_a_valid_one(url: str) -> None:
    assert 0 < len(default_feed_id(url)) <= 80


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('[[feeds]]\nurl = "https://a.test/"\nlangage = "en"', "feeds.toml:3: unknown key 'langage', did you mean `language`?"),
        (
            '[[feeds]]\nurl = "https://a.test/"\nxyz = 1',
            "feeds.toml:3: unknown key 'xyz', use one of: " + ", ".join(KEYS),
        ),
        ("feed = 1", "feeds.toml:1: unknown key 'feed', did you mean `feeds`?"),
        ('[[feeds]]\n\nid = "a"', 'feeds.toml:1: `url` is missing, add url = "https://..."'),
        ("[[feeds]]\nurl = 7", 'feeds.toml:2: `url` has the wrong type, write text in quotes, e.g. "..."'),
        (
            '[[feeds]]\nurl = "https://a.test/"\npaused = "yes"',
            "feeds.toml:3: `paused` has the wrong type, write true or false, without quotes",
        ),
        (
            '[[feeds]]\nurl = "ftp://a.test/"',
            "feeds.toml:2: 'ftp://a.test/' is not a usable URL, write a whole http or https one without user name",
        ),
        (
            '[[feeds]]\nurl = "https://a.test/"\nlanguage = "English"',
            'feeds.toml:3: `language` \'English\' is not valid, use a BCP 47 tag such as "en" or "pt-BR"',
        ),
        (
            '[[feeds]]\nurl = "https://a.test/"\ncountry = "de"',
            "feeds.toml:3: `country` 'de' is not valid, use a two-letter ISO 3166 code in capitals such as \"DE\"",
        ),
        (
            '[[feeds]]\nurl = "https://a.test/"\n\n[[feeds]]\nurl = "http://www.a.test"',
            "feeds.toml:5: this URL stands in line 2 too, remove one of them",
        ),
        (
            '[[feeds]]\nurl = "https://a.test/"\nid = "a"\n[[feeds]]\nid = "a"\nurl = "https://b.test/"',
            "feeds.toml:5: id 'a' stands in line 3 too, give each feed its own",
        ),
        ("version = 2", "feeds.toml:1: version 2 is not known, write `version = 1` or leave it out"),
        ("\nfeeds = 3", "feeds.toml:2: `feeds` is not a list of tables, write each feed under a [[feeds]] header"),
        ('[feeds]\nurl = "https://a.test/"', "feeds.toml:1: `feeds` is not a list of tables, write each feed under a [[feeds]] header"),
    ],
)
def test_a_problem_names_its_line_and_its_remedy(tmp_path: Path, body: str, problem: str) -> None:
    assert problems(tmp_path, body) == (problem,)


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = '[[feeds]]\nurl = "x"\nlanguage = 1\n[[feeds]]\nid = "UPPER"\n'

    assert [problem.split(":")[1] for problem in problems(tmp_path, text)] == ["2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("text", "line"), [('[[feeds]]\nurl = "https://a.test/\n', 2), ("[[feeds]]\nurl =\n", 2), ("a = 1\na = 2", 2), ("a = [", 1)]
)
def test_a_syntax_error_names_its_line(tmp_path: Path, text: str, line: int) -> None:
    (problem,) = problems(tmp_path, text)

    assert problem.startswith(f"feeds.toml:{line}: not TOML: ")


def test_a_file_in_another_encoding_is_named_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_bytes(b'[[feeds]]\npublisher = "M\xfcller"\n')

    with pytest.raises(FeedsFileError, match=r"^feeds\.toml:2: not UTF-8, save the file in that encoding$"):
        read_feeds(path)


def test_a_missing_file_and_a_folder_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FeedsFileError, match="there is no such file, write one"):
        read_feeds(tmp_path / "none.toml")
    with pytest.raises(FeedsFileError, match="cannot be read"):
        read_feeds(tmp_path)


def test_control_characters_of_the_file_never_reach_the_message_raw(tmp_path: Path) -> None:
    found = problems(tmp_path, '[[feeds]]\nurl = "https://a.test/\\u001b[31m\\n"\npublisher = "x\\u001b[31m"')

    assert len(found) == 2
    assert all(problem.isprintable() for problem in found)


@given(st.text(alphabet="[]feds=\"'\n# url:/1.{},\\\x00é", max_size=60))
def test_any_text_gives_feeds_or_a_feeds_file_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    try:
        feeds = read_feeds(written(tmp_path_factory.mktemp("any"), text))
    except FeedsFileError as error:
        assert error.problems  # noqa: PT017 - either end is right
    else:
        assert all(feed.url for feed in feeds)
