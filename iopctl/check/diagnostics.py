"""What is found wrong, as values: findings name paths, diagnostics name files, lines and rules."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from iopctl.language import marked, tr
from iopctl.money import kronor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iopctl.source import Path, Span
    from iopctl.source.places import Edit

LONGEST_EXCERPT = 1000


class Severity(StrEnum):
    """How much a finding weighs: only an error makes `check` fail by itself."""

    ERROR = marked("error")
    WARNING = marked("warning")
    NOTE = marked("note")


class Related(NamedTuple):
    """Another place of the same file that a finding is about, and what stands there."""

    path: Path
    label: str


class Finding:
    """Something a rule found: a path, a template with its values, and what to do about it."""

    __slots__ = ("advice", "fix", "path", "related", "template", "values")

    def __init__(
        self,
        path: Path,
        template: str,
        *,
        remedy: str = "",
        related: tuple[Related, ...] = (),
        fix: Edit | None = None,
        **values: object,
    ) -> None:
        self.path = path
        self.template = template
        self.values: Mapping[str, object] = values
        self.advice = remedy
        self.related = related
        self.fix = fix

    @property
    def message(self) -> str:
        """What is wrong, in the language that is used: amounts grouped, and dates in ISO form."""
        return tr(self.template, **{key: shown(each) for key, each in self.values.items()})

    @property
    def remedy(self) -> str:
        """What to do about it, in the language that is used: *advice* as the rule has it."""
        return tr(self.advice)


def shown(value: object) -> str:
    """Write a value for a message; an amount gets its unit from the template."""
    match value:
        case Decimal():
            return kronor(value)
        case date():
            return value.isoformat()
        case list() | tuple() | set() | frozenset():
            return ", ".join(shown(each) for each in value)
        case _:
            return str(value)


class RelatedPlace(NamedTuple):
    """Another stretch of the same file that a diagnostic is about, and what stands there."""

    span: Span
    label: str


class Diagnostic(NamedTuple):
    """A finding in its place: the file, the stretch of its text, and the rule it broke.

    *excerpt* is the line on which the stretch begins, *reason* why the parties stand by it.
    """

    file: str
    span: Span
    code: str
    name: str
    severity: Severity
    finding: Finding
    excerpt: str = ""
    related: tuple[RelatedPlace, ...] = ()
    reason: str = ""

    @property
    def order(self) -> tuple[str, int, int, str]:
        """The key that sorts by file, place and code."""
        return (self.file, self.span.line, self.span.column, self.code)

    @property
    def message(self) -> str:
        """What is wrong, with the values in hand, and the parties' reason where they have one."""
        found = self.finding.message
        stands = tr("{found}; the parties stand by it: {reason}", found=found, reason=self.reason)
        return stands if self.reason else found

    @property
    def advice(self) -> str:
        """What is wrong and, unless the parties stand by it, what to do."""
        is_due = self.finding.remedy and not self.reason
        return f"{self.message}; {self.finding.remedy}" if is_due else self.message

    @property
    def line(self) -> str:
        """The finding on one line: `path:line:column: CODE name: message; remedy`."""
        place = f"{self.file}:{self.span.line}:{self.span.column}"
        return f"{place}: {self.code} {self.name}: {self.advice}"


def excerpt(text: str, span: Span) -> str:
    """Return the line of *text* on which *span* begins, cut where it is absurdly long."""
    start = text.rfind("\n", 0, span.start) + 1
    return text[start : start + LONGEST_EXCERPT].partition("\n")[0].rstrip("\r")


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return for each diagnostic, in their order, a text that no other one has.

    It stays the same when lines are added or removed elsewhere, and on another day: it is made
    of the file, the rule, the keys that lead to the place, and what the line says.
    """
    seen: Counter[str] = Counter()
    result = []
    for each in diagnostics:
        keys = [part for part in each.finding.path if isinstance(part, str)]
        alike = "\0".join((each.file, each.code, *keys, each.excerpt.strip()))
        seen[alike] += 1
        whole = f"{alike}\0{seen[alike]}".encode(errors="surrogateescape")
        result.append(sha256(whole).hexdigest()[:32])
    return result
