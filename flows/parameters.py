"""What a person may set when starting a run by hand: the form that Prefect shows, and what a schedule may pass."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class IngestParameters(BaseModel):
    """How one ingest differs from the scheduled ones. Where things are stands in the worker's FEEDMILL_* settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    force: bool = Field(default=False, description="Poll every feed now, also those that are not due or parked.")
    publish: bool = Field(default=True, description="Publish when the run is done and brought anything.")
    workers: int | None = Field(default=None, ge=1, le=256, description="Processes that read pages. Empty: as the worker is set up.")
    feeds: Path | None = Field(default=None, description="Another list of feeds. Empty: the one the worker is set up with.")


class MaintainParameters(BaseModel):
    """What one round of maintenance may remove. The defaults remove nothing that anybody could miss."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    audit: bool = Field(default=True, description="Check every rule over the whole warehouse; it is locked meanwhile.")
    keep_archive_days: int | None = Field(
        default=None,
        ge=1,
        le=36_500,
        description="Remove raw pages older than this. Empty: keep all; pages that are gone cannot be read again.",
    )
    keep_flow_run_days: int = Field(default=30, ge=1, le=3_650, description="Remove Prefect's own records of runs that ended before that.")
