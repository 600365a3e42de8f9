"""What holds for every document, page and set of pages."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tasks.errors import NotAnArticle, StageError
from tasks.model import Action, Article, Block, Document, Kind
from tasks.text.article import make_article
from tasks.text.clean import clean
from tasks.text.decide import decide
from tasks.text.extract import read_page
from tasks.text.job import PageJob
from tasks.text.learning.learn import MIN_ARTICLES, learn
from tasks.text.learning.sightings import SeenBlock, Sighting
from tasks.text.plaintext import read_text
from tasks.text.rules import builtin_rules

PAGES = [path.read_bytes() for path in sorted(Path(__file__).with_name("pages").glob("*.html"))]
WORDS = (
    "ferry harbour council bridge winter lamp orchard voted said Tuesday repair price museum gate pupils number 14 2025 the of and in to a"
).split()
LABELS = [
    "News", "Dismiss", "Share", "Read more: the bridge", "By Ann Lee", "Photo: Ann Lee", "January 30, 2025", "Correction: it was two.",
    "Copyright © 2024", "关闭",
]  # fmt: skip
MARKUP = (
    "<p> </p> <div> </div> <br> <ul> <li> </ul> <table> <tr> <td> </table> <a> </a> <!-- --> <script> </script> <h1> &#0; & < >".split()
)

PROSE = (
    "The ferry between Mosswick and the islands sailed again on Tuesday. It had been out of service since divers found a crack in its hull."
)
UNHURRIED = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])  # the language model loads at first use

sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=40).map(lambda words: " ".join(words).capitalize() + ".")
texts = st.one_of(sentences, st.sampled_from(LABELS), st.text(min_size=1, max_size=40).map(str.strip).filter(bool))
roles = st.sampled_from([None, None, None, "caption", "byline", "share", "related", "time", "standfirst", "correction"])


@st.composite
def documents(draw):
    drawn = draw(st.lists(st.tuples(texts, st.sampled_from(list(Kind)[:9]), roles, st.booleans()), min_size=1, max_size=25))
    blocks = tuple(Block(at, text, kind, "article/p", 0.0, role, in_article=inside) for at, (text, kind, role, inside) in enumerate(drawn))
    return Document("https://news.example/a", draw(st.one_of(st.none(), texts)), blocks, ())


@UNHURRIED
@given(documents())
def test_every_block_gets_one_verdict_with_its_rule_and_reason(document):
    verdicts, _ = decide(document, title=document.title, rules=builtin_rules())

    assert len(verdicts) == len(document.blocks)
    assert all(verdict.rule_id and verdict.reason for verdict in verdicts if verdict.action is not Action.KEPT)
    assert all((verdict.field is not None) is (verdict.action is Action.MOVED) for verdict in verdicts)


@UNHURRIED
@given(documents())
def test_a_repeat_points_to_a_block_that_was_not_removed(document):
    verdicts, _ = decide(document, title=document.title, rules=builtin_rules())

    for verdict in verdicts:
        if verdict.repeat_of is not None:
            assert verdict.action is Action.REMOVED
            assert verdicts[verdict.repeat_of].action is not Action.REMOVED


@UNHURRIED
@given(documents())
def test_the_text_is_the_kept_blocks_and_each_span_is_its_block(document):
    document = replace(document, blocks=(*document.blocks, Block(len(document.blocks), PROSE, Kind.PARAGRAPH)))
    try:
        article = clean(document)
    except NotAnArticle:
        assume(False)
    kept = [block.text for block, verdict in zip(document.blocks, article.verdicts, strict=True) if verdict.action is Action.KEPT]

    assert article.text == "\n\n".join(kept)
    assert [article.text[span[0] : span[1]] for span in article.spans if span] == kept
    assert [span is not None for span in article.spans] == [verdict.action is Action.KEPT for verdict in article.verdicts]


def sighting(publisher, article, lines):
    """An article of a publisher with these paragraphs."""
    blocks = (SeenBlock(at, line, Kind.PARAGRAPH, "body/p", 0.0, None, Action.KEPT, None) for at, line in enumerate(lines))
    return Sighting(publisher, article, None, tuple(blocks))


@UNHURRIED
@given(st.lists(st.one_of(sentences, st.sampled_from(LABELS)), min_size=2, max_size=25))
def test_cleaning_a_clean_text_changes_nothing(lines):
    try:
        once = clean(read_text("\n\n".join(["A headline of the page", *lines]), url=None))
        again = clean(read_text(f"A headline of the page\n\n{once.text}", url=None))
    except NotAnArticle:
        assume(False)

    assert again.text == once.text


@UNHURRIED
@given(st.lists(st.tuples(st.sampled_from(["a.example", "b.example"]), st.lists(sentences, max_size=6)), max_size=20), st.randoms())
def test_the_order_of_documents_changes_nothing_that_is_learned(found, rng):
    sightings = [sighting(publisher, f"{number}", lines) for number, (publisher, lines) in enumerate(found)]
    shuffled = rng.sample(sightings, len(sightings))

    assert learn(sightings) == learn(shuffled)


@UNHURRIED
@given(st.lists(sentences, min_size=1, max_size=8))
def test_too_few_articles_teach_nothing(lines):
    assert not learn(sighting("a.example", f"{number}", lines) for number in range(MIN_ARTICLES - 1))


@UNHURRIED
@given(st.lists(st.sampled_from(MARKUP + WORDS)))
def test_a_page_of_any_markup_is_read_or_refused(tokens):
    try:
        document = read_page(" ".join(["<html><body>", *tokens]), url=None)
    except StageError:
        return

    assert [block.position for block in document.blocks] == list(range(len(document.blocks)))
    assert all(block.text.strip() for block in document.blocks)


@UNHURRIED
@given(page=st.sampled_from(PAGES), seed=st.integers(0, 2**32))
def test_a_damaged_page_is_read_or_refused(page, seed):
    rng = random.Random(seed)  # noqa: S311 - damage, no secret
    damaged = bytearray(page)
    for _ in range(rng.randint(1, 20)):
        at = rng.randrange(len(damaged))
        if rng.random() < 0.5:
            damaged[at] = rng.randrange(256)
        else:
            del damaged[at : at + rng.randint(1, 60)]

    assert isinstance(make_article(PageJob(bytes(damaged), "text/html", None, None, 60)), Article | StageError)
