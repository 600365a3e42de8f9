"""`feedmill templates`."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from statistics import fmean
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number
from rich.console import Console

from flows.commands.decide import Why, carried_out
from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json, console, printable, table
from flows.pipeline.decisions import Decision
from flows.pipeline.template_audit import AuditedPage, audit_templates
from flows.unusable import Unusable
from warehouse.template_health import ShownTemplate, TemplateHealth, shown_template, template_health

SHOWN = 40
WORST = 5
EXAMPLE_CHARS = 60

Publisher = Annotated[str, Parameter(help="Registrable domain of a publisher.")]

app = App(name="templates", help="Show what was learned of publishers' pages, audit it, forget it.", result_action="return_value")


@app.default
@app.command(name="list")
def list_templates(*, state: State = None, json: Json = False) -> int:
    """List the publishers that were tried: since when a template reads their pages, and what became of it."""
    found = template_health(settings_with(state=state).published)
    if json:
        print(as_json([asdict(each) for each in found]))
    elif not found:
        print("no publisher has enough articles yet")
    else:
        columns = ["publisher", "state", "since", "learned from", "agreement", "pages read", "refused", "audited", "agreement now"]
        console().print(table("Templates", columns, [_line(each) for each in found]))
    return 0


def _line(each: TemplateHealth) -> tuple[object, ...]:
    state = f"{each.state} ({each.retired_why})" if each.state == "retired" else each.state
    return (
        each.publisher_id, state, each.since, each.learned_from, _share(each.learned_agreement), each.pages_read, each.refused,
        each.audited, _share(each.agreement),
    )  # fmt: skip


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.1%}"


@app.command
def show(publisher: Publisher, *, state: State = None, json: Json = False) -> int:
    """Show what is known of a publisher's pages: places inside and outside of articles, how many words stood there, and an example."""
    found = _shown(settings_with(state=state).published, publisher)
    if json:
        print(as_json(asdict(found)))
    else:
        _show(console(), found)
    return 0


def _shown(published: Path, publisher: str) -> ShownTemplate:
    found = shown_template(published, publisher)
    if found is None:
        known = [each.publisher_id for each in template_health(published)]
        near = difflib.get_close_matches(publisher, known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "`feedmill templates list` shows those that were"
        raise Unusable(f"no template was ever looked for at {publisher!a}: {hint}")
    return found


def _show(out: Console, found: ShownTemplate) -> None:
    health = found.health
    out.print(printable(_said(health)), markup=False, soft_wrap=True)
    if health.retired_id:
        out.print(printable(f"{health.retired_id} was retired: {health.retired_why}"), markup=False, soft_wrap=True)
    if found.refusals:
        rows = [(each.reason, each.pages, each.last_at, each.url) for each in found.refusals]
        out.print(table("Refused", ["reason", "pages", "last", "for example"], rows))
    if found.places:
        shown = [(p.decision, p.inside, p.outside, p.place, (p.example or "")[:EXAMPLE_CHARS]) for p in found.places[:SHOWN]]
        out.print(table("Places", ["decision", "words inside", "words outside", "place", "for example"], shown))
    if len(found.places) > SHOWN:
        out.print(f"{len(found.places) - SHOWN} more places: --json shows them", markup=False)


def _said(health: TemplateHealth) -> str:
    if health.template_id is None:
        when = f"tried again from {health.next_try:,} articles on" if health.next_try is not None else "not tried again"
        return f"{health.publisher_id} has no template: its pages are read by the extractor; {when}"
    learned = f"learned from {health.learned_from} pages, on which it agrees to {_share(health.learned_agreement)} with the extractor"
    read = f"{health.pages_read:,} pages read, {health.refused:,} refused, {health.audited:,} audited"
    return f"{health.publisher_id}: {health.template_id}, in use since {printable(health.since)}, {learned}; {read}"


@app.command
def forget(
    publisher: Publisher,
    *,
    again: Annotated[
        bool, Parameter(negative=(), help="Have the extractor read again what the template read, its newest articles.")
    ] = False,
    why: Why = None,
    state: State = None,
    json: Json = False,
) -> int:
    """Use a publisher's template no more: the extractor reads its pages until a new one can be learned from those that come from now on."""
    settings = settings_with(state=state)
    health = _shown(settings.published, publisher).health
    if health.template_id is None:
        raise Unusable(f"{publisher} has no template")
    decision = Decision("forget", rule_id=health.template_id, publisher_id=publisher, why=why, read_again=again)
    return carried_out(settings, decision, json=json)


@app.command
def audit(
    publisher: Annotated[str | None, Parameter(help="Registrable domain of a publisher. [default: all]")] = None,
    *,
    pages: Annotated[int, Parameter(help="Newest pages of each publisher.", validator=Number(gte=1, lte=10_000))] = 20,
    state: State = None,
    json: Json = False,
) -> int:
    """Read pages of the archive with template and extractor; say how far they agree. Nothing is stored. Exit code 1: no page was read."""
    settings = settings_with(state=state)
    if publisher is not None and _shown(settings.published, publisher).health.template_id is None:
        raise Unusable(f"{publisher} has no template")
    found = audit_templates(settings, publisher_id=publisher, pages=pages)
    if json:
        print(as_json([asdict(each) for each in found]))
    else:
        _show_audit(console(), found)
    return 0 if found else 1


def _show_audit(out: Console, found: Sequence[AuditedPage]) -> None:
    rows = []
    for publisher_id, group in groupby(found, key=lambda each: each.publisher_id):
        pages = list(group)
        agreed = [each.agreement for each in pages if each.agreement is not None]
        rows.append(
            (publisher_id, len(pages), len(pages) - len(agreed), _share(fmean(agreed)) if agreed else "", _share(min(agreed, default=None)))
        )
    out.print(table("Templates against the extractor", ["publisher", "pages", "refused", "agreement", "worst page"], rows))
    worst = sorted((each for each in found if each.agreement is not None), key=lambda each: (each.agreement, str(each.article_id)))[:WORST]
    out.print(table("Where they differ most", ["agreement", "page"], [(_share(each.agreement), each.url) for each in worst]))
