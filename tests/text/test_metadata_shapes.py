"""The shapes in which pages state who wrote an article, when, and under which headline."""

from __future__ import annotations

import time
from datetime import date

import pytest

from tasks.model import Article
from tasks.text.article import make_article
from tasks.text.job import PageJob
from tasks.text.metadata.jsonld import page_statements
from tasks.text.metadata.jsonld_scripts import read_values

TEXT = (
    "<p>The ferry between Mosswick and the outer islands sailed again on Tuesday, nine weeks after divers found a crack in its hull.</p>"
    "<p>Islanders had depended on two fishing boats and a helicopter that flew only in good weather since the middle of the month.</p>"
)


def read(*, head="", above="", below="", menu=""):
    page = (
        f"<html><head>{head}</head><body>{menu}<main><article><h1>Ferry sails again</h1>{above}{TEXT}{below}</article></main></body></html>"
    )
    found = make_article(PageJob(page.encode(), "text/html", "https://gazette.example/ferry-sails-again", None, 60))
    assert isinstance(found, Article), found
    return found


def statement(**said):
    return (
        '<script type="application/ld+json">'
        + str({"@type": "NewsArticle", "headline": "Ferry sails again", **said}).replace("'", '"')
        + "</script>"
    )


# --- JSON-LD ---------------------------------------------------------------------------------------------------------

ARTICLE = '{"@type":"NewsArticle","headline":"Ferry sails","author":{"@type":"Person","name":"Ann Lee"}}'
REFERRING = '{"@type":"NewsArticle","headline":"Ferry sails","author":{"@id":"#ann"}}'


@pytest.mark.parametrize(
    "script",
    [
        ARTICLE,
        f"<!-- {ARTICLE} -->",
        f"/*<![CDATA[*/ {ARTICLE} /*]]>*/",
        ARTICLE.replace("}}", "},}"),
        f"{ARTICLE};",
        ARTICLE + "}",
        f'{{"@type":"WebSite"}}\n{ARTICLE}',
        f'{{"@type":"WebSite"}},{ARTICLE}',
        ARTICLE.replace('"', "&quot;"),
        ARTICLE.replace('"}}', '","jobTitle":"the\n "best" reporter"}}'),
        f"[[{ARTICLE}]]",
        f'{{"@graph":[{{"@type":"WebPage"}},{ARTICLE}]}}',
        f'{{"@type":"WebPage","mainEntity":{ARTICLE}}}',
        ARTICLE.replace('"NewsArticle"', '["NewsArticle","Thing"]'),
        ARTICLE.replace('"NewsArticle"', '"http://schema.org/NewsArticle"'),
        ARTICLE.replace('{"@type":"Person","name":"Ann Lee"}', '[{"name":["Ann Lee"]}]'),
        f'{{"@graph":[{REFERRING},{{"@type":"Person","@id":"#ann","name":"Ann Lee"}}]}}',
    ],
)
def test_json_ld_gives_its_author_in_every_shape_and_through_every_usual_mistake(script):
    assert [(each.headline, each.authors) for each in page_statements([script]).articles] == [("Ferry sails", ("Ann Lee",))]


def test_an_author_may_be_named_in_another_script():
    scripts = ['{"@type":"NewsArticle","author":{"@id":"#ann"}}', '{"@type":"Person","@id":"#ann","name":"Ann Lee"}']

    assert page_statements(scripts).articles[0].authors == ("Ann Lee",)


@pytest.mark.parametrize("unit", ['{"a":', "[", '"', '\\"', ",", '{"@id":"x","a":', "<!--", '","'])
def test_a_hostile_script_is_read_or_passed_over_in_time(unit):
    began = time.process_time()
    read_values((unit * 400_000)[:400_000])
    page_statements([(unit * 400_000)[:399_000]])

    assert time.process_time() - began < 5


# --- authors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        {"head": '<meta name="author" content="Ann Lee">'},
        {"head": '<meta property="article:author" content="Ann Lee">'},
        {"head": '<meta property="og:article:author" content="Ann Lee">'},
        {"head": '<meta name="author" value="Ann Lee">'},
        {"head": '<meta name="byl" content="By Ann Lee">'},
        {"head": '<meta name="citation_author" content="Lee, Ann">'},
        {"head": '<meta property="article:author" content="https://gazette.example/authors/ann-lee">'},
        {"above": '<a rel="author" href="/x">Ann Lee</a>'},
        {"above": '<span itemprop="author" itemscope><span itemprop="name">Ann Lee</span></span>'},
        {"above": '<span property="schema:author">Ann Lee</span>'},
        {"above": '<div><a href="/author/ann-lee">Ann Lee</a></div>'},
        {"above": "<p>By Ann Lee</p>"},
        {"above": "<p>By Ann Lee, Political Editor</p>"},
        {"above": "<p>By Ann Lee Dec 12, 2016 2:00 PMTags</p>"},
        {"above": "<p>Von Ann Lee, 12. März 2025, 10:20 Uhr</p>"},
        {"above": "<p>12 March 2025 10:20 am PST by Ann Lee</p>"},
        {"above": "<p>27. Januar 2026 • Ann Lee • 3 Minuten</p>"},
        {"above": "<ul><li>Ann Lee</li><li>12 March 2025</li></ul>"},
        {"above": '<p class="byline">Ann Lee | The Harbour</p>'},
        {"above": '<p class="byline">By</p><p class="byline">Ann Lee</p>'},
        {"above": "<p>By Ann Lee</p><p>Edited by Bo Cruz</p><p>Photos by Di Orr</p>"},
        {"above": '<p class="byline">Ann LeeFollow</p>'},
        {"below": "<h3>Written by Ann Lee</h3>"},
    ],
)
def test_the_author_is_found_wherever_the_page_names_one(said):
    assert read(**said).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    "said",
    [
        {"below": '<section class="comments"><p class="author">Ann Lee says:</p></section>'},
        {"below": '<aside class="related"><a href="/author/ann-lee">Ann Lee</a></aside>'},
        {"menu": '<nav><a rel="author" href="/authors/ann-lee">Ann Lee</a></nav>'},
        {"above": "<figure><figcaption>By Ann Lee</figcaption></figure>"},
        {"above": "<p>Photo by Ann Lee</p>"},
        {"above": '<p class="byline">Text Size</p>'},
        {"head": '<meta name="author" content="admin">'},
        {"head": '<meta property="article:author" content="https://social.example/thegazette">'},
        {"head": '<meta name="author" content="https://gazette.example/12345">'},
    ],
)
def test_names_of_others_are_no_authors(said):
    assert read(**said).authors == ()


def test_the_publisher_is_the_author_only_where_no_person_is_named():
    head = '<meta property="og:site_name" content="Gazette"><meta name="author" content="Gazette">'

    assert read(head=head).authors == ("Gazette",)
    assert read(head=head, above="<p>By Ann Lee</p>").authors == ("Ann Lee",)


def test_what_readers_see_after_by_is_believed_where_the_data_names_editors_too():
    both = statement(author=[{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Cruz"}])

    assert read(head=both).authors == ("Ann Lee", "Bo Cruz")
    assert read(head=both, above="<p>By Ann Lee</p>").authors == ("Ann Lee",)
    assert read(head=both, above="<p>Edited by Bo Cruz</p>").authors == ("Ann Lee",)


def test_why_the_publisher_was_passed_over_stays_with_it():
    article = read(head='<meta name="author" content="Gazette">' + statement(author="Ann Lee", publisher={"name": "Gazette"}))

    assert [(each.value, each.chosen, bool(each.why)) for each in article.candidates if each.field == "authors"] == [
        ("Ann Lee", True, False),
        ("Gazette", False, True),
    ]


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        {"head": statement(datePublished="2025-03-12")},
        {"head": '<meta name="DC.date.issued" content="2025-03-12">'},
        {"head": '<meta property="article:published_time" value="2025-03-12T10:20:00Z">'},
        {"head": '<meta itemprop="datePublished" content="2025-03-12">'},
        {"above": '<time datetime="2025-03-12">yesterday</time>'},
        {"above": "<time>12 March 2025</time>"},
        {"above": '<span property="dc:datePublished" content="2025-03-12"></span>'},
        {"above": "<p>12 March 2025, 10:20</p>"},
        {"below": "<p>Published on 12 March 2025</p>"},
        {"above": "<p>Updated <time datetime='2025-03-14'></time></p><p><time datetime='2025-03-12'></time></p>"},
        {"above": "<time datetime='2025-03-12'></time>", "below": "<div class=related><time datetime='2025-03-11'></time></div>"},
        {"above": "<p>12 March 2025</p>", "below": "<p>© 2019 Gazette</p>"},
    ],
)
def test_the_day_is_found_wherever_the_page_states_it(said):
    assert read(**said).published.on == date(2025, 3, 12)


def test_an_instant_in_utc_has_the_day_of_the_source_that_gives_its_offset():
    head = statement(datePublished="2025-03-12T03:20:10Z") + '<meta property="article:published_time" content="2025-03-11T22:20-05:00">'
    published = read(head=head).published

    assert (published.on, published.at.isoformat()) == (date(2025, 3, 11), "2025-03-12T03:20:10+00:00")


# --- headlines -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Ferry sails again | Gazette</title>", "<h1><a href=/>Gazette</a></h1><h2>Ferry sails again</h2>"),
        ("<title>Ferry: all you need to know</title>", "<nav><ul><li><h1>First Steps</h1></li></ul></nav><h1>Ferry sails again</h1>"),
        ("<title>Ferry sails again</title>", "<h1 class='sr-only'>News</h1><h2>Ferry sails again</h2>"),
        ('<meta property="og:title" content="Ferry: what to know | G">', "<h1>Ferry sails again</h1>"),
        ('<meta property="og:title" content="Ferry sails again">', "<h1><span class=kicker>Harbour</span> Ferry sails again</h1>"),
        (
            "<title>Harbour: Ferry sails again</title>" + statement(headline="Harbour – Ferry sails again"),
            '<h2><span class="title-kicker">Harbour</span><span> – </span><span>Ferry sails again</span></h2>',
        ),
        (
            '<meta property="og:title" content="Ferry sails again">'
            + statement(headline="Harbour – Ferry sails again")
            + "<title>Harbour – Ferry sails again</title>",
            "<h1><b class=x1>Harbour</b><span> – </span><span>Ferry sails again</span></h1>",
        ),
        ("<title>Ferry sails again</title>", "<h1>Fer\u00adry<br>sails again</h1>"),
    ],
)
def test_the_headline_is_what_stands_over_the_article(head, body):
    page = f"<html><head>{head}</head><body>{body}<article>{TEXT}</article></body></html>"

    assert make_article(PageJob(page.encode(), "text/html", "https://gazette.example/f", None, 60)).title == "Ferry sails again"


@pytest.mark.parametrize("part", ["<h2>The Ferry Timetable</h2>", "<h1 class=sr-only>The Ferry Timetable</h1>"])
def test_a_part_of_the_title_in_a_lesser_heading_is_not_the_headline(part):
    title = "The Ferry Timetable – Changes"
    head = f'<title>{title}</title><meta property="og:title" content="{title}">'
    page = f"<html><head>{head}</head><body>{part}<article>{TEXT}</article></body></html>"

    assert make_article(PageJob(page.encode(), "text/html", "https://gazette.example/f", None, 60)).title == title


# --- the rest --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "subtitle"),
    [
        ('<div class="x7"><span>Nine weeks after a crack was found</span></div>', "Nine weeks after a crack was found"),
        ('<div class="x7"><span>Nine weeks later</span></div>', None),
        ('<div class="related"><span>Nine weeks after a crack was found</span></div>', None),
    ],
)
def test_a_description_is_the_subtitle_where_it_stands_under_the_headline(line, subtitle):
    head = '<meta name="description" content="Nine weeks after a crack was found">'
    page = f"<html><head>{head}</head><body><header><h1>Ferry sails again</h1>{line}</header><article>{TEXT}</article></body></html>"

    assert make_article(PageJob(page.encode(), "text/html", None, None, 60)).subtitle == subtitle


@pytest.mark.parametrize(
    "said",
    [
        {"head": statement(articleSection="Harbour")},
        {"head": '<meta property="article:section" content="Harbour">'},
        {"above": '<nav class="breadcrumb"><a href="/">Home</a><a href="/harbour">Harbour</a></nav>'},
        {
            "head": '<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[{"name":"Home"},'
            '{"item":{"name":"Harbour"}},{"name":"Ferry sails again"}]}</script>'
        },
    ],
)
def test_the_section_is_found(said):
    assert read(**said).section == "Harbour"


def test_what_no_source_states_stays_unknown():
    article = read()

    assert (article.authors, article.published, article.modified_at, article.section, article.image_url, article.tags) == (
        (), None, None, None, None, ()
    )  # fmt: skip
