"""Blocks and revisions as the page shows them: bounded, and each with why in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from flows.article_page.bounds import Bounds, cut
from flows.article_page.changes import Sides, compared
from tasks.text.learning.sightings import OUTSIDE
from warehouse.explain import Explained, ExplainedBlock, RevisedBlock, SameStory, SeenRevision


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """left_out: characters of it that are not shown. why: None where no rule decided. also_at: publishers that have it alike."""

    position: int
    verdict: str
    kind: str
    field: str | None
    text: str
    left_out: int
    why: str | None
    also_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownBlocks:
    """own: the article's blocks in order; outside: what else stands on its page. left_out: blocks of either that are not shown."""

    own: tuple[ShownBlock, ...]
    outside: tuple[ShownBlock, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class ShownChange:
    """change: added, removed, edited or moved. figures: whether numbers changed. left_out: characters of both sides that are not shown."""

    change: str
    figures: bool
    sides: Sides
    left_out: int


@dataclass(frozen=True, slots=True)
class ShownRevision:
    """title: both wordings, None where it stayed."""

    revision: SeenRevision
    title: Sides | None
    changes: tuple[ShownChange, ...]
    left_out: int


def shown_blocks(blocks: Sequence[ExplainedBlock], stories: Sequence[SameStory], bounds: Bounds) -> ShownBlocks:
    """The article's own blocks first; what stands outside it takes the room that is left."""
    own = [block for block in blocks if block.rule_id != OUTSIDE]
    outside = [block for block in blocks if block.rule_id == OUTSIDE]
    fitting = _fitting([*own, *outside], bounds)
    alike = {
        position: tuple(each.publisher_id for each in stories if position in each.shared) for each in stories for position in each.shared
    }
    shown = [_shown(block, tuple(alike.get(block.position, ())), bounds.block_characters) for block in [*own, *outside][:fitting]]
    return ShownBlocks(tuple(shown[: len(own)]), tuple(shown[len(own) :]), len(blocks) - fitting)


def shown_revisions(told: Explained, bounds: Bounds) -> tuple[ShownRevision, ...]:
    """Newest first."""
    blocks: dict[int, list[RevisedBlock]] = {}
    for each in told.revised_blocks:
        blocks.setdefault(each.version, []).append(each)
    newest = list(reversed(told.revisions))[: bounds.rows]
    return tuple(_revision(each, blocks.get(each.version, []), bounds) for each in newest)


def _fitting(blocks: Sequence[ExplainedBlock], bounds: Bounds) -> int:
    """How many of them are shown."""
    sizes = accumulate(min(len(block.text), bounds.block_characters) for block in blocks[: bounds.blocks])
    return sum(size <= bounds.characters for size in sizes)


def _shown(block: ExplainedBlock, also_at: tuple[str, ...], most: int) -> ShownBlock:
    text, left_out = cut(block.text, most)
    return ShownBlock(block.position, block.verdict, block.kind, block.field, text, left_out, _why(block), also_at)


def _why(block: ExplainedBlock) -> str | None:
    if block.rule_id is None:
        return None
    return "; ".join(_reasons(block))


def _reasons(block: ExplainedBlock) -> Iterator[str]:
    yield f"{block.reason} ({block.rule_id})"
    if block.repeat_of is not None:
        yield f"says again what block {block.repeat_of} says"
    if block.support is not None:
        yield f"learned from {block.support} of {block.looked_at} articles"
    elif block.elsewhere and block.verdict == "removed":
        yield f"also in {block.elsewhere} other {'article' if block.elsewhere == 1 else 'articles'} of the publisher"


def _revision(revision: SeenRevision, blocks: Sequence[RevisedBlock], bounds: Bounds) -> ShownRevision:
    title = None
    if revision.title_before != revision.title_after:
        sides = (cut(each or "", bounds.block_characters)[0] for each in (revision.title_before, revision.title_after))
        title = compared(*sides, most_words=bounds.compared_words)
    changes = tuple(_change(each, bounds) for each in blocks[: bounds.rows])
    return ShownRevision(revision, title, changes, len(blocks) - len(changes))


def _change(block: RevisedBlock, bounds: Bounds) -> ShownChange:
    before, before_left_out = cut(block.text_before or "", bounds.block_characters)
    after, after_left_out = cut(block.text_after or "", bounds.block_characters)
    sides = compared(before, after, most_words=bounds.compared_words)
    return ShownChange(block.change, block.figures_changed, sides, before_left_out + after_left_out)
