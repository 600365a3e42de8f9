"""Sightings of a publisher's articles -> what recurs there. A pure function of the set of articles: their order never matters."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tasks.text.learning.learned import MAX_CHARS, Feature, LearnedRule, State
from tasks.text.learning.sightings import masked_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tasks.text.learning.sightings import Sighting

MIN_ARTICLES = 3
MIN_SHARE = 0.3  # of the publisher's articles that were seen
EXAMPLE_CHARS = 200


def learn(sightings: Iterable[Sighting]) -> tuple[LearnedRule, ...]:
    """Every publisher's rules, in order of publisher and rule. A publisher with fewer than MIN_ARTICLES articles teaches nothing."""
    by_publisher: defaultdict[str, dict[str, Sighting]] = defaultdict(dict)
    for sighting in sightings:
        by_publisher[sighting.publisher_id][sighting.article] = sighting
    return tuple(
        rule for publisher, found in sorted(by_publisher.items()) for rule in _learn_one(publisher, [found[key] for key in sorted(found)])
    )


def _learn_one(publisher: str, sightings: Sequence[Sighting]) -> list[LearnedRule]:
    seen_in: Counter[int] = Counter()
    examples: dict[int, str] = {}
    for sighting in sightings:
        texts = {masked_hash(b.text): b.text for b in sighting.blocks if b.in_article and len(b.text) <= MAX_CHARS}
        seen_in.update(texts.keys())
        for mask, text in texts.items():
            examples[mask] = min(text, examples.get(mask, text))
    needed = max(MIN_ARTICLES, MIN_SHARE * len(sightings))
    return [_rule(publisher, mask, count, len(sightings), examples[mask]) for mask, count in sorted(seen_in.items()) if count >= needed]


def _rule(publisher: str, mask: int, support: int, articles: int, example: str) -> LearnedRule:
    key = f"{mask:016x}"
    rule_id, example = f"learned-text-{key}", example[:EXAMPLE_CHARS]
    return LearnedRule(rule_id, publisher, Feature.TEXT, key, State.ACTIVE, support, articles, 0, None, None, example)
