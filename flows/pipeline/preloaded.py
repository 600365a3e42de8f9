"""Imported once, before workers are forked from it: what every page needs (code, rules, month names, the language model) is in place then.

A worker that is started, or takes the place of a lost one, costs 10 ms so, and not a second; and all of them share one language model.
"""

from __future__ import annotations

import contextlib
import gc

from tasks.feeds.limits import FeedLimits
from tasks.feeds.parse import parse_feed
from tasks.reading import read_with
from tasks.text.article import make_article
from tasks.text.job import PageJob
from tasks.text.knowledge import NOTHING_KNOWN

# An article: what is refused as too short, or says everything twice, is left before its language is asked for.
PAGE = b"""<html><body><article><h1>A page for nobody</h1>
<p>Before the first page is read, something else has to be read, so that whatever reading takes is found and loaded by then.</p>
<p>It makes no difference what that is, as long as there are a few sentences of it and each of them is said only once here.</p>
<p>Nothing that these paragraphs hold is kept: they are forgotten at once, while rules, names of months and models remain.</p>
</article></body></html>"""
FEED = b"<rss version='2.0'><channel><title>A feed</title><item><title>An entry</title><link>http://a.test/</link></item></channel></rss>"

with contextlib.suppress(OSError):  # the language model goes through a temporary file: without room for it, the first page tells so
    read_with(make_article, PageJob(PAGE, "text/html", None, None, seconds=60.0), NOTHING_KNOWN)
parse_feed(FEED, url="http://a.test/feed", content_type="text/xml", limits=FeedLimits(10_000, 100, 10, 1_000, 10))
gc.collect()
gc.freeze()  # the garbage collector of a worker looks at what a page leaves, not again and again at all code and models
gc.set_threshold(10_000)  # new objects until it looks: a page makes fewer, nearly all of which end without it
