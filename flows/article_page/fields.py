"""Fields and evidence as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.article_page.bounds import Bounds, cut
from flows.html_pages.spelling import moment
from warehouse.article_life import ArticleLife
from warehouse.explain import OfferedValue

# What flags mean, for people. The words of articles_current.flags in the dictionary.
FLAGS = {
    "ceiling_reached": "The rules would have taken most of the text, so they were not believed.",
    "blocks_cut": "The page has more blocks than are read.",
    "undecodable_bytes": "Some bytes of the page fit no encoding.",
    "extractor_text_not_on_page": "Part of what the extractor found could not be placed on the page.",
    "paywalled": "The publisher says that it is not free.",
    "partial": "It is much shorter than the publisher says.",
    "live_ticker": "It has timed entries that keep growing.",
    "text_of_feed": "There was no page to be had, so the feed's own text was read.",
}


@dataclass(frozen=True, slots=True)
class ShownField:
    """values: none where nothing is known. positions: of the blocks that were moved to it. left_out: values that are not shown."""

    name: str
    values: tuple[str, ...]
    positions: tuple[int, ...]
    is_address: bool
    left_out: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A value with all sources that offered it. left_out: characters of it that are not shown."""

    field: str
    value: str
    left_out: int
    sources: tuple[str, ...]
    chosen: bool
    why: str | None


def shown_fields(life: ArticleLife, bounds: Bounds) -> tuple[ShownField, ...]:
    """All of them, in the order in which an editor asks."""
    article, fields = life.explained.article, life.fields
    published = moment(article.published_at) if article.published_at else str(article.published_on or "")
    exact = f"{published}, exact to the {fields.published_precision}, from {article.published_source}" if published else None
    values: tuple[tuple[str, str, Sequence[str | None]], ...] = (
        ("Headline", "title", (article.title,)),
        ("Standfirst", "subtitle", (article.subtitle,)),
        ("Authors", "authors", article.authors),
        ("Published", "published", (exact,)),
        ("Changed, says the publisher", "modified", (moment(fields.modified_at) if fields.modified_at else None,)),
        ("Corrections", "corrections", fields.corrections),
        ("Credits", "credits", fields.credits),
        ("Captions", "captions", fields.captions),
        ("Section", "section", (fields.section,)),
        ("Tags", "tags", fields.tags),
        ("Picture", "image_url", (fields.image_url,)),
        ("Language", "language", (article.language,)),
    )
    moved: dict[str, list[int]] = {}
    for block in life.explained.blocks:
        if block.field:
            moved.setdefault(block.field, []).append(block.position)
    return tuple(_field(name, told, moved.get(key, ()), key, bounds) for name, key, told in values)


def _field(name: str, told: Sequence[str | None], positions: Sequence[int], key: str, bounds: Bounds) -> ShownField:
    known = [value for value in told if value]
    shown = tuple(cut(value, bounds.block_characters)[0] for value in known[: bounds.rows])
    return ShownField(name, shown, tuple(positions[: bounds.rows]), key == "image_url", len(known) - len(shown))


def offers(candidates: Sequence[OfferedValue], bounds: Bounds) -> tuple[Offer, ...]:
    """By field, the chosen first."""
    offered: dict[tuple[str, str], list[OfferedValue]] = {}
    for each in sorted(candidates, key=lambda each: (each.field, not each.chosen)):
        offered.setdefault((each.field, each.value), []).append(each)
    return tuple(
        Offer(field, *cut(value, bounds.block_characters), tuple(each.source for each in said), said[0].chosen, said[0].why)
        for (field, value), said in list(offered.items())[: bounds.rows]
    )


def told_flags(flags: Sequence[str]) -> tuple[str, ...]:
    """In words; one that this version does not know as it is."""
    return tuple(FLAGS.get(flag, flag) for flag in flags)
