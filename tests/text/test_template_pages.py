"""Pages of a newsroom read by templates of its publishers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pytest

from flows.demo.newsroom import Newsroom
from flows.demo.responses import Request
from tasks.feeds.own_page import address_in_place_of
from tasks.model import Article
from tasks.text.article import is_audited, make_article, make_document
from tasks.text.article_lines import EXTRACTOR
from tasks.text.extract import read_page
from tasks.text.job import PageJob
from tasks.text.knowledge import Knowledge
from tasks.text.learning.sightings import Sighting, seen
from tasks.text.templates.learn import MIN_PAGES, learn_template
from tasks.text.templates.template import Outcome, Refusal, Template, TemplateUse

ROUND = 3


@dataclass(frozen=True)
class Publisher:
    """Its pages, oldest first, each with what the extractor makes of it; and the template that the first of them teach."""

    host: str
    read: list[tuple[PageJob, Article]]
    template: Template

    def later(self) -> list[tuple[PageJob, Article]]:
        return self.read[MIN_PAGES:]

    def with_template(self, job: PageJob) -> PageJob:
        return replace(job, knowledge=Knowledge(template=self.template))


@pytest.fixture(scope="module")
def publishers() -> list[Publisher]:
    newsroom = Newsroom(1)
    found = defaultdict(list)
    for truth in sorted(newsroom.truth().articles, key=lambda each: (each.published_on, each.url)):
        if truth.is_loadable:
            address = urlsplit(truth.url)
            response = newsroom.respond(Request(address.netloc, address._replace(scheme="", netloc="").geturl(), {}), ROUND)
            job = PageJob(response.body, dict(response.headers)["Content-Type"], truth.url, None, 60)
            found[truth.host].append((job, make_article(job)))
    return [Publisher(host, read, _template(host, read[:MIN_PAGES])) for host, read in found.items()]


def _template(host: str, read: list[tuple[PageJob, Article]]) -> Template:
    sightings = [Sighting(host, job.url, None, seen(article.document.blocks, article.verdicts)) for job, article in read]
    template = learn_template(host, sightings)
    assert template is not None
    return template


def test_four_pages_of_a_publisher_are_enough_to_read_the_others_as_the_extractor_does(publishers):
    differing = []
    for publisher in publishers:
        for job, article in publisher.later():
            again = make_article(publisher.with_template(job))
            assert again.document.extractor == publisher.template.template_id
            differing += [job.url] if (again.text, again.captions, again.credits, again.authors) != _content(article) else []

    assert len(publishers) == 10
    assert differing == []


def _content(article: Article) -> tuple[object, ...]:
    return article.text, article.captions, article.credits, article.authors


def test_the_document_names_the_template_that_read_it(publishers):
    publisher = publishers[0]
    job, article = publisher.later()[0]
    document = make_document(publisher.with_template(job))

    assert document.extractor == publisher.template.template_id
    assert document.template_use is not None
    assert document.template_use.outcome is Outcome.USED
    assert (article.document.extractor, article.document.template_use) == (EXTRACTOR, None)


def test_a_page_that_a_check_refuses_is_read_as_if_there_were_no_template(publishers):
    first, second = publishers[:2]
    job, article = second.later()[0]
    document = make_document(first.with_template(job))

    assert document.extractor == EXTRACTOR
    assert document.template_use == TemplateUse(first.template.template_id, Outcome.REFUSED, document.template_use.reason)
    assert document.template_use.reason in set(Refusal)
    assert replace(document, template_use=None) == article.document


def test_an_audit_asks_the_extractor_too_and_changes_nothing_else(publishers):
    publisher = publishers[0]
    job, _ = publisher.later()[0]
    plain, audited = (read_page(job.body.decode(), url=job.url, template=publisher.template, audited=audited) for audited in (False, True))

    assert audited.template_use.agreement == pytest.approx(1, abs=0.01)
    assert plain.template_use.agreement is None
    assert replace(audited, template_use=None) == replace(plain, template_use=None)


def test_what_a_feed_brings_is_read_without_a_template(publishers):
    publisher = publishers[0]
    job, _ = publisher.later()[0]
    document = make_document(replace(publisher.with_template(job), url=address_in_place_of(job.url)))

    assert (document.extractor, document.template_use) == (EXTRACTOR, None)


def test_one_page_in_fifty_is_audited_and_always_the_same_ones():
    bodies = [b"<p>%d</p>" % number for number in range(10_000)]
    audited = [body for body in bodies if is_audited(body)]

    assert 150 < len(audited) < 250
    assert [body for body in bodies if is_audited(body)] == audited
