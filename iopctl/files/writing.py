"""Writing a file whole or not at all, and only over what it is meant to replace."""

from __future__ import annotations

import errno
import os
import secrets
import signal
import stat
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from iopctl.errors import Refused, UserError
from iopctl.files.reading import content, reason, shown
from iopctl.source.input import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NEW_FLAGS: Final = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
# What a disk says that has no hard links, as some of those of Windows and of networks.
_NO_LINKS: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS})
_TRIES: Final = 100
_PAUSE: Final = 0.05  # seconds


class UnconfirmedError(UserError):
    """The file is written, but the disk does not say that it will keep it."""


class Changed(Refused):
    """The file no longer holds what was read; nothing is written."""


def write(path: str, data: bytes, *, replace: bool = False, expected: bytes | None = None) -> None:
    """Write the file *path*, whole or not at all, and keep its permissions.

    A file that is there is written anew only if *replace* says so, or if it holds the bytes
    *expected*; of several runs that write in a folder at once, one waits for the other.

    Raises:
        Changed: it holds other bytes than *expected*.
        UserError: it may not or can't be written; what was there is then as it was.
    """
    folder, name = os.path.split(path)
    try:
        with _locked(folder) as descriptor, _undisturbed():
            before = _before(path, replace=replace, expected=expected)
            new = os.path.join(folder, f".{name}.{secrets.token_hex(4)}.tmp")
            try:
                _write_new(new, data, before)
                _put(new, path, before)
            finally:
                with suppress(OSError):
                    os.unlink(new)
            _sync(descriptor, path)
    except (OSError, ValueError) as error:
        raise UserError(f"{shown(path)} can't be written: {reason(error)}") from None


def write_all(
    new: Sequence[tuple[str, bytes]],
    *,
    replace: bool = False,
    last: tuple[str, bytes, bytes] | None = None,
) -> None:
    """Write files that belong together, and the folder that they need: all of them, or none.

    With *replace*, they may be there already. *last* is a path that is written anew after them,
    its new bytes, and those that it must hold before.

    Raises:
        Changed: the last one holds other bytes.
        UserError: one of them may not or can't be written; those that were there are as they were.
    """
    for folder in {os.path.dirname(path) for path, _ in new}:
        _make(folder)
    undo: list[tuple[str, bytes | None]] = []
    with _undisturbed():
        try:
            for path, data in new:
                there = content(path) if replace and os.path.lexists(path) else None
                write(path, data, replace=replace)
                undo.append((path, there if isinstance(there, bytes) else None))
            if last is not None:
                path, after, before = last
                write(path, after, expected=before)
        except UnconfirmedError:
            raise
        except UserError:
            for path, was in reversed(undo):
                with suppress(OSError, UserError):
                    if was is None:
                        os.unlink(path)
                    else:
                        write(path, was, replace=True)
            raise


def _make(folder: str) -> None:
    try:
        os.makedirs(folder or ".", exist_ok=True)
    except OSError as error:
        raise UserError(f"{shown(folder)} can't be made: {reason(error)}") from None


def create(path: str, data: bytes) -> bool:
    """Write the new file *path*, and the folders that it needs; False if anything is there.

    Raises:
        UserError: it may not or can't be written.
    """
    if os.path.lexists(path):
        return False
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    except OSError as error:
        raise UserError(f"{shown(path)} can't be written: {reason(error)}") from None
    write(path, data)
    return True


def _before(path: str, *, replace: bool, expected: bytes | None) -> os.stat_result | None:
    """Return what is told of the file that is replaced; None where there is none yet."""
    if expected is not None:
        _refuse_linked(os.path.dirname(path))
        found = content(path)
        if isinstance(found, Unreadable):
            raise UserError(f"{shown(path)} {found.message}: nothing is written")
        if found != expected:
            raise Changed(
                f"{shown(path)} has changed since it was read: nothing is written, run the"
                " command again"
            )
    try:
        told = os.lstat(path)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(told.st_mode):
        raise UserError(f"{shown(path)} is no regular file, and is left alone: name another")
    if not replace and expected is None:
        raise UserError(f"{shown(path)} is there already: name another, or add --force")
    return told


def _refuse_linked(folder: str) -> None:
    """Refuse a folder that a link below the folder of work leads to: it may lie anywhere."""
    while folder and not os.path.isabs(folder):
        if os.path.islink(folder):
            raise UserError(
                f"{shown(folder)} is a link, and links are not followed: name the folder itself"
            )
        folder = os.path.dirname(folder)


def _write_new(path: str, data: bytes, like: os.stat_result | None) -> None:
    descriptor = os.open(path, _NEW_FLAGS, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if like is not None:
        os.chmod(path, stat.S_IMODE(like.st_mode))


def _put(new: str, path: str, before: os.stat_result | None) -> None:
    if before is not None:
        os.replace(new, path)
        return
    try:
        os.link(new, path)  # unlike a renaming, it fails where somebody was faster
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.rename(new, path)


def _sync(folder: int | None, path: str) -> None:
    """Have the disk keep the file's new name, too; Windows does so by itself."""
    try:
        if folder is not None:
            os.fsync(folder)
    except OSError as error:
        raise UnconfirmedError(
            f"{shown(path)} is written, but the disk does not confirm it: {reason(error)}"
        ) from None


@contextmanager
def _locked(folder: str) -> Iterator[int | None]:
    """Keep other runs of iopctl from writing in *folder*; yield its descriptor, if it has one."""
    if not hasattr(os, "O_DIRECTORY"):  # on Windows
        yield None
        return
    descriptor = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _lock(descriptor, folder or ".")
        yield descriptor
    finally:
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


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let ^C wait for the few milliseconds in which a temporary file is there."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
