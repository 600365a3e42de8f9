"""How many pages are written at a time."""

import asyncio

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


def batches(folder, files):
    """Sizes of the batches that are written when every file is put once the one before it was read."""
    sizes, read, world = [], asyncio.Semaphore(0), this_world()

    def tell(event, count):
        if event == "extract":
            read.release()
        if event == "load":
            sizes.append(count)

    context = RunContext(world.new_id(), Settings(state=folder / "state", workers=1), world, tell, STEPS)
    with context.warehouse() as connection:
        migrate(connection, now=world.now(), code_version="test")
        knowledge = known_now(context, connection)

    async def run():
        archive, poll_id = RunArchive(context), world.new_id()
        source = FilePages(context, archive, {file.as_uri(): file for file in files})
        async with InProcessPool(1) as pool, Stream(context, source, pool, archive, knowledge, cause="import") as stream:
            for number, file in enumerate(files):
                uri = file.as_uri()
                stream.put([WorkItem(poll_id, "files", uri, Entry(number, uri, uri), (Alias("url", "", uri),), None, 0, uri)])
                await read.acquire()
                for _ in range(100):  # turns of the loop: nothing else is on its way, and a batch could be written
                    await asyncio.sleep(0)
            assert sizes == []
            await stream.finish()
        archive.close()

    asyncio.run(run())
    return sizes


def test_pages_that_come_one_after_the_other_are_written_together(tmp_path):
    files = [tmp_path / f"{topic}.html" for topic in TOPICS]
    for file, topic in zip(files, TOPICS, strict=True):
        file.write_text(page(topic), encoding="utf-8")

    assert batches(tmp_path, files) == [len(files)]


def test_a_run_without_pages_ends_at_once(tmp_path):
    assert batches(tmp_path, []) == []
