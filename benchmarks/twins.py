"""Many pages from one: a page is taken as the model of its publisher's other pages, which have its chrome and another story.

What our reading keeps of the model (paragraphs, headings, captions), its headline, its description, and the headlines that it links to are
written anew, letter for letter of the same kind: words of the same length and language out of the other models' stories, digits for digits.
Menus, share bars, labels, scripts and footers stay. Longer passages get up to a third more words or fewer. Everything is a function of the
seed.
"""

from __future__ import annotations

import html
import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import lxml.html

from tasks.model import Action, Article, Kind
from tasks.text.article import make_article
from tasks.text.decode import decode
from tasks.text.job import PageJob

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    Words = Mapping[int, Sequence[str]]  # length -> words of that length, as often as they came

SECONDS = 600
LETTERS = re.compile(r"[^\W\d_]+|\d+")
MARK = re.compile("\ue000(\\d+)\ue001")
URL, TITLE, DAY = "x-own-address-x", "\ue003", "\ue004"  # what is put into href is escaped unless it is ASCII
CHROME = frozenset({"nav", "header", "footer"})
REWRITTEN = frozenset({Kind.CAPTION, Kind.STANDFIRST, Kind.CORRECTION})
"""Moved to a field of their own, and of this one story all the same."""
DESCRIPTIONS = ("description", "og:description", "twitter:description")
OWN_ADDRESS = (("//link[@rel='canonical']", "href"), ("//meta[@property='og:url']", "content"))
HEADLINE_WORDS = 5
STRETCHED_WORDS = 12
STRETCH = (0.7, 1.3)
LONGEST_WORD = 20
REWRITTEN_SHARE = 0.8
"""Of the text that we keep: where less can be found again in the page as it stands, the page is no model."""


@dataclass(frozen=True, slots=True)
class Model:
    """A page, taken apart. parts: its HTML, with marks where something of the story stood; passages: what stood there."""

    parts: tuple[str, ...]
    passages: tuple[str, ...]
    title: str
    language: str | None
    bytes: int
    blocks: int

    @property
    def story(self) -> str:
        """All of its words."""
        return "\n".join(self.passages)


def model_of(body: bytes, url: str | None) -> Model | None:
    """The page as a model, None where we find no article on it."""
    article = make_article(PageJob(body, "text/html", url, None, SECONDS))
    if not isinstance(article, Article) or not article.title or not article.text:
        return None
    tree = lxml.html.document_fromstring(decode(body, "text/html").text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    for path, name in OWN_ADDRESS:
        for element in tree.xpath(path):
            element.set(name, URL)
    passages = [*_take_out(tree, _stories_own(article))]
    if sum(map(len, passages)) < REWRITTEN_SHARE * len(article.text):
        return None
    text = f"<!doctype html>{lxml.html.tostring(tree, encoding='unicode')}"
    for spelling in _spellings(article.title):
        text = text.replace(spelling, TITLE)
    for address in (url, url.replace("/", "\\/")) if url else ():
        text = text.replace(address, URL)
    if article.published:
        text = text.replace(article.published.on.isoformat(), DAY)
    return Model(tuple(MARK.split(text)), tuple(passages), article.title, article.language, len(body), len(article.document.blocks))


def words_of(models: Sequence[Model]) -> Mapping[str | None, Words]:
    """By language: what its models' stories are made of. Under None: of all of them."""
    found: dict[str | None, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for model in models:
        for word in LETTERS.findall(model.story):
            found[model.language][len(word)].append(word.lower())
            found[None][len(word)].append(word.lower())
    return found


def twin(model: Model, words: Words, *, url: str, published: datetime, seed: str) -> tuple[str, str]:
    """(headline, HTML) of another page like the model."""
    chance = random.Random(seed)
    title = _other(model.title, words, chance)
    written = [_stretched(passage, words, chance) for passage in model.passages]
    parts = [part if number % 2 == 0 else html.escape(written[int(part)]) for number, part in enumerate(model.parts)]
    text = "".join(parts).replace(URL, url).replace(TITLE, html.escape(title)).replace(DAY, published.date().isoformat())
    return title, text


def _stories_own(article: Article) -> frozenset[str]:
    """Texts of blocks that belong to this story and to no other."""
    pairs = zip(article.document.blocks, article.verdicts, strict=True)
    return frozenset(_folded(block.text) for block, given in pairs if given.action is Action.KEPT or given.kind in REWRITTEN)


def _take_out(tree: lxml.html.HtmlElement, own: frozenset[str]) -> Iterator[str]:
    """Replace what is the story's own by marks, in document order, and give it."""
    count = 0
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag == "meta" and (element.get("name") or element.get("property")) in DESCRIPTIONS and element.get("content"):
            yield element.get("content")
            element.set("content", f"\ue000{count}\ue001")
            count += 1
        elif element.tag not in {"script", "style", "title"} and (_folded(element.text_content()) in own or _is_headline_link(element)):
            for each in list(element.iter()):
                for place in ("text", "tail") if each is not element else ("text",):
                    said = getattr(each, place)
                    if said and said.strip() and "\ue000" not in said and isinstance(each.tag, str) and each.tag not in {"script", "style"}:
                        yield said
                        setattr(each, place, f"\ue000{count}\ue001")
                        count += 1


def _is_headline_link(element: lxml.html.HtmlElement) -> bool:
    if element.tag != "a" or len(element.text_content().split()) < HEADLINE_WORDS:
        return False
    return not any(above.tag in CHROME for above in element.iterancestors())


def _folded(text: str) -> str:
    return " ".join(text.split())


def _spellings(text: str) -> Sequence[str]:
    """As it may stand in text, in an attribute, in JSON."""
    return sorted({text, html.escape(text, quote=False), html.escape(text), json.dumps(text)[1:-1]}, key=len, reverse=True)


def _stretched(passage: str, words: Words, chance: random.Random) -> str:
    """The passage with other words, and a few more or fewer of them where there are many."""
    pieces = passage.split(" ")
    if len(pieces) >= STRETCHED_WORDS:
        wanted = int(len(pieces) * chance.uniform(*STRETCH))
        middle = [chance.choice(pieces[1:-1]) for _ in range(max(0, wanted - len(pieces)))]
        pieces = [*pieces[: min(wanted, len(pieces)) - 1], *middle, pieces[-1]]
    return _other(" ".join(pieces), words, chance)


def _other(text: str, words: Words, chance: random.Random) -> str:
    return LETTERS.sub(lambda found: _like(found[0], words, chance), text)


def _like(word: str, words: Words, chance: random.Random) -> str:
    if word.isdigit():
        return "".join(chance.choice("123456789") for _ in word)
    same = words.get(len(word))
    if same and len(word) <= LONGEST_WORD:
        other = chance.choice(same)
    else:
        other = word.lower() if word.isascii() else _run(len(word), words, chance)
    if word[0].isupper():
        return other.upper() if word.isupper() and len(word) > 1 else other[:1].upper() + other[1:]
    return other


def _run(length: int, words: Words, chance: random.Random) -> str:
    """So many characters out of stories in a script without spaces."""
    lengths, run = sorted(words), ""
    while len(run) < length:
        run += chance.choice(words[chance.choice(lengths)])
    return run[:length]
