"""Turns of several runs: while one holds a folder, no other one writes in it."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from iopctl.errors import UserError
from iopctl.files.reading import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRIES: Final = 600
_PAUSE: Final = 0.05  # seconds
_HELD: Final[dict[tuple[int, int], int]] = {}


@contextmanager
def held(folder: str) -> Iterator[int | None]:
    """Keep other runs of iopctl from writing in *folder*; yield its descriptor, if it has one.

    A run that holds it already goes on. Whoever holds several takes the one higher up first.

    Raises:
        UserError: another program holds it for too long.
        OSError: there is no such folder, or it can't be opened.
    """
    if not hasattr(os, "O_DIRECTORY"):  # on Windows
        yield None
        return
    descriptor = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        told = os.fstat(descriptor)
        this = (told.st_dev, told.st_ino)
        if this in _HELD:
            yield _HELD[this]
            return
        _lock(descriptor, folder or ".")
        _HELD[this] = descriptor
        try:
            yield descriptor
        finally:
            del _HELD[this]
    finally:
        with suppress(OSError):  # what is written is written
            os.close(descriptor)


def _lock(descriptor: int, folder: str) -> None:
    import fcntl

    for _ in range(_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE)
        except OSError:
            return  # a disk that knows no locks: the comparison of bytes still holds
        else:
            return
    raise UserError(f"{shown(folder)} is being written to by another program: try again")
