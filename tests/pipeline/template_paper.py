"""A paper whose pages have a layout, so that there is something to learn of them, and an installation that imports them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.import_files import import_files
from flows.pipeline.progress import nobody
from flows.world import this_world
from tasks.text.article import is_audited
from tests.pipeline.paper_files import STEPS, Paper

if TYPE_CHECKING:
    from flows.pipeline.context import Steps
    from flows.pipeline.progress import Tell

PUBLISHER = "herald.example"
NOTE = "It was dark when the keeper went home for the night"
STORIES = tuple("ferry bridge market school library orchard harbour quarry museum station mill tower".split())
EVENTS = (
    "was repaired by the town",
    "opened again after a year",
    "drew a crowd from afar",
    "cost more than was thought",
    "will be painted",
)


def story_page(story: str, *, design: str = "plain", more: str = "", noise: str = "") -> str:
    """An article with a menu and a note. design: what its classes are called. noise: something that readers never see."""
    told = "".join(
        f"<p>The {story} {event} on Tuesday, and the people of the {story} quarter talked about little else for {number} days,"
        f" said the keeper of the {story}, who had seen all of it from a window.</p>"
        for number, event in enumerate(EVENTS, start=2)
    )
    head = f'<head><title>The {story} again</title><meta name="noise" content="{noise}">'
    head += f'<link rel="canonical" href="https://{PUBLISHER}/{story}"></head>'
    body = f'<nav class="{design}-menu"><ul><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li></ul></nav>'
    body += f'<div class="{design}-story"><h1>The {story} again</h1><div class="{design}-text">{told}{more}'
    body += f'<p class="{design}-note">{NOTE} to the {story} quarter.</p></div></div>'
    return f"<html lang=en>{head}<body>{body}</body></html>"


def audited_page(story: str) -> str:
    """One whose bytes have the extractor asked too."""
    return next(html for number in range(10_000) if is_audited((html := story_page(story, noise=str(number))).encode()))


class TemplatePaper(Paper):
    """Imports pages of the paper."""

    def bring_pages(self, *pages: str, steps: Steps = STEPS, tell: Tell = nobody) -> dict[str, int]:
        """What became of them."""
        files = []
        for html in pages:
            files.append(self.pages / f"{html.partition('<h1>')[2].partition('</h1>')[0]}.html")
            files[-1].write_text(html, encoding="utf-8")
        return dict(import_files(self.settings, files, this_world(), steps=steps, tell=tell).entries)

    def bring_stories(self, *stories: str, steps: Steps = STEPS, tell: Tell = nobody, **changes: str) -> dict[str, int]:
        return self.bring_pages(*(story_page(story, **changes) for story in stories), steps=steps, tell=tell)

    def switched(self, *, templates: bool) -> None:
        self.settings = self.settings.model_copy(update={"templates": templates})

    def readers(self) -> list[str]:
        """What read each article last, in order of first sight: template or extractor."""
        found = self.query("select extractor from articles_current join articles using (article_id) order by articles.first_seen_at, url")
        return ["template" if each.startswith("template-") else "extractor" for (each,) in found]

    def state(self) -> tuple[str | None, str | None]:
        """Template in use, and why the last one was retired."""
        found = self.query("select template_id, retired_why from template_states where publisher_id = ?", PUBLISHER)
        return found[0] if found else (None, None)

    def versions_of(self, story: str) -> int:
        sql = "select count(*) from article_versions join articles using (article_id) where canonical_url = ?"
        ((count,),) = self.query(sql, f"https://{PUBLISHER}/{story}")
        return count


def judged_by(**templating: float) -> Steps:
    return replace(STEPS, templating=replace(policy.TEMPLATING, **templating))
