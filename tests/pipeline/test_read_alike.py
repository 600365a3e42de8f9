"""Two pages of an article that different readers read: what the two make of a page differs a little, and that is no edit of it."""

from __future__ import annotations

import pytest

from flows.pipeline.decisions import Decision, decide
from flows.world import this_world
from tests.pipeline.paper_files import STEPS
from tests.pipeline.template_paper import PUBLISHER, STORIES, TemplatePaper

STORY = STORIES[4]
ASIDE = "<aside><p>More of it was told by the keeper to the people of the town on the evening after that.</p></aside>"
EDIT = "<p>The keeper has since taken back what he said of the seventh day.</p>"
KNOWN, REDESIGNED = {"design": "plain"}, {"design": "modern"}
TEXTS = "select contains(text, 'on the evening after') from articles_current join articles using (article_id) where canonical_url like ?"


@pytest.fixture
def paper(tmp_path) -> TemplatePaper:
    """Four articles, and a template learned from them, which keeps an aside that the extractor leaves out."""
    paper = TemplatePaper(tmp_path)
    paper.bring_stories(*STORIES[:4])
    paper.bring_stories(STORIES[5], more=ASIDE)
    paper.bring_stories(STORIES[6], more=ASIDE, **REDESIGNED)
    assert paper.readers()[-2:] == ["template", "extractor"]
    assert [paper.query(TEXTS, f"%/{story}") for story in STORIES[5:7]] == [[(True,)], [(False,)]]
    return paper


@pytest.mark.parametrize("designs", [(KNOWN, REDESIGNED), (REDESIGNED, KNOWN)], ids=["template first", "extractor first"])
def test_another_reader_is_no_edit(paper, designs):
    for design in designs:
        paper.bring_stories(STORY, more=ASIDE, **design)

    assert paper.versions_of(STORY) == 1
    assert paper.query(TEXTS, f"%/{STORY}") == [(False,)]
    assert paper.query("select * from revisions") == []
    assert paper.violations() == ()


@pytest.mark.parametrize("designs", [(KNOWN, REDESIGNED), (REDESIGNED, KNOWN)], ids=["template first", "extractor first"])
def test_an_edit_told_by_another_reader_is_that_edit_and_nothing_else(paper, designs):
    for design, edited in zip(designs, ("", EDIT), strict=True):
        paper.bring_stories(STORY, more=ASIDE + edited, **design)

    assert paper.versions_of(STORY) == 2
    assert paper.query("select change, text_before, text_after from revision_blocks") == [
        ("added", None, "The keeper has since taken back what he said of the seventh day.")
    ]
    assert paper.violations() == ()


@pytest.mark.parametrize("decided", [False, True], ids=["same rules", "other rules"])
def test_pages_that_one_reader_reads_stay_with_it(paper, decided):
    paper.bring_stories(STORY, more=ASIDE)
    if decided:
        decide(paper.settings, this_world(), Decision("disable", "role-promo", PUBLISHER), made_by="ada@mill", steps=STEPS)
    paper.bring_stories(STORY, more=ASIDE + EDIT)

    readers = "select count(distinct extractor), bool_and(extractor like 'template-%') from article_observations"
    assert paper.query(f"{readers} join articles using (article_id) where canonical_url like ?", f"%/{STORY}") == [(1, True)]
    assert (paper.versions_of(STORY), paper.query(TEXTS, f"%/{STORY}")) == (2, [(True,)])
