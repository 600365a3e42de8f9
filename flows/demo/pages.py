"""Pages as markup: lines put into a publisher's own patterns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape
from itertools import groupby
from string import Template

from flows.demo.layout import article_lines
from flows.demo.publishers import Publisher
from flows.demo.site import Site
from flows.demo.story import Line, Part, Story, Version

TAILS = {
    "p": "<p>$text</p>",
    "div p": "<div><p>$text</p></div>",
    "p span": "<p><span>$text</span></p>",
    "li": "<ul><li>$text</li></ul>",
    "alert": '<div class="alert">$text</div>',
    "h4 button": "",
}
_WORD = re.compile(r"\w{5,12}")
_WORDS_BEFORE_INLINE = 3
_INLINE = (('<a href="/topics/">', "</a>"), ("<em>", "</em>"), ("", ""), ("", ""))
_TAIL_PAIR = {Part.TAIL_HEADING: "<h4>$text</h4>", Part.TAIL_BUTTON: "<button>$text</button>"}
_WRAPPED = {
    Part.LIST_ITEM: "list",
    Part.CAPTION: "figure",
    Part.PHOTO_CREDIT: "figure",
    Part.BYLINE: "byline",
    Part.DATE: "byline",
    Part.SHARE: "share",
    Part.RELATED_HEADING: "related",
    Part.RELATED_LINK: "related",
}


def article_page(site: Site, story: Story, round_number: int, declared_charset: str | None) -> str:
    """The whole page of an article. declared_charset: what <meta charset> claims, None for no such tag."""
    version = story.at(round_number)
    charset = f'<meta charset="{declared_charset}">' if declared_charset else ""
    head = charset + _metadata(site.publisher, story, version)
    return _page(site, version.title, head, _render(site.publisher, story, article_lines(site, story, round_number)))


def plain_page(site: Site, title: str, inner: str) -> str:
    """A page of that publisher that is no article. inner: its markup."""
    return _page(site, title, '<meta charset="utf-8">', inner)


def link_list(stories: Iterable[Story]) -> str:
    """Headlines as a list of links."""
    items = "".join(f'<li><a href="{escape(story.url)}">{escape(story.versions[0].title)}</a></li>' for story in stories)
    return f'<ul class="index">{items}</ul>'


def _page(site: Site, title: str, head: str, inner: str) -> str:
    publisher, language, labels = site.publisher, site.language, site.labels
    feeds = "".join(f'<link rel="alternate" type="{_feed_type(feed.kind)}" href="{feed.path}">' for feed in publisher.feeds)
    return Template(publisher.page).substitute(
        title=escape(title),
        name=escape(publisher.name),
        language=language.code,
        direction=language.direction,
        head=head + feeds,
        cookie=escape(labels.cookie),
        navigation="".join(f'<li><a href="/{number}/">{escape(label)}</a></li>' for number, label in enumerate(labels.navigation, 1)),
        article=inner,
        comments=escape(labels.comments),
        footer=escape(labels.footer),
    )


def _feed_type(kind: str) -> str:
    return {"atom": "application/atom+xml", "json": "application/feed+json"}.get(kind, "application/rss+xml")


def _render(publisher: Publisher, story: Story, lines: tuple[Line, ...]) -> str:
    pieces = []
    for name, group in groupby(lines, key=_wrapper_of):
        inner = "\n".join(_render_line(publisher, story, line) for line in group)
        wrapper = Template(publisher.wrap.get(name, "$inner"))
        pieces.append(wrapper.substitute(inner=inner, image=f"/pictures/{story.ordinal}.jpg"))
    return "\n".join(pieces)


def _wrapper_of(line: Line) -> str:
    return _WRAPPED.get(line.part, line.part.value)


def _render_line(publisher: Publisher, story: Story, line: Line) -> str:
    tails = {**_TAIL_PAIR, Part.TAIL: TAILS[publisher.tails]}
    pattern = tails.get(line.part) or publisher.markup[line.part]
    return Template(pattern).substitute(
        text=_inline(line.text) if line.part is Part.PARAGRAPH else escape(line.text, quote=False),
        href=escape(line.href or ""),
        iso=story.published_at.isoformat(timespec="seconds"),
    )


def _inline(text: str) -> str:
    """The text with a link or an emphasis in about half of all paragraphs, around its second longer word."""
    words = list(_WORD.finditer(text))
    open_tag, close_tag = _INLINE[len(text) % len(_INLINE)]
    if len(words) < _WORDS_BEFORE_INLINE or not open_tag:
        return escape(text, quote=False)
    start, end = words[1].span()
    before, inside, after = (escape(piece, quote=False) for piece in (text[:start], text[start:end], text[end:]))
    return f"{before}{open_tag}{inside}{close_tag}{after}"


def _metadata(publisher: Publisher, story: Story, version: Version) -> str:
    published, modified = (at.isoformat(timespec="seconds") for at in (story.published_at, version.updated_at))
    pieces = [f'<link rel="canonical" href="{escape(story.url)}">']
    if "meta" in publisher.declares:
        properties = {
            "og:type": "article",
            "og:title": version.title,
            "og:url": story.url,
            "og:site_name": publisher.name,
            "article:published_time": published,
            "article:modified_time": modified,
        }
        pieces += [f'<meta property="{name}" content="{escape(value)}">' for name, value in properties.items()]
        pieces += [f'<meta name="author" content="{escape(author)}">' for author in story.authors]
    if "json_ld" in publisher.declares:
        pieces.append(f'<script type="application/ld+json">{_json_ld(publisher, story, version, published, modified)}</script>')
    return "\n".join(pieces)


def _json_ld(publisher: Publisher, story: Story, version: Version, published: str, modified: str) -> str:
    """https://schema.org/NewsArticle, safe inside a script element."""
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": version.title,
        "inLanguage": story.language,
        "datePublished": published,
        "dateModified": modified,
        "author": [{"@type": "Person", "name": author} for author in story.authors],
        "publisher": {"@type": "Organization", "name": publisher.name},
        "mainEntityOfPage": story.url,
    }
    return json.dumps(article, ensure_ascii=False).replace("</", "<\\/")
