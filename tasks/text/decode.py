"""Bytes of a page -> characters, in spite of what header and markup claim.

Order: byte order mark; UTF-8 if the bytes are valid UTF-8 (no other encoding passes by chance); the HTTP header; the page's own meta;
then windows-1252, which reads anything. Labels mean what the WHATWG Encoding Standard says (iso-8859-1 is windows-1252).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
META_WINDOW_BYTES = 4096
WHATWG = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-9": "cp1254",
          "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
          "tis-620": "cp874", "x-sjis": "cp932", "windows-31j": "cp932"}  # fmt: skip
# Python's names of what the standard can ask for. Python knows more "encodings", some of which are no such thing (idna, punycode, utf-7).
KNOWN = frozenset(
    ("utf-8 utf-16 utf-16-le utf-16-be cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 cp932 cp949 gb18030 big5 "
     "big5hkscs euc_jp iso2022_jp euc_kr koi8-r koi8-u mac-roman mac-cyrillic iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 "
     "iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16").split()
)  # fmt: skip
CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
HIDDEN = "\xad\u200b\ufeff\ufffe\uffff"  # soft hyphen, zero-width space, byte order mark, and what Unicode says is no character
UNSEEN = re.compile(f"[{re.escape(CONTROLS.decode('ascii'))}{HIDDEN}]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters without control characters. charset: the one that was right. undecodable: bytes that it could not read."""

    text: str
    charset: str
    undecodable: int


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """content_type: the HTTP header, or None."""
    for mark, charset in MARKS:
        if body.startswith(mark):
            return _read(body[len(mark) :], charset)
    try:
        return Decoded(_utf8(body), "utf-8", 0)
    except UnicodeDecodeError:
        pass
    said = [_codec(label) for label in (_header_charset(content_type), _meta_charset(body)) if label]
    wide = b"\0" in body[:META_WINDOW_BYTES]
    claims = [charset for charset in said if charset and charset != "utf-8" and charset.startswith("utf-16") is wide]
    for claim in claims:
        try:
            return Decoded(_printable(body.decode(claim)), claim, 0)
        except UnicodeDecodeError:
            continue
    return _read(body, "utf-8" if _mostly_utf8(body) else next(iter(claims), "cp1252"))


def _read(body: bytes, charset: str) -> Decoded:
    text = body.decode(charset, "replace")
    return Decoded(_printable(text), charset, text.count("\ufffd"))


def _printable(text: str) -> str:
    """Without C0 controls, byte order marks, soft hyphens and zero-width spaces: none of them is something to read."""
    return UNSEEN.sub("", text)


def _utf8(body: bytes) -> str:
    """The same of UTF-8, where control codes are found much faster among the bytes. Raises UnicodeDecodeError."""
    text, seen = body.decode("utf-8"), body.translate(None, delete=CONTROLS)
    if len(seen) < len(body):
        text = seen.decode("utf-8")
    for character in HIDDEN:
        if character in text:
            text = text.replace(character, "")
    return text


def _mostly_utf8(body: bytes) -> bool:
    """Damaged or cut UTF-8: far more good multi-byte characters than bad bytes."""
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return good > 4 * bad


def _header_charset(content_type: str | None) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", content_type or "", re.IGNORECASE)
    return found[1] if found else None


def _meta_charset(body: bytes) -> str | None:
    found = META.search(body[:META_WINDOW_BYTES])
    return (found[1] or found[2]).decode("ascii") if found else None


def _codec(label: str) -> str | None:
    """Python's name for a label, or None if it names no encoding that a page may be in."""
    name = label.strip().lower()
    try:
        known = codecs.lookup(WHATWG.get(name, name)).name
    except (LookupError, ValueError):
        return None
    return known if known in KNOWN else None
