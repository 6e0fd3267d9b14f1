"""A file as it came from the disk: its bytes, or why there are none."""

from __future__ import annotations

from typing import NamedTuple


class Unreadable(NamedTuple):
    """Why a file gave no bytes, and what to do."""

    message: str
    remedy: str


class Input(NamedTuple):
    """A file as it came from the disk (or standard input), under the name that people know."""

    name: str
    content: bytes | Unreadable
