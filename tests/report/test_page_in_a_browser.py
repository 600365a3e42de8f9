"""The page in headless Chromium: drawn, silent, reachable by keyboard, readable for everyone, whole without script."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.html_pages.browser import AXE, accessibility, listen_to, started_chromium

pytestmark = pytest.mark.browser

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
INK_OF_CHARTS = "[...new Set([...document.querySelectorAll('.chart svg text')].map(it => it.getAttribute('fill')))].sort()"
PAGES = ["empty", "one_article", "hostile", "demo"]


@pytest.fixture(scope="module")
def files(request, tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {name: folder / f"{name}.html" for name in PAGES}
    for name, path in made.items():
        path.write_text(request.getfixturevalue(name).page(), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def chromium(files):
    """Started once the pages are made: while it runs, nothing else in this thread can."""
    with started_chromium() as browser:
        yield browser


@pytest.fixture
def opened(chromium, files):
    """Open a page; returns it and what is heard of it."""
    contexts = []

    def open_page(name="demo", *, scheme="light", size=WIDE, script=True, motion=None):
        context = chromium.new_context(color_scheme=scheme, viewport=size, java_script_enabled=script, reduced_motion=motion)
        contexts.append(context)
        page = context.new_page()
        heard = listen_to(page)
        page.goto(files[name].as_uri())
        if script:
            page.wait_for_selector("html[data-drawn]")
        return page, heard

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_it_asks_for_nothing_and_nothing_complains(name, scheme, opened, files):
    page, heard = opened(name, scheme=scheme)
    page.click("#theme")
    page.wait_for_timeout(100)

    assert (heard.complaints, heard.asked) == ([], [files[name].as_uri()])


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_chart_is_drawn_and_says_what_it_shows(size, opened):
    page, _ = opened(size=size)
    for chart in page.query_selector_all(".chart"):
        assert len(chart.query_selector_all("svg path")) > 1
        assert chart.query_selector("svg text")
        assert (chart.get_attribute("role"), len(chart.get_attribute("aria-label")) > 10) == ("img", True)
        assert chart.evaluate("it => it.querySelector('svg').getBoundingClientRect().width <= it.clientWidth + 1")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_screen(name, width, opened):
    page, _ = opened(name, size={"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_colours_follow_the_system_until_the_switch_is_used_and_stay_then(opened):
    page, _ = opened(scheme="dark")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(ground), page.evaluate(INK_OF_CHARTS)
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(100)
    light = page.evaluate(ground), page.evaluate(INK_OF_CHARTS)
    assert all(one != other for one, other in zip(dark, light, strict=True))

    page.click("#theme")
    page.wait_for_timeout(100)
    assert (page.evaluate(ground), page.evaluate(INK_OF_CHARTS)) == dark
    assert page.inner_text("#theme") == "Light colours"
    page.reload()
    page.wait_for_selector("html[data-drawn]")
    assert page.evaluate(ground) == dark[0]


def test_the_keyboard_reaches_everything_and_shows_where_it_is(opened):
    page, _ = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    page.reload()
    page.wait_for_selector("html[data-drawn]")
    reachable = page.evaluate(
        "[...document.querySelectorAll('a[href], button, summary, [tabindex=\"0\"]')]"
        ".filter(it => it.checkVisibility() && !it.closest('details:not([open]) > :not(summary)')).length"
    )
    seen = []
    for _ in range(reachable):
        page.keyboard.press("Tab")
        outline = page.evaluate("(it => [it.tagName, getComputedStyle(it).outlineStyle, it.outerHTML])(document.activeElement)")
        assert outline[1] != "none", outline
        seen.append(outline[2])
    assert page.evaluate("document.activeElement.closest('section')?.id") == "runs"
    assert sum(each.startswith("<summary") for each in seen) >= 20


def test_a_table_behind_a_chart_opens_by_keyboard(opened):
    page, _ = opened()
    page.focus("#volume summary")
    assert not page.is_visible("#volume table")
    page.keyboard.press("Enter")
    assert page.is_visible("#volume table")


def test_without_script_every_number_is_there(opened):
    page, heard = opened(script=False)
    assert page.query_selector_all("table")
    assert all(table.is_visible() for table in page.query_selector_all("table"))
    assert not any(chart.is_visible() for chart in page.query_selector_all(".chart"))
    assert not page.is_visible("#theme")
    assert not heard.complaints


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_of_accessibility_is_found(scheme, size, opened):
    page, _ = opened(scheme=scheme, size=size)
    page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true; })")
    held, broken = accessibility(page)

    assert held > 20
    assert broken == []


def test_what_is_looked_for_faults_with_is_the_file_that_its_makers_released():
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in AXE.with_name("README.md").read_text(encoding="utf-8")


def test_a_hostile_title_is_read_and_does_nothing(opened):
    page, heard = opened("hostile")
    assert page.title().endswith("articles - feedmill")
    assert "onerror=alert(1)" in page.inner_text("#clusters")
    assert "{{ 7 * 7 }}" in page.inner_text("#clusters")
    assert not heard.complaints


def test_what_is_not_ours_does_not_run(opened):
    page, heard = opened()
    page.evaluate("document.body.appendChild(Object.assign(document.createElement('script'), {textContent: 'document.title = \"taken\"'}))")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"https://news.example/pixel.gif\">')")
    page.wait_for_timeout(100)

    assert page.title() != "taken"
    assert ["Content Security Policy" in each for each in heard.complaints] == [True, True]


def test_paper_has_the_charts_and_not_what_paper_cannot_do(opened):
    page, _ = opened(scheme="dark")
    page.emulate_media(media="print")
    assert page.is_visible("#chart-published-days svg")
    assert not page.is_visible("#theme")
    assert not page.is_visible("nav")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    page.wait_for_timeout(100)
    assert page.evaluate(INK_OF_CHARTS) == ["#000", "#444"]


@pytest.mark.parametrize(("motion", "scrolls"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_for_those_who_want_no_motion(motion, scrolls, opened):
    page, _ = opened(motion=motion)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == scrolls
    assert page.evaluate("document.getAnimations().length") == 0
