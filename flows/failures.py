"""What ends a command -> words for people and an exit code. What is not listed here is a fault of ours and shows its traceback."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import ValidationError

from flows.feed_headers import FeedHeadersError
from flows.feeds_file import FeedsFileError
from flows.pipeline.run import RunFailed, RunTooLong
from flows.unusable import Unusable
from warehouse.errors import ExportRefused, WarehouseError


class Ending(NamedTuple):
    """exit_code: 1 it could not be done, 2 the call or the configuration is wrong."""

    message: str
    exit_code: int


def told(failure: BaseException) -> Ending | None:
    """How to end on a failure; None if it is not one that a user can do something about. Failures of a group are told by the first."""
    if isinstance(failure, BaseExceptionGroup):
        return told(failure.exceptions[0])
    if isinstance(failure, FeedsFileError | FeedHeadersError | Unusable | ExportRefused):
        return Ending(str(failure), 2)
    if isinstance(failure, ValidationError):
        return Ending(_settings(failure), 2)
    if isinstance(failure, WarehouseError | RunFailed | RunTooLong):
        return Ending(str(failure), 1)
    if isinstance(failure, OSError):
        where = f"{failure.filename}: " if failure.filename else ""
        return Ending(f"{where}{failure.strerror or failure}: free some space, or mend the path or its permissions", 1)
    return None


def _settings(failure: ValidationError) -> str:
    lines = [f"FEEDMILL_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in failure.errors(include_url=False)]
    return "a setting is not valid\n" + "\n".join(f"  {line}" for line in lines)
