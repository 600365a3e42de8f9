"""Every outcome and reason that can stand in a row is on the ops page, and every one on the page can stand in a row."""

from __future__ import annotations

import ast
import re

import pytest

from tasks.identity import ENTRY_ID, TITLE_DAY, URL
from tasks.polling import decide, due, failing, interval, notices
from tasks.polling.recheck import MOVED_AWAY, NOT_MODIFIED
from tasks.shape import PAGE_AT_LAST, UNTOUCHED
from tasks.text.catalogue import catalogue
from tasks.text.templates.template import Refusal
from tasks.web.reservations import OPTED_OUT
from tests.docs.fenced import OPS, ROOT, rows
from warehouse.query import query

SOURCES = [ast.parse(path.read_text(encoding="utf-8")) for room in ("flows", "tasks") for path in sorted((ROOT / room).rglob("*.py"))]
PLACE_OF_CODE = {
    "FetchError": 1,
    "NotAFeed": 1,
    "NotAnArticle": 1,
    "StageError": 1,
    "Unreadable": 1,
    "answered": 0,
    "Unread": 0,
    "WorkerLost": 0,
}
STATUS = re.compile(r"http_\d{3}")
GIVEN_UP = re.compile(r" after \d+ tries")


def literals(node: ast.expr) -> set[str]:
    """The text that an argument may be: a literal, or either side of `a if b else c`."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) | literals(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def given_to(*names: str) -> set[str]:
    """The codes that the code gives to these classes."""
    calls = (node for source in SOURCES for node in ast.walk(source) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return {
        code
        for call in calls
        if call.func.id in names and len(call.args) > PLACE_OF_CODE[call.func.id]
        for code in literals(call.args[PLACE_OF_CODE[call.func.id]])
    }


def of_failed_exchanges() -> set[str]:
    """The table of tasks/web/failures.py: (class, reason, whether it may succeed later)."""
    tree = ast.parse((ROOT / "tasks" / "web" / "failures.py").read_text(encoding="utf-8"))
    triples = (node.elts for node in ast.walk(tree) if isinstance(node, ast.Tuple) and len(node.elts) == 3)
    return {middle.value for _, middle, last in triples if isinstance(middle, ast.Constant) and isinstance(last, ast.Constant)}


def codes(heading: str, column: int = 0) -> set[str]:
    return {code for row in rows(OPS, heading) for code in re.findall(r"`([^`]+)`", row[column])}


FETCH = given_to("FetchError") | of_failed_exchanges()
POLLS, NOT_A_FEED, PAGES = given_to("answered", "Unread") | given_to("WorkerLost"), given_to("NotAFeed"), given_to("Unreadable")
LATER = given_to("WorkerLost")
WALLS = set(re.findall(r'^reason = "(\w+)"', (ROOT / "tasks/text/walls.toml").read_text(encoding="utf-8"), re.MULTILINE)) | {
    pair.elts[0].value
    for returned in ast.walk(ast.parse((ROOT / "tasks/text/walls.py").read_text(encoding="utf-8")))
    if isinstance(returned, ast.Return) and isinstance(pair := returned.value, ast.Tuple) and isinstance(pair.elts[0], ast.Constant)
}
ENTRIES = {
    decide.NO_LINK, decide.BAD_LINK, decide.CHANGED, decide.QUEUED_EARLIER, decide.REJECTED_EARLIER, decide.SAME_POLL,
    *(f"known by {kind}" for kind in (ENTRY_ID, URL, TITLE_DAY)), "same text", "same article as another entry", PAGE_AT_LAST, UNTOUCHED,
} | given_to("NotAnArticle") | LATER | WALLS  # fmt: skip


def test_the_code_is_understood():
    assert {"timeout", "robots", "dns"} <= FETCH
    assert {"html", "other_xml", "entities", "empty"} <= NOT_A_FEED
    assert {"ok", "not_modified", "http_error", "worker_died"} <= POLLS
    assert {"too_slow", "worker_died"} <= LATER


def test_every_outcome_of_a_poll_is_described():
    assert codes("Outcomes of polls") == POLLS | FETCH | NOT_A_FEED


def test_every_notice_of_a_poll_and_every_reason_of_its_time_is_described():
    said = {value for name, value in vars(notices).items() if name.isupper() and isinstance(value, str)}
    reasons = {value for name, value in vars(interval).items() if name.isupper() and isinstance(value, str)}
    assert codes("When a feed is asked") == said | reasons | {failing.TEMPORARY, failing.SOFT, failing.HARD, due.GONE}


def test_every_outcome_of_a_page_is_described():
    assert codes("Outcomes of pages") == {"ok", "http_STATUS", OPTED_OUT, NOT_MODIFIED, MOVED_AWAY} | FETCH | PAGES


def test_every_reason_of_an_entry_is_described():
    assert codes("Outcomes of entries", 1) == ENTRIES


def test_every_reason_for_which_a_template_is_refused_is_described():
    assert codes("Templates of publishers") == {each.value for each in Refusal}


def test_every_outcome_of_an_entry_is_described():
    assert codes("Outcomes of entries") == {"loaded", "revised", "unchanged", "duplicate", "rejected", "pending"}


@pytest.mark.parametrize(
    ("sql", "described"),
    [
        ("select distinct rule_id from blocks where rule_id is not null and not starts_with(rule_id, 'learned-')", set(catalogue())),
        ("select distinct outcome from polls", codes("Outcomes of polls")),
        ("select distinct outcome from pages", codes("Outcomes of pages")),
        ("select distinct outcome from entry_outcomes", codes("Outcomes of entries")),
        (
            "select distinct reason from entry_outcomes where reason is not null",
            codes("Outcomes of pages") | codes("Outcomes of entries", 1),
        ),
    ],
)
def test_what_stands_in_the_demos_rows_is_described(sql, described, demo):
    found = {
        GIVEN_UP.sub("", STATUS.sub("http_STATUS", code)) for (code,) in query(demo.folder / "state" / "demo" / "news.duckdb", sql).rows
    }
    assert found
    assert found <= described
