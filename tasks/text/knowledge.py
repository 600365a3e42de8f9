"""What one publisher's page is cleaned with beyond the rules that ship: what was learned there, and what people decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.text.learning.learned import Learned
    from tasks.text.templates.template import Template


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a page is cleaned with besides the rules that ship; the same during a whole run. snapshot_id: None where nothing is known.

    disabled: ids of rules that people switched off, here or everywhere. restored: `masked_hash` of blocks that people want kept in this
    article. template: which places of the publisher's pages hold the article, None where that is asked of the extractor.
    """

    snapshot_id: str | None = None
    learned: Learned | None = None
    disabled: frozenset[str] = frozenset()
    restored: frozenset[int] = frozenset()
    template: Template | None = None


NOTHING_KNOWN = Knowledge()
