"""Which bytes a page travels as, and what it claims about them."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass

from flows.demo.cases import Case
from flows.demo.story import Story

_LEGACY = {"ja": "shift_jis", "ar": "windows-1256"}


@dataclass(frozen=True, slots=True)
class Charset:
    """true: the codec of the bytes. header, meta: what Content-Type and <meta charset> claim, None for nothing. mark: a BOM first."""

    true: str = "utf-8"
    header: str | None = "utf-8"
    meta: str | None = "utf-8"
    mark: bool = False

    def encode(self, text: str) -> bytes:
        """The text as bytes; what the codec lacks becomes a character reference."""
        return (BOM_UTF8 if self.mark else b"") + text.encode(self.true, errors="xmlcharrefreplace")

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return "text/html" + (f"; charset={self.header}" if self.header else "")


def charset_of(story: Story) -> Charset:
    """How that story's page is encoded."""
    legacy = _LEGACY.get(story.language, "windows-1252")
    special = {
        Case.HEADER_LIES: Charset(header="iso-8859-1"),
        Case.META_LIES: Charset(header=None, meta="iso-8859-1"),
        Case.UNDECLARED: Charset(true="windows-1252", header=None, meta=None),
        Case.BYTE_ORDER_MARK: Charset(header=None, meta=None, mark=True),
        Case.LEGACY_CHARSET: Charset(true=legacy, header=legacy, meta=legacy),
    }
    return next((charset for case, charset in special.items() if case in story.cases), Charset())
