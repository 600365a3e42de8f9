"""What the place of a block in its page says about it, beside the extractor's opinion."""

from __future__ import annotations

import pytest

from tasks.model import Action, Block, Document, Kind
from tasks.text.decide import decide
from tasks.text.knowledge import Knowledge
from tasks.text.rules import builtin_rules

BODY = "body/main/article.story/div.text"
FIRST = "The ferry between Mosswick and the outer islands sailed again on Tuesday, nine weeks after divers found a crack in its hull."
NEXT = "Islanders had depended on two fishing boats and a helicopter that flew only in good weather since the middle of January."
LAST = "The harbour board said that the repair had cost 1.4 million crowns, and that a second inspection would follow in June."


def prose(text, **place):
    return {"text": text, "kind": Kind.PARAGRAPH, "dom_path": f"{BODY}/p"} | place


ABOVE, BELOW = (prose(FIRST), prose(NEXT)), (prose(LAST),)
STRANGE = "Nobody on the island had seen the like of it before this winter"


def verdict_on(block, *, before=ABOVE, after=BELOW, disabled=frozenset()):
    given = (*before, block, *after)
    blocks = tuple(Block(position=at, **each) for at, each in enumerate(given))
    verdicts, _ = decide(Document(None, None, blocks, ()), title=None, rules=builtin_rules(), knowledge=Knowledge(disabled=disabled))
    return verdicts[len(before)]


LEFT_OUT = [
    ("rescued-prose", prose(STRANGE, in_article=False)),
    ("rescued-prose", prose(STRANGE, in_article=False, dom_path=f"{BODY}/div.box")),
    ("rescued-prose", prose(STRANGE, in_article=False, dom_path=BODY)),
    ("rescued-heading", prose("What the divers found", in_article=False, kind=Kind.HEADING, dom_path=f"{BODY}/h2")),
    ("rescued-item", prose("A crack of two metres", in_article=False, kind=Kind.LIST_ITEM, dom_path=f"{BODY}/ul/li")),
]
WAYS = ["paragraph", "div", "text of the container", "heading", "list item"]


@pytest.mark.parametrize(("rule_id", "block"), LEFT_OUT, ids=WAYS)
def test_what_stands_between_paragraphs_in_their_own_place_is_text(rule_id, block):
    verdict = verdict_on(block)

    assert (verdict.action, verdict.rule_id) == (Action.KEPT, rule_id)
    assert verdict.reason


@pytest.mark.parametrize(("rule_id", "block"), LEFT_OUT, ids=WAYS)
def test_a_rescue_can_be_switched_off(rule_id, block):
    verdict = verdict_on(block, disabled=frozenset({rule_id}))

    assert (verdict.action, verdict.rule_id) == (Action.REMOVED, "outside-article")


@pytest.mark.parametrize(
    "said",
    [
        {"dom_path": "body/aside.most-read/ul/li"},
        {"link_density": 0.6},
        {"role": "related"},
        {"text": "Four words are few", "dom_path": f"{BODY}/div.box"},
    ],
    ids=["another place", "links", "role", "few words"],
)
def test_what_looks_unlike_the_text_stays_outside_though_it_stands_in_it(said):
    assert verdict_on(LEFT_OUT[0][1] | said).rule_id == "outside-article"


@pytest.mark.parametrize(("text", "action"), [("By Ann Lee of the harbour desk, 3 March 2026", Action.REMOVED), (LAST, Action.KEPT)])
def test_before_and_behind_the_text_only_sentences_are_rescued(text, action):
    assert verdict_on(prose(text, in_article=False), before=()).action is action


@pytest.mark.parametrize(
    ("items", "after", "rule_id"), [(1, (), None), (2, (), "link-list"), (2, BELOW, None)], ids=["one", "below", "between paragraphs"]
)
def test_items_below_the_text_that_are_links_lead_away_from_it(items, after, rule_id):
    item = prose("Ferry fares to rise", kind=Kind.LIST_ITEM, dom_path=f"{BODY}/ul/li", link_density=0.9)

    assert verdict_on(item, after=(item,) * (items - 1) + after).rule_id == rule_id


ELSEWHERE = "body/main/section.more/p"


@pytest.mark.parametrize(
    ("path", "after", "rule_id"),
    [
        (ELSEWHERE, (), "after-the-text"),
        (ELSEWHERE, (prose(LAST),), None),
        (f"{BODY}/div.box/p", (), None),
    ],
    ids=["behind", "between", "inside"],
)
def test_behind_the_text_what_stands_elsewhere_in_the_page_is_not_the_article(path, after, rule_id):
    assert verdict_on(prose("Write to the harbour desk with your own story", dom_path=path), after=after).rule_id == rule_id


def test_where_the_prose_is_scattered_over_the_page_its_place_says_nothing():
    scattered = tuple(prose(text, dom_path=f"body/main/section.{name}/div.row/p") for name, text in (("a", FIRST), ("b", NEXT)))

    assert verdict_on(prose(LAST, dom_path=ELSEWHERE), before=scattered, after=()).action is Action.KEPT


def test_a_sentence_in_the_header_above_the_text_is_the_standfirst():
    verdict = verdict_on(prose("The islanders wait for the spring timetable again", dom_path="body/main/article.story/header/p"), before=())

    assert (verdict.action, verdict.field, verdict.kind) == (Action.MOVED, "subtitle", Kind.STANDFIRST)


CARD = "body/main/article.story/section.card/div.inner"
LONG = f"{FIRST} {NEXT} {LAST}"


@pytest.mark.parametrize(("place", "action"), [(CARD, Action.KEPT), (BODY, Action.REMOVED)], ids=["above a paragraph", "above nothing"])
def test_a_heading_right_above_a_paragraph_of_the_article_is_text_wherever_it_stands(place, action):
    heading = prose("1. What the divers found", in_article=False, kind=Kind.HEADING, dom_path="body/main/section.card/h6")
    after = (prose(LAST, dom_path=f"{CARD}/p") if place == CARD else prose("Islanders wait"), *BELOW)

    assert verdict_on(heading, after=after).action is action


@pytest.mark.parametrize(("others", "action"), [(3, Action.KEPT), (2, Action.REMOVED)])
def test_what_stands_between_the_paragraphs_as_several_blocks_of_the_article_do_is_text(others, action):
    items = [prose(f"{number} crowns a day", kind=Kind.LIST_ITEM, dom_path=f"{CARD}/div.fares/ul/li") for number in range(others)]
    left_out = items[0] | {"in_article": False, "dom_path": "body/main/section/div.fares/ul/li"}

    assert verdict_on(left_out, before=(*ABOVE, *items)).action is action


@pytest.mark.parametrize(
    ("paragraphs", "said", "action"),
    [
        (3, {}, Action.KEPT),
        (2, {}, Action.REMOVED),
        (60, {}, Action.REMOVED),
        (3, {"role": "comments"}, Action.REMOVED),
        (3, {"dom_path": "body/main/ul/li/div"}, Action.REMOVED),
    ],
    ids=["several", "two", "a stream of them", "comments", "no paragraphs"],
)
def test_prose_in_a_place_that_holds_far_more_of_it_than_the_extractor_took_is_text(paragraphs, said, action):
    left_out = [prose(f"Chapter {number}. {LONG}", in_article=False, dom_path=f"{CARD}/p") | said for number in range(paragraphs)]

    assert verdict_on(left_out[0], before=(prose(FIRST),), after=tuple(left_out[1:])).action is action
