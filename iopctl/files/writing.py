"""Writing a file whole or not at all, and only over what it is meant to replace."""

from __future__ import annotations

import errno
import os
import signal
import stat
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Final

from iopctl.errors import Refused, UserError
from iopctl.files.locks import held
from iopctl.files.reading import NOT_FOLLOWED, content, link_on_the_way, reason, shown
from iopctl.input import Unreadable
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NEW_FLAGS: Final = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
# Root may write into any file: that nobody is to write there still counts.
_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
# What a disk says that has no hard links, as some of those of Windows and of networks.
_NO_LINKS: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS})
# What one says that keeps what it is given, or does not, whether it is asked to or not.
_NO_SYNC: Final = frozenset({errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS})


class UnconfirmedError(UserError):
    """The file is written, but the disk does not say that it will keep it."""


class ChangedFile(Refused):
    """The file no longer holds what was read; nothing is written."""


def write(
    path: str,
    data: bytes | Iterable[bytes],
    *,
    replace: bool | None = None,
    expected: bytes | None = None,
) -> None:
    """Write the file *path*, whole or not at all, and keep its permissions; *data* may be parts.

    A file that is there is written anew only if *replace* says so, or if it holds the bytes
    *expected*; where *replace* is False, a command could be told to. Folders that are not there
    yet are made for a new file. Of several runs that write
    in a folder at once, one waits for the other.

    Raises:
        ChangedFile: it holds other bytes than *expected*.
        UserError: it may not or can't be written, or lies behind a link; what was there is then
            as it was.
    """
    folder = _folder(path)
    if expected is None and not os.path.lexists(folder or "."):
        make_folder(folder)
    with _told(path), held(folder) as descriptor, _undisturbed():
        before = _before(path, replace=replace, expected=expected)
        with _beside(path, data, before) as new:
            if expected is not None:  # the disk takes its time, and an editor may have saved
                _refuse_changed(path, expected)
            _put(new, path, before)
        _sync(descriptor, path)


def write_all(
    new: Sequence[tuple[str, bytes]],
    path: str,
    after: bytes,
    before: bytes,
    *,
    replace: bool | None = None,
) -> None:
    """Write files of one folder, and *path* anew, which must hold the bytes *before*: all or none.

    The new files are there, under hidden names, before *path* is written, and get their own names
    after it. What is killed in between leaves *path* alone written: it says that there are such
    files, and who finds none can write them then. Those that are there stay, unless *replace*
    says so.

    Raises:
        ChangedFile: *path* holds other bytes.
        UserError: one of them may not or can't be written.
    """
    first = new[0][0]
    with (
        _told(first),
        held(_folder(path)),
        held(_folder(first)) as descriptor,
        _undisturbed(),
        ExitStack() as stack,
    ):
        likes = [_before(name, replace=replace, expected=None) for name, _ in new]
        hidden = [
            stack.enter_context(_beside(name, data, like))
            for (name, data), like in zip(new, likes, strict=True)
        ]
        unconfirmed = None
        try:
            write(path, after, expected=before)
        except UnconfirmedError as error:
            unconfirmed = error
        named: list[str] = []
        try:
            for each, (name, _), like in zip(hidden, new, likes, strict=True):
                _put(each, name, like)
                named += [] if like else [name]
        except OSError:
            for name in named:
                os.unlink(name)
            _take_back(path, before, after)
            raise
        if unconfirmed:
            raise unconfirmed
        _sync(descriptor, first)


def make_folder(path: str) -> None:
    """Make a folder, and those that it lies in, where they are not there yet.

    Raises:
        UserError: it can't be made, or lies behind a link.
    """
    with _told(path):
        _refuse_linked(os.path.join(path, "."))
        os.makedirs(path or ".", exist_ok=True)


def _take_back(path: str, before: bytes, after: bytes) -> None:
    try:
        write(path, before, expected=after)
    except UnconfirmedError:
        pass
    except UserError as error:
        raise UserError(
            tr("{error}; {path} tells of a file that is not there", error=error, path=shown(path))
        ) from None


def create(path: str, data: bytes | Iterable[bytes]) -> bool:
    """Write the new file *path*, and the folders that it needs; False if anything is there.

    Raises:
        UserError: it may not or can't be written, or lies behind a link.
    """
    if os.path.lexists(path):
        return False
    with _told(path):
        os.makedirs(_folder(path) or ".", exist_ok=True)
    write(path, data)
    return True


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Let what the system refuses be told in a line."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise UserError(
            tr("{path} can't be written: {error}", path=shown(path), error=reason(error))
        ) from None


# ------------------------------------------------------------------ what may be replaced
def refuse_present(paths: Iterable[str]) -> None:
    """Refuse to write where any of *paths* is there already.

    Raises:
        UserError: naming the first that is.
    """
    for path in paths:
        if os.path.lexists(path):
            _before(path, replace=False, expected=None)


def _folder(path: str) -> str:
    """Return the folder of a file that is to be written, which is no link and behind none."""
    if not path:
        raise UserError(tr("the name of a file is empty: say what it is called"))
    if path.endswith(("/", os.sep)):
        raise UserError(tr("{path} names a folder: name a file in it", path=shown(path)))
    _refuse_linked(path)
    return os.path.dirname(path)


def _refuse_linked(path: str) -> None:
    if (link := link_on_the_way(path)) is not None:
        raise UserError(
            tr(
                "{link} is {not_followed}: name the folder itself",
                link=shown(link),
                not_followed=tr(NOT_FOLLOWED),
            )
        )


def _before(path: str, *, replace: bool | None, expected: bytes | None) -> os.stat_result | None:
    """Return what is told of the file that is replaced; None where there is none yet."""
    if expected is not None:
        _refuse_changed(path, expected)
    try:
        told = os.lstat(path)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(told.st_mode):
        raise UserError(
            tr("{path} is no regular file, and is left alone: name another", path=shown(path))
        )
    if not replace and expected is None:
        known = tr("{path} is there already: name another", path=shown(path))
        forced = tr("{path} is there already: name another, or add --force", path=shown(path))
        raise UserError(forced if replace is False else known)
    if not (os.access(path, os.W_OK) and told.st_mode & _WRITABLE):
        raise UserError(tr("{path} is write-protected, and is left as it is", path=shown(path)))
    return told


def _refuse_changed(path: str, expected: bytes) -> None:
    found = content(path, max(len(expected), 1))
    if isinstance(found, Unreadable):
        raise UserError(
            tr("{path} {message}: nothing is written", path=shown(path), message=found.message)
        )
    if found != expected:
        raise ChangedFile(
            tr(
                "{path} has changed since it was read: nothing is written, run the command again",
                path=shown(path),
            )
        )


# ------------------------------------------------------------------ onto the disk
@contextmanager
def _beside(path: str, data: bytes | Iterable[bytes], like: os.stat_result | None) -> Iterator[str]:
    """Have the data under a hidden name beside *path*, as long as it has not got its own."""
    folder, name = os.path.split(path)
    new = os.path.join(folder, f".{name}.{os.urandom(4).hex()}.tmp")
    try:
        _write_new(new, data, like)
        yield new
    finally:
        with suppress(OSError):
            os.unlink(new)


def _write_new(path: str, data: bytes | Iterable[bytes], like: os.stat_result | None) -> None:
    """Write a file that nobody may read before it has the owner and permissions of *like*."""
    descriptor = os.open(path, _NEW_FLAGS, 0o666 if like is None else 0o600)
    try:
        for part in [data] if isinstance(data, bytes) else data:
            left = memoryview(part)
            while left:
                left = left[os.write(descriptor, left) :]
        if like is not None:
            _make_alike(path, descriptor, like)
        _keep(descriptor)
    finally:
        os.close(descriptor)


def _make_alike(path: str, descriptor: int, like: os.stat_result) -> None:
    if hasattr(os, "fchown"):  # Windows has no such owners
        told = os.fstat(descriptor)
        if (told.st_uid, told.st_gid) != (like.st_uid, like.st_gid):
            with suppress(PermissionError):  # only root can give files away
                os.fchown(descriptor, like.st_uid, like.st_gid)
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


def _keep(descriptor: int) -> None:
    """Have the disk keep what is written, where it can be asked to."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


def _sync(folder: int | None, path: str) -> None:
    """Have the disk keep the file's new name, too; Windows does so by itself."""
    try:
        if folder is not None:
            _keep(folder)
    except OSError as error:
        raise UnconfirmedError(
            tr(
                "{path} is written, but the disk does not confirm it: {error}",
                path=shown(path),
                error=reason(error),
            )
        ) from None


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let ^C wait for the few milliseconds in which a temporary file is there."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    held_back = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held_back)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
