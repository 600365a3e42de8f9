"""Headless Chromium for tests of pages: what is installed is used, nothing is fetched."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = Path(__file__).with_name("axe-core-4.14.1") / "axe.min.js"
MUST_HOLD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Heard:
    """What a page did besides showing itself. complaints: of console and scripts. asked: URLs of requests."""

    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@contextmanager
def started_chromium() -> Iterator[Browser]:
    """A browser; the test is skipped where there is none. While it runs, nothing else in this thread can: make the pages before."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium here: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


def listen_to(page: Page) -> Heard:
    """From now on."""
    heard = Heard()
    page.on("console", lambda message: heard.complaints.append(message.text))
    page.on("pageerror", lambda error: heard.complaints.append(str(error)))
    page.on("dialog", lambda dialog: heard.complaints.append(dialog.message))
    page.on("request", lambda request: heard.asked.append(request.url))
    return heard


def accessibility(page: Page) -> tuple[int, list[str]]:
    """How many rules of axe-core hold, and what breaks the others."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: tags})", MUST_HOLD)
    return len(found["passes"]), [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]
