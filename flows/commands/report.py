"""`feedmill report`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows import policy
from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json
from flows.commands.written import write_whole
from flows.html_pages.spelling import size
from flows.report.page import Made, page
from flows.unusable import Unusable
from flows.world import this_world
from warehouse.figures.ask import figures
from warehouse.figures.window import Window
from warehouse.manifest import read_manifest

MOST_DAYS = 36_525


def report(
    *,
    to: Annotated[Path | None, Parameter(name="--to", help="File to write. [default: report.html in the folder of the warehouse]")] = None,
    days: Annotated[int, Parameter(name="--days", help="How many days of UTC it tells of, today among them.")] = 30,
    since: Annotated[date | None, Parameter(name="--since", help="First day, in place of --days: 2026-03-01.")] = None,
    publisher: Annotated[str | None, Parameter(name="--publisher", help="Only of this publisher, by its domain.")] = None,
    state: State = None,
    json: Json = False,
) -> int:
    """Write one HTML page about the published copy: what came in, how fast, who had it first, what was changed and removed, and what ails.

    The page stands alone: it opens from a file, loads nothing and sends nothing. --json prints its numbers and queries instead.
    """
    settings, world = settings_with(state=state), this_world()
    now = world.now()
    told = figures(settings.published, _window(now, days, since, publisher), policy.REPORT)
    if publisher and not (told.totals.rows[0].articles_ever or told.feeds.rows):
        raise Unusable(f"{publisher} is no publisher of this warehouse: names are domains, as in publisher_overview")
    if json:
        print(as_json(asdict(told)))
        return 0
    manifest = read_manifest(settings.published)
    made = Made(now, manifest.published_at if manifest else None, world.code_version, policy.REPORT_STALE_AFTER)
    path = to or settings.state / "report.html"
    text = page(told, made)
    write_whole(path, text)
    print(f"wrote {path}: {told.totals.rows[0].articles:,} articles, {size(len(text.encode()))}")
    return 0


def _window(now: datetime, days: int, since: date | None, publisher: str | None) -> Window:
    """Whole days of UTC up to this one, which ends now."""
    if not 1 <= days <= MOST_DAYS:
        raise Unusable(f"--days must be 1 to {MOST_DAYS:,}")
    first = since or (now - timedelta(days=days - 1)).date()
    begin = datetime.combine(first, time(), UTC)
    if begin >= now:
        raise Unusable(f"--since {first} is yet to come")
    return Window(begin, now, publisher)
