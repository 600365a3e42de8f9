"""A newsroom's pages read twice: learned from all of them, then cleaned with it. Its labels are drawn by seed, so no rule can know them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from flows.demo.cases import Case
from flows.demo.newsroom import Newsroom
from flows.demo.responses import Request
from flows.demo.story import Fate, Part
from flows.demo.truth import ArticleTruth, Reading
from tasks.model import Action, Article
from tasks.text.article import make_article
from tasks.text.clean import clean
from tasks.text.job import PageJob
from tasks.text.knowledge import Knowledge
from tasks.text.learning.learn import learn
from tasks.text.learning.learned import REASONS, Feature, Learned, LearnedRule, State
from tasks.text.learning.sightings import Sighting, seen

ROUND = 3
TAILS = {Part.TAIL, Part.TAIL_HEADING, Part.TAIL_BUTTON}


@dataclass(frozen=True)
class Twice:
    """An article before and after learning, with what is true of it."""

    truth: ArticleTruth
    before: Article
    after: Article

    @property
    def reading(self) -> Reading:
        return self.truth.at(ROUND)

    def learned(self) -> list[str]:
        """Texts that learned rules took."""
        pairs = zip(self.after.document.blocks, self.after.verdicts, strict=True)
        return [block.text for block, verdict in pairs if (verdict.rule_id or "").startswith("learned-")]


def page(newsroom: Newsroom, truth: ArticleTruth) -> Article:
    address = urlsplit(truth.url)
    response = newsroom.respond(Request(address.netloc, address._replace(scheme="", netloc="").geturl(), {}), ROUND)
    article = make_article(PageJob(response.body, dict(response.headers)["Content-Type"], truth.url, None, 60))
    assert isinstance(article, Article), article
    return article


def sighting(truth: ArticleTruth, article: Article) -> Sighting:
    return Sighting(truth.host, truth.url, truth.published_on, seen(article.document.blocks, article.verdicts))


def with_rules(article: Article, host: str, rules: tuple[LearnedRule, ...]) -> Article:
    return clean(article.document, knowledge=Knowledge(learned=Learned.of(rule for rule in rules if rule.publisher_id == host)))


@pytest.fixture(scope="module", params=[1, 2, 3])
def twice(request) -> list[Twice]:
    newsroom = Newsroom(request.param)
    out = [truth for truth in newsroom.truth().articles if truth.is_loadable]
    read = [(truth, page(newsroom, truth)) for truth in out]
    rules = learn(sighting(truth, article) for truth, article in read)
    return [Twice(truth, article, with_rules(article, truth.host, rules)) for truth, article in read]


def test_every_tail_goes_in_all_six_markups(twice):
    left = [
        (each.truth.url, line.text)
        for each in twice
        for line in each.reading.lines
        if line.part in TAILS and line.text in each.after.text.split("\n\n")
    ]

    assert left == []
    assert len({each.truth.host for each in twice if Case.TAIL in each.truth.cases}) == 6
    assert len({each.truth.host for each in twice if Case.LABEL_TAIL in each.truth.cases}) >= 6


def test_it_is_learning_that_takes_the_tails_no_rule_knows(twice):
    kept_before = [
        (each.truth.url, line.text)
        for each in twice
        for line in each.reading.lines
        if line.part in TAILS and line.text in each.before.text.split("\n\n")
    ]

    assert len(kept_before) >= 8
    assert {text for _, text in kept_before} <= {text for each in twice for text in each.learned()}


def test_no_line_of_a_text_and_no_evidence_is_taken_by_what_was_learned(twice):
    wrong = []
    for each in twice:
        fates = {line.text: line.fate for line in (*each.reading.surrounding, *each.reading.lines)}
        wrong += [(each.truth.url, text) for text in each.learned() if fates.get(text) is not Fate.REMOVED]

    assert wrong == []


def test_a_label_that_goes_in_one_article_says_that_it_recurs(twice):
    reasons = {
        verdict.reason
        for each in twice
        for verdict in each.after.verdicts
        if verdict.action is Action.REMOVED and (verdict.rule_id or "").startswith("learned-")
    }

    assert reasons
    assert reasons <= {REASONS[Feature.TEXT], REASONS[Feature.EDGE]}


def test_learning_from_what_was_cleaned_with_it_gives_the_same_rules(twice):
    first = learn(sighting(each.truth, each.before) for each in twice)
    again = learn(sighting(each.truth, each.after) for each in twice)

    assert [rule for rule in again if rule.state is State.ACTIVE] == [rule for rule in first if rule.state is State.ACTIVE]
