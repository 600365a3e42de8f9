"""The pages of a benchmark, laid out as publishers, hosts and feeds, and written into a scratch folder to be served from there.

Publishers are registrable domains, paper0.test and so on, their hosts stand below them. Each host has a feed, which shows what is new and
the newest of what it showed before. Pages come in several arrivals, since a run learns what a publisher's pages have in common at its end.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from benchmarks.extract_cost import pages_of
from benchmarks.model_pages import model_pages
from benchmarks.twins import model_of, twin, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from benchmarks.twins import Model

FIRST_PAGES = 16
"""Of each publisher in the first arrival."""
BEGAN = datetime(2026, 3, 1, 6, tzinfo=UTC)
GENERATED_MODELS = 40


@dataclass(frozen=True, slots=True)
class Edition:
    """A page to be. seed: everything in it follows from that."""

    model: int
    host: str
    path: str
    arrival: int
    published: datetime
    seed: str

    @property
    def url(self) -> str:
        """Its address, and the canonical one that it names."""
        return f"http://{self.host}{self.path}"


@dataclass(frozen=True, slots=True)
class Layout:
    """What is served. feeds: their addresses; arrivals: how many pages each brings; mean_kb, mean_blocks: of the pages."""

    feeds: tuple[str, ...]
    hosts: tuple[str, ...]
    arrivals: tuple[int, ...]
    mean_kb: float
    mean_blocks: float


def models(folder: Path | None, jsonl: Path | None) -> list[Model]:
    """All that serve as models, of the given pages or of generated ones."""
    pages = pages_of(folder, jsonl) if folder or jsonl else model_pages(GENERATED_MODELS)
    return [model for body, url in pages if (model := model_of(body, url))]


def many_of_few(found: Sequence[Model], *, publishers: int, pages: int, hosts: int) -> tuple[Edition, ...]:
    """`pages` of each publisher, on so many hosts in all. Its model is chosen by size, so that small and large pages have their share."""
    each = max(1, hosts // publishers)
    by_size = sorted(range(len(found)), key=lambda number: (found[number].bytes, number))
    chosen = [by_size[(2 * number + 1) * len(by_size) // (2 * publishers)] for number in range(publishers)]
    first, rest = min(FIRST_PAGES, pages), max(0, pages - FIRST_PAGES)
    arrival = [0] * first + [1] * (rest // 2) + [2] * (rest - rest // 2)
    return tuple(
        _edition(chosen[paper], f"s{number % each}.paper{paper}.test", number, arrival[number])
        for paper in range(publishers)
        for number in range(pages)
    )


def one_of_many(found: Sequence[Model], *, pages: int) -> tuple[Edition, ...]:
    """Each page the only one of its publisher."""
    return tuple(_edition(number % len(found), f"www.paper{number}.test", number, 0) for number in range(pages))


def _edition(model: int, host: str, number: int, arrival: int) -> Edition:
    published = BEGAN + timedelta(minutes=7 * number)
    return Edition(model, host, f"/{published:%Y/%m/%d}/story-{10_000 + number}.html", arrival, published, f"{host} {number}")


def write(editions: Sequence[Edition], found: Sequence[Model], folder: Path) -> Layout:
    """Every page and feed, packed, and the index that the server reads."""
    (folder / "pages").mkdir(parents=True)
    words, titles, paths, size = words_of(found), {}, {}, 0
    for number, edition in enumerate(editions):
        model = found[edition.model]
        titles[edition.url], text = twin(model, words[model.language], url=edition.url, published=edition.published, seed=edition.seed)
        body = text.encode("utf-8", "replace")
        size += len(body)
        paths[edition.host + edition.path] = f"pages/{number}.html.gz"
        (folder / paths[edition.host + edition.path]).write_bytes(gzip.compress(body, 6, mtime=0))
    arrivals = 1 + max(edition.arrival for edition in editions)
    shown = [dict(feeds(editions, titles, arrival)) for arrival in range(arrivals)]
    (folder / "site.json").write_text(json.dumps({"pages": paths, "feeds": shown}), encoding="utf-8")
    hosts = tuple(sorted({edition.host for edition in editions}))
    counts = tuple(sum(edition.arrival == arrival for edition in editions) for arrival in range(arrivals))
    blocks = sum(found[edition.model].blocks for edition in editions) / len(editions)
    return Layout(tuple(f"http://{host}/feed.xml" for host in hosts), hosts, counts, size / len(editions) / 1000, blocks)


def feeds(editions: Sequence[Edition], titles: Mapping[str, str], arrival: int) -> Iterator[tuple[str, str]]:
    """(host, feed) for each host: what arrives now, and the last one before that."""
    of_host: dict[str, list[Edition]] = defaultdict(list)
    for edition in editions:
        if edition.arrival <= arrival:
            of_host[edition.host].append(edition)
    for host, known in of_host.items():
        new = [edition for edition in known if edition.arrival == arrival]
        items = "".join(_item(edition, titles[edition.url]) for edition in [*reversed(new), *known[: len(known) - len(new)][-1:]])
        head = f"<title>{host}</title><link>http://{host}/</link><description>News</description>"
        yield host, f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'


def _item(edition: Edition, title: str) -> str:
    date = format_datetime(edition.published, usegmt=True)
    return (
        f"<item><title>{escape(title)}</title><link>{edition.url}</link><guid isPermaLink='true'>{edition.url}</guid>"
        f"<pubDate>{date}</pubDate></item>"
    )
