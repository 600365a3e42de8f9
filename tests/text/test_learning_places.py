"""What is learned from the place in the page where things are taken out, and what never is."""

from __future__ import annotations

from tasks.model import Kind
from tests.text.publisher_pages import NUMBERS, Line, article, learned_from, prose, taken

NEW = 99
BOX = "main/article.story/div.text/p.more"


def pointer(number, *, inside=True, path=BOX, link=1.0):
    """A line of other words each day."""
    return Line(f"{NUMBERS[number % 12].title()} ferries, {NUMBERS[number // 12 % 12]} piers", path=path, link=link, inside=inside)


def test_what_the_extractor_mostly_leaves_out_at_a_place_goes_there_whatever_it_says():
    rules = learned_from(12, lambda number: article(number, after=[pointer(number, link=0.0, inside=number % 6 == 0)]))

    assert taken(article(NEW, after=[pointer(NEW, link=0.0)]), rules) == [pointer(NEW).text]
    assert (rules[0].support, rules[0].articles) == (10, 12)


def test_the_same_words_elsewhere_stay():
    rules = learned_from(12, lambda number: article(number, after=[pointer(number, link=0.0, inside=number % 6 == 0)]))

    assert taken(article(NEW, after=[pointer(NEW, link=0.0, path="main/article.story/div.text/p")]), rules) == []


def test_of_links_it_takes_four_in_ten_and_of_other_lines_three_in_four():
    def goes(link, share):
        rules = learned_from(20, lambda n: article(n, before=[pointer(n, link=link, inside=n >= 20 * share)]))
        return bool(taken(article(NEW, before=[pointer(NEW, link=link)]), rules))

    assert [goes(0.8, 0.35), goes(0.8, 0.4)] == [False, True]
    assert [goes(0.0, 0.7), goes(0.0, 0.75)] == [False, True]


def test_a_place_with_prose_in_it_is_no_furniture():
    def lines(number):
        own = [Line(prose(number, 5).text, path=BOX)] if number % 5 == 0 else []
        return article(number, after=[*own, pointer(number, link=0.0, inside=number % 6 == 0)])

    assert taken(article(NEW, after=[pointer(NEW, link=0.0)]), learned_from(20, lines)) == []


def test_headings_and_rows_of_lists_are_text_at_any_place():
    def lines(number, *, inside):
        heading = Line(f"Part {NUMBERS[number % 12]}", kind=Kind.HEADING, path="main/article.story/div.text/h2", inside=inside)
        row = Line(f"Item {NUMBERS[number % 12]}", kind=Kind.LIST_ITEM, path="main/article.story/div.text/ul/li", inside=inside)
        return article(number, within=[heading, row])

    rules = learned_from(20, lambda number: lines(number, inside=number % 10 == 0))

    assert taken(lines(NEW, inside=True), rules) == []


def test_too_few_articles_with_the_place_teach_nothing_of_it():
    rules = learned_from(40, lambda number: article(number, after=[pointer(number, inside=number == 0)] if number < 4 else []))

    assert taken(article(NEW, after=[pointer(NEW)]), rules) == []


def test_plain_text_has_no_places():
    rules = learned_from(12, lambda number: article(number, after=[pointer(number, path="", inside=number % 6 == 0)]))

    assert taken(article(NEW, after=[pointer(NEW, path="")]), rules) == []
