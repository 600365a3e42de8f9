"""Brings a Prefect server in line with prefect.yaml: what stands there is deployed, the rest removed, pauses stay as people made them."""

from __future__ import annotations

import asyncio
import shlex
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.responses import DeploymentResponse
from prefect.exceptions import ObjectNotFound

from flows import start_run
from flows.automations import ensure_automations
from flows.flow_records import TAG
from flows.prefect_home import POOL
from flows.unusable import Unusable

PULL_STEP = "flows.home.bring_home"


@dataclass(frozen=True, slots=True)
class Deployed:
    """What became of the file. deployed: names. removed: deployments, and `deployment: schedule`. paused: likewise, left as they were."""

    deployed: tuple[str, ...]
    removed: tuple[str, ...]
    paused: tuple[str, ...]


async def deploy(file: Path, *, works_in: Path, interpreter: str | None) -> Deployed:
    """Deploy. works_in: the folder in which runs work. Raises Unusable if the file or Prefect refuses.

    interpreter: the Python that starts runs, where known; None leaves it to the worker, which imports Prefect once more for each run.
    """
    wanted = read_deployments(file)
    async with get_client() as client:
        await _ensure_pool(client)
        before = await _ours(client)
        with tempfile.TemporaryDirectory(prefix="feedmill-") as folder:
            adapted = Path(folder) / "prefect.yaml"
            adapted.write_text(yaml.safe_dump(_adapted(wanted, before, works_in, interpreter), sort_keys=False), encoding="utf-8")
            await _run_prefect_deploy(adapted, works_in)
        removed = await _remove_what_left(client, wanted["deployments"])
        await ensure_automations(client)
    names = tuple(each["name"] for each in wanted["deployments"])
    return Deployed(names, removed, tuple(name for each in before if each.name in names for name in _pauses(each)))


def read_deployments(file: Path) -> dict[str, Any]:
    """The file, checked for what keeping it in line needs. Raises Unusable."""
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError as cause:
        raise Unusable(f"{file} does not exist: name the file with --file") from cause
    except (yaml.YAMLError, UnicodeDecodeError) as cause:
        raise Unusable(f"{file} is not YAML: {' '.join(str(cause).split())}") from cause
    if not isinstance(document, dict) or not isinstance(document.get("deployments"), list):
        raise Unusable(f"{file} has no list of deployments")
    problems = [problem for each in document["deployments"] for problem in _problems(each)]
    if problems:
        raise Unusable("\n".join(f"{file}: {problem}" for problem in problems))
    return document


def _problems(deployment: Mapping[str, Any]) -> list[str]:
    name = deployment.get("name")
    found = [] if name else ["a deployment without a name"]
    if TAG not in (deployment.get("tags") or ()):
        found.append(f"{name}: write tags: [{TAG}], so that it can be removed once it has left this file")
    slugs = [schedule.get("slug") for schedule in deployment.get("schedules") or ()]
    for number, schedule in enumerate(deployment.get("schedules") or (), start=1):
        missing = [key for key in ("slug", "timezone", "active") if schedule.get(key) is None]
        found += [f"{name}: schedule {number} lacks {key}" for key in missing]
    found += [f"{name}: two schedules are called {slug}" for slug in sorted({slug for slug in slugs if slug and slugs.count(slug) > 1})]
    return found


def _adapted(wanted: dict[str, Any], before: Sequence[DeploymentResponse], works_in: Path, interpreter: str | None) -> dict[str, Any]:
    """The file as Prefect gets it: pauses made by people kept, and the folder that runs work in written down."""
    on_server = {each.name: each for each in before}
    deployments = []
    for given in wanted["deployments"]:
        current = on_server.get(given["name"])
        paused = {schedule.slug for schedule in current.schedules if not schedule.active} if current else set()
        schedules = [each | {"active": each["active"] and each["slug"] not in paused} for each in given.get("schedules") or ()]
        pool = _started_by(given["work_pool"], interpreter) if interpreter and "work_pool" in given else given.get("work_pool")
        deployments.append(given | {"schedules": schedules, "work_pool": pool} | ({"paused": current.paused} if current else {}))
    pull = [step | {PULL_STEP: {"folder": str(works_in)}} if PULL_STEP in step else step for step in wanted.get("pull") or ()]
    return wanted | {"deployments": deployments, "pull": pull}


def _started_by(pool: Mapping[str, Any], interpreter: str) -> dict[str, Any]:
    """A work pool with the command that starts its runs, unless the file has one of its own."""
    command = shlex.join([interpreter, "-I", "-S", start_run.__file__, "prefect.engine"])
    return {**pool, "job_variables": {"command": command} | (pool.get("job_variables") or {})}


def _pauses(deployment: DeploymentResponse) -> list[str]:
    whole = [deployment.name] if deployment.paused else []
    return whole + [f"{deployment.name}: {schedule.slug}" for schedule in deployment.schedules if not schedule.active]


async def _run_prefect_deploy(file: Path, folder: Path) -> None:
    """Prefect's own command, so that whatever prefect.yaml may hold works as it does there."""
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(file)]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        raise Unusable("prefect deploy refused:\n" + output.decode(errors="replace")[-4_000:])


async def _ensure_pool(client: PrefectClient) -> None:
    try:
        await client.read_work_pool(POOL)
    except ObjectNotFound:
        await client.create_work_pool(WorkPoolCreate(name=POOL, type="process", description="runs of feedmill, as processes of a worker"))


async def _ours(client: PrefectClient) -> list[DeploymentResponse]:
    return await client.read_deployments(deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG])), limit=200)


async def _remove_what_left(client: PrefectClient, wanted: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    slugs = {each["name"]: {schedule["slug"] for schedule in each.get("schedules") or ()} for each in wanted}
    removed = []
    for deployment in await _ours(client):
        if deployment.name not in slugs:
            await client.delete_deployment(deployment.id)
            removed.append(deployment.name)
            continue
        for schedule in deployment.schedules:
            if schedule.slug not in slugs[deployment.name]:
                await client.delete_deployment_schedule(deployment.id, schedule.id)
                removed.append(f"{deployment.name}: {schedule.slug or 'a schedule without slug'}")
    return tuple(removed)
