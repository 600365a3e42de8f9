"""Where a block stands in its page: a path of tags and stable class names, and the role that its markup names."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PATH_STEPS = 8
UNSTABLE = re.compile(r"\d|^[a-z]{1,2}$|^(?:css|sc|jsx|styles?|ng|svelte|js|is|has)-|__[A-Za-z]*$|[A-Z][a-z]*[A-Z]{2}")

# Role: the words of class, id, itemprop, role, rel, data-component and aria-label that name it. A word is a run of letters between
# separators or case changes ("article__share-bar" -> article, share, bar). First role in the table wins; the nearest element wins.
# Source: names that recur in the markup of public news sites, microformats (h-entry), schema.org itemprops, WAI-ARIA landmarks.
ROLES: dict[str, frozenset[str]] = {
    "caption": frozenset("caption figcaption captions bildunterschrift legende bildtext didascalia pie leyenda".split()),
    "credit": frozenset("credit credits copyright photographer imagecredit photocredit bildnachweis source-credit".split()),
    "byline": frozenset(
        ("byline author authors bylines autor autore auteur authorname writer dateline-author contributors contributor").split()
    ),
    "time": frozenset("timestamp pubdate dateline datepublished datemodified publishdate posted published date datetime".split()),
    "newsletter": frozenset("newsletter newsletters signup subscribe subscription optin".split()),
    "share": frozenset("share sharing social shares sharebar socials follow addthis sharethis".split()),
    "related": frozenset(
        (
            "related recommended recommendation recommendations readmore read-more mehr outbrain taboola teaser teasers recirculation "
            "recirc morefrom trending"
        ).split()
    ),
    "comments": frozenset("comments comment disqus discussion respond commentlist".split()),
    "promo": frozenset(
        ("promo promotion ad ads advert advertisement advertising sponsor sponsored banner werbung anzeige publicidad").split()
    ),
    "paywall": frozenset(["paywall", "piano", "subscriber-only", "regwall"]),
    "cookie": frozenset(["cookie", "cookies", "consent", "gdpr", "cmp"]),
    "tags": frozenset("tags tag keywords topics tagcloud tag-list taglist".split()),
    "breadcrumb": frozenset(["breadcrumb", "breadcrumbs"]),
    "navigation": frozenset("nav navigation menu navbar pagination skip topbar".split()),
    "footer": frozenset(["footer", "colophon"]),
    "standfirst": frozenset(
        (
            "standfirst subtitle subheadline dek deck lede teasertext intro sapo entradilla chapo bajada subhead excerpt sommario "
            "vorspann chapeau summary"
        ).split()
    ),
    "correction": frozenset(["correction", "corrections", "errata", "clarification"]),
    "player": frozenset("player video audio jwplayer videoplayer podcast".split()),
    "alert": frozenset("alert notification toast notice modal popup dismiss".split()),
}
RANKED = {word: (rank, role) for rank, (role, known) in reversed(list(enumerate(ROLES.items()))) for word in known}
TAG_ROLES = {
    "figcaption": "caption",
    "nav": "navigation",
    "footer": "footer",
    "button": "control",
    "form": "control",
    "label": "control",
    "select": "control",
}
NAMING_ATTRIBUTES = frozenset(["class", "id", "itemprop", "role", "rel", "data-component", "data-testid", "aria-label"])
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
HEADING_ATTRIBUTES = NAMING_ATTRIBUTES - {"id"}  # a heading's id is made of its words
ATTRIBUTE_CHARS = 200
CLASS_CHARS = 40
PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@lru_cache(maxsize=4096)
def role_of_names(names: str) -> str | None:
    """The role that a string of class names and the like states, or None."""
    parts = " ".join(PART.findall(names)).lower().split()
    said = RANKED.keys() & {*parts, *map(add, parts, parts[1:])}
    return min(map(RANKED.__getitem__, said), default=(0, None))[1]


def own_role(element: HtmlElement) -> str | None:
    """The role that an element states by its tag or names, or None."""
    role = TAG_ROLES.get(element.tag)
    if role:
        return role
    if element.tag in ("body", "html", "article", "main"):
        return None
    naming = HEADING_ATTRIBUTES if element.tag in HEADINGS else NAMING_ATTRIBUTES
    names = " ".join([value[:ATTRIBUTE_CHARS] for name, value in element.items() if name in naming])
    return role_of_names(names) if names else None


@lru_cache(maxsize=4096)
def step(tag: str, classes: str) -> str:
    """One step of a path: the tag and at most two of its class names, those that look stable."""
    stable = [name for name in classes.split(maxsplit=6)[:6] if len(name) <= CLASS_CHARS and _is_stable(name)]
    return ".".join([tag, *sorted(stable)[:2]])


@lru_cache(maxsize=4096)
def _is_stable(name: str) -> bool:
    """Whether a class name looks as if people had given it."""
    return not UNSTABLE.search(name)
