"""The worksheet of one document: what the passes that decide on its blocks share."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from tasks.model import Action, Kind, Verdict
from tasks.text.kinds import kind_of
from tasks.text.learning.masks import masked_hash
from tasks.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.model import Block, Document
    from tasks.text.knowledge import Knowledge
    from tasks.text.prose import Prose
    from tasks.text.rules import Ruleset

PROTECTED = frozenset({Kind.CREDIT, Kind.BYLINE, Kind.DATELINE, Kind.CORRECTION, Kind.QUOTE, Kind.CAPTION})  # evidence, never furniture


@dataclass(slots=True)
class Work:
    """What the passes share about one document.

    article: the article's blocks and those taken for it, in order. counts, kinds, verdicts: per block; the kinds of those far from the
    article as their markup says, until they are taken for it. folded, rescued: by position, of the blocks in article.
    """

    document: Document
    title: str | None
    rules: Ruleset
    knowledge: Knowledge
    prose: Prose | None = None
    article: list[Block] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    folded: dict[int, str] = field(default_factory=dict)
    kinds: list[Kind] = field(default_factory=list)
    verdicts: list[Verdict | None] = field(default_factory=list)
    rescued: dict[int, Verdict] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)

    def open(self) -> Iterator[Block]:
        """The article's blocks without a verdict yet."""
        return (block for block in self.article if self.verdicts[block.position] is None)

    def keep(self, block: Block, rule_id: str, reason: str) -> None:
        """Take a block that the extractor left out for part of the article, unless people switched the rule off."""
        if rule_id not in self.knowledge.disabled:
            insort(self.article, block, key=attrgetter("position"))
            self.folded[block.position] = fold(block.text)
            self.kinds[block.position] = kind_of(block, self.counts[block.position])
            self.rescued[block.position] = Verdict(Action.KEPT, self.kinds[block.position], rule_id, reason)

    def remove(self, block: Block, rule_id: str, reason: str, *, kind: Kind | None = None, repeat_of: int | None = None) -> None:
        """Take a block out of the text, unless people switched the rule off or want the block kept. kind: what it turned out to be."""
        if rule_id in self.knowledge.disabled or self._is_restored(block):
            return
        self.kinds[block.position] = kind or self.kinds[block.position]
        self.verdicts[block.position] = _removed(self.kinds[block.position], rule_id, reason, repeat_of)

    def move(self, block: Block, kind: Kind, to: str, rule_id: str, reason: str) -> None:
        """Take a block out of the text into a field of the article, under the same conditions."""
        if rule_id in self.knowledge.disabled or self._is_restored(block):
            return
        self.kinds[block.position] = kind
        self.verdicts[block.position] = Verdict(Action.MOVED, kind, rule_id, reason, field=to)

    def _is_restored(self, block: Block) -> bool:
        return bool(self.knowledge.restored) and masked_hash(block.text) in self.knowledge.restored


@lru_cache(maxsize=1024)
def _removed(kind: Kind, rule_id: str, reason: str, repeat_of: int | None) -> Verdict:
    """The same verdict for all blocks that it holds for: most of a page's are alike."""
    return Verdict(Action.REMOVED, kind, rule_id, reason, repeat_of=repeat_of)
