"""The role that class names and the like give to an element, and its step of a path."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from tasks.text.places import CACHED_CHARS, step_and_role


def told(markup):
    element = fromstring(markup)
    return step_and_role(element, element.tag)


@pytest.mark.parametrize(
    ("markup", "role"),
    [
        ('<div class="article__share-bar">x</div>', "share"),
        ('<div class="storyRelated">x</div>', "related"),
        ('<div class="read more">x</div>', "related"),
        ('<div id="read" class="7 more">x</div>', "related"),
        ('<div class="read story more">x</div>', None),
        ('<div class="newsletter byline">x</div>', "byline"),
        ('<article class="newsletter">x</article>', None),
        ('<h2 id="share">x</h2>', None),
        ('<nav class="share">x</nav>', "navigation"),
        ("<div>x</div>", None),
    ],
)
def test_the_first_role_of_the_table_that_any_name_states_is_it_also_where_two_names_state_it_together(markup, role):
    assert told(markup)[1] == role


def test_a_step_is_the_tag_with_two_class_names_that_look_as_if_people_gave_them():
    assert told('<div class="story css-1x2y body xz lead">x</div>') == ("div.body.lead", None)


def test_names_too_long_to_be_remembered_are_read_all_the_same():
    names = f"share {'a' * CACHED_CHARS}"

    assert told(f'<div class="{names}">x</div>') == told(f'<div class="{names}">x</div>') == ("div.share", "share")
