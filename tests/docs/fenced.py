"""The READMEs and what stands between their fences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FRONT, ANALYSTS, OPS = ROOT / "README.md", ROOT / "warehouse" / "README.md", ROOT / "flows" / "README.md"
READMES = (FRONT, ANALYSTS, OPS)
PAGES = (*READMES, ROOT / "CHANGELOG.md")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fenced:
    """One fenced block. language: what stands behind its opening fence, "" if nothing does."""

    language: str
    text: str


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def fenced(path: Path, *languages: str) -> list[Fenced]:
    """The blocks of a page in these languages, in order."""
    found = (Fenced(language, text) for language, text in FENCE.findall(path.read_text(encoding="utf-8")))
    return [block for block in found if block.language in languages]


def rows(path: Path, heading: str) -> list[tuple[str, ...]]:
    """The cells of all tables under a heading, without their heads."""
    section = re.split(r"^##+ ", path.read_text(encoding="utf-8").partition(f"## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    cells = [tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]) for line in lines]
    rules = [number for number, row in enumerate(cells) if set("".join(row)) <= {"-"}]
    return [row for number, row in enumerate(cells) if number not in rules and number + 1 not in rules]


def is_shown(shown: str, printed: str) -> bool:
    """Whether an excerpt is what was printed: `…` stands for any part of a line, alone on a line for any lines."""
    parts = [
        r"(?:.*\n)*?" if line.strip() == "…" else ".*".join(map(re.escape, line.rstrip().split("…"))) + r" *\n"
        for line in shown.splitlines()
    ]
    return re.search(r"(?m)^" + "".join(parts), printed + "\n") is not None
