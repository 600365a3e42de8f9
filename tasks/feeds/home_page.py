"""Links that lead to the feed's own home page: what a feed gives to an entry whose story has no page, or not yet."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from tasks.model import Entry
from tasks.urls import canonical_url, registrable_domain, url_key


def without_home_page(entry: Entry, *, feed_url: str, home_url: str | None) -> Entry:
    """The entry, without its link if that is the home page: taken for the story's page, it would make all such stories one article.

    The home page: where `home_url` leads, and the front page (no path, no query) of the site that serves it or the feed. The front page
    of another site is a link like any other.
    """
    link = canonical_url(entry.url) if entry.url else None
    if link is None:
        return entry
    home = canonical_url(home_url) if home_url else None
    parts = urlsplit(link)
    is_front_page = parts.path == "/" and not parts.query
    is_home = home is not None and url_key(home) == url_key(link)
    own_sites = {registrable_domain(site) for site in (feed_url, home) if site} if is_front_page else set()
    return replace(entry, url=None) if is_home or registrable_domain(link) in own_sites else entry
