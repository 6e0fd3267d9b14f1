"""What a rule is: a code for good, a name, a severity, its manual page, and its check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import TYPE_CHECKING

from iopctl.diagnostics import Finding, Severity

if TYPE_CHECKING:
    from datetime import date

    from iopctl.budget import Sheet
    from iopctl.config import Config
    from iopctl.facts import Facts


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know beside the agreement: the configuration, the day, the other files."""

    config: Config
    as_of: date
    neighbours: tuple[Facts, ...] = ()


Check = Callable[["Sheet", Context], Iterator[Finding]]
CheckAcross = Callable[["Facts", Context], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of agreement files; *doc* is its manual page.

    *check* looks at one agreement; *across* at its facts, with those of the other files in the
    context. A rule with neither is told by what reads files.
    """

    code: str
    name: str
    severity: Severity
    doc: str
    check: Check | None = None
    across: CheckAcross | None = None


def rule(code: str, name: str, severity: Severity) -> Callable[[Check], Rule]:
    """Make a rule of a check, whose docstring is the manual page; it registers nothing."""
    return lambda check: Rule(code, name, severity, cleandoc(check.__doc__ or ""), check)


def rule_across(code: str, name: str, severity: Severity) -> Callable[[CheckAcross], Rule]:
    """Make a rule of a check across files, whose docstring is the manual page."""
    return lambda check: Rule(code, name, severity, cleandoc(check.__doc__ or ""), across=check)
