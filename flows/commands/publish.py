"""`feedmill publish`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json
from flows.pipeline.publish import publish as publish_copy
from flows.world import this_world
from warehouse.manifest import Manifest


def publish(
    *,
    to: Annotated[Path | None, Parameter(help="A folder that the copy is put into as well, e.g. on a network drive.")] = None,
    search_index: Annotated[bool, Parameter(help="With an index for `feedmill search --ranked`.", negative=())] = False,
    way: Annotated[
        Literal["file", "parquet"] | None,
        Parameter(name="--as", help="One file, or long tables as Parquet files by month. [default: $FEEDMILL_PUBLISH_AS, else file]"),
    ] = None,
    state: State = None,
    json: Json = False,
) -> int:
    """Replace the published copy (news.duckdb) by the warehouse as it is now, in one rename. Readers of the former copy keep it."""
    settings = settings_with(state=state, publish_as=way)
    manifest = publish_copy(settings, this_world(), to=to, search_index=search_index, whole=True)
    if json:
        print(as_json(asdict(manifest)))
    else:
        articles = dict(manifest.rows).get("articles", 0)
        places = " and ".join(str(folder / settings.published.name) for folder in (settings.state, to) if folder)
        indexed = "" if manifest.indexed_articles is None else ", indexed for ranked search"
        size = f"{manifest.bytes:,} bytes{_files(manifest)}"
        print(f"published {places}: {articles:,} articles{indexed}, {size}, schema {manifest.schema_version}")
    return 0


def _files(manifest: Manifest) -> str:
    return f" and {sum(size for _, size in manifest.files):,} in {len(manifest.files)} files by month" if manifest.files else ""
