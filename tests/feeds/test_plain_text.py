from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.feeds.plain_text import as_html, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Plain", "Plain"),
        ("<b>Bold</b> and <i class='a>b'>it</i>", "Bold and it"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("One<br/>Two", "One Two"),
        ("AT&amp;T &#8217; caf&eacute;", "AT&T \u2019 café"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("List<String> and <T>", "List<String> and <T>"),
        ("a<script>x<b>y</script>b<style>c</style>d", "abd"),
        ("a<script>never closed", "a"),
        ("a<!-- b <i> -->c<!-- d", "ac"),
        ("&lt;b&gt; is a tag", "<b> is a tag"),
        (" \n a \u00a0 b \t", "a b"),
        ("a\0b\x07c\ud800d", "abcd"),
        ("", None),
        (None, None),
        ("<p> </p>", None),
    ],
)
def test_tags_go_and_text_stays(markup: str | None, text: str | None) -> None:
    assert plain_text(markup, limit=100) == text


def test_where_the_source_says_plain_text_tags_are_text() -> None:
    assert plain_text("The <b> tag &amp; more", limit=100, markup=False) == "The <b> tag & more"


@given(st.text(alphabet="<>&;/!-'\" abpix#1\n"), st.integers(1, 50))
def test_a_text_is_folded_and_never_longer_than_its_limit(markup: str, limit: int) -> None:
    text = plain_text(markup, limit=limit)

    assert text is None or (0 < len(text) <= limit and text == " ".join(text.split()))


@pytest.mark.parametrize(
    ("text", "html"),
    [("a < b\n\nc", "<p>a &lt; b</p><p>c</p>"), ("one\ntwo", "<p>one\ntwo</p>"), (" \n ", None), (None, None)],
)
def test_plain_text_becomes_paragraphs(text: str | None, html: str | None) -> None:
    assert as_html(text) == html
