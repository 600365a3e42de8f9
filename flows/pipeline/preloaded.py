"""Imported once, before workers are forked from it: what every page needs (code, rules, month names, the language model) is in place then.

A worker that is started late, in place of a lost one, costs 10 ms so, and not a second.
"""

from __future__ import annotations

import gc

import tasks.feeds.parse  # noqa: F401
from tasks.reading import read_with
from tasks.text.article import PageJob, make_article
from tasks.text.knowledge import NOTHING_KNOWN

PAGE = b"<html><body><article><h1>A page</h1>" + b"<p>Whatever is read here is loaded before the first page is.</p>" * 5

read_with(make_article, PageJob(PAGE, "text/html", None, None, seconds=60.0), NOTHING_KNOWN)
gc.collect()
gc.freeze()  # the garbage collector of a worker looks at what a page leaves, not again and again at all code and models
