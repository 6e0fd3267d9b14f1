"""Findings as an editor shows them: the stretch, the rule with its page, and related places."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
    Location,
    Range,
)

from iopctl import files
from iopctl.check.diagnostics import Severity
from iopctl.editor.ruler import Ruler
from iopctl.language import current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iopctl.check import diagnostics as check
    from iopctl.language import Language

    Uri = Callable[[str], str]
    """The address of a file by its name."""

SEVERITIES: Final = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.NOTE: DiagnosticSeverity.Information,
}
UNUSED: Final = frozenset({"suppression-unused", "suppression-expired"})
START: Final = Ruler("").range(0, 0)
_HERE: Final = Path(__file__).parents[1]
# The pages of the rules by language: those of an installation, or of a checkout.
_PAGES: Final[dict[Language, tuple[Path, Path]]] = {
    "en": (_HERE / "_rules", _HERE.parent / "docs" / "rules"),
    "sv": (_HERE / "_regler", _HERE.parent / "docs" / "sv" / "regler"),
}


def page(code: str) -> str | None:
    """Return the address of a rule's manual page; None where the pages are not installed."""
    return _page(code, current())


@lru_cache(maxsize=512)
def _page(code: str, language: Language) -> str | None:
    found = files.existing(str(folder / f"{code}.md") for folder in _PAGES[language])
    return found and Path(found).as_uri()


def shown(each: check.Diagnostic, ruler: Ruler, uri: Uri) -> Diagnostic:
    """Return a finding as an editor shows it, in the text that *ruler* measures."""
    address = page(each.code)
    return Diagnostic(
        range=ruler.range(each.span.start, each.span.end),
        severity=SEVERITIES[each.severity],
        code=each.code,
        code_description=CodeDescription(address) if address else None,
        source="iopctl",
        message=f"{each.advice} ({each.name})",
        tags=[DiagnosticTag.Unnecessary] if each.name in UNUSED else None,
        related_information=list(_related(each, ruler, uri)) or None,
    )


def _related(
    each: check.Diagnostic, ruler: Ruler, uri: Uri
) -> Iterator[DiagnosticRelatedInformation]:
    for span, label in each.related:
        place = Location(uri(each.file), ruler.range(span.start, span.end))
        yield DiagnosticRelatedInformation(place, label)
    others = each.finding.values.get("others")
    for name in others if isinstance(others, tuple) else ():
        yield DiagnosticRelatedInformation(Location(uri(name), Range(START.start, START.end)), name)
