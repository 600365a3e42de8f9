"""What every opponent is asked: new entries of the feeds, and for each a row in a DuckDB file.

Called as `python OPPONENT TASK.json [OPTION ...]`, where TASK.json has the fields of Task.
"""

from __future__ import annotations

import json
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import feedparser

TABLE = """
create table if not exists articles (
    url varchar primary key, canonical_url varchar, title varchar, authors varchar, date varchar, language varchar, text varchar,
    entry_id varchar, entry_title varchar, entry_published varchar
)
"""


@dataclass(frozen=True, slots=True)
class Task:
    """feeds: addresses. hosts: host -> "address:port". database: file for the rows. cores: to be used.

    every: of the new entries only each such one is asked for, since some are slow.
    """

    feeds: list[str]
    hosts: dict[str, str]
    database: str
    cores: int
    every: int

    def connect(self) -> duckdb.DuckDBPyConnection:
        """The file, with its table."""
        connection = duckdb.connect(self.database)
        connection.execute(TABLE)
        return connection


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of a feed."""

    url: str
    entry_id: str
    title: str
    published: str

    def row(self, *read: str | None) -> tuple[str | None, ...]:
        """With what was read from its page: canonical_url, title, authors, date, language, text."""
        return (self.url, *read, self.entry_id, self.title, self.published)


def task() -> Task:
    """As the command line names it. From here on names lead to where the task says, as if it were DNS."""
    given = Task(**json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    lead_to(given.hosts)
    return given


def lead_to(hosts: dict[str, str]) -> None:
    """Answer for these hosts in place of the resolver."""
    ask = socket.getaddrinfo

    def answer(host: str | bytes | None, port: str | int | None, *rest: int, **named: int) -> list[tuple[object, ...]]:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in hosts:
            return ask(host, port, *rest, **named)
        address, _, there = hosts[name].partition(":")
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, int(there)))]

    socket.getaddrinfo = answer


def insert(connection: duckdb.DuckDBPyConnection, row: tuple[str | None, ...]) -> None:
    """One row, as plain scripts write it."""
    connection.execute("insert or ignore into articles values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def new_entries(given: Task, connection: duckdb.DuckDBPyConnection) -> list[Found]:
    """Of all feeds, what has no row yet."""
    known = {url for (url,) in connection.execute("select url from articles").fetchall()}
    with ThreadPoolExecutor(16) as threads:
        feeds = list(threads.map(feedparser.parse, given.feeds))
    found = {entry.link: Found(entry.link, entry.id, entry.title, entry.published) for feed in feeds for entry in feed.entries}
    return [entry for number, entry in enumerate(found.values()) if entry.url not in known and number % given.every == 0]
