"""What becomes of each entry of a poll, before anything is fetched. Pure: everything known comes in as arguments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tasks.feeds.own_page import is_own_address
from tasks.identity import ENTRY_ID, TITLE_DAY, URL, Alias, aliases_of, entry_keys, fingerprint, untrusted_ids
from tasks.model import Entry, ParsedFeed
from tasks.urls import canonical_url
from warehouse.rows import KnownEntryRow

NO_LINK = "no link"
BAD_LINK = "bad link"
CHANGED = "changed in the feed"
QUEUED_EARLIER = "queued earlier"
REJECTED_EARLIER = "rejected earlier"
SAME_POLL = "twice in this poll"

_FEWEST_TO_SHARE_A_STAMP = 3


class EntryAction(StrEnum):
    """What to do about an entry. Fetch is the only one that touches the network."""

    FETCH = "fetch"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class EntryDecision:
    """What was decided about one entry.

    entry_key: unique within the poll. aliases: strongest first. reason: why, as a code, or None where the action says it all.
    article_id: the article it is known to be about, None if it is new or was never loaded.
    """

    entry: Entry
    entry_key: str
    aliases: tuple[Alias, ...]
    fingerprint: int
    action: EntryAction
    reason: str | None
    article_id: UUID | None


def decide_entries(
    parsed: ParsedFeed,
    *,
    feed_id: str,
    publisher_scope: str,
    known: Mapping[str, KnownEntryRow],
    aliases: Mapping[int, UUID],
    distrust_ids: bool = False,
) -> tuple[EntryDecision, ...]:
    """Exactly one decision per entry, in order.

    - Known key, same fingerprint: unchanged. Without an article: "queued earlier" (its fetch is pending or was given up), or
      "rejected earlier" where the entry could not be fetched today either.
    - Known key, other fingerprint: fetch, "changed in the feed"; but not an entry that is nothing but a link and its dates, as sitemaps
      have them, and whose page was no article: the pages of sections change with every article below them.
    - Unknown key, but its id or link names an article: the same article under a new name (or from another feed), never a new one.
      It is fetched only if this feed is known to have shown that article with another fingerprint; a new id or link alone is no
      sign of a change, and fetching each article once per feed that carries it would double the traffic. "known by entry_id",
      "known by url".
    - Title and day name an article only if no other entry of this poll is about it: two stories side by side with one headline
      are two stories. "known by title_day".
    - A second entry with the same link or id in one poll: duplicate, of the first one's article.
    - Neither link nor a text of its own: rejected, "no link"; a link that cannot be fetched: "bad link".
    - Everything else: fetch.

    known: entry_key -> what this feed showed before. aliases: alias key -> article, for all aliases of these entries.
    publisher_scope: within what globally unique entry ids are shared: the publisher's id. distrust_ids: entries are known by their links.
    """
    clashing = untrusted_ids(parsed.entries, distrust_all=distrust_ids)
    keys = entry_keys(parsed.entries, clashing)
    shown = [aliases_of(entry, feed_id=feed_id, publisher_scope=publisher_scope, clashing_ids=clashing) for entry in parsed.entries]
    articles = _articles(keys, shown, known=known, aliases=aliases)
    trust_updated = not _shares_update_time(parsed.entries)
    seen_prints = _fingerprints_by_article(known.values())
    first_of: dict[int, int] = {}
    decisions: list[EntryDecision] = []
    action: EntryAction
    reason: str | None
    for place, (entry, key, names) in enumerate(zip(parsed.entries, keys, shown, strict=True)):
        article, known_by = articles[place]
        mark = fingerprint(entry, trust_updated=trust_updated)
        first = next((first_of[name.key] for name in names if name.kind in {ENTRY_ID, URL} and name.key in first_of), None)
        if first is not None:
            action, reason, article = EntryAction.DUPLICATE, SAME_POLL, articles[first][0]
        elif key in known:
            action, reason = _of_known_entry(entry, changed=known[key].fingerprint != mark, loaded=article is not None)
        elif article is not None:
            changed = article in seen_prints and mark not in seen_prints[article]
            action, reason = (EntryAction.FETCH, CHANGED) if changed else (EntryAction.UNCHANGED, f"known by {known_by}")
        else:
            refusal = _refusal(entry)
            action, reason = (EntryAction.REJECTED, refusal) if refusal else (EntryAction.FETCH, None)
        for name in names:
            first_of.setdefault(name.key, place if first is None else first)
        decisions.append(EntryDecision(entry, key, names, mark, action, reason, article))
    return tuple(decisions)


def _articles(
    keys: Sequence[str],
    shown: Sequence[Sequence[Alias]],
    *,
    known: Mapping[str, KnownEntryRow],
    aliases: Mapping[int, UUID],
) -> list[tuple[UUID | None, str | None]]:
    """Per entry the article it is about and the kind of alias that says so (None: its key does)."""
    found: list[tuple[UUID | None, str | None]] = []
    for key, names in zip(keys, shown, strict=True):
        row = known.get(key)
        if row is not None and row.article_id is not None:
            found.append((row.article_id, None))
        else:
            strong = next((name for name in names if name.kind != TITLE_DAY and name.key in aliases), None)
            found.append((aliases[strong.key], strong.kind) if strong is not None else (None, None))
    claimed = {article for article, _ in found if article is not None}
    for place, names in enumerate(shown):
        weak = next((name for name in names if name.kind == TITLE_DAY and name.key in aliases), None)
        if found[place][0] is None and weak is not None and keys[place] not in known and aliases[weak.key] not in claimed:
            found[place] = (aliases[weak.key], weak.kind)
            claimed.add(aliases[weak.key])
    return found


def _of_known_entry(entry: Entry, *, changed: bool, loaded: bool) -> tuple[EntryAction, str | None]:
    refusal = _refusal(entry)
    if changed and (loaded or not _is_bare(entry)):
        return (EntryAction.REJECTED, refusal) if refusal else (EntryAction.FETCH, CHANGED)
    if loaded:
        return EntryAction.UNCHANGED, None
    return EntryAction.UNCHANGED, REJECTED_EARLIER if refusal else QUEUED_EARLIER


def _is_bare(entry: Entry) -> bool:
    return not (entry.entry_id or entry.title or entry.summary or entry.content_html)


def _refusal(entry: Entry) -> str | None:
    """Why nothing can be made of an entry; None if it has a link that can be fetched, or brings its article."""
    if entry.url is None:
        return NO_LINK
    return None if canonical_url(entry.url) is not None or is_own_address(entry.url) else BAD_LINK


def _shares_update_time(entries: Sequence[Entry]) -> bool:
    """Whether all entries carry one update time: the feed was stamped when it was built, which says nothing about any of them."""
    return len(entries) >= _FEWEST_TO_SHARE_A_STAMP and len({(entry.updated_at, entry.updated_on) for entry in entries}) == 1


def _fingerprints_by_article(rows: Iterable[KnownEntryRow]) -> Mapping[UUID, set[int]]:
    prints: dict[UUID, set[int]] = defaultdict(set)
    for row in rows:
        if row.article_id is not None:
            prints[row.article_id].add(row.fingerprint)
    return prints
