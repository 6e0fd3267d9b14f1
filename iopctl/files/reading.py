"""What stands in a file: its bytes, up to a bound, and only if it is a regular file, no link."""

from __future__ import annotations

import os
import stat
import sys
from typing import Final

from iopctl.errors import UserError
from iopctl.input import Input, Unreadable
from iopctl.language import marked, of_system, tr

MOST_BYTES: Final = 1024 * 1024
MOST_BASELINE: Final = 32 * 1024 * 1024  # half a million findings
NOT_FOLLOWED: Final = marked("a link, and links are not followed")
# A FIFO must not make the run wait, nor a link lead it out of the folder; Windows has neither.
_READING: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def content(path: str, most: int = MOST_BYTES, *, within: str | None = None) -> bytes | Unreadable:
    """Return a regular file's bytes, one more than *most* at most, or why there are none.

    Neither the file nor a folder on the way to it may be a link.
    """
    if (link := link_on_the_way(path, within)) is not None:
        return Unreadable(
            tr(
                "lies behind {link}, {not_followed}",
                link=shown(link),
                not_followed=tr(NOT_FOLLOWED),
            ),
            tr("name the file itself"),
        )
    return _content(path, most)


def _content(path: str, most: int) -> bytes | Unreadable:
    try:
        descriptor = os.open(path, _READING)
    except (OSError, ValueError) as error:
        if os.path.islink(path):
            return Unreadable(
                tr("is a link, and links are not followed"), tr("name the file itself")
            )
        return Unreadable(
            tr("can't be opened: {error}", error=reason(error)),
            tr("look at its name and permissions"),
        )
    try:
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return Unreadable(tr("is no regular file"), tr("name a file with an agreement"))
            return _read(descriptor, most)
        finally:
            os.close(descriptor)
    except OSError as error:
        return Unreadable(
            tr("can't be read: {error}", error=reason(error)), tr("look at the disk it is on")
        )


def _read(descriptor: int, most: int = MOST_BYTES) -> bytes:
    parts = []
    left = most + 1
    while left and (part := os.read(descriptor, left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def is_there(path: str) -> bool:
    """Whether anything is called *path*, be it a link that leads nowhere."""
    return os.path.lexists(path)


def is_folder(path: str) -> bool:
    """Whether *path* is a folder that can be looked into."""
    return os.path.isdir(path)


def text(path: str, most: int = MOST_BYTES, *, within: str | None = None) -> str | None:
    """Return the text of a file beside the agreements, as a template; None where there is none.

    Below the folder *within* no link is followed either, wherever it is.

    Raises:
        UserError: it can't be read, lies behind a link, has more than *most* bytes or no UTF-8.
    """
    if not os.path.lexists(path):
        return None
    return _decoded(content(path, most, within=within), path, most)


def ours(path: str) -> str | None:
    """Return the text of a file that came with iopctl, which may have been put behind links.

    Raises:
        UserError: as for `text`.
    """
    if not os.path.lexists(path):
        return None
    return _decoded(_content(path, MOST_BYTES), path, MOST_BYTES)


def _decoded(found: bytes | Unreadable, path: str, most: int) -> str:
    if isinstance(found, Unreadable):
        raise UserError(f"{shown(path)} {found.message}")
    if len(found) > most:
        raise UserError(tr("{path} is larger than {most} bytes", path=shown(path), most=most))
    return decoded(found, path)


# ------------------------------------------------------------------ links on the way
def link_on_the_way(path: str, within: str | None = None) -> str | None:
    """Return the first folder on the way to *path* that is a link, None where none is.

    What leads to the folder of work is the user's own affair, and so is what leads to a
    repository elsewhere or to the folder *within*; what is named below may have come with the
    repository.
    """
    found = None
    folder = os.path.dirname(shown(path))
    while folder != os.path.dirname(folder):
        is_within = within is not None and os.path.normpath(folder) == os.path.normpath(within)
        if os.path.isabs(folder) and (is_within or is_top(folder)):
            return found
        found = folder if os.path.islink(folder) else found
        folder = os.path.dirname(folder)
    return None if folder else found


def is_top(folder: str) -> bool:
    """Whether *folder* is the top of a git repository."""
    return os.path.lexists(os.path.join(folder, ".git"))


def decoded(raw: bytes, name: str) -> str:
    """Return the text of the file *name*.

    Raises:
        UserError: it is not UTF-8.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            tr("{name} is not UTF-8: byte {start}", name=shown(name), start=error.start + 1)
        ) from None


def standard_input(name: str) -> Input:
    """Return what stands on standard input as if it were the file *name*."""
    try:
        return Input(shown(os.path.normpath(name)), _read(sys.stdin.fileno()))
    except (AttributeError, OSError, ValueError) as error:
        why = tr("can't be read: standard input is closed ({error})", error=reason(error))
        return Input(name, Unreadable(why, tr("give a file, or something to read")))


def reason(error: Exception) -> str:
    """Return why the system could not, in its own words."""
    return of_system(error)


def shown(path: str) -> str:
    """Return *path* as messages name it: from the folder of work where it is below, with /."""
    if os.path.isabs(path):
        try:
            below = os.path.relpath(path)
        except (OSError, ValueError):  # the folder of work is gone, or on another drive
            below = ".."
        path = path if below.startswith("..") else below
    return path.replace(os.sep, "/")
