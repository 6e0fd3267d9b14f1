"""What a rule is: a code for good, a name, a severity, its manual page, and its check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iopctl.check.diagnostics import Finding, Severity
from iopctl.language import current, tr

if TYPE_CHECKING:
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.needs.need import RuleName
    from iopctl.check.facts import Facts
    from iopctl.config import Config
    from iopctl.model import Agreement

MOST_NAMED: Final = 6


@dataclass(frozen=True, slots=True)
class Context:
    """What a run looks with: the configuration, and the day that it looks from."""

    config: Config
    as_of: date

    def case(self, agreement: Agreement) -> Case:
        """Return what the agreement comes to."""
        from iopctl.case.case import Case

        return Case(agreement, self.as_of, self.config)

    def told(self) -> Iterator[bytes]:
        """Yield all that what it finds depends on, beside the files: the language, too."""
        yield self.config.model_dump_json(warnings=False).encode()
        yield self.as_of.isoformat().encode()
        yield current().encode()


Check = Callable[["Case"], Iterator[Finding]]
FileFinding = tuple["Facts", Finding]
"""A finding, and what is known of the file that it stands in."""
CheckAcross = Callable[[Sequence["Facts"], Context], Iterator[FileFinding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of agreement files; *doc* is its manual page, and a test by its examples.

    *check* looks at one agreement, *across* at the facts of all; it says in which file each
    finding stands. A rule with neither is told by what reads files.
    """

    code: str
    name: str
    severity: Severity
    doc: str
    check: Check | None = None
    across: CheckAcross | None = None


def rule(code: str, name: str, severity: Severity) -> Callable[[Check], Rule]:
    """Make a rule of a check, whose docstring is the manual page; it registers nothing."""
    return lambda check: Rule(code, name, severity, check.__doc__ or "", check)


def derived(name: RuleName, severity: Severity, message: str, remedy: str, doc: str) -> Rule:
    """Make a rule that tells a need of invoicing: which there are is for the case to know.

    *message* and *remedy* are templates of the need's values.
    """

    def check(case: Case) -> Iterator[Finding]:
        advice = tr(remedy)
        for each in case.needs:
            if each.rule == name and each.told:
                finding = Finding(each.path, message, remedy=advice.format_map(each.values))
                finding.values = each.values
                yield finding

    return Rule(name.code, name.name, severity, doc, check)


def rule_across(code: str, name: str, severity: Severity) -> Callable[[CheckAcross], Rule]:
    """Make a rule of a check across files, whose docstring is the manual page."""
    return lambda check: Rule(code, name, severity, check.__doc__ or "", across=check)


def told(code: str, name: str, doc: str) -> Rule:
    """Make a rule that the reading of a file tells by *name*: always an error."""
    return Rule(code, name, Severity.ERROR, doc)


def first_files(facts: Iterable[Facts]) -> tuple[str, ...]:
    """Return the names of the first few files, as a finding tells of others."""
    return tuple(dict.fromkeys(each.file for each in facts))[:MOST_NAMED]
