"""Damaged pages of every kind are read or refused. `benchmarks/mutated_pages.py` does it twenty thousand times, in a worker process."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.mutations import KINDS, mutate
from tasks.errors import StageError
from tasks.model import Article
from tasks.text.article import make_article
from tasks.text.job import PageJob

PAGES = [path.read_bytes() for path in sorted(Path(__file__).with_name("pages").glob("*.html"))]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_damaged_in_this_way_is_read_or_refused(kind):
    for seed in range(12):
        rng = random.Random(f"{kind} {seed}")  # noqa: S311 - damage, no secret
        page = mutate(rng.choice(PAGES), rng.choice(PAGES), kind, rng)
        made = make_article(PageJob(page, "text/html", "https://courier.example/a", None, 60))

        assert isinstance(made, Article | StageError)
        assert not isinstance(made, Article) or made.text.encode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_does_the_same_damage(kind):
    once, again = (mutate(PAGES[0], PAGES[1], kind, random.Random(7)) for _ in range(2))  # noqa: S311 - damage, no secret

    assert once == again
