"""Many pages cleaned in two passes: learn what recurs from all of them, then clean each with what was learned. Nothing is stored."""

from __future__ import annotations

import asyncio
import json
import pickle
import tempfile
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from flows import policy
from flows.pipeline.files import Unreadable, content_type_of, read_file
from flows.pipeline.pool import WorkerPool
from flows.pipeline.worker import WorkerLost
from tasks.errors import StageError
from tasks.model import Article
from tasks.text.article import clean_document, make_article
from tasks.text.describe import described
from tasks.text.job import PageJob
from tasks.text.knowledge import NOTHING_KNOWN, Knowledge
from tasks.text.learning.evidence import MIN_ARTICLES
from tasks.text.learning.learn import learn
from tasks.text.learning.learned import Learned
from tasks.text.learning.publisher import NEWEST, UNDATED
from tasks.text.learning.sightings import Sighting, seen
from tasks.urls import registrable_domain

MAX_LINE_CHARS = 100_000
AHEAD_PER_WORKER = 4

Made = TypeVar("Made")


class BadLine(Exception):
    """A line of the input is not what it must be. The message names the line."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the input."""

    number: int
    page_id: str
    url: str | None
    path: Path


async def extract_many(lines: Iterable[bytes], folder: Path, *, workers: int) -> AsyncIterator[dict[str, Any]]:
    """One dict per line, in order, ready for JSON. lines: JSON objects with id, url and html. folder: what relative paths are relative to.

    Between the passes the articles wait in a temporary file, not in memory. Raises BadLine.
    """
    asked = list(_lines(lines, folder))
    with tempfile.TemporaryFile() as spool:
        async with WorkerPool(workers) as pool:
            places: defaultdict[str, list[tuple[date, str, int]]] = defaultdict(list)
            async for line, made in _each(pool, workers, asked, _read):
                if isinstance(made, Article) and line.url:
                    places[registrable_domain(line.url)].append((_day(made) or UNDATED, str(line.page_id), spool.tell()))
                pickle.dump(made, spool)
            known = {publisher: _knowledge(spool, publisher, found) for publisher, found in places.items()}
            spool.seek(0)
            second = [(line, known.get(registrable_domain(line.url or ""), NOTHING_KNOWN)) for line in asked]
            spooled = ((line, knowledge, pickle.load(spool)) for line, knowledge in second)  # noqa: S301 - written by us a moment ago
            async for (line, _, _), made in _each(pool, workers, spooled, _clean):
                yield {"id": line.page_id, **(_failed(made) if isinstance(made, StageError) else described(made))}


async def _each(
    pool: WorkerPool, workers: int, given: Iterable[Any], work: Callable[[Any], Made]
) -> AsyncIterator[tuple[Any, Made | StageError]]:
    """What the pool makes of each, in order; a few are under way at a time."""
    under_way: deque[tuple[Any, asyncio.Task[Made | StageError]]] = deque()
    for each in given:
        under_way.append((each, asyncio.create_task(_run(pool, work, each))))
        if len(under_way) >= AHEAD_PER_WORKER * workers:
            first, task = under_way.popleft()
            yield first, await task
    while under_way:
        first, task = under_way.popleft()
        yield first, await task


async def _run(pool: WorkerPool, work: Callable[[Any], Made], each: object) -> Made | StageError:
    try:
        return await pool.run(work, each)
    except WorkerLost as lost:
        return StageError("", lost.reason, lost.detail)


def _read(line: _Line) -> Article | StageError:
    """In a worker process: the first pass."""
    try:
        body = read_file(line.path)
    except Unreadable as failure:
        return StageError(line.url or "", failure.reason, failure.detail)
    return make_article(PageJob(body, content_type_of(line.path), line.url, None, policy.EXTRACT_SECONDS))


def _clean(given: tuple[_Line, Knowledge, Article | StageError]) -> Any:  # noqa: ANN401 - an Article or a StageError
    """In a worker process: the second pass, for publishers of which something was learned."""
    _, knowledge, made = given
    return made if isinstance(made, StageError) or knowledge == NOTHING_KNOWN else clean_document(made.document, knowledge)


def _knowledge(spool: BinaryIO, publisher: str, places: Sequence[tuple[date, str, int]]) -> Knowledge:
    """What was learned of a publisher. places: day, id and offset in the spool of its articles; only the newest are read again."""
    if len(places) < MIN_ARTICLES:
        return NOTHING_KNOWN
    sightings = []
    for _, article, offset in sorted(places)[-NEWEST:]:
        spool.seek(offset)
        made: Article = pickle.load(spool)  # noqa: S301 - written by us a moment ago
        sightings.append(Sighting(publisher, article, _day(made), seen(made.document.blocks, made.verdicts)))
    rules = learn(sightings)
    return Knowledge(learned=Learned.of(rules)) if rules else NOTHING_KNOWN


def _day(article: Article) -> date | None:
    return article.published.on if article.published else None


def _failed(failure: StageError) -> dict[str, Any]:
    return {
        "title": None,
        "authors": [],
        "published_at": None,
        "published_on": None,
        "published_precision": None,
        "language": None,
        "text": "",
        "blocks": [],
        "error": failure.reason,
        "detail": failure.detail,
    }


def _lines(lines: Iterable[bytes], folder: Path) -> Iterator[_Line]:
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        if len(raw) > MAX_LINE_CHARS:
            raise BadLine(f"line {number}: more than {MAX_LINE_CHARS:,} bytes")
        try:
            row = json.loads(raw)
        except (ValueError, RecursionError) as cause:
            raise BadLine(f"line {number}: not JSON ({cause})") from cause
        if (
            not isinstance(row, dict)
            or not isinstance(row.get("html"), str)
            or "id" not in row
            or not isinstance(row.get("url"), str | None)
        ):
            raise BadLine(f'line {number}: it must be an object with "id", "url" (text or null) and "html" (the path of a file)')
        yield _Line(number, row["id"], row.get("url") or None, folder / row["html"])
