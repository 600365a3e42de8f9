"""One file is made what another one is by writing what differs."""

from __future__ import annotations

import errno
import random
import resource

import pytest

from warehouse.filecopy import COMPARED_BYTES, update_durably

bytes_of_chance = random.Random(1).randbytes  # noqa: S311 - no secrets
SIZE = 20 * COMPARED_BYTES + 4_321


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source"
    path.write_bytes(bytes_of_chance(SIZE))
    return path


@pytest.fixture
def target(source, tmp_path):
    path = tmp_path / "target"
    path.write_bytes(source.read_bytes())
    return path


def update(source, target):
    with source.open("rb", buffering=0) as new, target.open("r+b", buffering=0) as old:
        return update_durably(new, old)


def test_of_equal_files_nothing_is_written(source, target):
    assert update(source, target) == 0


@pytest.mark.parametrize("place", [0, 1, COMPARED_BYTES - 1, COMPARED_BYTES, 7 * COMPARED_BYTES + 5, SIZE - 1])
def test_one_byte_that_differs_writes_one_part(source, target, place):
    with source.open("r+b") as file:
        file.seek(place)
        before = file.read(1)
        file.seek(place)
        file.write(bytes([before[0] ^ 1]))

    assert 0 < update(source, target) <= COMPARED_BYTES
    assert target.read_bytes() == source.read_bytes()


@pytest.mark.parametrize("before", [b"", b"short", bytes(SIZE), bytes(2 * SIZE), bytes_of_chance(SIZE // 2)])
def test_what_the_file_was_before_does_not_matter(source, target, before):
    target.write_bytes(before)
    update(source, target)

    assert target.read_bytes() == source.read_bytes()


def test_a_disk_without_room_is_told_as_such(source, target):
    source.write_bytes(bytes_of_chance(SIZE))
    target.write_bytes(b"")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(OSError, match=r".") as told:
            update(source, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert told.value.errno == errno.EFBIG
