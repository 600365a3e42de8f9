"""From feeds to rows, ours against four others: CPU and wall an article, on the same pages in one run.

`python -m benchmarks.end_to_end [--folder PAGES | --jsonl FILE] [--single] [--publishers 10] [--pages 200] [--hosts 100]
[--latency-ms 20-50] [--rounds N] [--only a,a-fast,b,c,d,ours]`. Pages are made from models: those of the folder or of the file
(as `feedmill extract --jsonl` reads it), else generated ones. Each page has its model's chrome and other words (benchmarks/twins.py).

Two streams: few publishers with many pages each, which arrive in three polls (16 of each publisher, then half of the rest, then the other
half); and, with --single, pages each of which is the only one of its publisher. Every contender reads the same feeds from the same
server, starts anew at each poll, and leaves rows in a DuckDB file: URL, canonical URL, title, authors, date, language, text, and what the
feed said.
CPU is that of all of a contender's processes (benchmarks/all_cpu.py), the server's is not among it. Contenders take turns within a round.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from benchmarks import editions
from benchmarks.all_cpu import CommandFailed
from benchmarks.contenders import CONTENDERS, Ours, begin, is_there
from benchmarks.page_server import PageServer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.all_cpu import Spent
    from benchmarks.contenders import Contender
    from benchmarks.editions import Layout

BEYOND = (
    "Beyond the rows ours also: obeys robots.txt, keeps every page and feed as WARC, keeps a ledger of every block and every metadata\n"
    "candidate, learns what recurs, cleans and versions texts, finds near-duplicates, audits the run, and publishes a checked copy."
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A contender in one round. polls: what each arrival cost; counts: how many articles it had after each."""

    polls: tuple[Spent, ...]
    counts: tuple[int, ...]
    texts: Mapping[str, str]

    def cpu_ms(self, since: int) -> float:
        """CPU an article of the arrivals from that one on."""
        return 1000 * sum(poll.cpu for poll in self.polls[since:]) / max(1, self._articles(since))

    def wall_ms(self, since: int) -> float:
        """Wall time an article."""
        return 1000 * sum(poll.wall for poll in self.polls[since:]) / max(1, self._articles(since))

    def first_ms(self, since: int) -> float:
        """CPU of the first process alone."""
        return 1000 * sum(poll.first_cpu for poll in self.polls[since:]) / max(1, self._articles(since))

    def _articles(self, since: int) -> int:
        return self.counts[-1] - (self.counts[since - 1] if since else 0)


def turn(contender: Contender, server: PageServer, layout: Layout, folder: Path) -> Turn:
    """Let one contender take in all arrivals, beginning with nothing."""
    begin(contender, folder, layout, server.address, os.cpu_count() or 1)
    polls, counts, texts = [], [], {}
    for arrival in range(len(layout.arrivals)):
        server.arrive(arrival)
        polls.append(contender.run(folder))
        texts = {url: text for url, text in contender.texts(folder).items() if text}
        counts.append(len(texts))
    return Turn(tuple(polls), tuple(counts), texts)


def play(
    contenders: Sequence[Contender], server: PageServer, layout: Layout, folder: Path, rounds: int
) -> tuple[Mapping[str, Sequence[Turn]], Mapping[str, str]]:
    """Turns by name, and of those who failed what they said. Who begins changes from round to round."""
    turns: dict[str, list[Turn]] = {each.name: [] for each in contenders}
    failed: dict[str, str] = {}
    for number in range(rounds):
        for contender in contenders if number % 2 == 0 else contenders[::-1]:
            try:
                done = turn(contender, server, layout, folder / contender.name)
            except CommandFailed as failure:
                failed[contender.name] = str(failure)
                continue
            turns[contender.name].append(done)
            print(f"round {number + 1}, {contender.name}: CPU {done.cpu_ms(0):.1f} ms an article", flush=True)
    return {name: own for name, own in turns.items() if name not in failed}, failed


def agreement(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """Mean word F1 of the texts that both have, in percent."""
    scores = []
    for url in one.keys() & other.keys():
        mine, theirs = Counter(one[url].split()), Counter(other[url].split())
        scores.append(200 * (mine & theirs).total() / (mine.total() + theirs.total()))
    return mean(scores) if scores else 0.0


def show(turns: Mapping[str, Sequence[Turn]], layout: Layout) -> None:
    """A line per contender, for all arrivals and for those after the first. Columns "x ours": how many times as much as ours."""
    ours = turns.get("ours")
    for since in (0, 1) if len(layout.arrivals) > 1 else (0,):
        print(f"\n{'after the first arrival' if since else 'all arrivals'}: {sum(layout.arrivals[since:])} articles")
        print(f"{'':8}{'CPU ms an article':>24}{'x ours':>8}{'wall ms':>9}{'x ours':>8}{'articles':>10}{'F1 of ours':>12}")
        for name, own in turns.items():
            cpu, wall = [each.cpu_ms(since) for each in own], [each.wall_ms(since) for each in own]
            dearer = _times(cpu, [each.cpu_ms(since) for each in ours or own])
            slower = _times(wall, [each.wall_ms(since) for each in ours or own])
            same = agreement((ours or own)[0].texts, own[0].texts)
            spread = f"{mean(cpu):.1f} ({min(cpu):.1f} to {max(cpu):.1f})"
            print(f"{name:8}{spread:>24}{dearer:8.2f}{mean(wall):9.1f}{slower:8.2f}{own[0].counts[-1]:10}{same:12.1f}")
        if ours:
            own_part = mean(each.first_ms(since) for each in ours)
            print(f"of ours {own_part:.1f} ms are the run's own process, the rest its workers")


def _times(own: Sequence[float], ours: Sequence[float]) -> float:
    """Mean ratio over the rounds."""
    return mean(one / other for one, other in zip(own, ours, strict=True))


def main() -> None:
    options = arguments().parse_args()
    only = options.only.split(",") if options.only else [each.name for each in CONTENDERS]
    chosen = [each for each in CONTENDERS if each.name in only]
    contenders = [each for each in chosen if is_there(each)]
    low, _, high = options.latency_ms.partition("-")
    with tempfile.TemporaryDirectory(prefix="feedmill-bench-") as scratch:
        folder = Path(scratch)
        found = editions.models(options.folder, options.jsonl)
        if options.single:
            pages = editions.one_of_many(found, pages=options.pages)
        else:
            pages = editions.many_of_few(found, publishers=options.publishers, pages=options.pages, hosts=options.hosts)
        layout = editions.write(pages, found, folder / "site")
        print(f"{len(pages)} pages of {len(layout.hosts)} hosts, {layout.mean_kb:.0f} kB and {layout.mean_blocks:.0f} blocks each")
        print(f"arrivals: {', '.join(map(str, layout.arrivals))}; latency {options.latency_ms} ms; {os.cpu_count()} cores", flush=True)
        with PageServer(folder / "site", (float(low), float(high or low))) as server:
            turns, failed = play(contenders, server, layout, folder, options.rounds)
        show(turns, layout)
        if "ours" in turns:
            print(Ours().told(folder / "ours"))
    for each in contenders:
        print(f"{each.name}: {each.title}" + (f"; only each {each.every}th entry" if each.every > 1 else ""))
    for name, said in failed.items():
        print(f"{name} failed and is left out: {said}")
    for each in chosen:
        if each not in contenders:
            print(f"{each.name}: {each.title}: skipped, not installed; `make bench` installs it")
    print(BEYOND)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--jsonl", type=Path)
    parser.add_argument("--single", action="store_true", help="each page the only one of its publisher")
    parser.add_argument("--publishers", type=int, default=10)
    parser.add_argument("--pages", type=int, default=200, help="of each publisher; with --single in all")
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--latency-ms", default="20-50")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", help="names of contenders, with commas")
    return parser


if __name__ == "__main__":
    main()
