"""`feedmill import`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.commands.alarms import with_alarms
from flows.commands.ingest_run import described
from flows.commands.options import Json, State, Workers, settings_with
from flows.commands.output import as_json
from flows.commands.progress import progress
from flows.pipeline.import_files import TooManyFiles
from flows.pipeline.import_files import import_files as run_import
from flows.pipeline.publish import publish
from flows.unusable import Unusable
from flows.world import this_world
from warehouse.lease import LeaseHeld


def import_files(
    *paths: Annotated[Path, Parameter(help="HTML or plain-text files (.gz too), or folders of them.")],
    state: State = None,
    workers: Workers = None,
    publish_after: Annotated[bool, Parameter(name="--publish", help="Publish when the run is done.")] = True,
    json: Json = False,
) -> int:
    """Load files through the same cleaning into the same tables. Importing a file again finds nothing new unless its text changed."""
    if not paths:
        raise Unusable("name at least one file or folder to import")
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise Unusable(f"there is no such file or folder: {', '.join(missing)}")
    settings, world = settings_with(state=state, workers=workers), this_world()
    try:
        with progress("import", quiet=json) as tell:
            summary = run_import(settings, paths, world, tell=tell)
    except TooManyFiles as failure:
        raise Unusable(str(failure)) from failure
    except LeaseHeld as held:
        print(f"feedmill: nothing was imported, for {held}: import again when it has ended", file=sys.stderr)
        return 1
    if publish_after:
        publish(settings, world)
    print(as_json(asdict(summary)) if json else with_alarms(described(summary), summary.alarms))
    return 0
