"""What holds for whatever a publisher prints."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.model import Action, Kind
from tasks.text.learning.learn import learn
from tasks.text.learning.learned import State
from tasks.text.learning.obey import CEILING
from tasks.text.learning.standing import NEVER_LEARNED
from tasks.text.words import word_count
from tests.text.publisher_pages import BODY, Line, article, document, prose, sighting, taken, verdicts_of

STANDING = [
    Line("Round the Mosswick Loft corner"),
    Line("Into the Weirboard"),
    Line("News"),
    Line("Yes."),
    Line("What we know", kind=Kind.HEADING),
    Line("Salt", kind=Kind.LIST_ITEM, path="main/article.story/ul/li"),
    Line("Our letter brings you the harbour every evening and you may leave it again whenever you like."),
    Line("Our reporter answers what readers asked.", path="main/article.story/div.box/p"),
    Line("Another ferry for the islands", path="main/article.story/div.more/p", link=1.0),
    Line("Another pier for the town", path="main/article.story/div.more/p", link=1.0, inside=False),
    Line("4 March 2026"),
    Line("(dpa)"),
    Line("By Ann Lee"),
    Line("Rovers 2, Harbour 1"),
    Line("We shall not move", kind=Kind.QUOTE),
]
UNHURRIED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

some = st.lists(st.sampled_from(STANDING), max_size=4)


@st.composite
def publishers(draw):
    """Lines of up to 14 articles with whatever recurs before, within and after their own paragraphs."""
    drawn = draw(st.lists(st.tuples(some, some, some), min_size=1, max_size=14))
    return [article(number, before=before, within=within, after=after) for number, (before, within, after) in enumerate(drawn)]


def sightings_of(articles, rules=()):
    return [sighting(number, lines, rules=rules) for number, lines in enumerate(articles)]


def active(rules):
    return [rule for rule in rules if rule.state is State.ACTIVE]


@UNHURRIED
@given(publishers(), st.randoms())
def test_neither_the_order_of_sightings_nor_seeing_them_again_changes_what_is_learned(articles, rng):
    found = sightings_of(articles)
    rules = learn(found)

    assert learn(rng.sample(found, len(found))) == rules
    assert learn([*found, *rng.sample(found, len(found) // 2), *found]) == rules


@UNHURRIED
@given(publishers(), st.randoms())
def test_which_of_two_readings_of_an_article_comes_first_changes_nothing(articles, rng):
    found = sightings_of(articles)
    cut = [replace(each, blocks=each.blocks[: max(1, len(each.blocks) - 2)]) for each in found]
    both = [*found, *cut]

    assert learn(rng.sample(both, len(both))) == learn(both)


@UNHURRIED
@given(publishers())
def test_another_publisher_changes_nothing(articles):
    found = sightings_of(articles)
    other = [replace(each, publisher_id="other.example") for each in sightings_of(articles[:5])]

    assert [rule for rule in learn([*other, *found]) if rule.publisher_id == "paper.example"] == list(learn(found))


@UNHURRIED
@given(publishers(), publishers())
def test_no_article_loses_evidence_or_more_than_the_ceiling(articles, others):
    rules = learn(sightings_of(articles))
    for lines in others:
        without, verdicts = verdicts_of(lines), verdicts_of(lines, rules)
        left = sum(word_count(line.text) for line, verdict in zip(lines, without, strict=True) if verdict.action is Action.KEPT)
        lost = taken(lines, rules)
        kinds = {verdict.kind for line, verdict in zip(lines, without, strict=True) if line.text in lost}
        assert sum(map(word_count, lost)) <= CEILING * max(left, 1) or not lost
        assert not kinds & NEVER_LEARNED
        assert not {"4 March 2026", "(dpa)", "By Ann Lee", "Rovers 2, Harbour 1", "We shall not move"} & set(lost)
        assert len(verdicts) == len(document(lines).blocks)


@UNHURRIED
@given(publishers())
def test_an_article_keeps_every_paragraph_of_its_own(articles):
    rules = learn(sightings_of(articles))
    for number, lines in enumerate(articles):
        own = {prose(number, paragraph).text for paragraph in range(4)}
        assert not own & set(taken(lines, rules))
        assert all(line.path == BODY for line in lines if line.text in own)


@UNHURRIED
@given(publishers())
def test_what_was_cleaned_with_learned_rules_teaches_the_same_rules_to_be_obeyed(articles):
    rules = learn(sightings_of(articles))

    assert active(learn(sightings_of(articles, rules))) == active(rules)
