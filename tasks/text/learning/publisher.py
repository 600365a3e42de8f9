"""A publisher's articles as the learner looks at them: each story once, the newest, in order of days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.learning.masks import hashes_to_compare
from tasks.text.learning.sightings import LEARNED
from tasks.text.learning.standing import MOSTLY_LINK, Standing, place_of, standing
from tasks.text.rules import builtin_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tasks.text.learning.sightings import SeenBlock, Sighting

NEWEST = 400  # articles of a publisher that are looked at
SAME_STORY = 0.7  # of the words of an article's paragraphs that another one has too
UNDATED = date.min  # sorts before every day
ASKED_LATER = frozenset({"heading-of-nothing", "tail-label", "repeat-exact", "repeat-near"})  # besides the wording rules for edges
HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Told:
    """One story. left: what only learned rules may take. gone: blocks that other rules or the extractor left out, by place."""

    day: date | None
    left: tuple[Standing, ...]
    gone: Counter[str]


def stories(sightings: Iterable[Sighting]) -> tuple[Told, ...]:
    """Of one publisher, oldest first: its NEWEST articles, those that say the same counted once."""
    newest = newest_articles(sightings, NEWEST)
    masks = hashes_to_compare([block.text for sighting in newest for block in sighting.blocks if is_left(block)])
    return tuple(_each_story_once([_told(sighting, masks) for sighting in newest]))


def newest_articles(sightings: Iterable[Sighting], count: int) -> list[Sighting]:
    """No more than so many, the newest by (day, article), oldest first. Of an article seen twice the newest sighting counts."""
    by_article: dict[str, Sighting] = {}
    for sighting in sightings:
        other = by_article.setdefault(sighting.article, sighting)
        if other is not sighting:
            by_article[sighting.article] = max(sighting, other, key=_newer)
    return sorted(by_article.values(), key=lambda sighting: (sighting.day or UNDATED, sighting.article))[-count:]


def _newer(sighting: Sighting) -> tuple[date, list[tuple[str, str, str]]]:
    return sighting.day or UNDATED, [(block.text, block.action, block.rule_id or "") for block in sighting.blocks]


def _told(sighting: Sighting, masks: Mapping[str, int]) -> Told:
    """The article as the learner sees it. masks: of its texts."""
    left = [block for block in sighting.blocks if is_left(block)]
    gone = [block for block in sighting.blocks if block.action == "removed" and not is_left(block) and block.rule_id != "headline-repeat"]
    places = Counter(place_of(block.dom_path, block.role, is_link=block.link_density > MOSTLY_LINK) for block in gone)
    for each in sighting.surroundings:
        places[place_of(each.dom_path, each.role, is_link=each.link_density > MOSTLY_LINK)] += each.blocks
    return Told(sighting.day, tuple(standing(block, kind_of(block), masks[block.text]) for block in left), places)


def is_left(block: SeenBlock) -> bool:
    """Whether learned rules are asked about it: it is in the text, or was taken by them or by a rule that is asked after them.

    So learning neither confirms nor forgets what it removed.
    """
    rule = block.rule_id or ""
    return block.action == "kept" or rule.startswith(LEARNED) or rule in ASKED_LATER or rule in builtin_rules().edge_ids


def kind_of(block: SeenBlock) -> Kind:
    """What the block was before a rule called it boilerplate, as far as its tag tells."""
    if block.kind is not Kind.BOILERPLATE:
        return block.kind
    tag = block.dom_path.rpartition("/")[2].partition(".")[0]
    return Kind.HEADING if tag in HEADING_TAGS else Kind.LIST_ITEM if tag in ("li", "dd", "dt") else Kind.PARAGRAPH


def _each_story_once(told: Sequence[Told]) -> list[Told]:
    """Without those whose paragraphs mostly stand in one that is older: the same article at another address, or a rewrite of it."""
    first: dict[int, int] = {}
    once: list[Told] = []
    for each in told:
        words = {block.mask: block.words for block in each.left if block.is_prose}
        shared: Counter[int] = Counter()
        for mask, count in words.items():
            if mask in first:
                shared[first[mask]] += count
        if shared and max(shared.values()) >= SAME_STORY * sum(words.values()):
            continue
        for mask in words:
            first.setdefault(mask, len(once))
        once.append(each)
    return once
