"""The characters of a feed: which encoding its bytes are in, and which characters are none of XML's.

Sources: RFC 7303, section 3 (a byte order mark, then the charset parameter, then the XML declaration), XML 1.0 appendix F and
production 2 (Char), the WHATWG encoding standard (what a label means in practice).
"""

from __future__ import annotations

import codecs
import re

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)

_READ_AS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
            "euc_kr": "cp949", "big5": "big5hkscs", "iso8859-11": "cp874", "tis-620": "cp874"}  # fmt: skip
"""WHATWG: labels that are read as a larger encoding."""

_TEXT_ENCODINGS = frozenset(
    {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "cp932", "cp949", "cp866", "cp874", "big5hkscs", "euc_jp", "iso2022_jp",
     "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"}
    | {f"cp125{page}" for page in range(9)}
    | {f"iso8859-{part}" for part in range(2, 17)},
)  # fmt: skip
"""The only codecs used: others of Python's are no encodings of text, or take quadratic time (punycode)."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(rb"\s{0,100}<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_NO_XML_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed_text(body: bytes, content_type: str | None) -> str:
    """The body as text, without characters that XML does not allow (NUL, other C0 controls, surrogates). Never raises.

    Bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever a header says. Else the first declared encoding that fits; else UTF-8
    with its bad bytes replaced by U+FFFD where most of it is UTF-8, else windows-1252.
    """
    return without_controls(_decoded(body, content_type).removeprefix("\ufeff"))


def without_controls(text: str) -> str:
    """Text without the characters that XML 1.0 does not allow."""
    return _NO_XML_CHARACTER.sub("", text)


def _decoded(body: bytes, content_type: str | None) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body.decode(encoding, errors="replace")
    utf8 = _strictly(body, "utf-8")
    if utf8 is not None and not utf8.isascii():
        return utf8
    declared = [_charset(content_type), _declared(body)]
    fitting = (text for encoding in declared if encoding and (text := _strictly(body, encoding)) is not None)
    text = next(fitting, utf8)
    return text if text is not None else _mostly_utf8_or_western(body)


def _charset(content_type: str | None) -> str | None:
    found = _CHARSET.search(content_type[:1_000]) if content_type else None
    return found.group(1) if found else None


def _declared(body: bytes) -> str | None:
    found = _DECLARATION.match(body)
    return found.group(1).decode("ascii", errors="replace") if found else None


def _strictly(body: bytes, label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
        encoding = _READ_AS.get(name, name)
        return body.decode(encoding) if encoding in _TEXT_ENCODINGS else None
    except (LookupError, ValueError):
        return None


def _mostly_utf8_or_western(body: bytes) -> str:
    utf8 = body.decode("utf-8", errors="replace")
    beyond_ascii = len(utf8) - len(utf8.encode("ascii", errors="ignore"))
    return utf8 if utf8.count("\ufffd") * 2 <= beyond_ascii else body.decode("cp1252", errors="replace")
