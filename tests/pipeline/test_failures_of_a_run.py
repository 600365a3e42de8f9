"""What goes wrong in many places at once ends a run once, with one message."""

from __future__ import annotations

import errno
import gc
from uuid import UUID

import pytest

from flows.failures import told
from flows.pipeline.context import Steps
from flows.pipeline.run import RunFailed
from tests.pipeline.in_process_pool import InProcessPool
from warehouse.audit import Violation


def find_the_disk_full(body, **given):
    raise OSError(errno.ENOSPC, "No space left on device", "archive")


def test_what_ends_every_poll_ends_the_run_with_one_message(newsroom, caplog):
    with pytest.raises(OSError, match="No space left") as failed:
        newsroom.ingest(steps=Steps(parse=find_the_disk_full, open_pool=InProcessPool))
    ending = told(failed.value)
    del failed
    gc.collect()

    assert ending == ("archive: No space left on device: free some space, or mend the path or its permissions", 1)
    assert caplog.messages == []
    assert newsroom.query("select status, error from runs") == [("failed", "OSError: [Errno 28] No space left on device: 'archive'")]


def test_what_an_audit_found_is_one_line_each_whatever_a_feed_put_into_it():
    found = Violation("missing_outcomes", "a rule", "id:1\n\x1b[31mrun completed", "nothing\u202e")

    message = str(RunFailed(UUID(int=1), (found,)))

    assert message.splitlines()[1:] == ["  missing_outcomes: id:1\\n\\x1b[31mrun completed: nothing\\u202e"]


@pytest.mark.parametrize(
    ("failure", "advice"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "archive"), "archive: No space left on device: free some space, or mend"),
        (OSError(errno.ENOSPC, "No space left on device"), "also for temporary files (TMPDIR)"),
        (OSError(errno.EMFILE, "Too many open files"), "Too many open files: let it have more of them"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), "let it have more memory"),
        (MemoryError(), "out of memory: let it have more memory"),
        (RuntimeError("can't start new thread"), "let it have more memory and processes"),
    ],
    ids=repr,
)
def test_what_the_system_has_too_little_of_is_told_with_what_to_do(failure, advice):
    ending = told(failure)

    assert ending is not None
    assert ending.exit_code == 1
    assert advice in ending.message
