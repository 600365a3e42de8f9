"""`feedmill publish`."""

from __future__ import annotations

from dataclasses import asdict

from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json
from flows.world import this_world
from warehouse.publish import publish as publish_copy


def publish(*, state: State = None, json: Json = False) -> int:
    """Replace the published copy (news.duckdb) by the warehouse as it is now, in one rename. Readers of the former copy keep it."""
    settings, world = settings_with(state=state), this_world()
    manifest = publish_copy(
        settings.live, settings.published, now=world.now(), code_version=world.code_version, wait_seconds=settings.lock_wait_seconds
    )
    if json:
        print(as_json(asdict(manifest)))
    else:
        articles = dict(manifest.rows).get("articles", 0)
        print(f"published {settings.published}: {articles:,} articles, {manifest.bytes:,} bytes, schema {manifest.schema_version}")
    return 0
