"""Links and names of files on the pages lead somewhere."""

from __future__ import annotations

import re

import pytest

from tests.docs.fenced import PAGES, ROOT, name_of

LINK = re.compile(r"\]\(([^)\s]+)\)")
MODULE = re.compile(r"(?<![\w/.])((?:flows|tasks|warehouse|tests)/[\w/.-]*)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def anchors(text: str) -> set[str]:
    """As the pages' readers make them: small letters, spaces as hyphens, no punctuation."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file_and_a_heading_in_it(page):
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_and_folder_that_is_named_exists(page):
    named = {name.rstrip(".") for name in MODULE.findall(page.read_text(encoding="utf-8"))}
    assert not sorted(name for name in named if not (ROOT / name).exists())


def test_the_layout_names_every_room():
    layout = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Layout\n")[2].partition("\n## ")[0]
    assert all(f"| `{room}/` |" in layout for room in ("flows", "tasks", "warehouse", "tests"))


def test_the_data_flow_passes_through_every_room_of_the_work():
    flow = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Data flow\n")[2].partition("\n## ")[0]
    rooms = [path for path in (ROOT / "tasks").iterdir() if (path / "__init__.py").exists()]
    assert not sorted(path.name for path in rooms if f" tasks/{path.name}/ " not in flow)
