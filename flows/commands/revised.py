"""What changed from version to version of an article, for people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from rich.console import Console
from rich.text import Text

from flows.commands.output import printable
from warehouse.explain import RevisedBlock, SeenRevision

SHOWN_CHARS = 110
SHOWN_BEFORE_CHANGE = 30  # characters that are the same, in front of those that are not


def show_revisions(out: Console, revisions: Sequence[SeenRevision], blocks: Sequence[RevisedBlock], *, whole: bool) -> None:
    """Of each version after the first what kind of change it is, then what changed. blocks: of all versions. whole: texts are not cut."""
    for each in revisions:
        kinds = ", ".join(each.kinds or ("not compared yet",))
        between = f"between {each.last_seen_before_at:%Y-%m-%d %H:%M:%S} and {each.seen_at:%Y-%m-%d %H:%M:%S}"
        out.print(Text(f"Version {each.version}: {kinds}, {between}", style="bold"), soft_wrap=True)
        if each.title_before != each.title_after:
            _show_change(out, "headline", each.title_before, each.title_after, whole=whole)
        for notice in each.corrections_added or ():
            _show_change(out, "correction", None, notice, whole=whole)
        for block in blocks:
            if block.version == each.version:
                figures = ", figures" if block.figures_changed else ""
                what = f"{block.change}{figures} (+{block.words_added} -{block.words_removed} words)"
                _show_change(out, what, block.text_before, block.text_after, whole=whole)
        out.print()


def _show_change(out: Console, what: str, before: str | None, after: str | None, *, whole: bool) -> None:
    """What differs of the two texts, with a little of what stands before it; a block that moved once."""
    out.print(Text(f"     {what}", style="dim"))
    begins = 0 if whole else max(0, _alike(before or "", after or "") - SHOWN_BEFORE_CHANGE)
    for sign, text, style in (("-", None if what.startswith("moved") else before, "red"), ("+", after, "green")):
        if text:
            out.print(Text(f"     {sign} {printable(text if whole else _part(text, begins))}", style=style), soft_wrap=True)


def _alike(before: str, after: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))


def _part(text: str, begins: int) -> str:
    ends = begins + SHOWN_CHARS
    return f"{'…' if begins else ''}{text[begins:ends]}{'…' if ends < len(text) else ''}"
