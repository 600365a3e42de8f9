"""What stands on an article's page in one round, line by line and in order, with what must become of each line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from flows.demo.cases import Case
from flows.demo.labels import Labels
from flows.demo.publishers import Publisher
from flows.demo.site import Site
from flows.demo.story import Fate, Line, Part, Story

_TAIL_WORDS = ("News", "Dismiss")
_RELATED_LINKS = 3


def article_lines(site: Site, story: Story, round_number: int) -> tuple[Line, ...]:
    """The lines inside the article's container. The related box changes with the round."""
    version, publisher, language, labels = story.at(round_number), site.publisher, site.language, site.labels
    pieces: Mapping[str, Callable[[], tuple[Line, ...]]] = {
        "headline": lambda: (Line(version.title, Part.HEADLINE, Fate.MOVED, "title"),),
        "headline_again": lambda: (Line(version.title, Part.HEADLINE_AGAIN, Fate.REMOVED, "headline"),),
        "standfirst": lambda: (Line(version.subtitle, Part.STANDFIRST, Fate.MOVED, "subtitle"),) if version.subtitle else (),
        "byline": lambda: (
            Line(language.names(story.authors), Part.BYLINE, Fate.MOVED, "authors"),
            Line(language.date(story.published_at), Part.DATE, Fate.MOVED, "published"),
        ),
        "figure": lambda: (
            Line(story.caption, Part.CAPTION, Fate.MOVED, "caption"),
            Line(language.photo_credit.format(photographer=story.photographer), Part.PHOTO_CREDIT, Fate.MOVED, "credit"),
        ),
        "body": lambda: _body(publisher, labels, version.body),
        "tail": lambda: _tail(publisher, labels, story),
        "share": lambda: tuple(Line(label, Part.SHARE, Fate.REMOVED, "share") for label in labels.share),
        "newsletter": lambda: (Line(labels.newsletter, Part.NEWSLETTER, Fate.REMOVED, "newsletter"),),
        "related": lambda: _related(labels, story, round_number, site.out(round_number)),
    }
    return tuple(line for name in publisher.order for line in pieces[name]())


def surrounding_lines(labels: Labels) -> tuple[Line, ...]:
    """The lines outside the article's container, all to be removed."""
    return (
        Line(labels.cookie, Part.COOKIE, Fate.REMOVED, "cookie"),
        *(Line(label, Part.NAVIGATION, Fate.REMOVED, "navigation") for label in labels.navigation),
        Line(labels.comments, Part.COMMENTS, Fate.REMOVED, "comments"),
        Line(labels.footer, Part.FOOTER, Fate.REMOVED, "footer"),
    )


def _body(publisher: Publisher, labels: Labels, body: tuple[Line, ...]) -> tuple[Line, ...]:
    if not publisher.newsletter_after:
        return body
    place = publisher.newsletter_after
    return (*body[:place], Line(labels.newsletter, Part.NEWSLETTER, Fate.REMOVED, "newsletter"), *body[place:])


def _tail(publisher: Publisher, labels: Labels, story: Story) -> tuple[Line, ...]:
    if Case.LABEL_TAIL in story.cases:
        return (Line(labels.tail, Part.TAIL, Fate.REMOVED, "tail"),)
    if Case.TAIL not in story.cases:
        return ()
    if publisher.tails == "h4 button":
        parts = zip(_TAIL_WORDS, (Part.TAIL_HEADING, Part.TAIL_BUTTON), strict=True)
        return tuple(Line(word, part, Fate.REMOVED, "tail") for word, part in parts)
    return (Line(_TAIL_WORDS[story.ordinal % 2], Part.TAIL, Fate.REMOVED, "tail"),)


def _related(labels: Labels, story: Story, round_number: int, others: Sequence[Story]) -> tuple[Line, ...]:
    random = Random(f"{story.url}/{round_number}")  # noqa: S311 - a demo must come out the same each time
    chosen = random.sample([other for other in others if other is not story], k=_RELATED_LINKS)
    links = (Line(other.versions[0].title, Part.RELATED_LINK, Fate.REMOVED, "related", href=other.url) for other in chosen)
    return (Line(labels.related, Part.RELATED_HEADING, Fate.REMOVED, "related"), *links)
