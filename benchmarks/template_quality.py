"""What publisher templates do to quality and cost: each page of a publisher read by a template of its other pages, and by the extractor.

    python -m benchmarks.template_quality (--jsonl FILE | --demo) [--learn-from N] [--least N] [--rounds N] [--out FOLDER]

FILE: lines {"id": ..., "url": ..., "html": PATH}, as for `feedmill extract --jsonl`; publishers are told apart by registrable domain.
Without it the demo newsroom's pages. N: how many other pages a template is learned from, those that follow in order of day, all if it is
not said; publishers with --least pages or fewer are left out. Prints per publisher and in all: pages; how many a template read, the rest
by reason; the share of words that both readings keep (F), the worst page; CPU of bytes -> article with a template and without, on the
pages that it read, the cheapest of some rounds. --out: writes extractor.jsonl and templates.jsonl there, for any scorer to compare.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from flows.demo.newsroom import Newsroom
from flows.demo.responses import Request
from flows.pipeline.files import read_file
from tasks.model import Action, Article
from tasks.text.article import make_article
from tasks.text.describe import described
from tasks.text.job import PageJob
from tasks.text.knowledge import Knowledge
from tasks.text.learning.publisher import UNDATED
from tasks.text.learning.sightings import Sighting, seen
from tasks.text.templates.learn import MIN_PAGES, learn_template
from tasks.text.templates.measures import agreement
from tasks.text.templates.template import Outcome
from tasks.text.words import word_count
from tasks.urls import registrable_domain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

SECONDS = 600  # no deadline is to cut a page short
NO_TEMPLATE = "no template"


@dataclass(frozen=True, slots=True)
class Page:
    """A page that the extractor can read, with what it made of it."""

    page_id: str
    job: PageJob
    article: Article

    @property
    def day(self) -> date:
        """When it was published, as far as it says."""
        return self.article.published.on if self.article.published else UNDATED


@dataclass(frozen=True, slots=True)
class Result:
    """One page read by a template of others. reason: why it was not. same: F1 of the words kept. ms: CPU with a template and without."""

    page_id: str
    article: Article
    reason: str | None
    same: float = 1.0
    ms: tuple[float, float] = (0.0, 0.0)


def jobs_of(jsonl: Path | None) -> Iterator[tuple[str, PageJob]]:
    """(id, page) of a file, or of the demo newsroom."""
    if jsonl:
        rows = [json.loads(line) for line in jsonl.read_text(encoding="utf-8").splitlines() if line.strip()]
        for row in rows:
            yield str(row["id"]), PageJob(read_file(jsonl.parent / row["html"]), "text/html", row["url"] or None, None, SECONDS)
        return
    newsroom = Newsroom(1)
    for truth in newsroom.truth().articles:
        if truth.is_loadable:
            host, _, path = truth.url.removeprefix("http://").partition("/")
            response = newsroom.respond(Request(host, f"/{path}", {}), 3)
            yield truth.url, PageJob(response.body, dict(response.headers)["Content-Type"], truth.url, None, SECONDS)


def publishers(jobs: Iterable[tuple[str, PageJob]]) -> dict[str, list[Page]]:
    """Pages by publisher, in order of day; those that hold no article are left out."""
    found = defaultdict[str, list[Page]](list)
    for page_id, job in jobs:
        article = make_article(job)
        if isinstance(article, Article):
            found[registrable_domain(job.url or "")].append(Page(page_id, job, article))
    return {publisher: sorted(found[publisher], key=lambda page: (page.day, page.page_id)) for publisher in sorted(found)}


def read(publisher: str, pages: Sequence[Page], at: int, learn_from: int | None, rounds: int) -> Result:
    """One page by a template of its neighbours."""
    page, others = pages[at], [*pages[at + 1 :], *pages[:at]][:learn_from]
    sightings = [Sighting(publisher, each.page_id, each.day, seen(each.article.document.blocks, each.article.verdicts)) for each in others]
    template = learn_template(publisher, sightings)
    if template is None:
        return Result(page.page_id, page.article, NO_TEMPLATE)
    job = replace(page.job, knowledge=Knowledge(template=template))
    article = make_article(job)
    use = article.document.template_use if isinstance(article, Article) else None
    if not isinstance(article, Article) or use is None or use.outcome is Outcome.REFUSED:
        return Result(page.page_id, page.article, use.reason if use else "no article")
    turns = [(cpu_ms(job), cpu_ms(page.job)) for _ in range(rounds)]
    ms = min(mine for mine, _ in turns), min(other for _, other in turns)
    return Result(page.page_id, article, None, _same(article, page.article), ms)


def cpu_ms(job: PageJob) -> float:
    """CPU of bytes -> article."""
    began = time.process_time()
    make_article(job)
    return 1000 * (time.process_time() - began)


def _same(article: Article, other: Article) -> float:
    kept = [[verdict.action is Action.KEPT for verdict in each.verdicts] for each in (article, other)]
    return agreement(*kept, [word_count(block.text) for block in article.document.blocks])


def row(name: str, results: Sequence[Result]) -> str:
    """A line of the table."""
    used = [each for each in results if each.reason is None]
    reasons = ", ".join(f"{count} {reason}" for reason, count in Counter(each.reason for each in results if each.reason).most_common())
    shown = [f"{len(used) / len(results):.0%}", reasons or "-"]
    if used:
        mine, other = mean(each.ms[0] for each in used), mean(each.ms[1] for each in used)
        shown += [f"{mean(each.same for each in used):.4f}", f"{min(each.same for each in used):.3f}", f"{mine:.1f}", f"{other:.1f}"]
    return " | ".join(["", name, str(len(results)), *shown, *["-"] * (6 - len(shown)), ""]).strip()


def written(folder: Path, before: Iterable[Page], after: Iterable[Result]) -> None:
    """Two files of predictions."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, articles in (("extractor", before), ("templates", after)):
        lines = [json.dumps({"id": each.page_id, **described(each.article)}) for each in articles]
        (folder / f"{name}.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("--jsonl", type=Path)
    given.add_argument("--demo", action="store_true")
    parser.add_argument("--learn-from", type=int)
    parser.add_argument("--least", type=int, default=MIN_PAGES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    pages = {name: each for name, each in publishers(jobs_of(options.jsonl)).items() if len(each) > options.least}
    print("| publisher | pages | read | others | same | worst | ms with | ms without |\n|---|---|---|---|---|---|---|---|")
    every: list[Result] = []
    for name, each in pages.items():
        results = [read(name, each, at, options.learn_from, options.rounds) for at in range(len(each))]
        print(row(name, results), flush=True)
        every += results
    print(row("ALL", every))
    if options.out:
        written(options.out, (page for each in pages.values() for page in each), every)


if __name__ == "__main__":
    main()
