"""A run of all rules: what each file gives by itself, and then what all of them give together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.check import portfolio
from iopctl.language import tr
from iopctl.source import reread

# The rules are loaded when something is checked: most commands only read agreements.
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iopctl.case.case import Case
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.facts import Facts
    from iopctl.check.portfolio import Document
    from iopctl.check.rules import Context
    from iopctl.check.silences import Silence
    from iopctl.input import Input
    from iopctl.source import Source


UNDECIDED: Final = frozenset({"expiring", "option-left", "notice-near", "notice-passed"})
"""What asks what follows an agreement: another one that succeeds it is the answer."""


class FileCheck(NamedTuple):
    """What one file gives by itself; without *facts* it could not be read as an agreement."""

    file: str
    diagnostics: tuple[Diagnostic, ...]
    silences: tuple[Silence, ...] = ()
    facts: Facts | None = None


def checked(given: Input, context: Context, document: Document | None = None) -> FileCheck:
    """Read one file and apply the rules to it; the result depends on nothing else.

    *document* is what it says where it has been read.
    """
    document = document or portfolio.document(given)
    case = context.case(document.agreement) if document.agreement else None
    found = portfolio.check(document, case) if case else ()
    return of(document, case, [each for of_rule in found for each in of_rule])


def again(given: Input, case: Case) -> FileCheck:
    """Apply the rules to an agreement that was read from a file in which nothing is wrong."""
    text = reread(given.content) if isinstance(given.content, bytes) else portfolio.NOTHING
    document = portfolio.Document(given.name, text, case.agreement, ())
    found = portfolio.check(document, case)
    return of(document, case, [each for of_rule in found for each in of_rule])


def beside(given: Input, context: Context) -> FileCheck:
    """Read one file that others are compared with: what it says to them, and not what it is."""
    document = portfolio.document(given)
    case = context.case(document.agreement) if document.agreement else None
    return of(document, case, ())._replace(diagnostics=())


def of(document: Document, case: Case | None, found: Sequence[Diagnostic]) -> FileCheck:
    """Return what a document gives by itself, *found* being what the rules found in its case."""
    from iopctl.check.facts import facts
    from iopctl.check.silences import silences

    if case is None or document.source is None:
        return FileCheck(document.name, document.diagnostics)
    told, known = [*found], None
    name, source = document.name, document.source
    with portfolio.FailuresTold(partial(tr, "what other files need"), name, source, told):
        known = facts(name, case)
    return FileCheck(
        file=name,
        diagnostics=tuple(told),
        silences=silences(source, case.agreement),
        facts=known,
    )


def findings(
    results: Sequence[FileCheck], context: Context, source: Callable[[str], Source]
) -> list[Diagnostic]:
    """Return what is found in files and between them, but for what is silenced, in order.

    *source* gives the text of a file by name: only those are read again that have something to
    do with others.
    """
    from iopctl.check.silences import silenced

    known = [each.facts for each in results if each.facts]
    succeeded = {each.succeeds for each in known if each.succeeds and not each.is_draft}
    own = [
        diagnostic
        for each in results
        for diagnostic in each.diagnostics
        if not (each.facts and each.facts.id in succeeded and diagnostic.name in UNDECIDED)
    ]
    between = portfolio.check_across(known, context, source)
    by_file = {each.file: each.silences for each in results if each.silences}
    told = silenced((*own, *between), by_file, context.as_of)
    return sorted(told, key=lambda each: each.order)


def alone(result: FileCheck, context: Context) -> list[Diagnostic]:
    """Return what is found in one file while others are not known yet.

    Nothing is then said of silences that have no use so far.
    """
    from iopctl.check.silences import silenced

    found = silenced(result.diagnostics, {result.file: result.silences}, context.as_of)
    told = (each for each in found if each.name != "suppression-unused")
    return sorted(told, key=lambda each: each.order)
