"""What a rule is: a code for good, a name, a severity, its manual page, and perhaps a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iopctl.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of agreement files; *doc* is its manual page."""

    code: str
    name: str
    severity: Severity
    doc: str
