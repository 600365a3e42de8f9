"""Private headers per feed: a TOML file, whose values may stand in the environment or in files of their own."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.web.private import PrivateHeaders, problem_with_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.model import Feed

LARGEST_FILE_BYTES = 1_000_000
_FROM_ENVIRONMENT, _FROM_FILE = "env:", "file:"


class FeedHeadersError(Exception):
    """The file cannot be used. problems: one line each; no value of a header stands in them."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(self.problems)


def read_feed_headers(path: Path | None, feeds: Sequence[Feed], environment: Mapping[str, str]) -> Mapping[str, PrivateHeaders]:
    """feed_id -> the headers that only the origin of its configured URL is sent. Raises FeedHeadersError with every problem.

    One table per feed id; a value is the header's own, or `env:NAME`, or `file:PATH` for a file that holds it in one line.
    """
    if path is None:
        return {}
    urls = {feed.feed_id: feed.url for feed in feeds}
    found: dict[str, PrivateHeaders] = {}
    problems: list[str] = []
    for feed_id, table in _tables(path).items():
        if feed_id not in urls:
            problems.append(f"{path.name}: no feed has the id {feed_id!r}")
        elif not isinstance(table, dict):
            problems.append(f"{path.name}: write the headers of {feed_id!r} under a [{feed_id}] header")
        else:
            headers = {name: _value(given, environment) for name, given in table.items()}
            problems += [
                f"{path.name}: {feed_id!r}, {name!r}: {what}" for name, value in headers.items() if (what := _problem(name, value))
            ]
            found[feed_id] = PrivateHeaders(urls[feed_id], {name: str(value) for name, value in headers.items()})
    if problems:
        raise FeedHeadersError(problems)
    return found


def _tables(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(_content(path))
    except (OSError, UnicodeDecodeError) as cause:
        raise FeedHeadersError([f"{path}: cannot be read, check its name, permissions and encoding (UTF-8)"]) from cause
    except (tomllib.TOMLDecodeError, RecursionError):
        raise FeedHeadersError([f"{path.name}: not TOML (https://toml.io shows the syntax)"]) from None  # the cause quotes the file


def _value(given: object, environment: Mapping[str, str]) -> str | Exception | None:
    """The header's value; None where the environment has none, an error where its file cannot be read."""
    if not isinstance(given, str):
        return TypeError()
    if given.startswith(_FROM_ENVIRONMENT):
        return environment.get(given.removeprefix(_FROM_ENVIRONMENT))
    if given.startswith(_FROM_FILE):
        try:
            return _content(Path(given.removeprefix(_FROM_FILE))).strip()
        except (OSError, UnicodeDecodeError) as cause:
            return cause
    return given


def _problem(name: str, value: str | Exception | None) -> str | None:
    if value is None:
        return "the environment has no variable of that name"
    if isinstance(value, TypeError):
        return "write its value in quotes"
    if isinstance(value, Exception):
        return "the file that should hold its value cannot be read"
    return problem_with_header(name, value)


def _content(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(LARGEST_FILE_BYTES).decode("utf-8-sig")
