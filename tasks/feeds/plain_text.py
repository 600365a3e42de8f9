"""Plain text from what feeds put into titles and summaries, and the way back.

A pattern, no HTML parser: titles are not documents, and `a < b` or `List<String>` must survive.
"""

from __future__ import annotations

import html
import re

from tasks.feeds.encoding import without_controls

_TAG = re.compile(r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'])*)>")
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section "
    "table td th tr ul".split(),
)
_INLINE = frozenset(
    "a abbr acronym audio b bdi bdo big button center cite code data del dfn em embed font form i iframe img input ins kbd label mark "
    "object path picture q rp rt ruby s samp script small source span strike strong style sub sup svg tbody thead time track tt u var "
    "video wbr".split(),
)
_UNSHOWN = frozenset({"script", "style"})
_SPACE = re.compile(r"\s+")


def plain_text(value: str | None, *, limit: int, markup: bool = True) -> str | None:
    """Text without tags, character references resolved, white space folded; None if nothing is left.

    Only tags of HTML count as tags. Blocks and line breaks become a space; scripts, styles and comments go with what they hold.
    markup: False if the source says that the value is plain text: then tags stay, and references are still resolved, for the many
    publishers who escape twice. limit: characters kept, cut without an ellipsis.
    """
    if not value:
        return None
    shown = _without_tags(value) if markup and "<" in value else value
    text = _SPACE.sub(" ", without_controls(html.unescape(shown))).strip()
    return text[:limit].rstrip() or None


def as_html(text: str | None) -> str | None:
    """Plain text as HTML paragraphs, one per stretch between blank lines; None stays None."""
    if not text or not text.strip():
        return None
    return "".join(f"<p>{html.escape(part.strip())}</p>" for part in re.split(r"\n[ \t\r]*\n", text) if part.strip())


def _without_tags(value: str) -> str:
    pieces: list[str] = []
    end = 0
    while (tag := _TAG.search(value, end)) is not None:
        name = (tag.group(2) or "").lower()
        if not name:
            pieces.append(value[end : tag.start()])
            end = _after(value, "-->", tag.end())
        elif name in _UNSHOWN and not tag.group(1):
            pieces.append(value[end : tag.start()])
            end = _after_closing(value, name, tag.end())
        elif name in _BLOCKS or name in _INLINE:
            pieces += [value[end : tag.start()], " " if name in _BLOCKS else ""]
            end = tag.end()
        else:
            pieces.append(value[end : tag.end()])
            end = tag.end()
    return "".join([*pieces, value[end:]])


def _after(value: str, mark: str, start: int) -> int:
    found = value.find(mark, start)
    return len(value) if found < 0 else found + len(mark)


def _after_closing(value: str, name: str, start: int) -> int:
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(value, start)
    return len(value) if closing is None else closing.end()
