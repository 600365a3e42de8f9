"""A page that was read before -> the job of reading it again, with what its feed said of it then."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from tasks.model import ArchivePlace, Entry
from tasks.text.job import PageJob

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.stored import StoredReading


def archived_at(reading: StoredReading) -> ArchivePlace | None:
    """Where its page lies, None if it was not kept."""
    if reading.archive_file is None or reading.archive_offset is None or reading.archive_length is None:
        return None
    return ArchivePlace(reading.archive_file, reading.archive_offset, reading.archive_length)


def job_again(reading: StoredReading, body: bytes, *, seconds: float) -> PageJob:
    """The job that gave the reading, but for what was known then."""
    return PageJob(body, reading.content_type, reading.final_url, entry_again(reading.feed_values), seconds, fetched_at=reading.observed_at)


def entry_again(feed_values: tuple[tuple[str, str], ...]) -> Entry | None:
    """The entry as far as an article shows it: what its feed offered as metadata. None if it offered nothing."""
    if not feed_values:
        return None
    said: dict[str, list[str]] = {}
    for name, value in feed_values:
        said.setdefault(name, []).append(value)
    first = {name: values[0] for name, values in said.items()}
    (published_at, published_on), (updated_at, updated_on) = _moment(said.get("published")), _moment(said.get("modified"))
    return Entry(
        position=0,
        title=first.get("title"),
        authors=tuple(said.get("authors", ())),
        published_at=published_at,
        updated_at=updated_at,
        language=first.get("language"),
        tags=tuple(said.get("tags", ())),
        image_url=first.get("image"),
        published_on=published_on,
        updated_on=updated_on,
    )


def _moment(values: Sequence[str] | None) -> tuple[datetime | None, date | None]:
    """The instant and the day that were written down."""
    at = next((datetime.fromisoformat(value) for value in values or () if "T" in value), None)
    return at, next((date.fromisoformat(value) for value in values or () if "T" not in value), None)
