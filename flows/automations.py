"""Automations as code: what the server does by itself when a run falls silent."""

from __future__ import annotations

from datetime import timedelta

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from flows import policy
from flows.flow_records import TAG

ENDINGS = ("Completed", "Failed", "Cancelled", "Crashed", "Cancelling")
ZOMBIES = AutomationCore(
    name="feedmill: a run that falls silent has crashed",
    description="A run whose process is gone would stay Running for ever and hold its deployment's only place.",
    tags=[TAG],
    trigger=EventTrigger(
        after={"prefect.flow-run.heartbeat"},
        expect={"prefect.flow-run.heartbeat", *(f"prefect.flow-run.{ending}" for ending in ENDINGS)},
        match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=timedelta(seconds=policy.FLOW_SILENT_SECONDS),
    ),
    actions=[
        ChangeFlowRunState(
            name=None, force=False, state=StateType.CRASHED, message=f"no heartbeat for {policy.FLOW_SILENT_SECONDS} seconds"
        ),
    ],
)


async def ensure_automations(client: PrefectClient) -> None:
    """Create what is missing, renew what differs; whether it is enabled stays as a person has left it.

    What is as it should be is not touched: the server would forget which runs it is waiting for.
    """
    found = await client.read_automations_by_name(ZOMBIES.name)
    if not found:
        await client.create_automation(ZOMBIES)
        return
    first, *doubles = found
    wanted = ZOMBIES.model_copy(update={"enabled": first.enabled})
    if _meaning(first) != _meaning(wanted):
        await client.update_automation(first.id, wanted)
    for double in doubles:
        await client.delete_automation(double.id)


def _meaning(automation: AutomationCore) -> dict[str, object]:
    """What it does, without the ids that the server gave."""
    return automation.model_dump(include=set(AutomationCore.model_fields), exclude={"id": True, "trigger": {"id"}})
