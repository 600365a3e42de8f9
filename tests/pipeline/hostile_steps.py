"""What a page may do to the process that reads it. A module of its own: a worker imports little with it."""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import sys
import time

from tasks.text.article import make_article


def spin_in_c():
    """No signal handler of ours runs before this is done, hours later."""
    return hashlib.pbkdf2_hmac("sha256", b"", b"", 2_000_000_000)


def sleep():
    time.sleep(3_600)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def leave():
    os._exit(0)


def eat():
    return bytearray(4_000_000_000)


def process_that_held(byte_count):
    """The id of the process that this is called in, once it held so many bytes in all."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    held = b"x" * max(0, byte_count - most)
    del held
    return os.getpid()


def eat_slowly():
    eaten = []
    while True:
        eaten.append(bytearray(10_000_000))


def eat_and_say_nothing():
    """As a C library does that takes a failed allocation for the end of its input."""
    try:
        eat_slowly()
    except MemoryError:
        return "half of the page"


def refuse():
    raise ValueError("no such page")


def return_what_cannot_travel():
    return lambda: None


def double(number):
    time.sleep(0.01)
    return 2 * number


def has_language_model():
    """Whether it is in place; nothing is loaded here."""
    return getattr(sys.modules.get("py3langid.langid"), "IDENTIFIER", None) is not None


def number_of(first, last):
    return first, last.number


def trip_over_some(job):
    """In a worker process: what a hostile page does to the libraries below."""
    for number, step in enumerate((spin_in_c, eat_slowly, die)):
        if f"story-{number}".encode() in job.body:
            step()
    return make_article(job)
