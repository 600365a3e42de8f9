"""Where the files by month of a published copy lie."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def month_folder(published_path: Path) -> Path:
    """`news.parquet` beside `news.duckdb`, beside that copy before it has its name, and beside copies of it that are kept. Absolute."""
    stem = re.sub(r"(-\d{4}-\d{2}-\d{2})?\.duckdb(\.new)?$", "", published_path.name)
    return published_path.resolve().with_name(f"{stem}.parquet")


def month_files(published_path: Path) -> tuple[Path, ...]:
    """All that are there, in order of name: of this copy, of kept ones, and of former ones."""
    return tuple(sorted(month_folder(published_path).glob("*/*.parquet")))
