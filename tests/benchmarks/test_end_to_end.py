from __future__ import annotations

import pytest

from benchmarks import editions
from benchmarks.contenders import CONTENDERS, is_there
from benchmarks.end_to_end import agreement, turn
from benchmarks.page_server import PageServer

PUBLISHERS, PAGES, HOSTS = 2, 24, 4


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    found = editions.models(None, None)[:6]
    pages = editions.many_of_few(found, publishers=PUBLISHERS, pages=PAGES, hosts=HOSTS)
    layout = editions.write(pages, found, folder / "site")
    with PageServer(folder / "site", (0.0, 1.0)) as server:
        yield server, layout, folder


@pytest.mark.timeout(600)
@pytest.mark.parametrize("contender", CONTENDERS, ids=lambda each: each.name)
def test_rows_of_every_contender_arrive(contender, site):
    if not is_there(contender):
        pytest.skip(f"{contender.title} is not installed: `make bench` builds its environment")
    server, layout, folder = site
    done = turn(contender, server, layout, folder / contender.name)

    assert layout.arrivals == (32, 8, 8)
    assert done.counts[-1] == pytest.approx(PUBLISHERS * PAGES / contender.every, abs=0 if contender.every == 1 else 4)
    assert list(done.counts) == sorted(set(done.counts))
    assert all(poll.cpu > 0.1 for poll in done.polls)


def test_a_feed_shows_what_is_new_and_the_newest_of_before():
    found = editions.models(None, None)[:1]
    pages = editions.many_of_few(found, publishers=1, pages=20, hosts=1)
    shown = [dict(editions.feeds(pages, {page.url: "" for page in pages}, arrival)) for arrival in range(3)]
    counts = [feed["s0.paper0.test"].count("<item>") for feed in shown]

    assert counts == [16, 2 + 1, 2 + 1]


def test_agreement_counts_words_that_both_have():
    assert agreement({"u": "a b c d", "only": "x"}, {"u": "a b e f"}) == 50.0
