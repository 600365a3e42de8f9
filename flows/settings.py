"""What differs from one installation to the next: read from FEEDMILL_* in the environment, overridden by command-line options."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One installation. Every field can be set as FEEDMILL_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="FEEDMILL_", frozen=True, extra="forbid")

    state: Path = Field(Path("state"), description="folder of the warehouse, its published copy and the archive of raw pages")
    feeds: Path = Field(Path("feeds.toml"), description="the list of feeds")
    contact: str = Field("", max_length=200, description="address or URL by which site owners can reach you, sent with each request")
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256, description="processes that read pages")
    pace_seconds: float = Field(1.0, ge=0.0, le=3600.0, description="seconds from one request to a domain to the next")
    lock_wait_seconds: float = Field(20.0, ge=0.0, le=3600.0, description="seconds to wait for another process to let go of the warehouse")
    allow_loopback: bool = Field(default=False, description="whether pages on this machine may be fetched (tests and the demo)")
    connect_to: dict[str, str] = Field(
        default_factory=dict, description='JSON, host to "address:port": where to connect instead of asking DNS'
    )

    @property
    def live(self) -> Path:
        """The warehouse that runs write to."""
        return self.state / "live.duckdb"

    @property
    def published(self) -> Path:
        """The copy that people query."""
        return self.state / "news.duckdb"

    @property
    def archive(self) -> Path:
        """Folder of raw pages."""
        return self.state / "archive"

    @property
    def user_agent(self) -> str:
        """How requests introduce themselves."""
        return f"{software()}" + (f" (+{self.contact})" if self.contact else "")


def software() -> str:
    """Name and version, e.g. feedmill/0.1.0."""
    return f"feedmill/{version('feedmill')}"
