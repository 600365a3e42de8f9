"""`feedmill search`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter, validators

from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json, printable
from flows.commands.period import instant
from flows.world import this_world
from warehouse.ranked_search import ranked_search
from warehouse.search import Hit, Narrowing
from warehouse.search import search as newest

ALL = "all"
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def search(
    words: Annotated[str, Parameter(help='All must occur. "in a row", -without, begin*.', allow_leading_hyphen=True)],
    *,
    since: Annotated[str, Parameter(help="First seen from then on: 7d, 2026-03-01, or all.")] = "30d",
    until: Annotated[str | None, Parameter(help="First seen before: a day, an instant, or how long ago.")] = None,
    publisher: Annotated[str | None, Parameter(help="Of this publisher.")] = None,
    language: Annotated[str | None, Parameter(help="In this language, e.g. de.")] = None,
    ranked: Annotated[bool, Parameter(help="The best first: needs a copy with an index.", negative=())] = False,
    limit: Annotated[int, Parameter(help="How many to show.", validator=validators.Number(gte=1, lte=10_000))] = 20,
    state: State = None,
    json: Json = False,
) -> int:
    """Find articles by the words in headline and text, the newest first or the best; case, accents and vowel signs do not count."""
    now = this_world().now()
    first = BEGINNING if since == ALL else instant(since, now)
    narrowing = Narrowing(instant(until, now) if until else None, publisher, language)
    find = ranked_search if ranked else newest
    found = find(settings_with(state=state).published, words, first, narrowing, most=limit + 1)
    shown, is_more = found[:limit], len(found) > limit
    if json:
        print(as_json([asdict(hit) for hit in shown]))
        return 0
    print("\n\n".join(map(_told, shown)), end="\n" if shown else "")
    where = "" if since == ALL else f" first seen since {first:%Y-%m-%d %H:%M} UTC (--since all looks at all)"
    counted = f"the {'best' if ranked else 'newest'} {limit:,} of more" if is_more else f"{len(shown):,}"
    print(f"{counted} articles{where}", file=sys.stderr)
    return 0


def _told(hit: Hit) -> str:
    score = "" if hit.score is None else f"{hit.score:.2f}  "
    lines = f"{score}{hit.first_seen_at:%Y-%m-%d %H:%M}  {printable(hit.publisher_id)}  {printable(hit.title)}", hit.url, hit.snippet
    return "\n    ".join(map(printable, lines))
