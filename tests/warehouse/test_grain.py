"""What a row is, of every table, view and macro."""

from __future__ import annotations

from warehouse.definitions import MACROS, VIEWS, docs
from warehouse.grain import GRAINS


def test_every_table_view_and_macro_says_what_a_row_is():
    relations = {doc.relation: doc.meaning for doc in docs() if doc.column_name is None}

    assert relations.keys() == GRAINS.keys() >= {*VIEWS, *MACROS}
    assert [relation for relation, meaning in relations.items() if "one row" not in meaning] == []


def test_the_columns_that_name_a_row_are_columns_of_it():
    described = {(doc.relation, doc.column_name) for doc in docs()}
    named = {(relation, column) for relation, key in GRAINS.items() for column in key if relation not in MACROS}
    assert named <= described
