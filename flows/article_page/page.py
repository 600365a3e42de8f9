"""An article's life -> its page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from flows.article_page.bounds import Bounds
from flows.article_page.fields import offers, shown_fields, told_flags
from flows.article_page.shown import shown_blocks, shown_revisions
from flows.html_pages.document import document
from warehouse.article_life import ArticleLife

TITLE_CHARACTERS = 500
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Made:
    """published_at: when the copy was published, None if no manifest says so. code_version: ours."""

    at: datetime
    published_at: datetime | None
    code_version: str


def page(life: ArticleLife, made: Made, bounds: Bounds) -> str:
    """One HTML file without scripts of its own; the same life gives the same bytes."""
    told = life.explained
    blocks = shown_blocks(told.blocks, told.near_duplicates, bounds)
    return document(
        "article.html",
        life=life,
        made=made,
        blocks=blocks,
        counts=Counter(block.verdict for block in blocks.own),
        fields=shown_fields(life, bounds),
        offers=offers(told.candidates, bounds),
        flags=told_flags(told.article.flags),
        revisions=shown_revisions(told, bounds),
        earlier=sum(each.is_first for each in told.near_duplicates),
        language=_language(told.article.language),
        rows=bounds.rows,
        title_characters=TITLE_CHARACTERS,
    )


def _language(code: str | None) -> str:
    """For `lang` attributes; empty where it is none or not known."""
    return code if code and LANGUAGE.fullmatch(code) else ""
