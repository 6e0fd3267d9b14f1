"""Findings as lines of JSON, an object each, for programs that read as they go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.output.diagnostics.json_ import objects
from iopctl.output.json_ import written

if TYPE_CHECKING:
    from iopctl.output.diagnostics import Findings


def render(found: Findings) -> str:
    """Write a line for each finding, with what the JSON document has of it."""
    return "".join(written(each, indent=None) for each in objects(found))
