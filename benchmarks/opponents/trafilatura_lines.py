"""trafilatura's own command line: a list of addresses in, lines of JSON out, which DuckDB reads at once.

It fetches in parallel and reads pages in one process, so each core gets a call of its own with its part of the list.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from task import Task, new_entries, task

THREADS = 10
SETTINGS = Path(__file__).parent / "trafilatura.cfg"
LOAD = """
insert or ignore into articles
select entries.url, source, pages.title, author, date, language, text, entry_id, entries.title, published
from read_json(?, format = 'newline_delimited', columns = {
    source: 'varchar', title: 'varchar', author: 'varchar', date: 'varchar', language: 'varchar', text: 'varchar'
}) as pages
join (select unnest(?) as url, unnest(?) as entry_id, unnest(?) as title, unnest(?) as published) as entries on entries.url = source
where text <> ''
"""


def main() -> None:
    given = task()
    connection = given.connect()
    found = new_entries(given, connection)
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, str(core)) for core in range(given.cores)]
        calls = []
        for core, place in enumerate(places):
            place.write_text("\n".join(entry.url for entry in found[core :: given.cores]), encoding="utf-8")
            calls.append(subprocess.Popen([sys.executable, __file__, sys.argv[1], str(place)]))
        codes = [call.wait() for call in calls]
        assert not any(codes), codes
        columns = [[getattr(entry, name) for entry in found] for name in ("url", "entry_id", "title", "published")]
        connection.execute(LOAD, [[f"{place}.json" for place in places], *columns])
    connection.close()


def one(_: Task, addresses: str) -> None:
    """A call of the command line, its output beside the list."""
    from trafilatura import cli  # noqa: PLC0415 - the process that starts the calls needs none of it

    sys.argv = ["trafilatura", "-i", addresses, "--parallel", str(THREADS), "--json", "--with-metadata", "--no-comments"]
    sys.argv += ["--config-file", str(SETTINGS)]
    with Path(f"{addresses}.json").open("w", encoding="utf-8") as sys.stdout:
        cli.main()


if __name__ == "__main__":
    one(task(), sys.argv[2]) if sys.argv[2:] else main()
