"""The headline of a page out of the places that state it: choosing is the work, nearly always one of them is right."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tasks.text.metadata.headings import AFTER_LABEL
from tasks.text.words import UNSEEN, fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tasks.model import Candidate

# What one source alone is worth, before agreement counts. Measured order on public news pages: JSON-LD 83 % right where present, h1 74,
# og:title 69.
WEIGHTS = {
    "json-ld": 3.0, "itemprop:headline": 3.0, "h1": 3.1, f"h1{AFTER_LABEL}": 3.1, f"h2{AFTER_LABEL}": 3.1,
    "hidden h1": 0.9, "h2": 1.5,
    "meta:og:title": 2.5, "meta:parsely-title": 2.3, "meta:sailthru.title": 2.3, "meta:cxenseparse:title": 2.3, "meta:twitter:title": 1.9,
    "feed": 2.0, "meta:headline": 2.0, "meta:rnews:headline": 2.0, "meta:citation_title": 2.0, "meta:dc.title": 1.5,
    "meta:dcterms.title": 1.5, "title tag": 1.0,
}  # fmt: skip
DIVIDER = re.compile(r"\s+[|\-–—:·•»›/]+\s+|\s*\|\s*|\s+::\s+|\s*[｜－]\s*")
AGREEMENT = 2.0
PARTIAL_AGREEMENT = 1.5  # another source has the headline with more around it: a section before it, a series after it
COPIED = 1.5  # taken off where one title for search engines stands both in the title tag and among the social titles
LABEL = 1.0  # taken off a few words that stand nowhere else: a section or a series
HEAD = frozenset({"social", "title tag"})
HIDDEN = "hidden h1"  # says less than it should: what readers do not see is not looked after
TELLING_CHARS = 15
SITE_CHARS = 4
LOGO_WORDS = frozenset({"logo", "home", "homepage", "-", "|"})
MAX_TITLE_CHARS = 500


def choose_title(candidates: Sequence[Candidate], *, sites: Collection[str], host: str | None) -> tuple[str, Candidate] | None:
    """(headline, the candidate it came from), or None. The site's name at an end is cut off where it shows itself as such.

    sites: folded names of the site.
    """
    offered = [each for each in candidates if each.field == "title" and each.value]
    whole = (each for each in offered if each.source in ("h1", "h2", "json-ld", "itemprop:headline"))
    plain = {fold(each.value) for each in whole if not is_site(each.value, sites, host)}
    unlabelled = {fold(each.value): _plain(each.value) for each in offered if each.source.endswith(AFTER_LABEL)}
    cut = [(_without_label(_without_site(each.value, sites, plain), unlabelled), each) for each in offered]
    cut = [(title, each) for title, each in cut if title and not is_site(title, sites, host)]
    if not cut:
        return None
    said = [(fold(title), _family(each.source)) for title, each in cut]

    def worth(place: int) -> tuple[float, int]:
        folded, family = said[place]
        same = {other for text, other in said if text == folded and other != family}
        is_telling = len(folded) >= TELLING_CHARS and family != HIDDEN
        within = {other for text, other in said if is_telling and folded in text and other not in same | {family}}
        agreeing = AGREEMENT * len(same) + PARTIAL_AGREEMENT * len(within) - (COPIED if family in HEAD and (same | within) & HEAD else 0)
        agreeing -= LABEL if len(folded) < TELLING_CHARS and not same else 0
        return WEIGHTS.get(cut[place][1].source, 1.0) + agreeing, -place

    return cut[max(range(len(cut)), key=worth)]


def is_site(title: str, sites: Collection[str], host: str | None) -> bool:
    """Whether a title is the site's name, as it stands or as its host spells it ("The Example Post" on theexamplepost.com), logo or not."""
    folded = fold(title)
    label = (host or "").removeprefix("www.").split(".")[0]
    parts = {part for part in folded.split() if part not in LOGO_WORDS}
    return folded in sites or (len(label) >= SITE_CHARS and bool(parts) and ("".join(folded.split()) == label or parts == {label}))


def _family(source: str) -> str:
    """Sources that copy each other count once: the social titles."""
    return "social" if source in ("meta:og:title", "meta:twitter:title") else source


def _without_site(title: str, sites: Collection[str], plain: set[str]) -> str:
    """A headline without " | Site", if that is the site's name, or if the rest stands alone elsewhere on the page."""
    text = _plain(title)
    ends = [(found.start(), found.end()) for found in DIVIDER.finditer(text)]
    for start, end in ends:
        if fold(text[:start]) in plain:
            return text[:start]
        if fold(text[end:]) in plain:
            return text[end:]
    for start, end in ends[-2:]:
        tail = fold(text[end:])
        if tail in sites or any(site and tail.replace(" ", "") == site.replace(" ", "") for site in sites):
            return text[:start]
    if ends and (fold(text[: ends[0][0]]) in sites):
        return text[ends[0][1] :]
    return text


def _without_label(title: str, unlabelled: Mapping[str, str]) -> str:
    """A headline without the label before it, where the page marks that as one. unlabelled: folded headline -> headline."""
    folded = fold(title) if unlabelled else ""
    return next((text for rest, text in unlabelled.items() if folded.endswith(rest)), title)


def _plain(title: str) -> str:
    """Without what does not show, and with characters for what a template escaped twice."""
    return " ".join(html.unescape(title[:MAX_TITLE_CHARS]).translate(UNSEEN).split())
