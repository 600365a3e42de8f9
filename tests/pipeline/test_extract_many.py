"""Many pages in two passes: what a publisher's own pages teach is taken out of each of them."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlsplit

import pytest

from flows.demo.cases import Case
from flows.demo.newsroom import Newsroom
from flows.demo.responses import Request
from flows.pipeline.extract_many import extract_many

ROUND = 3


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """An Arabic publisher's articles on disk and the lines that list them; every third id is a number.

    Its script has no capitals, so that one page alone does not tell a label from a name.
    """
    folder, newsroom = tmp_path_factory.mktemp("pages"), Newsroom(1)
    truths = [
        truth for truth in newsroom.truth().articles if truth.is_loadable and Case.LABEL_TAIL in truth.cases and truth.language == "ar"
    ]
    host = truths[0].host
    out = [truth for truth in newsroom.truth().articles if truth.is_loadable and truth.host == host]
    lines = []
    for number, truth in enumerate(out):
        address = urlsplit(truth.url)
        body = newsroom.respond(Request(host, address._replace(scheme="", netloc="").geturl(), {}), ROUND).body
        (folder / f"{number}.html").write_bytes(body)
        lines.append(
            json.dumps({"id": number if number % 3 == 0 else f"page-{number}", "url": truth.url, "html": f"{number}.html"}).encode()
        )
    return folder, out, lines


def extracted(folder, lines):
    async def run():
        return [row async for row in extract_many(lines, folder, workers=2)]

    return asyncio.run(run())


def learned(rows):
    """Texts that learned rules took."""
    return [block["text"] for row in rows for block in row["blocks"] if block.get("rule", "").startswith("learned-")]


def test_labels_that_only_this_publisher_has_go_and_the_articles_come_in_the_order_of_the_lines(pages):
    folder, truths, lines = pages
    rows = extracted(folder, lines)

    assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in lines]
    left = [
        row["id"]
        for row, truth in zip(rows, truths, strict=True)
        for line in truth.at(ROUND).removed
        if line.why == "tail" and line.text in row["text"].split("\n\n")
    ]
    assert left == []
    assert len(learned(rows)) >= 8


def test_the_order_of_the_lines_changes_no_article(pages):
    folder, _, lines = pages
    first, backwards = extracted(folder, lines), extracted(folder, lines[::-1])

    assert backwards[::-1] == first


def test_two_pages_of_a_publisher_teach_nothing(pages):
    folder, _, lines = pages

    assert learned(extracted(folder, lines[1:3])) == []
