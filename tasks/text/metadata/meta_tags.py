"""What a page's meta tags offer, under all the names that publishers use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.model import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.text.parse import Elements

MAX_PER_NAME = 20

# field: the names (of property, name or itemprop attributes) under which pages state it.
# Sources: ogp.me, schema.org microdata, Dublin Core, PRISM, rNews, Highwire Press (citation_), parse.ly, Sailthru, cXense, Shareaholic,
# Google News, and names that recur on public news sites.
META_NAMES: dict[str, tuple[str, ...]] = {
    "title": (
        "og:title", "twitter:title", "parsely-title", "sailthru.title", "cxenseparse:title", "dc.title", "dcterms.title", "headline",
        "rnews:headline", "citation_title", "title",
    ),
    "subtitle": ("og:description", "description", "twitter:description"),
    "authors": (
        "author", "parsely-author", "sailthru.author", "cxenseparse:author", "cxenseparse:recs:authors", "dc.creator", "dcterms.creator",
        "dc.contributor.author", "byl", "article:author", "article:author_name", "og:article:author", "og:author", "citation_author",
        "authors", "shareaholic:article_author_name", "article_author", "byline",
    ),
    "published": (
        "article:published_time", "og:article:published_time", "datepublished", "rnews:datepublished", "parsely-pub-date",
        "sailthru.date", "cxenseparse:recs:publishtime", "shareaholic:article_published_time", "article:published", "article.published",
        "article:published_date", "article:post_date", "article_date_original", "og:published_time", "og:pubdate", "bt:pubdate",
        "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.created", "dc.date", "dcterms.date",
        "prism.publicationdate", "citation_publication_date", "citation_online_date", "citation_date",
        "date", "pubdate", "pub_date", "publish-date", "publishdate", "publish_date", "publisheddate", "published", "published_at",
        "published_time", "publication_date", "publication-date", "displaydate", "ptime", "datecreated", "created", "creation_date",
        "originalpublicationdate", "release_date", "dateposted",
    ),
    "modified": (
        "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "rnews:datemodified",
        "shareaholic:article_modified_time", "article:modified", "article.updated", "dcterms.modified", "dc.date.modified",
        "lastmod", "last-modified", "last-modified-date", "revision_date", "updated_time",
    ),
    "section": (
        "article:section", "og:article:section", "parsely-section", "section", "articlesection", "prism.section", "og:section",
        "primary_section", "cxenseparse:section",
    ),
    "tags": ("article:tag", "og:article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags"),
    "image": ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"),
    "image width": ("og:image:width",),
    "image height": ("og:image:height",),
    "publisher": ("og:site_name", "application-name", "publisher", "dc.publisher", "dcterms.publisher", "apple-mobile-web-app-title"),
    "url": ("og:url",),
    "language": ("og:locale", "content-language", "dc.language", "dcterms.language"),
}  # fmt: skip
FIELD_OF = {name: field for field, names in META_NAMES.items() for name in names}
ONE_EACH = frozenset({"article:tag", "og:article:tag"})  # a tag per meta element; the others list them between commas


def of_meta_tags(elements: Elements) -> Iterator[Candidate]:
    """Candidates in document order. A few publishers write `value` where `content` belongs."""
    counts: dict[str, int] = {}
    for meta in elements.of("meta"):
        content = meta.get("content") or meta.get("value")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            field = FIELD_OF.get(name)
            if not content or not field or counts.get(name, 0) >= MAX_PER_NAME:
                continue
            counts[name] = counts.get(name, 0) + 1
            values = content.split(",") if field == "tags" and name not in ONE_EACH else [content]
            for value in values[:MAX_PER_NAME]:
                yield Candidate(field, value, f"itemprop:{name}" if attribute == "itemprop" else f"meta:{name}")
            break
