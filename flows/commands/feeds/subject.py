"""Which feed a call means, by its id or its URL."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.unusable import Unusable
from tasks.feeds.listing import feed_key
from tasks.model import Feed

FeedsFile = Annotated[Path | None, Parameter(name="--feeds", help="The list of feeds. [default: $FEEDMILL_FEEDS, else ./feeds.toml]")]
Subject = Annotated[str, Parameter(help="Id or URL of a listed feed.")]


def find(feeds: Sequence[Feed], subject: str) -> Feed | None:
    """The listed feed of that id or URL (in any of its spellings), None if there is none."""
    key = feed_key(subject)
    return next((each for each in feeds if subject == each.feed_id or key == feed_key(each.url)), None)


def listed(feeds: Sequence[Feed], subject: str) -> Feed:
    """The same; raises Unusable if there is none."""
    feed = find(feeds, subject)
    if feed is not None:
        return feed
    near = difflib.get_close_matches(subject, [each for feed in feeds for each in (feed.feed_id, feed.url)], n=3, cutoff=0.5)
    raise Unusable(
        f"no feed is listed as {subject!a}: " + (f"did you mean {' or '.join(near)}?" if near else "`feedmill feeds list` shows them")
    )
