"""What each feed carries in each round, and what should become of every entry."""

from __future__ import annotations

from dataclasses import dataclass

from flows.demo.cases import REJECTED, Case
from flows.demo.feeds import FeedItem
from flows.demo.publishers import FeedAddress, Publisher
from flows.demo.story import Story


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of one feed in one round.

    article_url: the article it stands for, whatever its link says.
    expected: loaded, revised, unchanged, duplicate, rejected or pending. A rejected entry never becomes an article: later rounds may
    reject it again or leave it unchanged. A duplicate stands in a second feed too: whichever feed comes first loads the article.
    """

    feed_url: str
    round_number: int
    article_url: str
    expected: str
    item: FeedItem


def entries_of(publisher: Publisher, address: FeedAddress, stories: tuple[Story, ...], round_number: int) -> tuple[Entry, ...]:
    """The feed's entries in that round, newest first. stories: all of the publisher's, by number."""
    carried = [story for story in stories if story.first_round <= round_number and story.ordinal % address.every == 0]
    carried.sort(key=lambda story: (story.published_at, story.ordinal), reverse=True)
    feed_url = f"http://{publisher.host}{address.path}"
    return tuple(
        Entry(
            feed_url,
            round_number,
            story.url,
            _expected(story, address, round_number),
            _item(publisher, address, story, stories, round_number),
        )
        for story in carried
    )


def redirecting_path(story: Story) -> str:
    """The path that redirects to the story."""
    return f"/go/{story.ordinal}"


def _item(publisher: Publisher, address: FeedAddress, story: Story, stories: tuple[Story, ...], round_number: int) -> FeedItem:
    version = story.at(round_number)
    identified = stories[story.ordinal - 1] if Case.SHARED_ID in story.cases else story
    suffix = "-2" if Case.NEW_ID in story.cases and round_number > 1 else ""
    entry_id = identified.url if publisher.id_style == "permalink" else _made_id(publisher, identified) + suffix
    return FeedItem(
        entry_id=entry_id,
        id_is_link=publisher.id_style == "permalink",
        url=_link(address, story, round_number),
        title=None if Case.NO_TITLE in story.cases else version.title,
        summary=version.summary,
        authors=story.authors,
        published_at=None if Case.NO_DATE in story.cases else story.published_at,
        updated_at=None if Case.NO_DATE in story.cases else version.updated_at,
    )


def _made_id(publisher: Publisher, story: Story) -> str:
    if publisher.id_style == "tag":  # RFC 4151
        return f"tag:{publisher.host},2026:article-{story.ordinal}"
    return f"{publisher.country.lower()}-{900_000 + story.ordinal * 13}"


def _link(address: FeedAddress, story: Story, round_number: int) -> str | None:
    if Case.NO_LINK in story.cases:
        return None
    if Case.REDIRECT in story.cases:
        return f"http://{story.host}{redirecting_path(story)}"
    tracking = None
    if address.tracking and story.ordinal % 2 == 0:
        tracking = address.tracking
    elif Case.NEW_TRACKING in story.cases and round_number > 1:
        tracking = f"utm_source=feed&utm_campaign=round{round_number}"
    return story.url + ("" if tracking is None else ("&" if "?" in story.url else "?") + tracking)


def _expected(story: Story, address: FeedAddress, round_number: int) -> str:
    if story.cases & REJECTED:
        return "rejected"
    if round_number == story.first_round:
        return "duplicate" if address.every > 1 else "pending" if Case.ERROR_ONCE in story.cases else "loaded"
    if Case.ERROR_ONCE in story.cases and round_number == story.first_round + 1:
        return "loaded"
    now, before = story.at(round_number), story.at(round_number - 1)
    return "unchanged" if (now.title, now.body) == (before.title, before.body) else "revised"
