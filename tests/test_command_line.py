"""The command line as programs and people meet it: what it prints, how it ends, how soon it answers."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows.command_line import COMMANDS

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "tests" / "text" / "seed_article.txt"
FEEDMILL = (sys.executable, "-m", "flows.command_line")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("FEEDMILL_")} | {"PYTHONPATH": str(ROOT)}
NAMES = [name for name, *_ in COMMANDS]
HEAVY = {"prefect", "duckdb", "pyarrow", "trafilatura", "lxml", "feedparser", "aiohttp", "pydantic"}
MOST_CPU_SECONDS_TO_HELP = 0.5


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a warehouse of one imported article in its state/."""
    made = tmp_path_factory.mktemp("folder")
    done = subprocess.run(
        [*FEEDMILL, "import", str(ARTICLE)], cwd=made, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def feedmill(folder):
    def run(*arguments: str, given: str | None = None, cwd: Path = folder, **settings: str):
        return subprocess.run(
            [*FEEDMILL, *arguments],
            cwd=cwd,
            env=ENVIRONMENT | settings,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


def test_help_lists_every_command_with_a_sentence(feedmill):
    printed = feedmill("--help", COLUMNS="200").stdout
    assert all(re.search(rf"\b{name}\b.*{re.escape(text)}", printed) for name, _, text in COMMANDS)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_and_every_option_of_it_a_meaning(name, feedmill):
    done = feedmill(name, "--help", COLUMNS="200")
    options = [line for line in done.stdout.splitlines() if re.match(r"│ .*--\w", line)]

    assert done.returncode == 0
    assert options
    assert all(re.search(r"  \S.*\w[.\]]", line) for line in options)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_on_the_front_page(name):
    assert f"| `feedmill {name}` |" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_front_page_lists_no_command_that_is_not_there():
    listed = re.findall(r"^\| `feedmill (\w+)` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(NAMES)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell what a child used")
def test_help_takes_less_than_half_a_second_of_cpu():
    def cpu_seconds() -> float:
        child = subprocess.Popen([*FEEDMILL, "--help"], env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode == 0
        return usage.ru_utime + usage.ru_stime

    assert min(cpu_seconds() for _ in range(5)) < MOST_CPU_SECONDS_TO_HELP


def test_help_loads_nothing_heavy():
    told = "import sys, flows.command_line; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", told], env=ENVIRONMENT, capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    assert not sorted(HEAVY & set(loaded))


def test_a_run_loads_nothing_that_only_its_workers_need():
    told = "import sys, flows.commands.ingest_run; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", told], env=ENVIRONMENT, capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    assert not {"trafilatura", "py3langid", "feedparser"} & set(loaded)


def test_the_version_is_the_packages(feedmill):
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version is not None
    assert feedmill("--version").stdout.strip() == version[1]


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "words"),
    [
        (("frobnicate",), {}, 2, "Unknown command"),
        (("ingest", "--nonsense"), {}, 2, "--nonsense"),
        (("sql",), {}, 2, "requires an argument"),
        (("ingest",), {}, 2, "feeds.toml: there is no such file"),
        (("import",), {}, 2, "name at least one file"),
        (("import", "missing.html"), {}, 2, "missing.html"),
        (("extract",), {}, 2, "name one file"),
        (("extract", "missing.html"), {}, 2, "missing.html"),
        (("audit", "--state", "elsewhere"), {}, 2, "elsewhere/live.duckdb does not exist"),
        (("audit",), {"FEEDMILL_WORKERS": "many"}, 2, "FEEDMILL_WORKERS"),
        (("audit",), {"FEEDMILL_STAET": "state"}, 2, "did you mean FEEDMILL_STATE?"),
        (("sql", "selec 1"), {}, 1, "syntax error"),
        (("sql", "--state", "elsewhere", "select 1"), {}, 1, "does not exist yet"),
        (("publish", "--state", "elsewhere"), {}, 1, "run an ingest first"),
    ],
)
def test_what_cannot_be_done_is_said_in_words_with_its_exit_code(arguments, settings, code, words, feedmill):
    done = feedmill(*arguments, **settings)

    assert (done.returncode, words in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_a_file_without_an_article_ends_with_1_and_its_reason(feedmill, tmp_path):
    (tmp_path / "short.txt").write_text("Too short to be one.\n", encoding="utf-8")
    done = feedmill("extract", str(tmp_path / "short.txt"))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("no article: too_short")


@pytest.mark.parametrize(("number", "code", "words"), [(signal.SIGINT, 130, b"interrupted\n"), (signal.SIGTERM, 143, b"")])
def test_a_command_that_is_interrupted_says_so_in_its_exit_code(number, code, words, folder):
    child = subprocess.Popen(
        [*FEEDMILL, "extract", "-"], cwd=folder, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a background job ignores Ctrl-C
    )  # fmt: skip
    assert child.stdin is not None
    child.stdin.write(b"x" * 200_000)  # more than a pipe holds: once this returns, the command is reading
    child.send_signal(number)
    _, told = child.communicate(timeout=60)

    assert (child.returncode, told) == (code, words)


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (("sql", "--format", "csv", "select * from range(1000000)"), "range\n"),
        (("sql", "select range, repeat('x', 2000) from range(1000)"), "┏"),
    ],
)
def test_a_reader_that_has_had_enough_is_no_failure(folder, arguments, first):
    child = subprocess.Popen([*FEEDMILL, *arguments], cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stderr is not None
    assert child.stdout.readline().decode().startswith(first)
    child.stdout.close()

    assert (child.wait(timeout=60), child.stderr.read()) == (0, b"")
    child.stderr.close()


def test_sql_is_read_from_standard_input_and_printed_as_json_or_csv(feedmill):
    sql = "select 1 as n, null as nothing, date '2026-03-01' as day, ['a', 'b'] as names, timestamptz '2026-03-01 12:00:00Z' as at_noon"
    row = {"n": 1, "nothing": None, "day": "2026-03-01", "names": ["a", "b"], "at_noon": "2026-03-01T12:00:00+00:00"}

    assert json.loads(feedmill("sql", "--format", "json", "-", given=sql).stdout) == [row]
    assert feedmill("sql", "-f", "csv", "-", given=sql).stdout.splitlines() == [
        "n,nothing,day,names,at_noon",
        '1,,2026-03-01,"[""a"", ""b""]",2026-03-01T12:00:00+00:00',
    ]


@pytest.mark.parametrize("way", ["table", "csv", "json"])
def test_a_file_gets_utf_8_whatever_the_locale_says(folder, way):
    environment = ENVIRONMENT | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    command = [*FEEDMILL, "sql", "-f", way, "select chr(224) || ' la fa' || chr(231) || 'on ' || chr(26085) as words"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
    assert "à la façon 日" in done.stdout.decode()


def test_arguments_are_utf_8_whatever_the_locale_says(folder):
    environment = ENVIRONMENT | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    command = [*(each.encode() for each in FEEDMILL), b"sql", b"-f", b"csv", "select 'façon' as word".encode()]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)

    assert (done.returncode, done.stdout.decode()) == (0, "word\nfaçon\n")


@pytest.mark.parametrize("arguments", [(b"sql", b"select '\xff'"), (b"search", b"\xff"), (b"explain", b"http://a.test/\xff")])
def test_bytes_that_are_no_text_are_refused_in_words(folder, arguments):
    command = [*(each.encode() for each in FEEDMILL), *arguments]
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (2, b"feedmill: what was asked holds bytes that are no UTF-8\n")


def test_a_table_shows_control_codes_and_markup_as_plain_text(feedmill):
    printed = feedmill("sql", "select chr(27) || '[31mred' as colour, '[bold]x[/bold]' as markup").stdout
    assert "\x1b" not in printed
    assert "[bold]x[/bold]" in printed


def test_a_page_is_read_from_standard_input(feedmill):
    done = feedmill("extract", "--json", "-", given=ARTICLE.read_text(encoding="utf-8"))
    assert json.loads(done.stdout)["authors"] == ["bnm Gulf bureau"]


def test_importing_a_file_again_finds_nothing_new(feedmill, folder):
    assert "entries: 1 unchanged" in feedmill("import", str(ARTICLE)).stdout
    assert json.loads(feedmill("sql", "-f", "json", "select count(*) as articles from articles_current").stdout) == [{"articles": 1}]


def test_audit_finds_nothing_in_a_sound_warehouse(feedmill):
    done = feedmill("audit", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_publish_tells_what_it_published(feedmill, folder):
    told = json.loads(feedmill("publish", "--json").stdout)
    assert told["bytes"] == (folder / "state" / "news.duckdb").stat().st_size
