"""Where an export goes: made beside its place, then put there in one rename. Whatever ends it early leaves what was there."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from warehouse.errors import ExportRefused, WarehouseUnusable
from warehouse.filecopy import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


class Counting(io.RawIOBase):
    """A file that is only written to, front to back, as a pipe is. count: bytes so far."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.count = file, 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: bytes | memoryview) -> int:  # type: ignore[override]
        """All of it."""
        self._file.write(data)
        size = memoryview(data).nbytes
        self.count += size
        return size

    def tell(self) -> int:
        """Where the next byte goes."""
        return self.count


@contextmanager
def placed(target: Path, *, overwrite: bool, is_folder: bool = False) -> Iterator[Path]:
    """A path to make the file or folder at; it takes the place of target once the block ends well.

    Raises ExportRefused where target must not be replaced, WarehouseUnusable where it cannot be written.
    """
    _refuse(target, overwrite=overwrite, is_folder=is_folder)
    try:
        with TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
            made = Path(folder, target.name)
            yield made
            _sync(made)
            _refuse(target, overwrite=overwrite, is_folder=is_folder)
            if target.is_dir():
                target.rename(Path(folder, "former"))
            made.replace(target)
            sync_folder(target.parent)
    except OSError as cause:
        raise WarehouseUnusable(target, f"it cannot be written ({cause.strerror}): free some space or mend the permissions") from cause


def _refuse(target: Path, *, overwrite: bool, is_folder: bool) -> None:
    if not target.parent.is_dir():
        raise ExportRefused(f"{target}: its folder does not exist")
    if not os.path.lexists(target):
        return
    if not overwrite:
        raise ExportRefused(f"{target} exists already: give --force to replace it")
    if is_folder and not _holds_partitions_only(target):
        raise ExportRefused(f"{target} is no folder of partitions, so it is not replaced: name another one")
    if not is_folder and not target.is_file():
        raise ExportRefused(f"{target} is no file, so it is not replaced: name another one, or - for standard output")


def _holds_partitions_only(folder: Path) -> bool:
    """Whether everything in it is of the kind that an export makes: only that may be replaced."""
    if not folder.is_dir() or folder.is_symlink():
        return False
    files = (Path(parent, name).relative_to(folder) for parent, _, names in os.walk(folder) for name in names)
    return all(file.suffix == ".parquet" and all("=" in part for part in file.parts[:-1]) and len(file.parts) > 1 for file in files)


def _sync(made: Path) -> None:
    for path in [made, *made.rglob("*")] if made.is_dir() else [made]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
