"""Is an article told from another one, and known again when its title, date or address changes?

`python -m benchmarks.identity FOLDER [--merges]` replays both histories poll by poll through `decide_entries`, loading what it says to
fetch under the id of its canonical URL, as a run does. Nothing is fetched, so no page can correct a decision.

- FOLDER/feed_days: daily snapshots of feeds. Doubled: two articles for one link whose title, summary or date changed. Entries that get
  no article are printed, and with --merges those that came under another link, with the identity that tells.
- FOLDER/dups: items with the story that people put them in. Identity answers for one publisher's article, so the pairs that count are
  two items of one registrable domain: right where both are of one story, and of one article in our answer. Two publishers with one
  story are two articles; these pairs are counted apart, and a merge of such a pair is an error of precision.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.feeds.dates import instant
from tasks.feeds.home_page import without_home_page
from tasks.identity import URL
from tasks.model import Entry, ParsedFeed
from tasks.polling.decide import EntryAction, EntryDecision, decide_entries
from tasks.urls import article_id, canonical_url, registrable_domain, url_key
from warehouse.rows import KnownEntryRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID


@dataclass(slots=True)
class Replay:
    """What a warehouse would know after the polls so far."""

    known: dict[str, dict[str, KnownEntryRow]] = field(default_factory=lambda: defaultdict(dict))
    aliases: dict[int, UUID] = field(default_factory=dict)
    outcomes: Counter[str] = field(default_factory=Counter)

    def poll(self, feed_id: str, domain: str, entries: Iterable[Entry]) -> list[tuple[EntryDecision, UUID | None]]:
        """Decide about the entries of one poll and load them; per entry its decision and the article it is about."""
        feed = ParsedFeed("rss", None, None, None, 0, tuple(entries))
        known = self.known[feed_id]
        decided = decide_entries(feed, feed_id=feed_id, publisher_scope=domain, known=known, aliases=self.aliases)
        loaded = [(decision, self._load(feed_id, decision)) for decision in decided]
        self.outcomes.update(f"{decision.action} {decision.reason or ''}".strip() for decision in decided)
        return loaded

    def _load(self, feed_id: str, decision: EntryDecision) -> UUID | None:
        article = decision.article_id
        link = canonical_url(decision.entry.url or "")
        if article is None and link is not None and decision.action is EntryAction.FETCH:
            known_by = next((self.aliases[name.key] for name in decision.aliases if name.kind == URL and name.key in self.aliases), None)
            article = known_by or article_id(url_key(link))
        if article is not None:
            for name in decision.aliases:
                self.aliases.setdefault(name.key, article)
            self.known[feed_id][decision.entry_key] = KnownEntryRow(feed_id, decision.entry_key, decision.fingerprint, article, None)  # type: ignore[arg-type]
        return article


def replay_days(folder: Path, *, show: bool) -> None:
    """Print what became of the entries of every snapshot. The links themselves, as they stand, are the measure of what is one entry."""
    replay = Replay()
    shown: dict[tuple[str, str], set[tuple[UUID | None, str | None, str | None, datetime | None]]] = defaultdict(set)
    links: dict[UUID, set[str]] = defaultdict(set)
    for path in sorted(folder.glob("*.json.gz")):
        for feed in json.loads(gzip.decompress(path.read_bytes()))["feeds"]:
            home = feed["feed"]["link"]
            entries = [_snapshot_entry(place, entry, home) for place, entry in enumerate(feed["entries"])]
            for decision, article in replay.poll(home, registrable_domain(home), entries):
                entry = decision.entry
                shown[home, entry.url or entry.title or ""].add((article, entry.title, entry.summary, entry.published_at))
                if article is None:
                    print(f"  {path.name[:10]} {decision.action}, {decision.reason}: {entry.title!r} {entry.url}")
                elif show and links[article] and entry.url not in links[article]:
                    print(f"  {path.name[:10]} merged with {links[article]} ({decision.reason}): {entry.title!r} {entry.url}")
                links[article].add(entry.url or "") if article else None
    changed = [said for said in shown.values() if len(said) > 1]
    doubled = sum(len({article for article, *_ in said}) > 1 for said in changed)
    several = sum(len(held) > 1 for held in links.values())
    print(f"feed_days: {replay.outcomes.total()} entries, {len(shown)} links, {len(links)} articles, {several} of them under several links")
    print(f"  links that changed their title, summary or date: {len(changed)}, doubled: {doubled}")
    print("  decisions:", ", ".join(f"{name} {count}" for name, count in sorted(replay.outcomes.items())))


def replay_stories(file: Path, *, show: bool) -> None:
    """Print precision and recall over pairs of items."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    replay = Replay()
    answers: list[tuple[dict[str, Any], UUID | None]] = []
    polls: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for item in items:
        polls[item["item"]["published_at"], item["source"]].append(item)
    for (_, source), held in sorted(polls.items()):
        entries = [_story_entry(place, item) for place, item in enumerate(held)]
        decided = replay.poll(source, source, entries)
        answers += [(item, article) for item, (_, article) in zip(held, decided, strict=True)]
    pairs: Counter[tuple[bool, bool, bool]] = Counter()
    for (one, ours), (other, theirs) in combinations(answers, 2):
        same_story, merged = one["story_gt_id"] == other["story_gt_id"], ours is not None and ours == theirs
        same_domain = registrable_domain(one["canonical_url"]) == registrable_domain(other["canonical_url"])
        pairs[same_domain, same_story, merged] += 1
        if show and same_domain and same_story != merged:
            told = (f"{item['canonical_url']} {item['title']!r}" for item in (one, other))
            print("missed:" if same_story else "merged:", *told, sep="\n  ")
    right, missed = pairs[True, True, True], pairs[True, True, False]
    wrong = pairs[True, False, True] + pairs[False, False, True] + pairs[False, True, True]
    print(f"dups: {len(items)} items, pairs of one domain and story {right + missed}: precision {right / (right + wrong):.4f}", end="")
    print(f" ({wrong} wrong merges), recall {right / (right + missed):.4f} ({missed} missed)")
    print(f"  one story under two domains (two articles, for near-duplicates): {pairs[False, True, False]} pairs apart")


def _snapshot_entry(place: int, entry: dict[str, str], home: str) -> Entry:
    """The snapshots keep no ids, and UTC instants without saying so."""
    published = instant(f"{entry.get('published_date')}Z")
    found = Entry(place, url=entry.get("link"), title=entry.get("title"), published_at=published, summary=entry.get("summary"))
    return without_home_page(found, feed_url=home, home_url=home)


def _story_entry(place: int, item: dict[str, Any]) -> Entry:
    """Its `published_at` is the day of the poll, so no date of the article: left out. The source's own item id is derived, so it is too."""
    return Entry(place, url=item["canonical_url"], title=item["title"])


def main() -> None:
    """Replay both and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--merges", action="store_true", help="print every merge and every pair that differs")
    options = parser.parse_args()
    replay_days(options.folder / "feed_days", show=options.merges)
    replay_stories(options.folder / "dups" / "scoop_items.jsonl.gz", show=options.merges)


if __name__ == "__main__":
    main()
