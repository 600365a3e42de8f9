"""What each group of cleaning rules contributes: a scorer's figures with one group switched off at a time.

    python -m benchmarks.ablation pages.jsonl --scorer "python3 score.py --root gold {}" [--groups phrases,repeats]

pages.jsonl: lines {"id": ..., "url": ..., "html": PATH}, as for `feedmill extract --jsonl`. The scorer is a command that reads a file of
predictions (its path takes the place of {}) and prints a table; its header and its row "ALL" are shown. Pages are read once, and cleaned
once per group without anything learned. Takes about 30 ms of a core per page, and 3 ms more per page and group.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flows.pipeline.files import content_type_of, read_file
from tasks.errors import StageError
from tasks.model import Action, Article
from tasks.text.article import clean_document, make_document
from tasks.text.job import PageJob
from tasks.text.knowledge import Knowledge
from tasks.text.learning.sightings import OUTSIDE
from tasks.text.rules import builtin_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tasks.model import Document

PAGE_SECONDS = 60.0
CHUNK = 8


@dataclass(frozen=True, slots=True)
class Page:
    """One line of the input: its id, address and file."""

    page_id: str
    url: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """One page cleaned: the line for the scorer, and for each rule how many blocks it took out of the text."""

    prediction: str
    taken: tuple[tuple[str, int], ...]


def pages(source: Path) -> list[Page]:
    """The pages that a file of lines names; relative paths are relative to it."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Page(row["id"], row.get("url"), source.parent / row["html"]) for row in rows]


def read(page: Page) -> Document | None:
    """A page's document, or None if there is none in it."""
    try:
        return make_document(PageJob(read_file(page.path), content_type_of(page.path), page.url, None, PAGE_SECONDS))
    except StageError:
        return None


def cleaned(page: Page, document: Document | None, *, disabled: frozenset[str]) -> Outcome:
    """The page as it comes out with some rules switched off."""
    made = clean_document(document, Knowledge(disabled=disabled)) if document else None
    if not isinstance(made, Article):
        return Outcome(json.dumps({"id": page.page_id, "text": "", "title": None, "authors": []}), ())
    taken = [verdict.rule_id or "" for verdict in made.verdicts if verdict.action is not Action.KEPT and verdict.rule_id != OUTSIDE]
    day = str(made.published.on) if made.published else None
    row = {"id": page.page_id, "text": made.text, "title": made.title, "authors": made.authors, "published_on": day}
    return Outcome(json.dumps(row), tuple((rule, taken.count(rule)) for rule in sorted(set(taken))))


def groups(seen: Iterable[str]) -> dict[str, frozenset[str]]:
    """Name -> ids of the rules that are switched off together: all roles, all wording, all repeats, then each rule that took a block."""
    ids = sorted(seen)
    wording = frozenset(rule.rule.rule_id for rule in builtin_rules().phrases)
    together = {
        "all roles": frozenset(rule for rule in ids if rule.startswith("role-")),
        "all wording": frozenset(ids) & wording,
        "all repeats": frozenset(rule for rule in ids if rule.startswith(("repeat-", "headline"))),
    }
    return {**together, **{rule: frozenset({rule}) for rule in ids}}


def scored(command: str, predictions: Iterable[str]) -> tuple[str, str]:
    """(header, row "ALL") of the table that a scorer prints for some predictions."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(f"{prediction}\n" for prediction in predictions)
        file.flush()
        argv = [part.replace("{}", file.name) for part in shlex.split(command)]
        printed = subprocess.run(argv, check=True, capture_output=True, text=True).stdout
    table = [line for line in printed.splitlines() if line.startswith("|")]
    return table[0], next(line for line in table if line.startswith("| ALL "))


def main(argv: Sequence[str] | None = None) -> int:
    """Print one table: group, blocks that it took with all rules on, the scorer's row without it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--scorer", required=True, help="a command; {} stands for the file of predictions")
    parser.add_argument("--groups", help="names, with commas between them; else all")
    options = parser.parse_args(argv)
    asked = pages(options.source)
    with ProcessPoolExecutor() as pool:
        documents = list(pool.map(read, asked, chunksize=CHUNK))
        whole = list(pool.map(partial(cleaned, disabled=frozenset()), asked, documents, chunksize=CHUNK))
        taken: dict[str, int] = {}
        for rule, count in (pair for outcome in whole for pair in outcome.taken):
            taken[rule] = taken.get(rule, 0) + count
        found = groups(taken)
        header, row = scored(options.scorer, (outcome.prediction for outcome in whole))
        print(f"| without | blocks {header}\n{'|---' * (header.count('|') + 1)}|\n| nothing | {sum(taken.values())} {row}", flush=True)
        for name in options.groups.split(",") if options.groups else found:
            without = pool.map(partial(cleaned, disabled=found[name]), asked, documents, chunksize=CHUNK)
            _, row = scored(options.scorer, [outcome.prediction for outcome in without])
            print(f"| {name} | {sum(taken[rule] for rule in found[name])} {row}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
