"""Every value that a page and its feed entry offer for a field of the article, with the source it stands in. Choosing is done elsewhere."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tasks.model import Candidate
from tasks.text.metadata.jsonld import Statement, statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from tasks.model import Entry

MAX_VALUE_CHARS = 2_000
MAX_PER_SOURCE = 20

# field: the names (of property, name or itemprop attributes) under which pages state it, best first.
# Sources: ogp.me, schema.org microdata, Dublin Core, parse.ly, Sailthru, Google News, and names that recur on public news sites.
META_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "headline"),
    "subtitle": ("og:description", "description", "twitter:description"),
    "authors": ("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "article:author",
                "citation_author", "authors"),
    "published": (
        "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued",
        "dcterms.created", "dc.date", "date", "pubdate", "publish-date", "publishdate", "article.published", "og:published_time",
        "publication_date", "citation_date", "displaydate", "ptime", "dc.created", "datecreated", "created", "originalpublicationdate",
        "release_date",
        "cxenseparse:recs:publishtime",
        "article:published", "published_at", "published_time", "publish_date", "bt:pubdate", "last-modified-date",
    ),
    "modified": ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "lastmod", "last-modified"),
    "section": ("article:section", "parsely-section", "section", "articlesection"),
    "tags": ("article:tag", "news_keywords", "keywords", "parsely-tags"),
    "image": ("og:image", "og:image:url", "twitter:image"),
    "publisher": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "url": ("og:url",),
    "language": ("og:locale", "content-language", "dc.language"),
}  # fmt: skip
FIELD_OF = {name: field for field, names in META_NAMES.items() for name in names}


def collect(tree: HtmlElement, *, url: str | None, entry: Entry | None) -> tuple[Candidate, ...]:
    """All candidates, grouped by source in document order; values as written, white space folded."""
    found: list[Candidate] = []
    scripts = (script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower())
    article = _about_this_page(statements(scripts), url)
    if article:
        found.extend(_of_statement(article))
    found.extend(_of_meta(tree))
    found.extend(_of_markup(tree))
    if entry:
        found.extend(_of_entry(entry))
    kept: dict[tuple[str, str, str], Candidate] = {}
    for each in found:
        value = " ".join(each.value.split())[:MAX_VALUE_CHARS].encode("utf-8", "replace").decode("utf-8")  # JSON may hold half characters
        if value:
            kept.setdefault((each.field, value, each.source), Candidate(each.field, value, each.source))
    return tuple(kept.values())


def _about_this_page(found: tuple[Statement, ...], url: str | None) -> Statement | None:
    """Of several article objects, the one that names this page, else the one that says most, the first on a draw."""
    if not found:
        return None
    here = (url or "").split("?")[0].rstrip("/")
    named = [each for each in found if here and each.url.split("?")[0].rstrip("/") == here]
    return max(named or found, key=lambda each: sum(map(bool, (each.headline, each.authors, each.published, each.publisher, each.image))))


def _of_statement(article: Statement) -> Iterator[Candidate]:
    single = {
        "title": article.headline, "subtitle": article.subtitle, "published": article.published, "modified": article.modified,
        "section": article.section, "language": article.language, "image": article.image, "publisher": article.publisher,
        "url": article.url,
    }  # fmt: skip
    for field, value in single.items():
        yield Candidate(field, value, "json-ld")
    for author in article.authors[:MAX_PER_SOURCE]:
        yield Candidate("authors", author, "json-ld")
    for tag in article.tags[:MAX_PER_SOURCE]:
        yield Candidate("tags", tag, "json-ld")


def _of_meta(tree: HtmlElement) -> Iterator[Candidate]:
    counts: dict[str, int] = {}
    for meta in tree.iter("meta"):
        content = meta.get("content")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            field = FIELD_OF.get(name)
            if not content or not field or counts.get(name, 0) >= MAX_PER_SOURCE:
                continue
            counts[name] = counts.get(name, 0) + 1
            values = content.split(",") if field == "tags" and name != "article:tag" else [content]
            for value in values[:MAX_PER_SOURCE]:
                yield Candidate(field, value, f"itemprop:{name}" if attribute == "itemprop" else f"meta:{name}")
            break


def _of_markup(tree: HtmlElement) -> Iterator[Candidate]:
    for element in islice(tree.iter("h1"), 5):
        yield Candidate("title", element.text_content(), "h1")
    for element in islice(tree.iter("title"), 1):
        yield Candidate("title", element.text_content(), "title tag")
    yield from _of_times(tree)
    yield from _of_marked_elements(tree)
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            yield Candidate("url", link.get("href"), "link canonical")
            break
    language = next((root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") for root in tree.iter("html")), None)
    yield Candidate("language", language or "", "html lang")


def _of_times(tree: HtmlElement) -> Iterator[Candidate]:
    for element in islice(tree.iter("time"), 10):
        names = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        field = "modified" if "modif" in names or "updat" in names else "published"
        for value in (element.get("datetime"), element.text_content()):
            if value and value.strip():
                yield Candidate(field, value, "time")
                break


def _of_marked_elements(tree: HtmlElement) -> Iterator[Candidate]:
    """Microdata and rel=author: of several authors only those who stand beside the first."""
    marked = [element for element in list(tree.iterfind(".//*[@itemprop]"))[:400] if element.tag != "meta"]
    first_author = next((element for element in marked if "author" in element.get("itemprop", "").lower().split()), None)
    for element in marked:
        if first_author is None or "author" not in element.get("itemprop", "").lower().split() or _beside(element, first_author):
            yield from _of_microdata(element)
    links = [element for element in list(tree.iterfind(".//a[@rel]"))[:200] if "author" in element.get("rel", "").lower().split()]
    for element in links:
        if _beside(element, links[0]):
            yield Candidate("authors", element.text_content(), "rel=author")


def _beside(element: HtmlElement, first: HtmlElement) -> bool:
    """Whether two elements stand in the same line of the page; further names down the page belong to other articles and to readers."""
    return element.getparent() is first.getparent() or (
        element.getparent() is not None
        and first.getparent() is not None
        and element.getparent().getparent() is first.getparent().getparent()
    )


def _of_microdata(element: HtmlElement) -> Iterator[Candidate]:
    for name in element.get("itemprop", "").lower().split():
        if name == "headline":
            yield Candidate("title", element.text_content(), "itemprop:headline")
        elif name in ("datepublished", "datemodified"):
            value = element.get("datetime") or element.get("content") or element.text_content()
            yield Candidate("published" if name == "datepublished" else "modified", value, f"itemprop:{name}")
        elif name == "author":
            names = [part for part in element.iterfind(".//*[@itemprop]") if part.get("itemprop") == "name"] or [element]
            for part in names[:MAX_PER_SOURCE]:
                yield Candidate("authors", part.get("content") or part.text_content(), "itemprop:author")


def _of_entry(entry: Entry) -> Iterator[Candidate]:
    yield Candidate("title", entry.title or "", "feed")
    yield Candidate("published", entry.published_at.isoformat() if entry.published_at else "", "feed")
    yield Candidate("modified", entry.updated_at.isoformat() if entry.updated_at else "", "feed")
    yield Candidate("language", entry.language or "", "feed")
    yield Candidate("image", entry.image_url or "", "feed")
    for author in entry.authors[:MAX_PER_SOURCE]:
        yield Candidate("authors", author, "feed")
    for tag in entry.tags[:MAX_PER_SOURCE]:
        yield Candidate("tags", tag, "feed")
