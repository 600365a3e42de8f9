"""`feedmill extract`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows import policy
from flows.commands.options import Json, Workers, settings_with
from flows.commands.output import as_json, printable
from flows.pipeline.extract_many import BadLine, extract_many
from flows.pipeline.files import Unreadable, content_type_of, read_file
from flows.unusable import Unusable
from tasks.errors import StageError
from tasks.model import Article
from tasks.text.article import make_article
from tasks.text.describe import described
from tasks.text.job import PageJob


def extract(
    file: Annotated[
        Path | None, Parameter(help="An HTML or plain-text file (.gz too), or - for standard input.", allow_leading_hyphen=True)
    ] = None,
    *,
    url: Annotated[str | None, Parameter(help="Where the page was found: links in it are relative to that.")] = None,
    jsonl: Annotated[
        Path | None, Parameter(help='Clean many: a file of lines {"id": ..., "url": ..., "html": PATH}; prints a line for each.')
    ] = None,
    workers: Workers = None,
    json: Json = False,
) -> int:
    """Clean a file and print the article: headline, byline, text. Nothing is stored.

    With --json also every block of the page, with what became of it, by which rule and why.
    With --jsonl in two passes: what recurs on a publisher's pages is learned from all of them, then each is cleaned with it.
    """
    if (file is None) == (jsonl is None):
        raise Unusable("name one file to clean (or - for standard input), or many with --jsonl FILE")
    if jsonl is not None:
        return _many(jsonl, settings_with(workers=workers).workers)
    made = make_article(job_of(file or Path("-"), url))
    if isinstance(made, StageError):
        print(
            as_json({"error": made.reason, "detail": made.detail}) if json else f"no article: {made.reason} ({made.detail})",
            file=sys.stderr,
        )
        return 1
    print(as_json(described(made)) if json else _text(made))
    return 0


def job_of(file: Path, url: str | None) -> PageJob:
    """The job of reading a file, or standard input for `-`. Raises Unusable."""
    if str(file) == "-":
        return PageJob(sys.stdin.buffer.read(policy.MAX_FILE_BYTES), None, url, None, policy.EXTRACT_SECONDS)
    try:
        return PageJob(read_file(file), content_type_of(file), url, None, policy.EXTRACT_SECONDS)
    except Unreadable as failure:
        raise Unusable(str(failure)) from failure


def _text(article: Article) -> str:
    """For people: a head of three lines at most, then the text."""
    published = article.published
    byline = ", ".join(article.authors) + (f" · {published.at or published.on}" if published else "")
    head = [printable(line) for line in (article.title, article.subtitle, byline.strip(" ·")) if line]
    body = "\n".join(printable(line) for line in article.text.split("\n"))
    return "\n".join(head) + "\n\n" + body


def _many(source: Path, workers: int) -> int:
    """One line out for each line in, in order; a page without an article has an `error` and an empty text."""
    try:
        with source.open("rb") as lines:
            return asyncio.run(_print_all(source, lines, workers))
    except BadLine as failure:
        raise Unusable(str(failure)) from failure
    except OSError as failure:
        raise Unusable(f"{source}: {failure.strerror}") from failure


async def _print_all(source: Path, lines: object, workers: int) -> int:
    failed = 0
    async for row in extract_many(lines, source.parent, workers=workers):  # type: ignore[arg-type]
        failed += "error" in row
        print(as_json(row))
    if failed:
        print(f"{failed} pages hold no article: their lines say why", file=sys.stderr)
    return 0
