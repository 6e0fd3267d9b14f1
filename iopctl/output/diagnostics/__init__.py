"""The formats that findings can be written in; each is a module, imported when it is asked for."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.output.terminal import PIPE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from iopctl.check.diagnostics import Diagnostic, Severity
    from iopctl.output.terminal import Screen


class FindingFormat(StrEnum):
    """A format for findings: for people, for programs and editors, or for a CI service."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    JSONL = "jsonl"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"
    MARKDOWN = "markdown"


MODULES: Final = {
    FindingFormat.TEXT: "text",
    FindingFormat.CONCISE: "concise",
    FindingFormat.JSON: "json_",
    FindingFormat.JSONL: "jsonl",
    FindingFormat.GITHUB: "github",
    FindingFormat.GITLAB: "gitlab",
    FindingFormat.SARIF: "sarif",
    FindingFormat.JUNIT: "junit",
    FindingFormat.MARKDOWN: "markdown",
}


class Findings(NamedTuple):
    """What a run has to tell: the files that it looked at, the day, and what it found, in order."""

    files: Sequence[str]
    as_of: date
    diagnostics: Sequence[Diagnostic]

    def count(self, severity: Severity) -> int:
        """Return how many findings have *severity*."""
        return sum(each.severity is severity for each in self.diagnostics)


def rendered(found: Findings, form: FindingFormat, screen: Screen = PIPE) -> str:
    """Return *found* in the format *form*; only text looks to what the *screen* can show."""
    module = import_module(f"{__name__}.{MODULES[form]}")
    text: str = module.render(found, screen) if form is FindingFormat.TEXT else module.render(found)
    return text
