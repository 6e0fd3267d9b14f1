"""A run of all rules: what each file gives by itself, and then what all of them give together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iopctl.check import portfolio

# The rules are loaded when something is checked: most commands only read agreements.
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.facts import Facts
    from iopctl.check.rules import Context
    from iopctl.check.silences import Silence
    from iopctl.source import Source
    from iopctl.source.input import Input


class Checked(NamedTuple):
    """What one file gives by itself; without *facts* it could not be read as an agreement."""

    file: str
    diagnostics: tuple[Diagnostic, ...]
    silences: tuple[Silence, ...] = ()
    facts: Facts | None = None


def checked(given: Input, context: Context) -> Checked:
    """Read one file and apply the rules to it; the result depends on nothing else."""
    return _checked(given, context, ruled=True)


def beside(given: Input, context: Context) -> Checked:
    """Read one file that others are compared with: what it says to them, and not what it is."""
    return _checked(given, context, ruled=False)._replace(diagnostics=())


def _checked(given: Input, context: Context, *, ruled: bool) -> Checked:
    from iopctl.check.facts import facts
    from iopctl.check.silences import silences

    document = portfolio.document(given)
    if document.agreement is None or document.source is None:
        return Checked(given.name, document.diagnostics)
    case = context.case(document.agreement)
    told = [*portfolio.check(given.name, document.source, case)] if ruled else []
    known = None
    with portfolio.failures_told("what other files need", given.name, document.source, told):
        known = facts(given.name, case)
    return Checked(
        file=given.name,
        diagnostics=tuple(told),
        silences=silences(document.source, case.agreement),
        facts=known,
    )


def findings(
    results: Sequence[Checked], context: Context, source: Callable[[str], Source]
) -> list[Diagnostic]:
    """Return what is found in files and between them, but for what is silenced, in order.

    *source* gives the text of a file by name: only those are read again that have something to
    do with others.
    """
    from iopctl.check.silences import silenced

    known = [each.facts for each in results if each.facts]
    own = [diagnostic for each in results for diagnostic in each.diagnostics]
    between = portfolio.check_across(known, context, source)
    by_file = {each.file: each.silences for each in results if each.silences}
    told = silenced((*own, *between), by_file, context.as_of)
    return sorted(told, key=lambda each: each.order)
