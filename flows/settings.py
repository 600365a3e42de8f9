"""What differs from one installation to the next: read from FEEDMILL_* in the environment, overridden by command-line options."""

from __future__ import annotations

import os
import ssl
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, IPvAnyNetwork, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PRODUCT = "feedmill"
"""Our name in a User-Agent, by which robots.txt and other rules address us."""


class Settings(BaseSettings):
    """One installation. Every field can be set as FEEDMILL_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="FEEDMILL_", frozen=True, extra="forbid")

    state: Path = Field(default=Path("state"), description="folder of the warehouse, its published copy and the archive of raw pages")
    feeds: Path = Field(default=Path("feeds.toml"), description="the list of feeds")
    contact: str = Field(
        default="", max_length=200, description="address or URL by which site owners can reach you, sent with each request"
    )
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256, description="processes that read pages")
    pace_seconds: float = Field(default=1.0, ge=0.0, le=3600.0, description="seconds from one request to a domain to the next")
    lock_wait_seconds: float = Field(
        default=20.0, ge=0.0, le=3600.0, description="seconds to wait for another process to let go of the warehouse"
    )
    keep_copies_days: int = Field(
        default=0, ge=0, le=36_500, description="days for which the last published copy of each day is kept; 0 keeps none"
    )
    search_index: bool = Field(default=False, description="whether each published copy gets an index for `feedmill search --ranked`")
    publish_as: Literal["file", "parquet"] = Field(
        default="file",
        description="`file`: the published copy is one file; `parquet`: its long tables are Parquet files by month beside it",
    )
    publish_whole: bool = Field(default=False, description="whether each copy is written whole; else a run writes only what changed")
    publish_polls_minutes: float = Field(
        default=30.0,
        ge=0.0,
        le=525_600.0,
        description="age of the copy at which a run that brought nothing but polls publishes too",
    )
    allow_loopback: bool = Field(default=False, description="whether pages on this machine may be fetched (tests and the demo)")
    connect_to: dict[str, str] = Field(
        default_factory=dict, description='JSON, host to "address:port": where to connect instead of asking DNS'
    )

    allow_networks: tuple[IPvAnyNetwork, ...] = Field(
        default=(), description='JSON, networks that are not public and may be fetched from all the same, e.g. `["10.1.0.0/16"]`'
    )
    ports: tuple[int, ...] = Field(default=(80, 443, 8080, 8443), description="JSON, ports of URLs that may be fetched, e.g. `[80, 443]`")
    ca_file: Path | None = Field(default=None, description="PEM file of certificates to trust besides the system's")
    proxy: SecretStr = Field(default=SecretStr(""), description="`http://[user:password@]host:port` of a proxy that takes every request")
    feed_headers: Path | None = Field(default=None, description="TOML file of private headers per feed")
    sitemap_days: float = Field(default=3.0, ge=0.0, le=3650.0, description="how many days back a sitemap's articles are taken")
    feed_text: bool = Field(default=True, description="whether a whole article in the feed is loaded where its page cannot be had")
    rechecks: int = Field(
        default=2_000, ge=0, le=1_000_000, description="articles that a run looks at again without a word of a feed, at most; 0: none"
    )
    templates: bool = Field(default=True, description="whether pages are read with templates that were learned of their publisher")
    obey_opt_outs: bool = Field(default=False, description="whether pages that opt out of text and data mining are left unread")

    @field_validator("ports")
    @classmethod
    def _are_ports(cls, ports: tuple[int, ...]) -> tuple[int, ...]:
        if not ports or not all(0 < port < 2**16 for port in ports):
            raise ValueError("name at least one port, each from 1 to 65535")
        return ports

    @field_validator("ca_file")
    @classmethod
    def _are_certificates(cls, path: Path | None) -> Path | None:
        try:
            ssl.create_default_context(cafile=path)
        except OSError as cause:
            raise ValueError("it is no readable file of PEM certificates") from cause
        return path

    @field_validator("proxy")
    @classmethod
    def _is_proxy(cls, proxy: SecretStr) -> SecretStr:
        given = proxy.get_secret_value()
        parts = urlsplit(given)
        if given and (parts.scheme != "http" or not parts.hostname or not parts.port or parts.path.strip("/") or parts.query):
            raise ValueError("write http://host:port, or http://user:password@host:port")
        return proxy

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
    def sitemap_window(self) -> timedelta:
        """How far back articles of sitemaps are taken."""
        return timedelta(days=self.sitemap_days)

    @property
    def user_agent(self) -> str:
        """How requests introduce themselves."""
        return f"{software()}" + (f" (+{self.contact})" if self.contact else "")


def software() -> str:
    """Name and version, e.g. feedmill/0.1.0."""
    return f"{PRODUCT}/{version('feedmill')}"
