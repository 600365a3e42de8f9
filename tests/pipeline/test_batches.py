"""How many pages are written at a time."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from flows.pipeline.archive import RunArchive
from flows.pipeline.context import RunContext
from flows.pipeline.knowledge import known_now
from flows.pipeline.pages import FilePages
from flows.pipeline.stream import Stream
from flows.settings import Settings
from flows.world import this_world
from tasks.identity import Alias
from tasks.items import WorkItem
from tasks.model import Entry
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_files import STEPS, TOPICS, page
from warehouse.migrate import migrate

HOUR = 3600.0


class Writing:
    """A stream of files, and what it told. read: released for each page that was read. sizes: of the batches written so far."""

    def __init__(self, folder, files, **steps):
        self.read, self.written, self.sizes = asyncio.Semaphore(0), asyncio.Event(), []
        self.files, self.world = files, this_world()
        self.context = RunContext(
            self.world.new_id(), Settings(state=folder / "state", workers=1), self.world, self.tell, replace(STEPS, **steps)
        )
        with self.context.warehouse() as connection:
            migrate(connection, now=self.world.now(), code_version="test")
            self.knowledge = known_now(self.context, connection)

    def tell(self, event, count):
        if event == "extract":
            self.read.release()
        if event == "load":
            self.sizes.append(count)
            self.written.set()

    @asynccontextmanager
    async def stream(self):
        archive = RunArchive(self.context)
        source = FilePages(self.context, archive, {file.as_uri(): file for file in self.files})
        async with InProcessPool(1) as pool, Stream(self.context, source, pool, archive, self.knowledge, cause="import") as stream:
            yield stream
        archive.close()

    def item(self, number):
        uri = self.files[number].as_uri()
        return WorkItem(self.world.new_id(), "files", uri, Entry(number, uri, uri), (Alias("url", "", uri),), None, 0, uri)


@pytest.fixture
def files(tmp_path):
    files = [tmp_path / f"{topic}.html" for topic in TOPICS]
    for file, topic in zip(files, TOPICS, strict=True):
        file.write_text(page(topic), encoding="utf-8")
    return files


def written_one_by_one(writing):
    """Sizes of the batches that are written when every file is put once the one before it was read."""

    async def run():
        async with writing.stream() as stream:
            for number in range(len(writing.files)):
                stream.put([writing.item(number)])
                await writing.read.acquire()
                for _ in range(100):  # turns of the loop: nothing else is on its way, and a batch could be written
                    await asyncio.sleep(0)
            assert writing.sizes == []
            await stream.finish()

    asyncio.run(run())
    return writing.sizes


def test_pages_that_come_one_after_the_other_are_written_together(tmp_path, files):
    assert written_one_by_one(Writing(tmp_path, files, batch_seconds=HOUR)) == [len(files)]


def test_a_run_without_pages_ends_at_once(tmp_path):
    assert written_one_by_one(Writing(tmp_path, [], batch_seconds=HOUR)) == []


def test_a_page_that_waited_long_enough_is_written_though_more_may_come(tmp_path, files):
    writing = Writing(tmp_path, files, batch_seconds=0.05)

    async def run():
        async with writing.stream() as stream:
            stream.put([writing.item(0)])
            async with asyncio.timeout(60):
                await writing.written.wait()
            assert writing.sizes == [1]
            stream.put([writing.item(1)])
            await stream.finish()

    asyncio.run(run())
    assert writing.sizes == [1, 1]
