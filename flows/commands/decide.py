"""What `feedmill rules`, `restore` and `templates forget` share: a decision is carried out, published and told."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter

from flows.commands.output import as_json
from flows.pipeline.decisions import Decided, Decision, decide
from flows.pipeline.publish import publish
from flows.settings import Settings
from flows.world import World, this_world

Why = Annotated[str | None, Parameter(name="--why", help="Your reason, kept with the decision.")]


def carried_out(settings: Settings, decision: Decision, *, json: bool) -> int:
    """Record the decision, let articles follow, publish. Raises LeaseHeld if a run is at work."""
    world = this_world()
    decided = decide(settings, world, decision, made_by=_who(world))
    publish(settings, world)
    print(as_json(asdict(decided)) if json else _told(decision, decided))
    return 0


def _told(decision: Decision, decided: Decided) -> str:
    done = f"recorded; {decided.cleaned_again:,} {'article' if decided.cleaned_again == 1 else 'articles'} cleaned again"
    if decided.left:
        done += f", {decided.left:,} more will be by the next runs (`feedmill maintain` is one)"
    if decision.article_id and not decided.cleaned_again:
        done += ": the page of this article is not in the archive any more, so its text stays until it is fetched again"
    return done


def _who(world: World) -> str:
    try:
        return f"{getpass.getuser()}@{world.host}"
    except (KeyError, OSError):  # an account without a name
        return world.host
