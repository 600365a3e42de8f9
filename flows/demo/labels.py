"""The words around a publisher's articles, drawn by seed: invented brands, which no list of boilerplate can know."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from flows.demo.wording import Language, Wording


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands around every article of one publisher."""

    tail: str
    share: tuple[str, ...]
    related: str
    newsletter: str
    comments: str
    cookie: str
    navigation: tuple[str, ...]
    footer: str


def draw_labels(language: Language, host: str, seed: int) -> Labels:
    """The labels of the publisher on that host."""
    grammar = {**language.labels, "brand": ("{brand_head}{brand_tail}",)}
    wording = Wording(grammar, Random(f"{seed}/{host}/labels"))  # noqa: S311 - a demo must come out the same each time
    return Labels(
        tail=wording.say("tail"),
        share=tuple(wording.say("share") for _ in range(2)),
        related=wording.say("related"),
        newsletter=wording.say("newsletter"),
        comments=wording.say("comments"),
        cookie=wording.say("cookie"),
        navigation=tuple(wording.say("navigation") for _ in range(6)),
        footer=wording.say("footer"),
    )
