"""One publisher with everything it prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.demo.labels import Labels, draw_labels
from flows.demo.publishers import Publisher, read_publishers
from flows.demo.story import Story
from flows.demo.wording import Language, read_language
from flows.demo.writing import write_stories


@dataclass(frozen=True, slots=True)
class Site:
    """A publisher's site. stories: by number; by_path: canonical path -> story."""

    publisher: Publisher
    language: Language
    labels: Labels
    stories: tuple[Story, ...]
    by_path: Mapping[str, Story]

    def out(self, round_number: int) -> tuple[Story, ...]:
        """The stories that are out in that round."""
        return tuple(story for story in self.stories if story.first_round <= round_number)


def open_sites(seed: int) -> tuple[Site, ...]:
    """All sites of the newsroom, ordered by host."""
    publishers = read_publishers()
    languages = {code: read_language(code) for code in {publisher.language for publisher in publishers}}
    return tuple(_open_site(publisher, languages[publisher.language], seed) for publisher in publishers)


def _open_site(publisher: Publisher, language: Language, seed: int) -> Site:
    stories = write_stories(publisher, language, seed)
    return Site(publisher, language, draw_labels(language, publisher.host, seed), stories, {story.path: story for story in stories})
