"""news-please by its library: its crawler fetches a few dozen at a time, and processes that stay read them, without pictures."""

from __future__ import annotations

import warnings
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from newsplease import NewsPlease
from newsplease.crawler.simple_crawler import SimpleCrawler
from task import insert, new_entries, task

if TYPE_CHECKING:
    from task import Found

AT_A_TIME = 32


def read(entry: Found, page: str) -> tuple[str | None, ...] | None:
    """The row, None if it finds no text."""
    try:
        article = NewsPlease.from_html(page, url=entry.url, fetch_images=False)
    except ImportError:  # some languages need a tokenizer of their own
        return None
    if not article or not article.maintext:
        return None
    date = article.date_publish.isoformat() if article.date_publish else None
    return entry.row(article.url, article.title, "; ".join(article.authors), date, article.language, article.maintext)


def main() -> None:
    warnings.simplefilter("ignore")
    given = task()
    connection = given.connect()
    found = new_entries(given, connection)
    with ProcessPoolExecutor(given.cores) as processes:
        waiting = []
        for start in range(0, len(found), AT_A_TIME):
            part = found[start : start + AT_A_TIME]
            pages = SimpleCrawler.fetch_urls([entry.url for entry in part], request_args={"timeout": 30})
            waiting += [processes.submit(read, entry, pages[entry.url]) for entry in part if pages.get(entry.url)]
        for future in waiting:
            if row := future.result():
                insert(connection, row)
    connection.close()


if __name__ == "__main__":
    main()
