"""What stands in a file: its bytes, up to a bound, and only if it is a regular file, no link."""

from __future__ import annotations

import os
import stat
import sys
from typing import Final

from iopctl.errors import UserError
from iopctl.source.input import Input, Unreadable

MOST_BYTES: Final = 1024 * 1024
# A FIFO must not make the run wait, nor a link lead it out of the folder; Windows has neither.
_READING: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def content(path: str) -> bytes | Unreadable:
    """Return a regular file's bytes, one more than the limit at most, or why there are none."""
    try:
        descriptor = os.open(path, _READING)
    except (OSError, ValueError) as error:
        if os.path.islink(path):
            return Unreadable("is a link, and links are not followed", "name the file itself")
        return Unreadable(f"can't be opened: {reason(error)}", "look at its name and permissions")
    try:
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return Unreadable("is no regular file", "name a file with an agreement")
            return _read(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return Unreadable(f"can't be read: {reason(error)}", "look at the disk it is on")


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
        raise UserError(f"{shown(path)} {found.message}")
    if len(found) > MOST_BYTES:
        raise UserError(f"{shown(path)} is larger than {MOST_BYTES} bytes")
    return decoded(found, path)


def decoded(raw: bytes, name: str) -> str:
    """Return the text of the file *name*.

    Raises:
        UserError: it is not UTF-8.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{shown(name)} is not UTF-8: byte {error.start + 1}") from None


def is_folder(path: str) -> bool:
    """Whether there is a folder at *path*."""
    return os.path.isdir(path)


def standard_input(name: str) -> Input:
    """Return what stands on standard input as if it were the file *name*."""
    try:
        return Input(shown(os.path.normpath(name)), _read(sys.stdin.fileno()))
    except (AttributeError, OSError, ValueError) as error:
        why = f"can't be read: standard input is closed ({reason(error)})"
        return Input(name, Unreadable(why, "give a file, or something to read"))


def reason(error: Exception) -> str:
    """Return why the system could not, in its own words."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def shown(path: str) -> str:
    """Return *path* as messages name it: from the folder of work where it is below, with /."""
    if os.path.isabs(path):
        try:
            below = os.path.relpath(path)
        except (OSError, ValueError):  # the folder of work is gone, or on another drive
            below = ".."
        path = path if below.startswith("..") else below
    return path.replace(os.sep, "/")
