from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.pipeline.import_files import import_files
from flows.settings import Settings
from flows.world import this_world
from tests.pipeline.newsroom_run import installation
from warehouse import read
from warehouse.connect import live

SEED = Path(__file__).parents[1] / "text" / "seed_article.txt"
LATER = datetime(2099, 1, 1, tzinfo=UTC)


def test_a_feed_whose_url_was_changed_in_the_list_is_polled_at_its_new_address_without_the_old_ones_memory(tmp_path):
    with installation(tmp_path) as demo:
        ours, other = demo.feeds[0], demo.feeds[1]
        demo.with_feeds((ours,)).ingest()

        moved = demo.with_feeds((replace(ours, url=other.url),))
        moved.ingest(force=False)

        assert moved.query("select outcome, final_url from polls order by polled_at desc limit 1") == [("ok", other.url)]


def test_pages_of_a_feed_that_left_the_list_are_still_had(tmp_path):
    with installation(tmp_path) as demo:
        demo.ingest()
        assert demo.query("select count(*) from entry_outcomes where outcome = 'pending'") == [(2,)]
        demo.server.round_number = 2

        demo.with_feeds(()).ingest()

        assert demo.query("select count(*) from entry_outcomes where outcome = 'pending'") == [(0,)]


class Stopped(Exception):
    pass


def test_files_that_an_import_was_stopped_before_it_could_read_are_read_by_the_next_one(tmp_path):
    settings = Settings(state=tmp_path / "state", workers=1)
    second = tmp_path / "second.txt"
    second.write_text(SEED.read_text(encoding="utf-8").replace("Syria", "Cyprus"), encoding="utf-8")

    def stop(event, count):
        if event == "extract":
            raise Stopped

    with pytest.raises(Stopped):
        import_files(settings, [SEED], this_world(), tell=stop)
    import_files(settings, [second], this_world())

    with live(settings.live, wait_seconds=5) as warehouse:
        assert read.pending_entries(warehouse, kind="files", now=LATER, limit=9) == ()
        assert warehouse.table("articles").count("*").fetchone() == (2,)
