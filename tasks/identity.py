"""Which article an entry is about: every identity it shows, strongest first, and what tells a changed entry from an unchanged one.

Pure: the same entries give the same keys on every machine and in every order of polls.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import xxhash

from tasks.model import Entry
from tasks.urls import canonical_url, url_key

ENTRY_ID = "entry_id"
URL = "url"
TITLE_DAY = "title_day"

LONGEST_KEY = 200
"""Characters of an entry key before a `#2`; of a longer one the end is replaced by its hash."""

_BY_ID = "id:"
_EVERYWHERE = ""
_FEWEST_WORDS = 4
_FEWEST_CHARACTERS = 12
_NOT_A_WORD = re.compile(r"[\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One identity an article was seen under.

    kind: entry_id, url or title_day. scope: within what the value is unique: a feed, a publisher, or everywhere ("").
    """

    kind: str
    scope: str
    value: str

    @property
    def key(self) -> int:
        """Unsigned 64-bit hash of kind, scope and value."""
        return _hash(self.kind, self.scope, self.value)


def clashing_ids(entries: Sequence[Entry]) -> frozenset[str]:
    """Entry ids that stand on different entries of one poll and therefore identify nothing.

    Different: by their links; where one of them has no link, by their titles. The same entry given twice is no clash.
    """
    shown: dict[str, tuple[set[str], set[str], set[bool]]] = {}
    for entry in entries:
        if entry.entry_id:
            links, titles, linked = shown.setdefault(entry.entry_id, (set(), set(), set()))
            link = _link_key(entry)
            linked.add(link is not None)
            links.update([link] if link is not None else [])
            titles.add(_folded(entry.title or ""))
    return frozenset(
        entry_id for entry_id, (links, titles, linked) in shown.items() if len(links) > 1 or (False in linked and len(titles) > 1)
    )


def untrusted_ids(entries: Sequence[Entry], *, distrust_all: bool) -> frozenset[str]:
    """The ids that are not used: those that clash, or all of them in a feed that gives its entries new ids at each turn."""
    return frozenset(entry.entry_id for entry in entries if entry.entry_id) if distrust_all else clashing_ids(entries)


def aliases_of(entry: Entry, *, feed_id: str, publisher_scope: str, clashing_ids: frozenset[str]) -> tuple[Alias, ...]:
    """Every identity this entry shows, strongest first, without repeats; empty if it shows none.

    1. its id, within the feed; 2. the same without URL scheme, host case and `www.`, for ids that are unique beyond their feed
    (URLs, `tag:` and `urn:` URIs) within the publisher: its feeds share them; 3. its link, everywhere; 4. title and UTC day,
    within the feed, if the title says enough and a published instant is known.
    """
    found: list[Alias] = []
    if entry.entry_id and entry.entry_id not in clashing_ids:
        found.append(Alias(ENTRY_ID, feed_id, entry.entry_id))
        shared = _shared_id(entry.entry_id)
        if shared is not None:
            found.append(Alias(ENTRY_ID, publisher_scope, shared))
    link = _link_key(entry)
    if link is not None:
        found.append(Alias(URL, _EVERYWHERE, link))
    title = _folded(entry.title or "")
    if entry.published_at is not None and _says_enough(title):
        found.append(Alias(TITLE_DAY, feed_id, f"{entry.published_at:%Y-%m-%d} {title}"))
    return tuple(dict.fromkeys(found))


def entry_key(entry: Entry, clashing_ids: frozenset[str]) -> str:
    """What the entry is called within its feed from poll to poll: its id, else its link, else a hash of what it says.

    Never its position, which changes with every new entry. Two entries of a poll can share it: see `entry_keys`.
    """
    link = _link_key(entry)
    if entry.entry_id and entry.entry_id not in clashing_ids:
        key = f"{_BY_ID}{entry.entry_id}"
    elif link is not None:
        key = f"url:{link}"
    else:
        said = _hash(entry.title or "", entry.summary or "", entry.content_html or "", entry.url or "")
        key = f"hash:{said:016x}"
    return key if len(key) <= LONGEST_KEY else f"{key[: LONGEST_KEY - 17]}~{_hash(key):016x}"


def is_key_of_id(key: str) -> bool:
    """Whether an entry key is made of an id."""
    return key.startswith(_BY_ID)


def entry_keys(entries: Sequence[Entry], clashing_ids: frozenset[str]) -> tuple[str, ...]:
    """One key per entry of a poll, in order, all different: the second with the same key gets `#2`, the third `#3`."""
    plain = [entry_key(entry, clashing_ids) for entry in entries]
    taken, seen, keys = set(plain), dict.fromkeys(plain, 0), []
    for base in plain:
        key = base
        while seen[base] and key in taken:
            seen[base] += 1
            key = f"{base}#{seen[base]}"
        seen[base] = max(seen[base], 1)
        taken.add(key)
        keys.append(key)
    return tuple(keys)


def fingerprint(entry: Entry, *, trust_updated: bool = True) -> int:
    """Unsigned 64-bit hash of what a reader of the feed would see change: title, summary, content and update time.

    Neither the position, nor the link (moving an article does not edit it), nor `published_at`: feeds rewrite it on every build,
    and a publisher who edits an article says so in its update time or its words.

    trust_updated: False leaves the update time out too, for feeds that stamp all their entries with the time of their building.
    """
    stated = entry.updated_at or entry.updated_on
    updated = stated.isoformat() if trust_updated and stated is not None else ""
    return _hash(entry.title or "", entry.summary or "", updated, entry.content_html or "")


def _hash(*parts: str) -> int:
    return xxhash.xxh3_64_intdigest("\0".join(parts).encode("utf-8", errors="surrogatepass"))


def _link_key(entry: Entry) -> str | None:
    canonical = canonical_url(entry.url) if entry.url else None
    return url_key(canonical) if canonical is not None else None


def _shared_id(entry_id: str) -> str | None:
    """An id that is unique beyond its feed, without what changes when a site moves to https; None for any other id."""
    stripped = entry_id.strip()
    if stripped.lower().startswith(("tag:", "urn:")):
        return stripped.lower() if stripped.lower().startswith("urn:uuid:") else stripped
    try:
        parts = urlsplit(stripped)
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return None
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def _folded(title: str) -> str:
    """A title without case, punctuation and compatibility forms, words joined by one space."""
    return _NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", title).casefold()).strip()


def _says_enough(folded_title: str) -> bool:
    if _UNSPACED.search(folded_title):
        return len(folded_title.replace(" ", "")) >= _FEWEST_CHARACTERS
    return len(folded_title.split()) >= _FEWEST_WORDS
