"""Turns of several runs: while one holds a folder, no other one writes in it."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Final

from iopctl.errors import UserError
from iopctl.files.reading import shown
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


@contextmanager
def turn(arguments: Iterable[str], folder: str) -> Iterator[None]:
    """Keep other runs from writing in *folder*, and in the folders that *arguments* lie in.

    Raises:
        UserError: another program writes there for too long.
    """
    named = (each for each in arguments if os.path.lexists(each))  # the others are ids
    beside = (each if os.path.isdir(each) else os.path.dirname(each) for each in named)
    with ExitStack() as stack:
        for each in sorted({os.path.realpath(each) for each in (*beside, folder)}):
            with suppress(OSError):  # what is not there, or can't be read, is told later
                stack.enter_context(held(each))
        yield


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
    raise UserError(
        tr("{folder} is being written to by another program: try again", folder=shown(folder))
    )
