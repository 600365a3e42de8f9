"""Pages that stand in front of an article, or in its place: consent and login pages, bot checks, errors served as pages, stubs, indexes.

Every rule needs a page without the substance of an article: little prose, and for most of them metadata that states none. So an article
about captchas or cookies is one, however often it names them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.errors import NotAnArticle
from tasks.model import Kind
from tasks.text.words import fold, label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tasks.model import Block
    from tasks.text.signs import Signs

PROSE_OF_ARTICLES = 25  # a page that states an article and holds more words of prose than this is believed
CHALLENGE_PROSE = 40
CONSENT_PROSE, CONSENT_PAGE, CONSENT_SHARE = 500, 300, 0.7
STUB_PROSE, STUB_UNCUT, STUB_WITHOUT_PROMPT = 130, 80, 25
AFTER_TEXT = 12  # blocks after the last sentence in which a subscription prompt closes the text
SAID_LENGTH_SHARE = 0.4
INDEX_HEADINGS, INDEX_RUN, MOSTLY_LINK = 6, 2, 0.5
SHELL_PROSE = 40
MIN_TIMES = 8
IN_ORDER = 0.9
CLOCK = re.compile(r"^\W*(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?!\d|[./]\d)", re.IGNORECASE)
MEDIA_TYPES = frozenset({"VideoObject", "ImageGallery", "MediaGallery", "og:video", "og:video.other", "og:gallery"})
INDEX_TYPES = frozenset({"CollectionPage", "SearchResultsPage"})
ARTICLE_TYPE = re.compile(r"Article$|^LiveBlogPosting$|^BlogPosting$|^og:article$")
CONSENT_PATH = re.compile(
    r"/(?:cookie-?consent|consent|collectconsent|consent-management|privacy-?gate|cookie-?wall|zustimmung)(?:/|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Wording:
    """How one kind of wall speaks, all languages together: see walls.toml. max_page: None for no limit."""

    reason: str
    says: str
    max_prose: int
    max_page: int | None
    needs_password: bool
    titles: frozenset[str]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    walls: tuple[Wording, ...]
    consent_topics: tuple[str, ...]
    consent_address: tuple[str, ...]
    prompts: tuple[str, ...]


@cache
def _words() -> _Words:
    table = tomllib.loads(Path(__file__).with_name("walls.toml").read_text(encoding="utf-8"))
    return _Words(
        tuple(
            Wording(
                row["reason"], row["says"], row["max_prose"], row.get("max_page"), row.get("needs_password", False),
                frozenset(label(each) for phrases in row.get("titles", {}).values() for each in phrases),
                tuple(fold(each) for phrases in row.get("texts", {}).values() for each in phrases),
            )
            for row in table["wall"]
        ),
        *(
            tuple(fold(each) for phrases in table[name].values() for each in phrases)
            for name in ("consent_topics", "consent_address", "subscription_prompts")
        ),
    )  # fmt: skip


def refuse_walls(page: Signs, blocks: Sequence[Block]) -> tuple[str, ...]:
    """Flags of a page that is an article. Raises NotAnArticle with the reason of the first rule in RULES that says it is none."""
    for rule in RULES:
        found = rule(page, blocks)
        if found:
            raise NotAnArticle(page.url, *found)
    return _flags(page, blocks)


def _bot_check(page: Signs, _: Sequence[Block]) -> tuple[str, str] | None:
    """A page of next to nothing that asks whether somebody is there."""
    if page.has_challenge and page.prose_words <= CHALLENGE_PROSE and not page.says_article:
        return "bot_check", "the server wants to know whether a person asks"
    return None


def _wording(page: Signs, _: Sequence[Block]) -> tuple[str, str] | None:
    for wall in _words().walls:
        most = min(wall.max_prose, PROSE_OF_ARTICLES) if page.says_article else wall.max_prose
        if (
            page.prose_words > most
            or (wall.max_page and page.page_words > wall.max_page)
            or (wall.needs_password and not page.has_password)
        ):
            continue
        found = next(iter(sorted(page.titles & wall.titles)), None) or _phrase(page, wall)
        if found:
            return wall.reason, f"{wall.says}: {found!a}"
    return None


def _phrase(page: Signs, wall: Wording) -> str | None:
    texts = [text for _, text in page.short] + ([page.unread] if wall.max_page else [])
    return next((phrase for phrase in wall.texts if any(phrase in text for text in texts)), None)


def _consent_wall(page: Signs, blocks: Sequence[Block]) -> tuple[str, str] | None:
    if page.says_article or page.prose_words > CONSENT_PROSE:
        return None
    if CONSENT_PATH.search(urlsplit(page.url).path):
        return "consent_wall", "the address is one that asks for consent"
    if not any(topic in title for title in page.titles for topic in _words().consent_topics):
        return None
    prose = [fold(blocks[at].text) for at in page.prose]
    asking = sum(len(text) for text in prose if any(phrase in text for phrase in _words().consent_address))
    if asking < CONSENT_SHARE * sum(map(len, prose)) or (not prose and page.page_words > CONSENT_PAGE):
        return None
    return "consent_wall", "it asks the reader for consent, and says little else"


def _paywall_stub(page: Signs, blocks: Sequence[Block]) -> tuple[str, str] | None:
    """A beginning, and an offer to sell the rest. Metered publishers make the same offer below short articles that are all there."""
    if page.prose_words > STUB_PROSE:
        return None
    prompt, is_locked, is_cut = _prompt(page), page.is_free is False, _is_cut(page, blocks)
    if (is_cut and (is_locked or prompt)) or (is_locked and prompt and page.prose_words <= STUB_UNCUT):
        return "paywall_stub", f"{page.prose_words} words, then: {prompt or 'no more'!a}"
    if is_locked and page.prose_words <= STUB_WITHOUT_PROMPT:
        return "paywall_stub", f"{page.prose_words} words of an article that is not free"
    return None


def _prompt(page: Signs) -> str | None:
    """What closes the text by asking for a subscription. Pages of free articles may hold the same words elsewhere, for other readers."""
    last = max(page.prose, default=0)
    near = [text for at, text in page.short if last < at <= last + AFTER_TEXT]
    return next((prompt for prompt in _words().prompts if any(prompt in text for text in near)), None)


def _is_cut(page: Signs, blocks: Sequence[Block]) -> bool:
    """It stops in the middle of a sentence, or says that it is much longer."""
    if page.said_words and page.prose_words < SAID_LENGTH_SHARE * page.said_words:
        return True
    inside = [b for b in blocks if b.in_article and b.kind is Kind.PARAGRAPH and b.position >= max(page.prose, default=0)]
    return any(b.text.rstrip().endswith(("…", "...", "[…]", "[...]")) for b in inside[:2])


def _index_page(page: Signs, blocks: Sequence[Block]) -> tuple[str, str] | None:
    if page.says_article or any(ARTICLE_TYPE.search(each) for each in page.types):
        return None
    if page.was_sent_home:
        return "index_page", "the home page came in place of the page asked for"
    inside = [block for block in blocks if block.in_article]
    linked = sum(block.kind is Kind.HEADING and block.link_density > MOSTLY_LINK for block in inside)
    needed = INDEX_HEADINGS // 2 if INDEX_TYPES & page.types else INDEX_HEADINGS
    if linked >= needed and _longest_run(page.prose) <= INDEX_RUN:
        return "index_page", f"{linked} headlines that lead elsewhere, with no text between them"
    return None


def _longest_run(positions: Sequence[int]) -> int:
    """How many of the positions follow each other without a gap, at most."""
    longest = run = min(1, len(positions))
    for before, after in pairwise(positions):
        run = run + 1 if after == before + 1 else 1
        longest = max(longest, run)
    return longest


def _media_shell(page: Signs, _: Sequence[Block]) -> tuple[str, str] | None:
    if MEDIA_TYPES & page.types and page.prose_words <= SHELL_PROSE and not any(ARTICLE_TYPE.search(each) for each in page.types):
        return "media_shell", f"a video or gallery with {page.prose_words} words of text"
    return None


RULES: tuple[Callable[[Signs, Sequence[Block]], tuple[str, str] | None], ...] = (
    _bot_check, _wording, _consent_wall, _paywall_stub, _index_page, _media_shell,
)  # fmt: skip


def _flags(page: Signs, blocks: Sequence[Block]) -> tuple[str, ...]:
    """paywalled: the publisher says that it is not free. partial: it is cut short. live_ticker: entries with their times, still growing."""
    said = {
        "paywalled": page.is_free is False,
        "partial": _is_cut(page, blocks) and (page.is_free is False or _prompt(page) is not None),
        "live_ticker": "LiveBlogPosting" in page.types or _runs_by_the_clock(blocks),
    }
    return tuple(flag for flag, holds in said.items() if holds)


def _runs_by_the_clock(blocks: Sequence[Block]) -> bool:
    """Many blocks that begin with a time of day, each earlier than the one before it, or each later; a programme of events jumps."""
    found = [CLOCK.match(block.text) for block in blocks if block.in_article]
    minutes = [60 * int(match["hour"]) + int(match["minute"]) for match in found if match]
    steps = [after - before for before, after in pairwise(minutes) if after != before]
    return len(steps) >= MIN_TIMES and max(sum(step > 0 for step in steps), sum(step < 0 for step in steps)) >= IN_ORDER * len(steps)
