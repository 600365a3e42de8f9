"""A plain script: feedparser, trafilatura with metadata, a row at a time. Option: `fast`, trafilatura without its fallbacks."""

from __future__ import annotations

import sys
from copy import deepcopy

import py3langid
import trafilatura
from task import insert, new_entries, task
from trafilatura.settings import DEFAULT_CONFIG


def main() -> None:
    given, is_fast = task(), "fast" in sys.argv[2:]
    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["SSRF_PROTECTION"] = "off"  # the pages are on this machine
    connection = given.connect()
    for entry in new_entries(given, connection):
        page = trafilatura.fetch_url(entry.url, config=config)
        if not page:
            continue
        found = trafilatura.bare_extraction(page, url=entry.url, with_metadata=True, include_comments=False, fast=is_fast)
        if found and found.text:
            language = py3langid.classify(found.text)[0]
            insert(connection, entry.row(found.url, found.title, found.author, found.date, language, found.text))
    connection.close()


if __name__ == "__main__":
    main()
