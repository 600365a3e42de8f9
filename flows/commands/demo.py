"""`feedmill demo`."""

from __future__ import annotations

from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number
from rich.console import Console

from flows.commands.ingest_run import described
from flows.commands.options import Json, Workers
from flows.commands.output import as_json, console, table
from flows.commands.progress import progress
from flows.demo.play import OtherDemo, Played, forget, play
from flows.unusable import Unusable
from flows.world import this_world
from warehouse.examples import Example, examples
from warehouse.query import query

SHOWN = ("02_volume_by_day", "04_revisions", "07_why_entries_were_rejected")
FIRST_QUERY = "select title, publisher_id from articles_current limit 5"
REMOVED = "03_what_cleaning_removed"


def demo(
    *,
    state: Annotated[Path, Parameter(help="Folder for the demo's warehouse.")] = Path("state/demo"),
    seed: Annotated[int, Parameter(help="Another seed is another newsroom.", validator=Number(gte=0))] = 1,
    rounds: Annotated[
        int, Parameter(help="Rounds of news to play; the third takes one revision back.", validator=Number(gte=1, lte=3))
    ] = 2,
    workers: Workers = None,
    fresh: Annotated[bool, Parameter(negative=(), help="Forget what an earlier demo left in the folder.")] = False,
    json: Json = False,
) -> int:
    """Serve the bundled newsroom on loopback, run the real pipeline on it, publish, and show what happened.

    Run again, it serves the last round once more and finds nothing new.
    """
    if fresh:
        forget(state)
    played: list[Played] = []
    out = console()
    try:
        for each in play(state, this_world(), seed=seed, rounds=rounds, workers=workers, watch=lambda label: progress(label, quiet=json)):
            played.append(each)
            if not json:
                out.print(f"round {each.round_number}: {described(each.summary)}", markup=False)
    except OtherDemo as failure:
        raise Unusable(str(failure)) from failure
    if json:
        print(as_json({"rounds": [{"round": each.round_number, **asdict(each.summary)} for each in played], "state": str(state)}))
    else:
        _show(out, state, played)
    return 0


def _show(out: Console, state: Path, played: list[Played]) -> None:
    published = state / "news.duckdb"
    if all(each.summary.is_quiet for each in played):
        out.print("\nNothing new: every entry was known already.")
    by_name = {example.name: example for example in examples()}
    publishers = (files("flows.demo") / "publishers.sql").read_text(encoding="utf-8")
    out.print()
    _answer(out, published, Example("publishers", "Publishers", publishers), show_sql=False)
    _answer(out, published, by_name[REMOVED], show_sql=False)
    for name in SHOWN:
        _answer(out, published, by_name[name], show_sql=True)
    out.print("Where the files are", style="bold")
    for path, what in (
        (published, "what you query; runs never lock it"),
        (state / "live.duckdb", "what runs write to"),
        (state / "archive", "every page as it was fetched (WARC)"),
        (state / "feeds.toml", "the feeds"),
    ):
        out.print(f"  {path}  {what}", markup=False)
    out.print(f'\nYour turn: feedmill sql --state {state} "{FIRST_QUERY}"', markup=False)


def _answer(out: Console, published: Path, example: Example, *, show_sql: bool) -> None:
    result = query(published, example.sql)
    if show_sql:
        out.print(f"-- {example.question}\n{example.sql}", markup=False, style="dim")
    out.print(table(None if show_sql else example.question, result.columns, list(result.rows)))
    out.print()
