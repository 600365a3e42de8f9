"""Ways to damage a page. Each is a function of the page, another page and a source of chance, so that its seed brings it back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

TAG = re.compile(rb"<[^<>]{1,300}>")
OPEN_TAG = re.compile(rb"<[a-zA-Z][^<>]{0,300}>")
TEXT = re.compile(rb">([^<>]{20,2000})<")
SCRIPT = re.compile(rb"<script[^>]*ld\+json[^>]*>(.{2,20000}?)</script>", re.DOTALL | re.IGNORECASE)
CHARSETS = (b"utf-7", b"utf-16", b"utf-32", b"idna", b"hex", b"shift_jis", b"x-user-defined", b"gb18030", b"iso-2022-jp", b"\xff\xfe", b"")
NESTED = (
    b"div",
    b"span",
    b"b",
    b"ul",
    b"li",
    b"blockquote",
    b"table",
    b"td",
    b"a",
    b"p",
    b"section",
    b"font",
    b"svg",
    b"form",
    b"custom-a",
)
STRANGE = (
    "\u202e\u202d\u2066\u2069", "e" + "\u0301" * 200, "\u0000", "\ufeff", "\ufffe\uffff", "\U0010ffff", "\u200d\u200b\u2060" * 9,
    "\x1f\x0b\x85", "\u2028\u2029", "ﷺ" * 30, "𝔽𝕖𝕣𝕣𝕪", "٠١٢٣٤٥٦٧٨٩", "\u0600", "ß" * 50, "İ" * 50, "ŉ" * 50, "Ⅷ²½",
    "\U000e0001" * 20, "😀" * 100,
)  # fmt: skip
BAD_JSON = (
    b"[" * 100_000, b'{"@graph":' * 5_000, b"1" * 5_000, b"1e999", b'"' + b"\\u0000" * 9_000, b"NaN", b"null", b"[]", b'{"a":1,}' * 500,
    b'{"@type":"NewsArticle","headline":{"@value":[1,null,{}]},"author":[[[["x"]]]],"datePublished":17e400}',
    b'{"@type":["NewsArticle",{}],"author":' + b'{"name":' * 900 + b'"x"' + b"}" * 901,
    b'{"@type":"NewsArticle","headline":"\\ud800\\udc"}',
    b'{"@type":"NewsArticle","datePublished":"99999-99-99T99:99:99+99:99","dateModified":"0000-00-00"}',
    b'{"@type":"NewsArticle","wordCount":"' + b"9" * 9_000 + b'","keywords":' + b'["a"],' * 20_000,
)  # fmt: skip
LARGE = 200_000
RARELY = 0.03
MOST_BYTES = 5_000_000


def truncated(page: bytes, _: bytes, rng: random.Random) -> bytes:
    return page[: rng.randrange(len(page) + 1)]


def flipped_bits(page: bytes, _: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(page)
    for _time in range(rng.choice((1, 10, 100, 1_000))):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def tags_deleted(page: bytes, _: bytes, rng: random.Random) -> bytes:
    share = rng.choice((0.01, 0.1, 0.5, 1.0))
    return TAG.sub(lambda tag: b"" if rng.random() < share else tag[0], page)


def tags_repeated(page: bytes, _: bytes, rng: random.Random) -> bytes:
    share, times = rng.choice(((0.02, 50), (0.2, 3), (1.0, 2)))
    return OPEN_TAG.sub(lambda tag: tag[0] * times if rng.random() < share else tag[0], page)


def tags_swapped(page: bytes, _: bytes, rng: random.Random) -> bytes:
    tags = TAG.findall(page) or [b"<p>"]
    return TAG.sub(lambda tag: rng.choice(tags) if rng.random() < 0.2 else tag[0], page)


def nested(page: bytes, _: bytes, rng: random.Random) -> bytes:
    name, depth = rng.choice(NESTED), _size(rng, (50, 300), 30_000)
    return _into(page, b"<%s>" % name * depth + b"deep" + (b"</%s>" % name * depth if rng.random() < 0.5 else b""), rng)


def garbled_attributes(page: bytes, _: bytes, rng: random.Random) -> bytes:
    def garble(tag: re.Match[bytes]) -> bytes:
        if rng.random() > 0.2:
            return tag[0]
        extra = rng.choice(
            (b'class="', b"style='", b"=", b'""', b'id="\0"', b"itemprop=author", b'class="related share byline"', b"x" * 99 + b"=", b"/")
        )
        return tag[0][:-1] + b" " + extra + rng.randbytes(rng.randrange(8)).replace(b">", b"") + b">"

    return OPEN_TAG.sub(garble, page)


def huge_attribute(page: bytes, _: bytes, rng: random.Random) -> bytes:
    name = rng.choice((b"class", b"id", b"style", b"href", b"content", b"data-x", b"datetime", b"aria-label"))
    unit = rng.choice((b"a", b"a ", b"related-", b"&amp;", b"/", b"-_", b"\xe6\xb5\xb7", b"1.", b"(", b"aA"))
    value = unit * (_size(rng, (1_000, LARGE), 2_000_000) // len(unit))
    return _into(page, b'<%s %s="%s">' % (rng.choice((b"div", b"a", b"meta property=og:title", b"time", b"p")), name, value), rng)


def entities(page: bytes, _: bytes, rng: random.Random) -> bytes:
    bomb = b'<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    text = rng.choice(
        (b"&c;", b"&amp;" * 30_000, b"&" * 50_000, b"&#x110000;&#0;&#xd800;&#99999999999;", b"&nbsp;" * 50_000, b"&lt;p&gt;" * 20_000)
    )
    return bomb + _into(page, b"<p>" + text + b"</p>", rng)


def lying_charset(page: bytes, _: bytes, rng: random.Random) -> bytes:
    charset = rng.choice(CHARSETS)
    marked = rng.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x2b\x2f\x76\x38"))
    return marked + b'<?xml version="1.0" encoding="%s"?><meta charset="%s">' % (charset, charset) + page


def null_bytes(page: bytes, _: bytes, rng: random.Random) -> bytes:
    return _sprinkled(page, [b"\0" * rng.choice((1, 1, 1, 500))], rng)


def strange_characters(page: bytes, _: bytes, rng: random.Random) -> bytes:
    return _sprinkled(
        page, [each.encode() for each in STRANGE] + [b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf8\x88\x80\x80\x80", b"\xc0\x80"], rng
    )


def broken_metadata(page: bytes, _: bytes, rng: random.Random) -> bytes:
    """JSON-LD that is cut, nested, of wrong types, huge, or about something else."""
    script_of = rng.choice(BAD_JSON)
    script = b'<script type="application/ld+json">%s</script>' % script_of
    cut = SCRIPT.sub(lambda found: found[0][: rng.randrange(len(found[0]))] + b"</script>" if rng.random() < 0.5 else found[0], page)
    return cut.replace(b"</head>", script + b"</head>", 1) if b"</head>" in cut else script + cut


def spliced(page: bytes, other: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(page))
    start = rng.randrange(len(other))
    return page[:at] + other[start : start + rng.choice((500, 20_000, len(other)))] + (page[at:] if rng.random() < 0.5 else b"")


def repeated_blocks(page: bytes, _: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(page))
    part = page[start : start + rng.choice((100, 2_000, 30_000))]
    return page[:start] + part * min(_size(rng, (5, 40), 3_000), MOST_BYTES // 4 // max(1, len(part))) + page[start:]


def giant_table(page: bytes, _: bytes, rng: random.Random) -> bytes:
    cells, rows = rng.choice((1, 3, 200)), _size(rng, (5, 300), 5_000)
    return _into(
        page, b"<table>" + (b"<tr>" + b"<td>12.5</td>" * cells + b"</tr>") * rows + (b"</table>" if rng.random() < 0.5 else b""), rng
    )


def deep_list(page: bytes, _: bytes, rng: random.Random) -> bytes:
    depth = _size(rng, (100, 1_000), 10_000)
    return _into(page, b"<ul><li>The ferry sails again on Tuesday, said the board." * depth, rng)


def many_paragraphs(page: bytes, _: bytes, rng: random.Random) -> bytes:
    found = TEXT.findall(page) or [b"The ferry sails again."]
    count = _size(rng, (100, 700), 20_000)
    return _into(page, b"".join(b"<p>%s %d</p>" % (rng.choice(found), rng.randrange(9)) for _time in range(count)), rng)


def one_long_line(page: bytes, _: bytes, rng: random.Random) -> bytes:
    unit = rng.choice(
        (b"By Ann and ", b"(/", b". / Photo ", b"1.[", b"| ", b"January ", b"12.", b"x", b", ", b"10:30 ", b"\xe2\x80\x94 ", b"read more: ")
    )
    tag = rng.choice((b"p", b"h1", b"figcaption", b"time", b"title", b'p class="byline"', b"blockquote", b"a href=/"))
    return _into(page, b"<%s>%s</%s>" % (tag, unit * (_size(rng, (5_000, 20_000), LARGE) // len(unit)), tag.split()[0]), rng)


def noise(page: bytes, _: bytes, rng: random.Random) -> bytes:
    return page[: rng.randrange(500)] + rng.randbytes(rng.choice((0, 50, 5_000, 100_000)))


KINDS: dict[str, Callable[[bytes, bytes, random.Random], bytes]] = {
    each.__name__.replace("_", " "): each
    for each in (
        truncated, flipped_bits, tags_deleted, tags_repeated, tags_swapped, nested, garbled_attributes, huge_attribute, entities,
        lying_charset, null_bytes, strange_characters, broken_metadata, spliced, repeated_blocks, giant_table, deep_list, many_paragraphs,
        one_long_line, noise,
    )
}  # fmt: skip


def mutate(page: bytes, other: bytes, kind: str, rng: random.Random) -> bytes:
    """The page with damage of that kind, of at most 5 MB, as the client would hand it on."""
    return KINDS[kind](page or b"<", other or b"<", rng)[:MOST_BYTES]


def _size(rng: random.Random, usual: tuple[int, ...], rare: int) -> int:
    """What takes seconds to read comes rarely."""
    return rare if rng.random() < RARELY else rng.choice(usual)


def _into(page: bytes, what: bytes, rng: random.Random) -> bytes:
    """what, between two tags of the page."""
    ends = [tag.end() for tag in TAG.finditer(page)] or [0]
    at = rng.choice(ends)
    return page[:at] + what + page[at:]


def _sprinkled(page: bytes, units: list[bytes], rng: random.Random) -> bytes:
    damaged = bytearray(page)
    for _time in range(rng.choice((1, 20, 500))):
        at = rng.randrange(len(damaged) + 1)
        damaged[at:at] = rng.choice(units)
    return bytes(damaged)
