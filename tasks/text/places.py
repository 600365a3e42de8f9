"""Where a block stands in its page: a path of tags and stable class names, and the role that its markup names."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING, NamedTuple

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
RANKED: dict[str, tuple[int, str | None]] = {
    word: (rank, role) for rank, (role, known) in reversed(list(enumerate(ROLES.items()))) for word in known
}
UNRANKED: tuple[int, str | None] = (len(ROLES), None)
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
CACHED_CHARS = 400  # of class names; what is longer is read anew each time
NEVER_A_ROLE = frozenset(["body", "html", "article", "main"])
PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class _Name(NamedTuple):
    """What one class name or the like says. ranked: the first role that it names, with its rank. first, last: of its words, if any.

    is_stable: whether it looks as if people had given it.
    """

    ranked: tuple[int, str | None]
    first: str
    last: str
    is_stable: bool


def own_role(element: HtmlElement, tag: str) -> str | None:
    """The role that an element of that tag states by its tag or names, or None."""
    return step_and_role(element, tag)[1]


def step_and_role(element: HtmlElement, tag: str) -> tuple[str, str | None]:
    """An element's step of a path, its tag with at most two of its class names, those that look stable; and the role that it states by its
    tag or names, or None.
    """
    attributes = element.items()
    if not attributes:
        return _step_and_role(tag, "", "")
    name, classes = attributes[0]
    if name != "class":
        classes = element.get("class", "")
    if len(attributes) == (1 if classes else 0) and len(classes) <= ATTRIBUTE_CHARS:  # as most are
        return _step_and_role(tag, classes, classes)
    naming = HEADING_ATTRIBUTES if tag in HEADINGS else NAMING_ATTRIBUTES
    names = [value[:ATTRIBUTE_CHARS] for name, value in attributes if name in naming]
    read = _step_and_role if len(classes) <= CACHED_CHARS else _step_and_role.__wrapped__
    return read(tag, classes, " ".join(names))


@lru_cache(maxsize=8192)
def _step_and_role(tag: str, classes: str, names: str) -> tuple[str, str | None]:
    stable = [name for name in classes.split(maxsplit=6)[:6] if len(name) <= CLASS_CHARS and _read(name).is_stable]
    role = TAG_ROLES.get(tag) or (role_of_names(names) if names and tag not in NEVER_A_ROLE else None)
    return ".".join([tag, *sorted(stable)[:2]]), role


def role_of_names(names: str) -> str | None:
    """The role that some class names and the like state, or None. The last word of one and the first of the next may name it together."""
    best, last = UNRANKED, ""
    for name in names.split():
        ranked, first, end, _ = _read(name)
        best = min(best, ranked)
        if first:
            if (joined := RANKED.get(last + first)) and joined < best:
                best = joined
            last = end
    return best[1]


@lru_cache(maxsize=8192)
def _read(name: str) -> _Name:
    parts = PART.findall(name)
    if not parts:
        return _Name(UNRANKED, "", "", not UNSTABLE.search(name))
    if not name.islower():
        parts = [part.lower() for part in parts]
    said = [RANKED[each] for each in (*parts, *map(add, parts, parts[1:])) if each in RANKED]
    return _Name(min(said) if said else UNRANKED, parts[0], parts[-1], not UNSTABLE.search(name))
