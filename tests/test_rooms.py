"""The rules of the house: imports run downhill, one library has one door, the outside world comes in as arguments."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = [path for room in ("flows", "tasks", "warehouse") for path in sorted((ROOT / room).rglob("*.py"))]
BELOW = {
    "flows": ("flows", "tasks", "warehouse"), "tasks": ("tasks", "warehouse.rows", "warehouse.batch", "warehouse.stored"),
    "warehouse": ("warehouse",),
}  # fmt: skip
DOORS = {
    "prefect": "flows/", "duckdb": "warehouse/", "feedparser": "tasks/feeds/",
    "aiohttp": "tasks/web/", "yarl": "tasks/web/", "protego": "tasks/web/", "warcio": "tasks/web/",
    "trafilatura": "tasks/text/article_lines.py", "htmldate": "tasks/text/extract.py",
}  # fmt: skip
WORLD = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "os.environ", "os.getenv",
    "os.urandom", "os.getpid", "uuid.uuid1", "uuid.uuid4", "socket.gethostname",
}  # fmt: skip
CHANCE = {"random", "secrets"}
VAGUE = {"util", "utils", "helper", "helpers", "common", "base", "manager", "misc"}
HOSTS = (("py", "pi"), ("python", "hosted"), ("npm", "js"), ("ana", "conda"), ("crates", "io"), ("ruby", "gems"), ("docker", "hub"))
LEFTOVERS = {
    ".git",
    ".venv",
    ".venv-bench",
    "__pycache__",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    "dist",
    "build",
    "state",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> list[str]:
    """Dotted names of what a module imports: `from a.b import c` counts as a.b, `from a import b` as a.b where a is a room."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names] if node.module in BELOW else [node.module]
        elif isinstance(node, ast.ImportFrom):
            found.append("." * node.level)
    return found


def without_types(tree: ast.Module) -> ast.Module:
    """What runs: naming a library's type opens nothing."""
    tree.body = [node for node in tree.body if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")]
    return tree


def strays(name: str, source: str) -> list[str]:
    """The imports of a module that run uphill or past a door, and what it takes from the world without being handed it."""
    room, names = name.partition("/")[0], imported(ast.parse(source))
    ours = tuple(f"{each}." for each in BELOW[room])
    uphill = [each for each in names if each.partition(".")[0] in BELOW and not f"{each}.".startswith(ours)]
    running = without_types(ast.parse(source))
    doors = [each for each in imported(running) if not name.startswith(DOORS.get(each.partition(".")[0], ""))]
    if room == "flows":
        return uphill + doors
    used = {ast.unparse(node) for node in ast.walk(running) if isinstance(node, ast.Attribute)}
    named = {f"{node.module}.{alias.name}" for node in ast.walk(running) if isinstance(node, ast.ImportFrom) for alias in node.names}
    world = [each for each in WORLD if each in named or any(f".{one}".endswith(f".{each}") for one in used)]
    return uphill + doors + world + [each for each in names if each.partition(".")[0] in CHANCE]


def files() -> list[Path]:
    return [path for path in sorted(ROOT.rglob("*")) if path.is_file() and not LEFTOVERS & set(path.relative_to(ROOT).parts)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_downhill_through_one_door_and_the_world_comes_in_as_arguments(path):
    assert not strays(name_of(path), path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("warehouse/x.py", "from tasks.model import Entry"),
        ("warehouse/x.py", "import flows.policy"),
        ("tasks/x.py", "from flows import policy"),
        ("tasks/x.py", "from warehouse import read"),
        ("tasks/x.py", "from warehouse.read import aliases"),
        ("tasks/x.py", "import duckdb"),
        ("tasks/text/x.py", "from trafilatura.utils import load_html"),
        ("flows/x.py", "import aiohttp"),
        ("tasks/x.py", "from prefect import flow"),
        ("tasks/x.py", "import datetime\nseen = datetime.datetime.now()"),
        ("warehouse/x.py", "from os import environ"),
        ("tasks/x.py", "import os\nhome = os.environ['HOME']"),
        ("tasks/x.py", "from random import choice"),
    ],
)
def test_a_stray_import_is_seen(name, line):
    assert strays(name, line)


def test_no_import_is_relative():
    sources = {name_of(path): path.read_text(encoding="utf-8") for path in MODULES}
    assert not [name for name, source in sources.items() if any(each.startswith(".") for each in imported(ast.parse(source)))]


def test_no_module_at_the_top_of_flows_hides_one_that_is_installed():
    """A flow's entrypoint puts flows/ first on the path: a module there would be imported in place of its namesake."""
    taken = set(sys.stdlib_module_names) | set(packages_distributions())
    assert not {path.stem for path in (ROOT / "flows").iterdir() if path.suffix in {".py", ""} and path.stem != "__init__"} & taken


def test_no_file_is_named_after_nothing():
    assert not [name_of(path) for path in files() if VAGUE & set(re.split(r"[^a-z]", path.stem.lower()))]


def test_no_file_names_a_package_host_or_puts_work_off():
    put_off = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3]) + r")\b")
    hosts = re.compile("|".join(r"\W?".join(parts) for parts in HOSTS), re.IGNORECASE)
    texts = ((path, path.read_text(encoding="utf-8", errors="replace")) for path in files())
    assert not [(name_of(path), found[0]) for path, text in texts for pattern in (hosts, put_off) if (found := pattern.search(text))]
