"""An article's page in headless Chromium: silent, reachable by keyboard, readable for everyone, whole without script."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.article_page.conftest import page_of
from tests.html_pages.browser import accessibility, listen_to, started_chromium

pytestmark = pytest.mark.browser

LIVES = ["changed", "copied", "hostile"]


@pytest.fixture(scope="module")
def files(request, tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("article pages")
    for name in LIVES:
        (folder / f"{name}.html").write_text(page_of(request.getfixturevalue(name)), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in LIVES}


@pytest.fixture(scope="module")
def chromium(files):
    """Started once the pages are made: while it runs, nothing else in this thread can."""
    with started_chromium() as browser:
        yield browser


@pytest.fixture
def opened(chromium, files):
    """Open a page; returns it and what is heard of it."""
    contexts = []

    def open_page(name, *, scheme="light", width=1280, script=True):
        context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        heard = listen_to(page)
        page.goto(files[name].as_uri())
        return page, heard

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", LIVES)
def test_an_article_asks_for_nothing_and_nothing_complains(name, opened, files):
    page, heard = opened(name)
    page.click("#theme")
    for summary in page.query_selector_all("summary"):
        summary.click()
    page.wait_for_timeout(100)

    assert (heard.complaints, heard.asked) == ([], [files[name].as_uri()])


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("name", LIVES)
def test_no_block_is_wider_than_the_screen(name, width, opened):
    page, _ = opened(name, width=width)
    for summary in page.query_selector_all("summary"):
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("script", [True, False])
def test_the_article_alone_can_be_shown_by_keyboard_and_without_script(script, opened):
    page, _ = opened("copied", script=script)
    moved, kept = "li.block.moved", "li.block.kept .words"
    assert page.is_visible(moved)

    page.focus("#everything")
    page.keyboard.press("ArrowRight")
    assert page.is_checked("#article-only")
    assert page.is_visible(kept)
    assert [each.is_visible() for each in page.query_selector_all(f"{moved}, li.block.removed, .outside, .block .why")].count(True) == 0

    page.keyboard.press("ArrowLeft")
    assert page.is_visible(moved)


def test_a_link_to_a_block_leads_to_it(opened):
    page, _ = opened("copied", width=390)
    page.click("#fields a[href^='#block-'] >> nth=0")
    assert page.evaluate("document.querySelector('li.block:target').getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", LIVES)
def test_an_article_breaks_no_rule_of_accessibility(name, scheme, opened):
    page, _ = opened(name, scheme=scheme)
    for summary in page.query_selector_all("summary"):
        summary.click()
    held, broken = accessibility(page)

    assert held > 20
    assert broken == []
