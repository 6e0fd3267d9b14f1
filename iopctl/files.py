"""The door to the disk: which files a run reads and writes; links are not followed."""

from __future__ import annotations

import errno
import os
import secrets
import signal
import stat
import sys
import time
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.errors import Refused, UserError
from iopctl.portfolio import Input, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.config import Config

MOST_BYTES: Final = 1024 * 1024
SUFFIXES: Final = (".yaml", ".yml")
PASSED_OVER: Final = frozenset({"node_modules", "__pycache__"})
CONFIGURATION: Final = ("iopctl.toml", "pyproject.toml")
# A FIFO must not make the run wait, nor a link lead it out of the folder; Windows has neither.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
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


class Repository(NamedTuple):
    """Where a run takes place: the folder of the configuration, and what that says."""

    root: str
    config: Config

    @property
    def agreements(self) -> str:
        """The folder of the agreements, as seen from the folder of work."""
        return os.path.normpath(os.path.join(self.root, self.config.folder))


# ------------------------------------------------------------------ the configuration
def repository() -> Repository:
    """Return the configuration nearest above the folder of work, the default one if none is.

    Raises:
        UserError: the configuration can't be read.
    """
    from iopctl.config import DEFAULT, config

    for folder in _upwards():
        for name in CONFIGURATION:
            path = os.path.join(folder, name)
            if not os.path.lexists(path):
                continue
            found = content(path)
            if isinstance(found, Unreadable):
                raise UserError(f"{_shown(path)} {found.message}")
            if name == CONFIGURATION[0] or b"[tool.iopctl" in found:
                return Repository(folder, config(_text(found, path), _shown(path)))
    return Repository("", DEFAULT)


def _upwards() -> Iterator[str]:
    """Yield the folder of work and those above it, to the top of the git repository."""
    folder = ""
    while os.path.isdir(folder or "."):
        yield folder
        at_top = os.path.lexists(os.path.join(folder, ".git"))
        if at_top or os.path.samefile(folder or ".", os.path.join(folder, "..")):
            return
        folder = os.path.join(folder, "..")


def _text(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{_shown(name)} is not UTF-8: byte {error.start + 1}") from None


# ------------------------------------------------------------------ the agreements
def inputs(arguments: Sequence[str], folder: str) -> list[Input]:
    """Return the files that *arguments* name: files, folders, or ids of agreements in *folder*.

    Without arguments, all of *folder*. Each file is read once, however often it is named.

    Raises:
        UserError: an argument names nothing, or no agreement is found; it says where was looked.
    """
    wanted = arguments or [folder]
    if not arguments and not os.path.isdir(folder):
        wanted = []
    paths = dict.fromkeys(
        os.path.normpath(path) for each in wanted for path in _named(each, folder)
    )
    if not paths:
        looked = ", ".join(arguments) or folder
        raise UserError(
            f"no agreement found in {looked}: name a folder with .yaml files, or lay out a new"
            " one with: iopctl init"
        )
    by_name = {_shown(path): path for path in paths}
    return [Input(name, content(path)) for name, path in by_name.items()]


def neighbours(named: Sequence[Input], folder: str) -> list[Input]:
    """Return the other files of *folder* where one of *named* lies in it, else nothing."""
    known = {each.name for each in named}
    paths = {_shown(os.path.normpath(path)): path for path in _walked(folder)}
    if known.isdisjoint(paths):
        return []
    return [Input(name, content(path)) for name, path in paths.items() if name not in known]


def present(folder: str) -> list[Input]:
    """Return all agreements of *folder*, which may be none.

    Raises:
        UserError: there is no such folder.
    """
    if not os.path.isdir(folder):
        raise UserError(
            f"there is no folder {_shown(folder)}: make it, or lay out a repository with: iopctl"
            " init"
        )
    paths = sorted(os.path.normpath(path) for path in _walked(folder))
    return [Input(_shown(path), content(path)) for path in paths]


def standard_input(name: str) -> Input:
    """Return what stands on standard input as if it were the file *name*."""
    try:
        return Input(_shown(os.path.normpath(name)), _read(sys.stdin.fileno()))
    except (AttributeError, OSError, ValueError) as error:
        reason = f"can't be read: standard input is closed ({_reason(error)})"
        return Input(name, Unreadable(reason, "give a file, or something to read"))


def stamps(arguments: Sequence[str], folder: str) -> frozenset[tuple[str, int, int]]:
    """Return what tells by itself that a file has changed: its name, size and time of change.

    For the files that *arguments* name, all of *folder*, and the configuration.
    """
    named = (path for each in arguments if os.path.lexists(each) for path in _named(each, folder))
    configuration = (os.path.join(up, name) for up in _upwards() for name in CONFIGURATION)
    found = []
    for path in (*named, *_walked(folder), *configuration):
        with suppress(OSError):
            told = os.lstat(path)
            found.append((path, told.st_size, told.st_mtime_ns))
    return frozenset(found)


def _named(argument: str, folder: str) -> Iterator[str]:
    if os.path.isdir(argument):
        yield from sorted(_walked(argument))
    elif os.path.lexists(argument):
        yield argument
    else:
        yield _by_id(argument, folder)


def _by_id(argument: str, folder: str) -> str:
    found = {
        os.path.splitext(os.path.basename(path))[0]: path
        for path in (_walked(folder) if os.path.isdir(folder) else ())
    }
    if argument in found:
        return found[argument]
    near = get_close_matches(argument, found, n=1) if len(argument) < MOST_NAME else []
    meant = f"did you mean {near[0]}?" if near else "iopctl list shows the agreements there are"
    raise UserError(f"no file, folder or agreement is called '{argument}': {meant}")


MOST_NAME: Final = 200


def _walked(folder: str) -> Iterator[str]:
    """Yield the YAML files below *folder*; hidden ones and linked folders are passed over."""
    folders = [folder]
    while folders:
        here = folders.pop()
        try:
            entries = list(os.scandir(here))
        except OSError:
            yield here  # its content then says why
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.name in PASSED_OVER:
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif entry.name.lower().endswith(SUFFIXES):
                yield entry.path


def content(path: str) -> bytes | Unreadable:
    """Return a regular file's bytes, one more than the limit at most, or why there are none."""
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        if os.path.islink(path):
            return Unreadable("is a link, and links are not followed", "name the file itself")
        return Unreadable(f"can't be opened: {_reason(error)}", "look at its name and permissions")
    try:
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return Unreadable("is no regular file", "name a file with an agreement")
            return _read(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return Unreadable(f"can't be read: {_reason(error)}", "look at the disk it is on")


def _read(descriptor: int) -> bytes:
    parts = []
    left = MOST_BYTES + 1
    while left and (part := os.read(descriptor, left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def text(path: str) -> str | None:
    """Return the text of a file beside the agreements, as a template; None where there is none.

    Raises:
        UserError: it can't be read, or is not UTF-8.
    """
    if not os.path.lexists(path):
        return None
    found = content(path)
    if isinstance(found, Unreadable):
        raise UserError(f"{_shown(path)} {found.message}")
    if len(found) > MOST_BYTES:
        raise UserError(f"{_shown(path)} is larger than {MOST_BYTES} bytes")
    return _text(found, path)


# ------------------------------------------------------------------ writing
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
        raise UserError(f"{_shown(path)} can't be written: {_reason(error)}") from None


def write_both(new: str, data: bytes, path: str, after: bytes, before: bytes) -> None:
    """Write the file *new*, and *path* anew, which must hold the bytes *before*: both or neither.

    Raises:
        Changed: *path* holds other bytes.
        UserError: one of them may not or can't be written.
    """
    with _undisturbed():
        write(new, data)
        try:
            write(path, after, expected=before)
        except UserError:
            with suppress(OSError):
                os.unlink(new)
            raise


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
        raise UserError(f"{_shown(path)} can't be written: {_reason(error)}") from None
    write(path, data)
    return True


def _before(path: str, *, replace: bool, expected: bytes | None) -> os.stat_result | None:
    """Return what is told of the file that is replaced; None where there is none yet."""
    if expected is not None:
        _refuse_linked(os.path.dirname(path))
        found = content(path)
        if isinstance(found, Unreadable):
            raise UserError(f"{_shown(path)} {found.message}: nothing is written")
        if found != expected:
            raise Changed(
                f"{_shown(path)} has changed since it was read: nothing is written, run the"
                " command again"
            )
    try:
        told = os.lstat(path)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(told.st_mode):
        raise UserError(f"{_shown(path)} is no regular file, and is left alone: name another")
    if not replace and expected is None:
        raise UserError(f"{_shown(path)} is there already: name another, or add --force")
    return told


def _refuse_linked(folder: str) -> None:
    """Refuse a folder that a link below the folder of work leads to: it may lie anywhere."""
    while folder and not os.path.isabs(folder):
        if os.path.islink(folder):
            raise UserError(
                f"{_shown(folder)} is a link, and links are not followed: name the folder itself"
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
        raise UserError(
            f"{_shown(path)} is written, but the disk does not confirm it: {_reason(error)}"
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
    raise UserError(f"{_shown(folder)} is being written to by another program: try again")


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


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _shown(path: str) -> str:
    """Return *path* as messages name it: from the folder of work where it is below, with /."""
    if os.path.isabs(path):
        try:
            below = os.path.relpath(path)
        except (OSError, ValueError):  # the folder of work is gone, or on another drive
            below = ".."
        path = path if below.startswith("..") else below
    return path.replace(os.sep, "/")
