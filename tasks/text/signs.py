"""What on a page tells an article from a wall in front of one: gathered here, judged in walls.py."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.model import Kind
from tasks.text.parse import is_json_ld
from tasks.text.words import ends_a_sentence, fold, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tasks.model import Block, Candidate, Entry
    from tasks.text.parse import Elements

MAX_SCRIPTS = 30
MAX_SCRIPT_CHARS = 400_000
SHORT_BLOCK_WORDS = 40
MUCH_PROSE = 200  # words: with more of it no rule but the one for subscription prompts, which stand below it, reads short blocks
SMALL_PAGE_WORDS = 150  # the pages of bot checks have hardly any text
PROSE_WORDS = 8  # a block of at least so many, that closes like a sentence
MOSTLY_LINK = 0.5
PROSE = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTE, Kind.STANDFIRST})
BETWEEN_TITLE_PARTS = re.compile(r"\s+[|–—·•«»:-]+\s+|:\s+|\s*\|\s*")
# A pattern is enough: what a broken script says of the page's access still counts.
TYPE_LIST = re.compile(r'"@type"\s*:\s*(\[[^\]]{0,200}\]|"[^"]{1,60}")')
TYPE = re.compile(r'"(?:https?://schema\.org/)?([A-Za-z]{3,40})"')
ACCESS = re.compile(r'"isAccessibleForFree"\s*:\s*"?(true|false)', re.IGNORECASE)
WORD_COUNT = re.compile(r'"wordCount"\s*:\s*"?(\d{1,6})\b')
# Attributes and script addresses of the products that stand before sites to tell people from programs.
CHALLENGE = (
    "cf-challenge", "cf_chl", "challenge-form", "challenge-running", "challenge-error", "px-captcha", "_incapsula_resource",
    "captcha-delivery", "ddos-guard", "sucuri_cloudproxy", "awswaf", "sgcaptcha", "bm-verify", "validate.perfdrive",
)  # fmt: skip
CHALLENGING = ("script", "form", "div", "iframe", "input")
CHALLENGED = frozenset(["src", "id", "class", "action", "name"])
MAX_ATTRIBUTE_CHARS = 200
STATED = (
    "json-ld", "meta:article:", "meta:og:article", "meta:date", "meta:author", "meta:parsely", "meta:sailthru", "itemprop:date",
    "itemprop:author", "rel=author",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page says of itself, and how much of it there is.

    titles: its headlines and the parts of its title, as labels. short: its blocks of at most 40 words, folded, with their positions; on a
    page of much prose only those below it.
    prose: positions of the article's sentences. prose_words: in them; page_words: on the whole page. says_article: its metadata states an
    article, with a time or an author. types: of its JSON-LD and og:type. is_free: what it says of itself, or None. said_words: how long it
    says it is, or None. unread: text that only browsers without scripts show. was_sent_home: another page was asked for.
    """

    url: str
    titles: frozenset[str]
    short: tuple[tuple[int, str], ...]
    prose: tuple[int, ...]
    prose_words: int
    page_words: int
    says_article: bool
    types: frozenset[str]
    is_free: bool | None
    said_words: int | None
    unread: str
    has_password: bool
    has_challenge: bool
    was_sent_home: bool


def signs(
    elements: Elements,
    blocks: Sequence[Block],
    counts: Sequence[int],
    candidates: Iterable[Candidate],
    *,
    url: str | None,
    entry: Entry | None,
) -> Signs:
    """blocks: of the page, marked where they are of the article. counts: their words. entry: what the feed said about it, or None."""
    prose = tuple(block.position for block, count in zip(blocks, counts, strict=True) if block.in_article and _is_prose(block, count))
    prose_words, page_words = sum(counts[at] for at in prose), sum(counts)
    stated = [each for each in candidates if each.source.startswith(STATED) and each.field in ("published", "authors", "title")]
    scripts = list(_json_ld(elements))
    types = frozenset(kind for script in scripts for found in TYPE_LIST.findall(script) for kind in TYPE.findall(found)) | _og_types(
        elements
    )
    return Signs(
        url=url or "",
        titles=frozenset(_titles(candidates)),
        short=tuple(
            (b.position, fold(b.text))
            for b, count in zip(blocks, counts, strict=True)
            if count <= SHORT_BLOCK_WORDS and (prose_words <= MUCH_PROSE or b.position > prose[-1])
        ),
        prose=prose,
        prose_words=prose_words,
        page_words=page_words,
        says_article=any(each.field != "title" for each in stated) or "og:article" in types,
        types=types,
        is_free=_is_free(scripts, elements),
        said_words=max((int(number) for script in scripts for number in WORD_COUNT.findall(script)), default=None),
        unread=fold(" ".join(element.text_content()[:2_000] for element in elements.of("noscript")[:10])),
        has_password=any((element.get("type") or "").lower() == "password" for element in elements.of("input")),
        has_challenge=page_words <= SMALL_PAGE_WORDS and _has_challenge(elements),
        was_sent_home=_is_home(url) and entry is not None and entry.url is not None and not _is_home(entry.url),
    )


def _is_prose(block: Block, words: int) -> bool:
    return words >= PROSE_WORDS and block.kind in PROSE and block.link_density < MOSTLY_LINK and ends_a_sentence(block.text)


def _titles(candidates: Iterable[Candidate]) -> Iterator[str]:
    for each in candidates:
        if each.field == "title" and each.source in ("h1", "title tag", "meta:og:title"):
            yield label(each.value)
            yield from (label(part) for part in BETWEEN_TITLE_PARTS.split(each.value))


def _json_ld(elements: Elements) -> Iterator[str]:
    scripts = (script.text or "" for script in elements.of("script") if is_json_ld(script))
    return (script[:MAX_SCRIPT_CHARS] for script in islice(scripts, MAX_SCRIPTS))


def _meta(elements: Elements, name: str) -> Iterator[str]:
    for meta in elements.of("meta"):
        if (meta.get("property") or meta.get("name") or "").strip().lower() == name:
            yield (meta.get("content") or "")[:MAX_ATTRIBUTE_CHARS].strip().lower()


def _og_types(elements: Elements) -> frozenset[str]:
    """As `og:article`, `og:video.other`: apart from the names of schema.org."""
    return frozenset(f"og:{value}" for value in _meta(elements, "og:type") if value)


def _is_free(scripts: Sequence[str], elements: Elements) -> bool | None:
    """Nothing where the page says both: its parts differ then."""
    said = {value.lower() == "true" for script in scripts for value in ACCESS.findall(script)}
    said |= {value == "free" for value in _meta(elements, "article:content_tier") if value in ("free", "locked")}
    return said.pop() if len(said) == 1 else None


def _has_challenge(elements: Elements) -> bool:
    looked_at = [element for tag in CHALLENGING for element in elements.of(tag)]
    values = [value[:MAX_ATTRIBUTE_CHARS] for element in looked_at for name, value in element.items() if name in CHALLENGED]
    said = "\n".join(values).lower()
    return any(mark in said for mark in CHALLENGE)


def _is_home(url: str | None) -> bool:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return bool(parts.netloc) and parts.path in ("", "/") and not parts.query
