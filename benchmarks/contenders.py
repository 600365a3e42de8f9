"""The contenders: how each is called for one arrival, and the texts that it has in the end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from benchmarks.all_cpu import Spent, spent_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.editions import Layout

ROOT = Path(__file__).parents[1]
BENCH_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
SLOW_SHARE = 10
"""Of the pages that the others get, the slow opponents get every tenth: their cost an article does not depend on how many there are."""


@dataclass(frozen=True, slots=True)
class Opponent:
    """name: on the command line. script: in benchmarks/opponents. every: of the entries it is given each such one."""

    name: str
    title: str
    script: str
    options: tuple[str, ...] = ()
    every: int = 1

    def prepare(self, folder: Path, layout: Layout, address: str, cores: int) -> None:
        """Write what it is asked for into a new folder of its own."""
        told = {
            "feeds": layout.feeds, "hosts": dict.fromkeys(layout.hosts, address), "database": str(folder / "articles.duckdb"),
            "cores": cores, "every": self.every,
        }  # fmt: skip
        (folder / "task.json").write_text(json.dumps(told), encoding="utf-8")

    def run(self, folder: Path) -> Spent:
        """Let it take in one arrival."""
        script = ROOT / "benchmarks" / "opponents" / self.script
        command = [str(opponents_python()), str(script), str(folder / "task.json"), *self.options]
        return spent_by(command, folder=folder, environment=os.environ, log=folder / "log.txt")

    def texts(self, folder: Path) -> Mapping[str, str]:
        """URL -> text."""
        with duckdb.connect(str(folder / "articles.duckdb"), read_only=True) as connection:
            return dict(connection.execute("select url, text from articles").fetchall())


@dataclass(frozen=True, slots=True)
class Ours:
    """`feedmill ingest` as users run it, but for pages of this machine and without a pause between two requests to a domain."""

    name: str = "ours"
    title: str = "feedmill ingest"
    every: int = 1

    def prepare(self, folder: Path, layout: Layout, address: str, cores: int) -> None:
        """Write its settings and its list of feeds into a new folder of its own."""
        feeds = "".join(f'[[feeds]]\nurl = "{url}"\n\n' for url in layout.feeds)
        (folder / "feeds.toml").write_text(feeds, encoding="utf-8")
        settings = {
            "FEEDMILL_CONNECT_TO": json.dumps(dict.fromkeys(layout.hosts, address)), "FEEDMILL_ALLOW_LOOPBACK": "1",
            "FEEDMILL_PACE_SECONDS": "0", "FEEDMILL_WORKERS": str(cores),
        }  # fmt: skip
        (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")

    def run(self, folder: Path) -> Spent:
        """Let it take in one arrival."""
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        command = [sys.executable, "-m", "flows.command_line", "ingest", "--force"]
        return spent_by(command, folder=folder, environment=os.environ | settings, log=folder / "log.txt")

    def texts(self, folder: Path) -> Mapping[str, str]:
        """URL -> text, out of the published copy."""
        with duckdb.connect(str(folder / "state" / "news.duckdb"), read_only=True) as connection:
            return dict(connection.execute("select url, text from articles_current").fetchall())

    def told(self, folder: Path) -> str:
        """How many pages a template of their publisher read, and why others did not let it."""
        with duckdb.connect(str(folder / "state" / "news.duckdb"), read_only=True) as connection:
            (read,) = connection.execute("select count(*) from article_observations where extractor like 'template-%'").fetchone()
            refused = connection.execute(
                "select reason, count(distinct page_id) from template_checks where outcome = 'refused' group by reason order by reason"
            ).fetchall()
        return f"templates read {read} pages of ours" + "".join(f", {count} refused for {reason}" for reason, count in refused)


Contender = Ours | Opponent

CONTENDERS: Sequence[Contender] = (
    Ours(),
    Opponent("a", "feedparser + trafilatura, a row at a time", "plain.py"),
    Opponent("a-fast", "the same with fast=True", "plain.py", ("fast",)),
    Opponent("b", "trafilatura's command line, parallel", "trafilatura_lines.py"),
    Opponent("c", "newspaper4k, processes of threads", "newspaper_threads.py", every=SLOW_SHARE),
    Opponent("d", "news-please, its library, processes", "news_please.py", every=SLOW_SHARE),
)


def opponents_python() -> Path:
    """That of the environment which `make bench` builds for them, else the one that runs this."""
    return BENCH_PYTHON if BENCH_PYTHON.exists() else Path(sys.executable)


def is_there(contender: Contender) -> bool:
    """Whether what it needs is installed."""
    needed = {"c": "newspaper", "d": "newsplease"}.get(contender.name)
    if needed is None:
        return True
    return subprocess.run([str(opponents_python()), "-c", f"import {needed}"], capture_output=True, check=False).returncode == 0


def begin(contender: Contender, folder: Path, layout: Layout, address: str, cores: int) -> None:
    """A new folder of its own, without anything of former rounds."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    contender.prepare(folder, layout, address, cores)
