"""Addresses of files as editors write them, and the paths that they stand for."""

from __future__ import annotations

from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING

from pygls.uris import to_fs_path

if TYPE_CHECKING:
    from collections.abc import Callable


def local(uri: str, kind: Callable[[str], PurePath] = PurePath) -> PurePath | None:
    """Return the path of a file's address; None where it is no file on this machine.

    The letter of a drive is written large, as the system itself tells it.
    """
    found = to_fs_path(uri)
    if not found:
        return None
    path = kind(found)
    if isinstance(path, PureWindowsPath) and path.drive:
        return kind(path.drive.upper() + str(path)[len(path.drive) :])
    return path
