"""What holds for every page, whatever it shows."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from jinja2 import UndefinedError
from lxml import html

from flows.html_pages import spelling
from flows.html_pages.document import ECHARTS, FOLDER, TEMPLATES, document, packaged
from flows.html_pages.embedded import json_in_html

HOSTILE = "</script><script>alert(1)</script>\u2028<!-- \u202e ]]> & \"'"


@pytest.fixture
def rendered(tmp_path):
    """Render the text of a template that is not packaged."""

    def render(text, **values):
        (tmp_path / "tried.html").write_text(text, encoding="utf-8")
        return document("tried.html", templates=tmp_path, **values)

    return render


def test_nothing_runs_or_styles_but_what_is_packaged_and_nothing_is_requested(rendered):
    page = html.fromstring(rendered("{% extends 'layout.html' %}", scripts=(ECHARTS,)))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for element in page.xpath("//script | //style"):
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not page.xpath("//script/@src | //link[not(@href='data:,')] | //img | //iframe | //@style | //@*[starts-with(name(), 'on')]")


def test_text_of_others_is_text_wherever_it_stands(rendered):
    page = rendered(
        "{% extends 'layout.html' %}{% import 'marks.html' as marks %}{% block title %}{{ words }}{% endblock %}"
        '{% block main %}{{ marks.quoted(words, words) }}{% endblock %}{% block foot %}<p title="{{ words }}">{% endblock %}',
        words=HOSTILE,
    )
    read = html.fromstring(page)
    assert len(read.xpath("//script")) == 1
    assert read.xpath("//bdi")[0].text == HOSTILE
    assert read.xpath("//bdi/@lang") == [HOSTILE]
    assert read.xpath("//footer/p/@title") == [HOSTILE]


def test_values_for_scripts_come_back_as_they_were(rendered):
    page = rendered(
        '{% extends \'layout.html\' %}{% block data %}<script type="application/json" id="data">{{ it|embedded }}</script>{% endblock %}',
        it={"title": HOSTILE},
    )
    element = html.fromstring(page).xpath("//script[@id='data']")[0]
    assert "<" not in element.text
    assert element.text == json_in_html({"title": HOSTILE})


def test_a_template_that_names_what_was_not_given_is_a_failure(rendered):
    with pytest.raises(UndefinedError):
        rendered("{% extends 'layout.html' %}{% block main %}{{ missing }}{% endblock %}")


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_template_trusts_a_value_or_styles_by_attribute(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|\bstyle=|\son\w+=", text)


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//host/path", "/path", "https://", "file:///etc/passwd",
        "https://a b.example/", "https://news.example/\n", "https://[::1", "java\tscript:alert(1)", "https://news.example/\u202e",
    ],
)  # fmt: skip
def test_only_an_address_of_the_web_becomes_a_link(url, rendered):
    page = rendered(
        "{% extends 'layout.html' %}{% import 'marks.html' as marks %}{% block main %}{{ marks.link(url, 'words') }}{% endblock %}", url=url
    )
    assert not html.fromstring(page).xpath("//main//a")


def test_a_link_tells_nobody_where_it_was_followed(rendered):
    page = rendered(
        "{% extends 'layout.html' %}{% import 'marks.html' as marks %}{% block main %}{{ marks.link(url, 'words') }}{% endblock %}",
        url="https://news.example/a?b=1&c=2",
    )
    link = html.fromstring(page).xpath("//main//a")[0]
    assert (link.get("href"), link.get("rel")) == ("https://news.example/a?b=1&c=2", "noreferrer noopener")


@pytest.mark.parametrize("folder", sorted((FOLDER / "vendor").iterdir()), ids=lambda path: path.name)
def test_a_bundled_library_is_the_file_that_its_makers_released(folder):
    said = (folder / "README.md").read_text(encoding="utf-8")
    version = re.search(r"\| version \| (\S+) \|", said)[1]
    assert folder.name.endswith(f"-{version}")
    for script in folder.glob("*.js"):
        content = script.read_bytes()
        assert f"`{script.name}`" in said
        assert hashlib.sha256(content).hexdigest() in said
        assert f"| bytes | {len(content)} |" in said
        assert "</script" not in packaged(script.relative_to(FOLDER).as_posix()).lower()
        assert "<!--" not in packaged(script.relative_to(FOLDER).as_posix())
    assert {"LICENSE", "NOTICE"} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""), (0, "0 s"), (119, "119 s"), (120, "2 min"), (7_199, "120 min"), (7_200, "2 h"), (11_100, "3 h 5 min"), (86_400, "24 h"),
        (172_800, "2 d"), (187_200, "2 d 4 h"), (3_456_000, "40 d"), (-300, "-5 min"),
    ],
)  # fmt: skip
def test_a_duration_reads_in_the_units_that_fit(seconds, words):
    assert spelling.duration(seconds) == words


@pytest.mark.parametrize(
    ("part", "words"), [(None, ""), (0, "0 %"), (0.004, "0.4 %"), (0.0999, "10.0 %"), (0.1, "10 %"), (1, "100 %"), (-0.5, "-50 %")]
)
def test_a_share_reads_in_percent(part, words):
    assert spelling.share(part) == words


@pytest.mark.parametrize(
    ("count", "words"), [(None, ""), (0, "0 bytes"), (999, "999 bytes"), (1_500, "1.5 KB"), (25_000_000, "25 MB"), (7 * 10**15, "7,000 TB")]
)
def test_bytes_read_in_the_unit_that_fits(count, words):
    assert spelling.size(count) == words


def test_an_instant_is_shown_in_utc():
    at = datetime(2026, 3, 3, 1, 5, tzinfo=timezone(timedelta(hours=2)))
    assert (spelling.moment(at), spelling.stamp(at), spelling.iso(at)) == (
        "2 Mar 2026, 23:05 UTC", "2026-03-02 23:05", "2026-03-02T23:05:00Z",
    )  # fmt: skip
    assert spelling.moment(datetime(2026, 3, 3, tzinfo=UTC)) == "3 Mar 2026, 00:00 UTC"
