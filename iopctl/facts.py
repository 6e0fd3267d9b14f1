"""What rules across files, and the cache, need to know of an agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iopctl.budget import Sheet


@dataclass(frozen=True, slots=True)
class Facts:
    """The little of one file that other files are compared with; it can be written as JSON."""

    file: str
    id: str


def facts(file: str, sheet: Sheet) -> Facts:
    """Return what other files are compared with."""
    return Facts(file, sheet.agreement.id)
