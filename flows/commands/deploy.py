"""`feedmill deploy`."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

import flows
from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json
from flows.prefect_home import PrefectHome, environment, prefect_folder, running
from flows.unusable import Unusable

FILE = "prefect.yaml"


def deploy(
    *,
    file: Annotated[Path | None, Parameter(help="What to deploy. [default: ./prefect.yaml, else the one that comes with feedmill]")] = None,
    state: State = None,
    json: Json = False,
) -> int:
    """Bring the Prefect server in line with prefect.yaml: what has left the file leaves the server, what a person paused stays paused.

    The server is that of `feedmill up`; without one, the one that PREFECT_API_URL names.
    """
    works_in = Path.cwd()
    is_ours = _point_prefect_at_our_server(prefect_folder(settings_with(state=state).state), works_in)
    from flows import deployments  # noqa: PLC0415 - imports Prefect, which must find its settings in place

    done = asyncio.run(
        deployments.deploy(file or deployments_file(works_in), works_in=works_in, interpreter=sys.executable if is_ours else None)
    )
    if json:
        print(as_json(asdict(done)))
    else:
        print(f"deployed {', '.join(done.deployed) or 'nothing'}")
        for label, names in (("removed", done.removed), ("left paused", done.paused)):
            if names:
                print(f"{label} {', '.join(names)}")
    return 0


def deployments_file(folder: Path) -> Path:
    """The folder's prefect.yaml, else the one beside the package or in it."""
    package = Path(flows.__file__).parent
    return next((path for path in (folder / FILE, package.parent / FILE, package / FILE) if path.exists()), folder / FILE)


def _point_prefect_at_our_server(folder: Path, works_in: Path) -> bool:
    """Whether there is one; else the environment must name another. Raises Unusable."""
    record = running(folder)
    if record:
        os.environ.update(environment(PrefectHome(folder, record.port, record.worker_port), os.environ, works_in=works_in))
    elif "PREFECT_API_URL" not in os.environ:
        raise Unusable("there is no server to deploy to: start one with `feedmill up`, or name another one in PREFECT_API_URL")
    return record is not None
