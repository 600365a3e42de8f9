"""What a page costs: CPU of bytes -> cleaned article with metadata, ours against trafilatura's, page by page in turn.

`python -m benchmarks.extract_cost [--folder PAGES | --jsonl FILE] [--rounds N]`: a folder of .html and .html.gz files, or a file as
`feedmill extract --jsonl` reads it; without either the demo newsroom's articles. Of each page the cheapest of N rounds counts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING

import trafilatura

from flows.demo.newsroom import Newsroom
from flows.demo.responses import Request
from tasks.text.article import make_article
from tasks.text.job import PageJob

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 600  # no deadline is to cut a page short

Page = tuple[bytes, str | None]


def pages_of(folder: Path | None, jsonl: Path | None) -> list[Page]:
    """(bytes, URL or None) of every page."""
    if folder:
        return [(_read(path), None) for path in sorted(folder.rglob("*.html*"))]
    if jsonl:
        rows = [json.loads(line) for line in jsonl.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [(_read(jsonl.parent / row["html"]), row["url"] or None) for row in rows]
    newsroom = Newsroom(1)
    urls = [article.url for article in newsroom.truth().articles]
    return [(newsroom.respond(_request(url), 3).body, url) for url in urls]


def _request(url: str) -> Request:
    host, _, path = url.removeprefix("http://").partition("/")
    return Request(host, f"/{path}", {})


def _read(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def ours(page: Page) -> None:
    """Bytes -> Article."""
    make_article(PageJob(page[0], "text/html", page[1], None, SECONDS))


def theirs(page: Page) -> None:
    """Bytes -> text and metadata."""
    trafilatura.bare_extraction(page[0], url=page[1], with_metadata=True, include_comments=False)


def cpu_ms(work: Callable[[Page], None], page: Page) -> float:
    """CPU of one call."""
    began = time.process_time()
    work(page)
    return 1000 * (time.process_time() - began)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--jsonl", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    pages = pages_of(options.folder, options.jsonl)
    for page in pages[:10]:  # models and caches load at first use
        ours(page)
        theirs(page)
    turns = [[(cpu_ms(ours, page), cpu_ms(theirs, page)) for page in pages] for _ in range(options.rounds)]
    costs = [(min(mine for mine, _ in page), min(other for _, other in page)) for page in zip(*turns, strict=True)]
    for name, figures in (("ours", [mine for mine, _ in costs]), ("trafilatura", [other for _, other in costs])):
        print(f"{name:12} median {median(figures):6.1f} ms   mean {mean(figures):6.1f} ms")
    ratios = [mine / other for mine, other in costs]
    total = sum(mine for mine, _ in costs) / sum(other for _, other in costs)
    print(f"{len(pages)} pages: ours / trafilatura = {total:.2f} in all, {median(ratios):.2f} on the median page")


if __name__ == "__main__":
    main()
