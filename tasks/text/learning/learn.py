"""Sightings of a publisher's articles -> what recurs there. A pure function of the set of articles: their order never matters."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tasks.text.learning.evidence import MIN_ARTICLES
from tasks.text.learning.learned import State
from tasks.text.learning.places import learn_places
from tasks.text.learning.publisher import stories
from tasks.text.learning.texts import learn_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tasks.text.learning.learned import LearnedRule
    from tasks.text.learning.sightings import Sighting

MAX_RULES = 300  # of a publisher


def learn(sightings: Iterable[Sighting]) -> tuple[LearnedRule, ...]:
    """Every publisher's rules, in order of publisher and rule. A publisher with fewer than MIN_ARTICLES stories teaches nothing."""
    by_publisher: defaultdict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        by_publisher[sighting.publisher_id].append(sighting)
    return tuple(rule for publisher in sorted(by_publisher) for rule in _learn_one(publisher, by_publisher[publisher]))


def _learn_one(publisher: str, sightings: Iterable[Sighting]) -> list[LearnedRule]:
    """The rules of one publisher: those that are obeyed before others, then those seen most."""
    told = stories(sightings)
    if len(told) < MIN_ARTICLES:
        return []
    rules = [*learn_texts(publisher, told), *learn_places(publisher, told)]
    best = sorted(rules, key=lambda rule: (rule.state is not State.ACTIVE, -rule.support, rule.rule_id))[:MAX_RULES]
    return sorted(best, key=lambda rule: rule.rule_id)
