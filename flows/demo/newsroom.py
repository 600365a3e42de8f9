"""The demo newsroom: ten publishers on ten hosts, one host that closed, three rounds of news, all of it a function of one seed."""

from __future__ import annotations

import json

from flows.demo import responses
from flows.demo.charsets import charset_of
from flows.demo.entries import entries_of
from flows.demo.layout import article_lines, surrounding_lines
from flows.demo.publishers import FeedAddress, Publisher
from flows.demo.responses import CLOSED, NOT_FOUND, Request, Response
from flows.demo.site import Site, open_sites
from flows.demo.story import ROUNDS, Story
from flows.demo.truth import ArticleTruth, FeedTruth, Reading, Truth, utc

_CLOSED_HOST = "old-lantern.test"
_DEAD_FEEDS = (
    FeedTruth(f"http://{_CLOSED_HOST}/feed.xml", f"http://{_CLOSED_HOST}/feed.xml", 410, None, "The Old Lantern", "en", "GB"),
    FeedTruth(
        "http://mosswick-courier.test/sport.xml", "http://mosswick-courier.test/sport.xml", 404, None, "Mosswick Courier", "en", "GB"
    ),
)


class Newsroom:
    """All publishers of one seed. The same seed, request and round always give the same response."""

    def __init__(self, seed: int) -> None:
        self._sites = {site.publisher.host: site for site in open_sites(seed)}

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every host that answers."""
        return (*self._sites, _CLOSED_HOST)

    def respond(self, request: Request, round_number: int) -> Response:
        """The answer in round 1, 2 or 3. An unknown host is a 404."""
        host = request.host.partition(":")[0].lower()
        if host == _CLOSED_HOST:
            return CLOSED
        site = self._sites.get(host)
        return NOT_FOUND if site is None else responses.respond(site, request, round_number)

    def feeds_toml(self) -> str:
        """The feeds.toml that lists every feed, the dead ones too."""
        tables = ["version = 1\n"]
        for number, feed in enumerate(self._feeds(), 1):
            values = {
                "url": feed.url,
                "id": f"{feed.url.split('/')[2].removesuffix('.test')}-{number}",
                "publisher": feed.publisher,
                "language": feed.language,
                "country": feed.country,
            }
            lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items())
            tables.append("[[feeds]]\n" + "\n".join(lines) + "\n")
        return "\n".join(tables)

    def truth(self) -> Truth:
        """What the newsroom knows about its articles, entries and feeds."""
        sites = self._sites.values()
        return Truth(
            feeds=self._feeds(),
            articles=tuple(_article_truth(site, story) for site in sites for story in site.stories),
            entries=tuple(
                entry
                for round_number in ROUNDS
                for site in sites
                for address in site.publisher.feeds
                for entry in entries_of(site.publisher, address, site.stories, round_number)
            ),
            labels=tuple((host, site.labels) for host, site in self._sites.items()),
        )

    def _feeds(self) -> tuple[FeedTruth, ...]:
        living = (_feed_truth(site.publisher, address) for site in self._sites.values() for address in site.publisher.feeds)
        return (*living, *_DEAD_FEEDS)


def _feed_truth(publisher: Publisher, address: FeedAddress) -> FeedTruth:
    return FeedTruth(
        url=f"http://{publisher.host}{address.moved_from or address.path}",
        final_url=f"http://{publisher.host}{address.path}",
        status=301 if address.moved_from else 200,
        kind=address.kind,
        publisher=publisher.name,
        language=publisher.language,
        country=publisher.country,
    )


def _article_truth(site: Site, story: Story) -> ArticleTruth:
    wire = site.publisher.wire_of(story.ordinal)
    return ArticleTruth(
        host=story.host,
        url=story.url,
        language=story.language,
        authors=story.authors,
        published_at=utc(story.published_at),
        published_on=story.published_at.date(),
        cases=story.cases,
        charset=charset_of(story).true,
        wire=wire.story if wire else None,
        readings=tuple(_reading(site, story, round_number) for round_number in ROUNDS if round_number >= story.first_round),
    )


def _reading(site: Site, story: Story, round_number: int) -> Reading:
    version = story.at(round_number)
    lines = article_lines(site, story, round_number)
    return Reading(round_number, version.title, version.subtitle, lines, surrounding_lines(site.labels))
