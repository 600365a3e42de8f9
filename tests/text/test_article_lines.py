"""What trafilatura takes for the article, asked in steps, is what it takes asked as a whole: also on damaged pages, of any shape."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import trafilatura
from trafilatura import html2txt

from benchmarks.mutations import KINDS, mutate
from tasks.errors import NotAnArticle
from tasks.text.article_lines import EXPRESSIONS, article_lines, most_text
from tasks.text.decode import decode
from tasks.text.parse import parse

PAGES = [path.read_bytes() for path in sorted(Path(__file__).with_name("pages").glob("*.html"))]
FORUM = '{"@type": "DiscussionForumPosting"}'
MENU = "".join(f"<li><a href='/{number}'>Section number {number}</a></li>" for number in range(200))


def said(of, times):
    """So many paragraphs, none like another."""
    return "".join(f"<p>The mayor said of {of} that its part {n} would open in year {n}, later than planned.</p>" for n in range(times))


def parsed(page):
    return parse(decode(page, "text/html").text, "https://courier.example/a")


def asked_as_a_whole(page):
    found = trafilatura.bare_extraction(parsed(page).root, include_comments=False, deduplicate=False, fast=True)
    return [line for line in (found.text if found else "").split("\n") if line.strip()]


def assert_same_lines(page):
    assert article_lines(parsed(page), None) == asked_as_a_whole(page)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_gives_the_same_lines(page):
    assert_same_lines(page)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_page_gives_the_same_lines(kind):
    for seed in range(12):
        rng = random.Random(f"{kind} {seed}")  # noqa: S311 - damage, no secret
        page = mutate(rng.choice(PAGES), rng.choice(PAGES), kind, rng)
        try:
            parsed(page)
        except NotAnArticle:
            continue
        assert_same_lines(page)


@pytest.mark.parametrize(
    "body",
    [
        f"<article>{said('bridges', 9)}<div id=comments>{said('others', 9)}</div></article>",
        f"<article>{said('bridges', 9)}<ul class=commentlist><li>{said('others', 9)}</ul></article>",
        f"<article>{said('bridges', 9)}<div class='infinite-scroll'>{said('tunnels', 30)}</div></article>",
        f"<article>{said('bridges', 9)}<div class='elementor-share-buttons'>{said('sharing', 99)}</div></article>",
        f"<main>{said('bridges', 4)}</main><div>{said('tunnels', 60)}</div>",  # little of much text: a second attempt takes in more
        f"<main>{said('bridges', 4)}</main><aside>{MENU * 9}</aside><footer>{MENU}<aside>{MENU}</aside></footer>",
        f"<div>{said('bridges', 1)}</div><div><section>{MENU}</section></div>",  # hardly any text: everything on the page is
        f"<script type='application/ld+json'>{FORUM}</script><article>{said('us', 9)}<div class=comment>{said('you', 9)}</div></article>",
        "<div></div>",
    ],
)
def test_a_page_with_what_is_looked_for_apart_gives_the_same_lines(body):
    assert_same_lines(f"<html><head><title>Bridge</title></head><body>{body}</body></html>".encode())


def test_trafilatura_is_itself_again_after_a_page_also_where_the_page_before_was_broken_off():
    for module, name, _, answered in EXPRESSIONS:
        setattr(module, name, answered)
    article_lines(parsed(PAGES[0]), None)

    assert [name for module, name, own, _ in EXPRESSIONS if getattr(module, name) is not own] == []


@pytest.mark.parametrize("page", [*PAGES, f"<html><body><p>a<p>b<br>c<aside>d <footer>e</footer></aside>f{MENU}".encode()])
def test_no_less_text_is_counted_on_a_page_than_trafilatura_counts(page):
    tree = parsed(page).root

    assert most_text(tree) >= len(html2txt(tree))
