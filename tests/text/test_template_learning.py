"""What a publisher's pages teach about the places of its articles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.model import Kind
from tasks.text.templates.learn import MAX_PLACES, learn_template
from tasks.text.templates.places import backoffs, path_of_text
from tasks.text.templates.template import Decision, Template
from tests.text.publisher_pages import BODY, NUMBERS, Line, prose, publisher, sighting
from tests.text.template_pages import NEW, PAGES, TEASER, article_of, learned, note, page, taken
from warehouse.stored import StoredSurroundings

QUOTE = Line("We do not give up the landing.", Kind.QUOTE, "main/article.story/div.text/blockquote/p")
SALT = Line("Three sacks of salt", Kind.LIST_ITEM, "main/article.story/div.text/ul/li")
PROMPT = Line("Back to the harbour", path=BODY, inside=False)
UNSEEN = "main/div.new/section"


def decisions(template: Template) -> dict[str, Decision]:
    return {each.place: each.decision for each in template.places}


def test_a_publishers_pages_tell_where_its_articles_stand():
    template = learned(PAGES)

    assert decisions(template)[BODY] is Decision.INSIDE
    assert decisions(template)[TEASER] is Decision.OUTSIDE
    assert template.agreement == 1.0
    assert taken(template, page(NEW)) == article_of(page(NEW))


def test_fewer_than_four_pages_teach_nothing():
    assert learn_template("paper.example", publisher(3, page)) is None
    assert learn_template("paper.example", publisher(4, page)) is not None


def test_pages_that_have_nothing_in_common_teach_nothing():
    def moved(number):
        return [
            replace(line, path=f"main/div.{chr(97 + number) * 5}/div.box/div.deep/div.end{chr(97 + number)}/p") for line in page(number)
        ]

    assert learn_template("paper.example", publisher(8, moved)) is None


@pytest.mark.parametrize(("sentences", "is_learned"), [(1, True), (7, False)])
def test_pages_that_a_template_of_the_others_reads_otherwise_than_the_extractor_teach_nothing(sentences, is_learned):
    def disputed(number):
        text = " ".join(prose(number, 5 + each).text for each in range(sentences))
        return page(number, within=[replace(note(number), text=text, kind=Kind.TABLE, inside=number % 2 == 0)])

    assert (learn_template("paper.example", publisher(8, disputed)) is not None) is is_learned


def test_a_ledger_without_its_blocks_outside_teaches_nothing():
    cut = [replace(each, surroundings=(StoredSurroundings(TEASER, 0.0, None, 3),)) for each in publisher(8, page)]

    assert learn_template("paper.example", cut) is None


def test_plain_text_teaches_nothing():
    def plain(number):
        return [replace(line, path="") for line in page(number)]

    assert learn_template("paper.example", publisher(8, plain)) is None


def test_only_the_newest_thirty_two_pages_count():
    old = [sighting(number, [replace(line, inside=not line.inside) for line in page(number)]) for number in range(32)]
    new = [sighting(32 + number, page(32 + number)) for number in range(32)]

    assert learn_template("paper.example", [*old, *new]) == learn_template("paper.example", new)


def test_what_a_rule_moved_or_removed_says_nothing_of_its_place():
    share = Line("Share this article", path=BODY)
    plain, shared = learned(PAGES), learned([page(number, after=[share]) for number in range(8)])

    [there] = [each for each in plain.places if each.place == BODY]
    [with_share] = [each for each in shared.places if each.place == BODY]
    assert (there.inside, there.outside) == (with_share.inside, with_share.outside)


def test_a_place_of_which_ledgers_tell_nothing_is_of_the_article():
    """The extractor took what stood there, and rules took it out again."""
    share = Line("Share this article", path="footer/b")
    template = learned([page(number, after=[share]) for number in range(8)])

    assert "The ferry is due at noon." in taken(template, page(NEW, after=[replace(share, text="The ferry is due at noon.")]))


def test_a_standfirst_that_the_extractor_took_on_one_page_is_taken_on_all():
    def introduced(number):
        standfirst = Line(
            f"A {NUMBERS[number % 12]}th day of waiting", path="main/header/div.intro/p", role="standfirst", inside=number == 0
        )
        return page(number, before=[standfirst])

    template = learned([introduced(number) for number in range(8)])

    assert "A ninth day of waiting" in taken(template, page(NEW, before=[Line("A ninth day of waiting", path="main/header/div.intro/p")]))


def test_a_text_that_recurs_outside_the_article_does_not_make_its_place_doubtful():
    template = learned([page(number, after=[PROMPT]) for number in range(8)])

    assert decisions(template)[BODY] is Decision.INSIDE
    assert taken(template, page(NEW, after=[PROMPT])) == article_of(page(NEW))


@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("main/p", ()),
        ("main/div/p", ("**/main/div/**",)),
        ("body/main/div.text/p", ("**/body/main/div.text/**", "**/main/div.text/p", "**/body/main/**")),
        ("body/main/div.text/h2", ("**/body/main/div.text/**", "**/main/div.text/h2")),
    ],
)
def test_a_path_is_told_by_its_ends_and_by_what_holds_it_a_heading_by_its_own_holder_alone(path, places):
    assert backoffs(path) == places


@pytest.mark.parametrize(("pages", "recurs"), [(2, False), (3, True)])
def test_a_text_recurs_that_stands_on_three_pages_in_ten(pages, recurs):
    template = learned([page(number, after=[PROMPT] if number < pages else []) for number in range(10)])

    assert any(path_of_text(each.place) == BODY for each in template.places) is recurs


def test_a_text_that_recurs_at_a_doubtful_place_is_not_of_the_article():
    def notes(number):
        prompt = replace(PROMPT, path=note(number).path)
        return page(number, within=[prompt, replace(note(number), inside=number % 2 == 0)])

    template = learned([notes(number) for number in range(8)])
    lines = page(NEW, within=[note(NEW), replace(PROMPT, path=note(NEW).path)])

    assert note(NEW).text in taken(template, lines)
    assert PROMPT.text not in taken(template, lines)


@pytest.mark.parametrize(
    ("line", "is_taken"),
    [
        (Line("Eight words at a place nobody has seen", path=UNSEEN), True),
        (Line("Seven words at a place never seen", path=UNSEEN), False),
        (Line("Eight words at a place nobody has seen", Kind.CAPTION, UNSEEN), False),
        (Line("Eight words at a place nobody has seen", path=UNSEEN, link=0.5), False),
    ],
    ids=["eight words", "seven words", "caption", "links"],
)
def test_eight_words_between_paragraphs_are_of_the_article_wherever_they_stand(line, is_taken):
    assert (line.text in taken(learned(PAGES), page(NEW, within=[line]))) is is_taken


@pytest.mark.parametrize("opening", [Line("Harbour", path=BODY), replace(prose(9, 9), link=0.5)], ids=["label", "links"])
def test_what_stands_before_the_first_paragraph_is_not_between_paragraphs(opening):
    line = Line("Eight words at a place nobody has seen", path=UNSEEN)

    assert line.text not in taken(learned(PAGES), page(NEW, before=[opening, line]))


def test_a_path_that_was_never_seen_is_told_by_its_end():
    template = learned(PAGES)
    deeper = [replace(line, path=f"body/div.sport/{line.path}") if line.inside else line for line in page(NEW)]

    assert taken(template, deeper) == article_of(page(NEW))


def test_a_list_or_quotation_where_the_article_stands_is_of_it_though_none_was_seen():
    template = learned(PAGES)
    lines = page(NEW, within=[QUOTE, SALT], after=[SALT])

    assert taken(template, lines) == article_of(lines)


def test_what_is_now_of_the_article_and_now_not_is_so_between_its_paragraphs():
    def notes(number):
        return page(number, within=[note(number)]) if number % 2 else page(number, after=[replace(note(number), inside=False)])

    template = learned([notes(number) for number in range(8)])

    assert decisions(template)[note(0).path] is Decision.MIXED
    assert note(NEW).text in taken(template, page(NEW, within=[note(NEW)]))
    assert note(NEW).text not in taken(template, page(NEW, after=[note(NEW)]))


def test_where_the_end_of_a_path_may_be_of_the_article_so_may_a_path_that_was_never_seen():
    def notes(number):
        return page(number, within=[note(number)]) if number % 2 else page(number, after=[replace(note(number), inside=False)])

    template = learned([notes(number) for number in range(8)])
    elsewhere = replace(note(NEW), path=f"body/div.sport/{note(NEW).path}")

    assert elsewhere.text in taken(template, page(NEW, within=[elsewhere]))
    assert elsewhere.text not in taken(template, page(NEW, after=[elsewhere]))


def test_a_publisher_cannot_make_a_template_grow_without_end():
    def crowded(number):
        paths = [f"body/div.b{chr(97 + at % 26)}/div.c{at}/p" for at in range(2_000)]
        return page(number, within=[SALT], after=[Line("Salt and pepper and oil", path=path, inside=False) for path in paths])

    template = learned([crowded(number) for number in range(8)])

    assert len(template.places) == MAX_PLACES
    assert {decisions(template)[path] for path in (BODY, SALT.path)} == {Decision.INSIDE}


def test_a_path_of_any_length_does_no_harm():
    long = Line(prose(1, 1).text, path="/".join(["main", "div." + "x" * 5_000, "p"]), inside=False)
    template = learned([page(number, after=[long]) for number in range(8)])

    assert max(len(each.place) for each in template.places) < 1_100


def test_the_id_tells_the_content():
    other = [page(number, within=[SALT]) for number in range(8)]

    assert learned(PAGES).template_id == learned(PAGES).template_id != learned(other).template_id
    assert Template.of("b.example", learned(PAGES).places, learned(PAGES).bounds, 1.0).template_id != learned(PAGES).template_id


LINES = [
    QUOTE,
    SALT,
    PROMPT,
    Line("Weather", path="main/aside.more/h3", inside=False),
    Line("By Ann Lee", path="main/header/p"),
    prose(3, 9),
]
some = st.lists(st.sampled_from(LINES), max_size=3)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(some, some, some), min_size=1, max_size=10), st.randoms())
def test_neither_the_order_of_pages_nor_seeing_them_again_changes_a_template(drawn, rng):
    found = [sighting(number, page(number, before=b, within=w, after=a)) for number, (b, w, a) in enumerate(drawn)]
    template = learn_template("paper.example", found)

    assert learn_template("paper.example", rng.sample(found, len(found))) == template
    assert learn_template("paper.example", [*found, *rng.sample(found, len(found) // 2)]) == template
