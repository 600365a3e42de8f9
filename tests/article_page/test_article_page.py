"""What an article's page says, and that nothing others wrote is more than text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from flows import policy
from flows.article_page.changes import compared
from flows.article_page.fields import FLAGS
from tests.article_page.conftest import HOSTILE, page_of
from warehouse.definitions import docs

LIVES = ["changed", "copied", "hostile"]


def read(life, **bounds):
    return html.fromstring(page_of(life, **bounds))


def words(element):
    return " ".join(element.text_content().split())


@pytest.fixture(params=LIVES)
def life(request):
    return request.getfixturevalue(request.param)


def test_every_block_stands_there_in_order_with_what_became_of_it_in_words(life):
    shown = {int(each.get("value")): words(each) for each in read(life).xpath("//li[contains(@class, 'block')]")}

    assert set(shown) == {block.position for block in life.explained.blocks}
    for block in life.explained.blocks:
        if block.verdict != "kept":
            told = f"{block.verdict.capitalize()}{f' to {block.field}' if block.field else ''}: {block.reason} ({block.rule_id})"
            assert " ".join(told.split()) in shown[block.position]


def test_every_link_into_the_page_leads_somewhere(life):
    made = read(life)
    assert {href.removeprefix("#") for href in made.xpath("//a/@href[starts-with(., '#')]")} <= set(made.xpath("//@id"))


def test_links_out_of_it_are_of_the_web(life):
    assert [href for href in read(life).xpath("//a/@href") if not re.match(r"#|https?://", href)] == []


def test_what_others_wrote_is_text_and_runs_nothing(hostile):
    made = read(hostile)

    assert len(made.xpath("//script")) == 1
    assert not made.xpath("//img | //iframe | //@style | //@*[starts-with(name(), 'on')]")
    assert made.xpath("//h1")[0].text == HOSTILE
    assert "{{ 7 * 7 }}" in words(made)


def test_a_moved_block_is_linked_from_its_field(copied):
    moved = {block.position for block in copied.explained.blocks if block.field in ("title", "subtitle", "captions", "credits")}

    linked = {
        int(href.removeprefix("#block-")) for href in read(copied).xpath("//section[@id='fields']//a/@href[starts-with(., '#block-')]")
    }
    assert linked >= moved > set()


def test_a_block_that_stands_alike_elsewhere_says_where_and_the_others_do_not(copied):
    (story,) = copied.explained.near_duplicates
    made = read(copied)

    alike = {int(each.get("value")) for each in made.xpath("//li[contains(@class, 'alike')]")}
    assert alike == set(story.shared) > set()
    for each in made.xpath("//li[contains(@class, 'alike')]"):
        assert f"Stands alike at {story.publisher_id}" in words(each)
    assert f"{story.publisher_id} had it first" in words(made.xpath("//section[@id='same']")[0])


def test_what_changed_is_marked_and_without_the_marks_both_sides_read_as_they_were(changed):
    made = read(changed)
    for mark in made.xpath("//*[@class='only-heard' and (parent::ins or parent::del)]"):
        mark.drop_tree()
    sides = [words(each) for each in made.xpath("//section[@id='versions']//div[@class='sides']/div/p[contains(@class, 'words')]")]
    given = [text for block in changed.explained.revised_blocks for text in (block.text_before, block.text_after) if text]

    assert {" ".join(text.split()) for text in given} <= set(sides)
    assert made.xpath("//ins | //del")


def test_a_long_block_is_cut_and_says_how_much_is_missing(hostile):
    (cut,) = read(hostile).xpath("//li[@value='3']")

    assert f"{1_000_000 - policy.ARTICLE_PAGE.block_characters:,} more characters are not shown" in words(cut)
    assert len(page_of(hostile)) < 200_000


@pytest.mark.parametrize("bounds", [{"blocks": 5}, {"characters": 300}])
def test_too_many_blocks_are_cut_and_it_says_how_many_are_missing(copied, bounds):
    made = read(copied, **bounds)
    shown = len(made.xpath("//li[contains(@class, 'block')]"))

    assert 0 < shown <= 5 or "characters" in bounds
    assert f"{len(copied.explained.blocks) - shown} more blocks are not shown" in words(made)


def test_the_same_life_gives_the_same_bytes(life):
    assert page_of(life) == page_of(life)


def test_flags_are_told_in_words_one_that_is_not_known_as_it_is(copied):
    article = replace(copied.explained.article, flags=("paywalled", "<new>"))
    told = read(replace(copied, explained=replace(copied.explained, article=article)))

    assert [words(each) for each in told.xpath("//ul[@class='findings']/li")] == [f"▲{FLAGS['paywalled']}", "▲<new>"]


def test_every_flag_of_the_dictionary_has_its_words():
    (meaning,) = (doc.meaning for doc in docs() if (doc.relation, doc.column_name) == ("articles_current", "flags"))
    assert set(re.findall(r"[a-z]+_[a-z_]+|paywalled|partial", meaning)) == FLAGS.keys()


TEXTS = st.text(alphabet="ab c,é\n", max_size=30)


@given(before=TEXTS, after=TEXTS, most_words=st.integers(0, 40))
def test_no_wording_loses_a_character_and_what_is_not_marked_stands_on_both_sides(before, after, most_words):
    sides = compared(before, after, most_words=most_words)

    assert ("".join(each.text for each in sides.before), "".join(each.text for each in sides.after)) == (before, after)
    assert "".join(each.text for each in sides.before if not each.differs) == "".join(each.text for each in sides.after if not each.differs)
