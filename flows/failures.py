"""What ends a command -> words for people and an exit code. What is not listed here is a fault of ours and shows its traceback."""

from __future__ import annotations

import errno
from typing import NamedTuple

from pydantic import ValidationError

from flows.feed_headers import FeedHeadersError
from flows.feeds_file import FeedsFileError
from flows.pipeline.run import RunFailed, RunTooLong
from flows.unusable import Unusable
from warehouse.errors import ExportRefused, WarehouseError

NO_THREAD = "can't start new thread"
"""What the interpreter says where a limit of memory or of processes is reached."""

NO_TEXT = ("Unable to cast Python instance of type <class 'str'>", "extract_statements(): incompatible function arguments")
"""What DuckDB says of a parameter or of SQL of which the interpreter could make no text, as it was given bytes that are none."""

MORE_ROOM = "let it have more memory and processes"
FREE_SPACE = "free some space, or mend the path or its permissions"
OF_LIMITS: dict[int | None, str] = {
    errno.EMFILE: "let it have more of them (ulimit -n)",
    errno.ENFILE: "let this machine have more of them",
    errno.EAGAIN: MORE_ROOM,
    errno.ENOMEM: MORE_ROOM,
}


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
    if isinstance(failure, UnicodeEncodeError) or any(sign in str(failure) for sign in NO_TEXT):
        return Ending("what was asked holds bytes that are no UTF-8", 2)
    lack = _lack(failure)
    return Ending(lack, 1) if lack else None


def _lack(failure: BaseException) -> str | None:
    """What the system did not give, and what to do; None if that is not what failed."""
    if isinstance(failure, MemoryError):
        return f"out of memory: {MORE_ROOM}"
    if str(failure) == NO_THREAD:
        return f"{NO_THREAD}: {MORE_ROOM}"
    if not isinstance(failure, OSError):
        return None
    where = f"{failure.filename}: " if failure.filename else ""
    advice = OF_LIMITS.get(failure.errno, FREE_SPACE if failure.filename else f"{FREE_SPACE}, also for temporary files (TMPDIR)")
    return f"{where}{failure.strerror or failure}: {advice}"


def _settings(failure: ValidationError) -> str:
    lines = [f"FEEDMILL_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in failure.errors(include_url=False)]
    return "a setting is not valid\n" + "\n".join(f"  {line}" for line in lines)
