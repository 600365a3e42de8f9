"""A list of feeds as CSV: a header with `url`, and any of id, publisher, language, country, paused, and bounds of the interval."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from tasks.errors import NotAList
from tasks.feeds.limits import FeedLimits
from tasks.feeds.listing import FeedList, FeedListing, minutes_in

COLUMNS = ("url", "id", "publisher", "language", "country", "paused", "min_interval_minutes", "max_interval_minutes")
_DELIMITERS = (",", ";", "\t")
_YES_OR_NO = {"": False, "false": False, "no": False, "0": False, "true": True, "yes": True, "1": True}
_LONGEST_FIELD = 10_000


def read_csv(body: bytes, *, source: str, limits: FeedLimits) -> FeedList:
    """The feeds of a CSV file; rows that make none are told by line, the others are read.

    Separated by commas, semicolons or tabs, in UTF-8. Raises NotAList.
    """
    if len(body) > limits.max_body_bytes:
        raise NotAList(source, "too_large", f"{len(body):,} bytes, at most {limits.max_body_bytes:,} are read")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise NotAList(
            source, "other_csv", f"line {body.count(10, 0, cause.start) + 1} is not UTF-8: save the file in that encoding"
        ) from cause
    head = text.partition("\n")[0]
    if not head.strip():
        raise NotAList(source, "empty")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count))
    columns = [name.strip().lower() for name in next(rows)]
    if "url" not in columns:
        raise NotAList(source, "other_csv", "its first line names no column `url`: write url,id,publisher,language,country,paused")
    feeds: list[FeedListing] = []
    bad: list[tuple[int, str]] = []
    for line, row in _lines(rows, source, limits):
        made = _listing(columns, row, line)
        if isinstance(made, str):
            bad.append((line, made))
        else:
            feeds.append(made)
    unknown = sorted(set(columns) - set(COLUMNS))
    return FeedList(tuple(feeds), tuple(bad), (f"columns that are not read: {', '.join(unknown)}",) if unknown else ())


def write_csv(listings: Iterable[FeedListing]) -> bytes:
    """A CSV file in UTF-8 that `read_csv` reads back without loss."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in listings:
        bounds = each.min_interval_minutes, each.max_interval_minutes
        writer.writerow([each.url, each.feed_id, each.publisher, each.language, each.country, "true" if each.paused else None, *bounds])
    return written.getvalue().encode("utf-8")


def _lines(rows: Iterator[list[str]], source: str, limits: FeedLimits) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, with the line they begin in."""
    line = 2
    count = 0
    try:
        for row in rows:
            if any(row):
                count += 1
                yield line, row
            if count > limits.max_entries:
                raise NotAList(source, "too_large", f"more than {limits.max_entries:,} rows")
            line = rows.line_num + 1  # type: ignore[attr-defined] # of csv's reader
    except csv.Error as cause:
        raise NotAList(source, "other_csv", f"line {line}: {cause}") from cause


def _listing(columns: list[str], row: list[str], line: int) -> FeedListing | str:
    if len(row) > len(columns):
        return f"{len(row)} values under {len(columns)} columns: put values that hold the separator in quotes"
    if any(len(value) > _LONGEST_FIELD for value in row):
        return f"a value is longer than {_LONGEST_FIELD:,} characters"
    said: Mapping[str, str] = {column: value.strip() for column, value in zip(columns, row, strict=False)}
    paused = said.get("paused", "").lower()
    if paused not in _YES_OR_NO:
        return f"`paused` {paused!a} is neither true nor false"
    publisher, language, country = (said.get(column) or None for column in ("publisher", "language", "country"))
    shortest, longest = (minutes_in(said.get(column)) for column in COLUMNS[-2:])
    return FeedListing(
        said.get("url", ""), said.get("id") or None, publisher, language, country, _YES_OR_NO[paused], shortest, longest, line=line
    )
