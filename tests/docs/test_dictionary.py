"""The dictionary of tables and views is the schema's."""

from __future__ import annotations

import pytest

from tests.docs.fenced import ANALYSTS
from warehouse.definitions import docs
from warehouse.dictionary import BEGIN, END, dictionary, with_dictionary


def test_the_page_carries_the_dictionary_of_this_version():
    page = ANALYSTS.read_text(encoding="utf-8")
    assert with_dictionary(page) == page, "run `python -m warehouse.dictionary`"


def test_every_relation_and_column_is_in_it():
    text = dictionary()
    for doc in docs():
        assert (f"\n#### {doc.relation}\n" if doc.column_name is None else f"\n| {doc.column_name} | ") in text


def test_it_begins_where_people_begin():
    assert dictionary().split("#### ")[1].startswith("articles_current\n")


def test_what_stands_around_it_stays():
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert with_dictionary(page) == f"before\n{BEGIN}\n\n{dictionary()}\n{END}\nafter\n"


@pytest.mark.parametrize("page", ["", BEGIN, END])
def test_a_page_without_both_markers_is_refused(page):
    with pytest.raises(ValueError, match="lacks"):
        with_dictionary(page)
