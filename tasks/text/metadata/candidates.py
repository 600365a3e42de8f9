"""Every value that a page and its feed entry offer for a field of the article, with the source it stands in. Choosing is done elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.model import Candidate
from tasks.text.metadata.headings import headings
from tasks.text.metadata.jsonld import Statement, page_statements
from tasks.text.metadata.markup import breadcrumb, of_markup
from tasks.text.metadata.meta_tags import of_meta_tags
from tasks.text.parse import is_json_ld
from tasks.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.model import Entry
    from tasks.text.parse import Elements

MAX_VALUE_CHARS = 2_000
MAX_PER_SOURCE = 20
MIN_TRAIL = 2  # the front page and a section


def collect(elements: Elements, *, url: str | None, entry: Entry | None) -> tuple[Candidate, ...]:
    """All candidates, grouped by source in document order; values as written, white space folded."""
    scripts = (script.text or "" for script in elements.of("script") if is_json_ld(script))
    stated = page_statements(scripts)
    article = _about_this_page(stated.articles, url)
    found = [*(_of_statement(article) if article else ()), *of_meta_tags(elements), *of_markup(elements)]
    titles = [each.value for each in found if each.field == "title"]
    found.extend(headings(elements, titles))
    found.extend(_of_trail(stated.trail or breadcrumb(elements), titles))
    found.extend(_of_entry(entry) if entry else ())
    kept: dict[tuple[str, str, str], Candidate] = {}
    for each in found:
        value = " ".join(each.value.split())[:MAX_VALUE_CHARS].encode("utf-8", "replace").decode("utf-8")  # JSON may hold half characters
        if value:
            kept.setdefault((each.field, value, each.source), Candidate(each.field, value, each.source))
    return tuple(kept.values())


def _about_this_page(found: Sequence[Statement], url: str | None) -> Statement | None:
    """Of several article objects, the one that names this page, else the one that says most, the first on a draw."""
    if not found:
        return None
    here = _page(url or "")
    named = [each for each in found if here and _page(each.url) == here]
    return max(named or found, key=lambda each: sum(map(bool, (each.headline, each.authors, each.published, each.publisher, each.image))))


def _page(url: str) -> str:
    """An address without what often differs between two names of one page: scheme, "www.", query, closing slash."""
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://[x"
        return ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"


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
    for author in article.organisations[:MAX_PER_SOURCE]:
        yield Candidate("authors", author, "json-ld:organisation")
    for tag in article.tags[:MAX_PER_SOURCE]:
        yield Candidate("tags", tag, "json-ld")


def _of_trail(trail: Sequence[str], titles: Sequence[str]) -> Iterator[Candidate]:
    """The section: the first step of the breadcrumb after the front page, if that is not the article itself."""
    known = {fold(title) for title in titles}
    if len(trail) >= MIN_TRAIL and fold(trail[1]) not in known:
        yield Candidate("section", trail[1], "breadcrumb")


def _of_entry(entry: Entry) -> Iterator[Candidate]:
    yield Candidate("title", entry.title or "", "feed")
    for published in (entry.published_at, entry.published_on):
        yield Candidate("published", published.isoformat() if published else "", "feed")
    for updated in (entry.updated_at, entry.updated_on):
        yield Candidate("modified", updated.isoformat() if updated else "", "feed")
    yield Candidate("language", entry.language or "", "feed")
    yield Candidate("image", entry.image_url or "", "feed")
    for author in entry.authors[:MAX_PER_SOURCE]:
        yield Candidate("authors", author, "feed")
    for tag in entry.tags[:MAX_PER_SOURCE]:
        yield Candidate("tags", tag, "feed")
