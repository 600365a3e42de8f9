"""newspaper4k without pictures, its keywords and its cache: a process per core, each with threads that fetch and read."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import newspaper
from task import Found, insert, lead_to, new_entries, task

THREADS = 10


def read(entries: list[Found]) -> list[tuple[str | None, ...]]:
    """The rows of those that it can read."""
    with ThreadPoolExecutor(THREADS) as threads:
        return [row for row in threads.map(_read, entries) if row]


def _read(entry: Found) -> tuple[str | None, ...] | None:
    article = newspaper.Article(entry.url, fetch_images=False, memorize_articles=False)
    try:
        article.download()
        article.parse()
    except (newspaper.ArticleException, ImportError):  # some languages need a tokenizer of their own
        return None
    if not article.text:
        return None
    date = article.publish_date.isoformat() if article.publish_date else None
    return entry.row(article.canonical_link, article.title, "; ".join(article.authors), date, article.meta_lang, article.text)


def main() -> None:
    given = task()
    connection = given.connect()
    found = new_entries(given, connection)
    with ProcessPoolExecutor(given.cores, initializer=lead_to, initargs=(given.hosts,)) as processes:
        for rows in processes.map(read, [found[core :: given.cores] for core in range(given.cores)]):
            for row in rows:
                insert(connection, row)
    connection.close()


if __name__ == "__main__":
    main()
