"""The index for ranked search, made in a copy that is not published yet. It is never in the live file."""

from __future__ import annotations

import shutil
from pathlib import Path

from warehouse.connect import live
from warehouse.full_text import load_full_text
from warehouse.statements import statement


def index_copy(copy_path: Path) -> int:
    """Index the articles of a copy as they stand now, headline and text. Returns how many they are.

    Raises ExtensionUnusable, WarehouseUnusable.
    """
    shutil.rmtree(Path(f"{copy_path}.tmp"), ignore_errors=True)  # what a killed one had put there for want of memory
    with live(copy_path, wait_seconds=0) as connection:
        load_full_text(connection)
        connection.execute(statement("queries/search_index/words.sql"))
        connection.execute(statement("queries/search_index/create.sql"))
        connection.execute("drop table search_words")  # the index has all that is asked for
        [(articles,)] = connection.execute(statement("queries/search_index/articles.sql")).fetchall()
        connection.execute("checkpoint")
    return int(articles)
