"""Bytes -> characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.text.decode import decode

SPANISH = "Begoña pidió “calma”"
CHINESE = "市政府大楼的钟四十年来第一次走动"
RUSSIAN = "Часы на башне пошли впервые за сорок лет"
NO_ENCODING = [
    "idna",
    "punycode",
    "unicode_escape",
    "raw_unicode_escape",
    "utf-7",
    "rot13",
    "hex",
    "zlib",
    "mbcs",
    "undefined",
    "x-user-defined",
    "\0",
]


@pytest.mark.parametrize(
    ("body", "content_type", "text", "charset"),
    [
        (SPANISH.encode(), "text/html; charset=iso-8859-1", SPANISH, "utf-8"),
        (SPANISH.encode("cp1252"), "text/html; charset=utf-8", SPANISH, "cp1252"),
        (SPANISH.encode("cp1252"), "text/html; charset=ISO-8859-1", SPANISH, "cp1252"),
        (SPANISH.encode("cp1252"), None, SPANISH, "cp1252"),
        (CHINESE.encode("gb18030"), "text/html; charset=gb2312", CHINESE, "gb18030"),
        (b'<meta charset="gbk">' + CHINESE.encode("gb18030"), None, f'<meta charset="gbk">{CHINESE}', "gb18030"),
        (RUSSIAN.encode("koi8-r"), 'text/html; charset="KOI8-R"', RUSSIAN, "koi8-r"),
        (b"\xef\xbb\xbf" + SPANISH.encode(), "text/html; charset=utf-16", SPANISH, "utf-8"),
        (b"\xff\xfe" + SPANISH.encode("utf-16-le"), None, SPANISH, "utf-16-le"),
        (b"\xfe\xff" + SPANISH.encode("utf-16-be"), "text/html; charset=utf-8", SPANISH, "utf-16-be"),
    ],
)
def test_the_charset_that_fits_wins_over_the_one_that_is_claimed(body, content_type, text, charset):
    decoded = decode(body, content_type)

    assert (decoded.text, decoded.charset, decoded.undecodable) == (text, charset, 0)


@pytest.mark.parametrize("label", NO_ENCODING)
def test_a_label_that_is_no_encoding_of_pages_is_passed_over(label):
    assert decode(SPANISH.encode("cp1252"), f"text/html; charset={label}").text == SPANISH


def test_bytes_without_a_zero_are_not_utf_16_whatever_the_header_says():
    assert decode(SPANISH.encode("cp1252"), "text/html; charset=utf-16").text == SPANISH


def test_cut_utf_8_stays_utf_8_and_says_how_much_was_lost():
    decoded = decode((RUSSIAN * 3).encode()[:-1])

    assert decoded.charset == "utf-8"
    assert decoded.undecodable == 1
    assert decoded.text.startswith(RUSSIAN)


@pytest.mark.parametrize(
    "body",
    [
        "a\0b\x07c\u00add\u200be\ufefff\uffff\tg\nh".encode(),
        "\ufeffa\0bc\u00add\u200bef\ufffe\tg\nh".encode("utf-16"),
        b"a\x00b\x07c\xadde\x7ff\tg\nh",
    ],
    ids=["utf-8", "utf-16", "cp1252"],
)
def test_characters_that_nobody_sees_are_taken_out(body):
    assert decode(body).text == "abcdef\tg\nh"


@given(
    body=st.binary(max_size=300),
    label=st.one_of(st.none(), st.sampled_from([*NO_ENCODING, "utf-16", "shift_jis", "big5", "utf-8"]), st.text(max_size=20)),
)
def test_any_bytes_under_any_label_can_be_read(body, label):
    decoded = decode(body, None if label is None else f"text/html; charset={label}")

    assert decoded.undecodable == 0 or "\ufffd" in decoded.text
    assert not any(character < " " and character not in "\t\n\r" for character in decoded.text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf"], exclude_characters="\ufffe\uffff")))
def test_utf_8_is_read_to_the_letter(text):
    assert decode(text.encode()).text == text
