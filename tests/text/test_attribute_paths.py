"""Expressions answered in one walk of the tree: what they find is what XPath finds."""

from __future__ import annotations

import random
import re
from itertools import chain
from pathlib import Path

import pytest
from lxml import html
from lxml.etree import XPath
from trafilatura import xpaths
from trafilatura.settings import BASIC_CLEAN_XPATH

from tasks.text.article_lines import EXPRESSIONS
from tasks.text.attribute_paths import REMEMBERED_CHARS, by_attributes
from tasks.text.decode import decode
from tasks.text.parse import parse

NAMESPACES = {"re": "http://exslt.org/regular-expressions"}
PAGES = [path.read_bytes() for path in sorted(Path(__file__).with_name("pages").glob("*.html"))]
OF_ALL_PAGES = [*xpaths.OVERALL_DISCARD_XPATH, *xpaths.TEASER_DISCARD_XPATH, *xpaths.DISCARD_IMAGE_ELEMENTS, BASIC_CLEAN_XPATH]
TAGS = "div p span section article main list item aside footer script fb:like ul".split()
ATTRIBUTES = "class id style role aria-hidden itemprop data-component data-lp-replacement-content hidden".split()
# Every literal of every expression, whole and in pieces, so that most clauses are met.
LITERALS = sorted(
    {each for x in [*OF_ALL_PAGES, *xpaths.BODY_XPATH] for text in re.findall("'([^']*)'", x.path) for each in text.split("|")}
)


def expression(path):
    return XPath(path, namespaces=NAMESPACES)


def invented_page(seed):
    """Nested elements whose attributes, in any order, hold what expressions ask for, in part or with something before or after it."""
    rng = random.Random(seed)  # noqa: S311 - a page, no secret
    root = html.Element("body")
    elements = [root]
    for _ in range(300):
        element = html.Element(rng.choice(TAGS))
        for name in rng.sample(ATTRIBUTES, rng.choice([0, 1, 1, 2, 3])):
            literal = re.sub(r"[\\^?()\[\]:]", "", rng.choice(LITERALS))
            element.set(
                name, rng.choice(["", " ", "x-", "X"]) + rng.choice([literal, literal.upper(), literal[1:]]) + rng.choice(["", " ", "-y"])
            )
        rng.choice(elements).append(element)
        elements.append(element)
    return root


def trees():
    yield from (parse(decode(page, "text/html").text, "https://courier.example/a").root for page in PAGES)
    yield from map(invented_page, range(60))


@pytest.mark.parametrize("number", range(len(OF_ALL_PAGES)))
def test_the_same_elements_are_found_in_the_same_order(number):
    found = [(OF_ALL_PAGES[number](tree), by_attributes(OF_ALL_PAGES[number])(tree)) for tree in trees()]

    assert all(own == walked for own, walked in found)
    assert any(own for own, _ in found[len(PAGES) :])


@pytest.mark.parametrize("number", range(len(xpaths.BODY_XPATH)))
def test_of_an_expression_for_the_first_element_that_element_is_found(number):
    found = [(xpaths.BODY_XPATH[number](tree), by_attributes(xpaths.BODY_XPATH[number], first=True)(tree)) for tree in trees()]

    assert all(own[:1] == walked for own, walked in found)
    assert any(own for own, _ in found[len(PAGES) :])


def test_everything_that_trafilatura_asks_of_every_page_is_answered_so():
    answered = chain.from_iterable(each if isinstance(each, list) else [each] for *_, each in EXPRESSIONS)

    assert [each for each in answered if isinstance(each, XPath)] == []


@pytest.mark.parametrize(
    "path",
    [
        ".//div[not(.//h1)]", ".//div[@class='a' and @id='b']", ".//div[@class='a'][@id='b']", ".//div[contains(@class, '')]", ".//div/p",
        ".//div[re:test(@class, 'a?')]", ".//div[contains(translate(@id, 'AB', 'a'), 'a')]", ".//div[2]", "//div", ".//div[@class != 'a']",
        "(.//div)[1]", ".//div[@class='a'][1]", ".//div[self::p]", ".//div[contains(@class, 'a', 'i')]",
        ".//div[contains(translate(@id, 'AA', 'ab'), 'a')]", "(.//div)[1]|.//p", ".//div[contains(text(), 'a')]", ".//div[count(p) or @id]",
        ".//div[@class='a' or position()=1]",
    ],
)  # fmt: skip
def test_an_expression_that_asks_for_more_is_left_to_xpath(path):
    asked = expression(path)

    assert by_attributes(asked) is asked


def test_of_two_attributes_the_one_that_is_written_first_counts():
    tree = html.fromstring('<div><p id="a" class="cookie"></p><p class="cookie" id="a"></p><p class="cookie"></p></div>')

    assert by_attributes(expression(".//*[re:test(@id|@class, 'cookie')]"))(tree) == tree.findall("p")[1:]


def test_a_value_of_any_length_is_read_each_time():
    tree = html.fromstring(f'<div><p class="{"x" * REMEMBERED_CHARS * 50} menu"></p><p class="menu"></p></div>')

    assert [by_attributes(expression(".//p[contains(@class, 'menu')]"))(tree) for _ in range(2)] == [tree.findall("p")] * 2
