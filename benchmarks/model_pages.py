"""Model pages where none are given: news pages of several layouts as they are today, 60 to 200 kB, with 150 to 300 blocks.

Around a story of the demo newsroom: scripts and styles, JSON-LD, a menu, lists of other stories, share bars, a newsletter box, a footer.
"""

from __future__ import annotations

import html
import json
import random
from typing import TYPE_CHECKING

from flows.demo.newsroom import Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.demo.truth import ArticleTruth

LAYOUTS = (
    # main column, headline, container, paragraph, list of stories, aside
    ("main", "header.article-head", "div.article-body", "p", "section.related", "aside.sidebar"),
    ("div.page", "div.headline-group", "section.story-content", "p.text", "div.more-stories", "div.rail"),
    ("article.post", "div.post-header", "div.entry-content", "p", "ul.read-next", "div.widget-area"),
    ("div#content", "div.title", "div[itemprop=articleBody]", "div.par", "div.teaser-list", "div.col-right"),
)
PARAGRAPHS, MENU_ENTRIES, TEASERS = (12, 30), (40, 90), (25, 60)
SCRIPT_BYTES = (30_000, 120_000)
SHARE = ("Share", "Tweet", "E-mail", "Print", "Copy link", "Save")
FOOTER = ("About us", "Contact", "Imprint", "Privacy", "Terms of use", "Newsletter", "Archive", "Advertise with us", "Jobs", "Subscribe")


def model_pages(count: int) -> Iterator[tuple[bytes, str]]:
    """(bytes, URL) of so many pages, each of a publisher of its own."""
    told = [article for article in Newsroom(1).truth().articles if article.is_loadable]
    words = {language: _words(told, language) for language in sorted({article.language for article in told})}
    for number in range(count):
        chance = random.Random(f"model {number}")
        article = told[number * 17 % len(told)]
        url = f"http://www.model{number}.test/story/{number}"
        yield _page(article, url, words[article.language], LAYOUTS[number % len(LAYOUTS)], chance).encode(), url


def _words(told: Sequence[ArticleTruth], language: str) -> Sequence[str]:
    lines = (line.text for article in told if article.language == language for line in article.readings[0].kept)
    return [word for line in lines for word in line.split()]


def _page(article: ArticleTruth, url: str, words: Sequence[str], layout: Sequence[str], chance: random.Random) -> str:
    column, head, container, paragraph, stories, aside = layout
    reading = article.readings[0]

    def said(low: int, high: int) -> str:
        return html.escape(" ".join(chance.choices(words, k=chance.randint(low, high))))

    def links(between: tuple[int, int], low: int, high: int) -> str:
        return "".join(f'<li><a href="/{chance.randrange(10**6)}">{said(low, high)}</a></li>' for _ in range(chance.randint(*between)))

    story = [html.escape(line.text) for line in reading.kept]
    story += [f"{said(20, 60)}." for _ in range(chance.randint(*PARAGRAPHS))]
    body = "".join(_box(paragraph, text) for text in story)
    share = "".join(f'<button class="share">{name}</button>' for name in SHARE)
    title, day = html.escape(reading.title), article.published_on.isoformat()
    author = html.escape(", ".join(article.authors) or "News desk")
    teasers = "".join(
        f'<div class="teaser"><h3><a href="/{chance.randrange(10**6)}">{said(6, 12)}</a></h3><span>{said(8, 16)}</span></div>'
        for _ in range(chance.randint(*TEASERS))
    )
    top = f'<h1>{title}</h1><div class="byline">{author}</div><time datetime="{day}T09:30:00Z">{day}</time>{share}'
    main = _box(head, top) + _box(container, body) + _box(stories, f"<h2>{said(1, 3)}</h2><ul>{links((5, 9), 6, 12)}</ul>")
    newsletter = f'<form class="newsletter"><h4>{said(2, 4)}</h4><p>{said(8, 14)}</p><input name="mail"></form>'
    return (
        f"<!doctype html><html lang={article.language}>{_head(article, url, title, day, chance)}<body>"
        f'<header class="site"><nav><ul>{links(MENU_ENTRIES, 1, 2)}</ul></nav></header>'
        f"{_box(column, main)}{_box(aside, newsletter + teasers)}"
        f"<footer><ul>{''.join(f'<li><a href=/f>{name}</a></li>' for name in FOOTER)}</ul><p>{said(10, 20)}</p></footer>"
        f"<script>{_script(chance)}</script></body></html>"
    )


def _head(article: ArticleTruth, url: str, title: str, day: str, chance: random.Random) -> str:
    told = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": article.readings[0].title, "mainEntityOfPage": url,
        "datePublished": f"{day}T09:30:00Z", "author": [{"@type": "Person", "name": name} for name in article.authors],
    }  # fmt: skip
    metas = "".join(
        f'<meta property="{name}" content="{value}">'
        for name, value in (("og:title", title), ("og:url", url), ("og:type", "article"), ("article:published_time", f"{day}T09:30:00Z"))
    )
    return (
        f'<head><meta charset="utf-8"><title>{title}</title><link rel="canonical" href="{url}">{metas}'
        f'<script type="application/ld+json">{json.dumps(told)}</script><style>{_script(chance)}</style></head>'
    )


def _script(chance: random.Random) -> str:
    """What looks like a program to a parser, which only skips it."""
    length = chance.randint(*SCRIPT_BYTES) // 2
    line = "".join(chance.choices("abcdefghijklmnop(){};=.,0123456789 ", k=500)) + "\n"
    return line * (length // len(line))


def _box(spelled: str, inner: str) -> str:
    """An element as a selector spells it: tag, tag.class, tag#id, tag[attribute=value]."""
    for mark, name in ((".", "class"), ("#", "id")):
        tag, found, value = spelled.partition(mark)
        if found:
            return f'<{tag} {name}="{value}">{inner}</{tag}>'
    tag, _, attribute = spelled.rstrip("]").partition("[")
    return f"<{tag} {attribute}>{inner}</{tag}>" if attribute else f"<{tag}>{inner}</{tag}>"
