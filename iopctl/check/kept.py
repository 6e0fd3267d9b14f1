"""What a check found, as the cache keeps it: written as JSON, and read back or refused."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from iopctl.check.diagnostics import Diagnostic, Finding, Related, RelatedPlace, Severity
from iopctl.source import Span
from iopctl.source.places import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from iopctl.check.rules import Context
    from iopctl.check.selection import RuleSelection
    from iopctl.input import Input
    from iopctl.source import Path

Kind = TypeVar("Kind")


def asked(
    named: Mapping[str, Input],
    around: Mapping[str, Input],
    context: Context,
    selection: RuleSelection,
) -> Iterator[bytes]:
    """Yield all that the findings of a run depend on: configuration, day, rules and files."""
    yield from context.told()
    yield json.dumps([sorted(selection.codes), sorted(selection.severities.items())]).encode()
    for files in (named, around):
        yield str(len(files)).encode()
        for name, content in files.values():
            yield name.encode(errors="surrogateescape")
            yield type(content).__name__.encode()
            yield content if isinstance(content, bytes) else repr(content).encode()


# ------------------------------------------------------------------ writing
def written(found: Sequence[Diagnostic]) -> bytes:
    """Write findings; nothing where one has a value that could not be read back."""
    try:
        return json.dumps([[*each[:5], _parts(each.finding), *each[6:]] for each in found]).encode()
    except TypeError:
        return b""


def _parts(finding: Finding) -> list[object]:
    values = {key: _plain(value) for key, value in finding.values.items()}
    return [finding.path, finding.template, values, finding.advice, finding.related, finding.fix]


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return {"date": value.isoformat()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case str() | int() | None:
            return value
        case _:
            raise TypeError(type(value))


# ------------------------------------------------------------------ reading
def read(data: bytes) -> list[Diagnostic] | None:
    """Read what `written` wrote; None where it is anything else."""
    try:
        found = [_diagnostic(each) for each in of_kind(list, json.loads(data))]
        _ = [each.message for each in found]  # each template has its values
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError):
        return None
    return found


def _diagnostic(value: object) -> Diagnostic:
    file, span, code, name, severity, finding, line, related, reason = of_kind(list, value)
    return Diagnostic(
        file=of_kind(str, file),
        span=span_of(span),
        code=of_kind(str, code),
        name=of_kind(str, name),
        severity=Severity(severity),
        finding=_finding(finding),
        excerpt=of_kind(str, line),
        related=tuple(
            RelatedPlace(span_of(each), of_kind(str, label))
            for each, label in of_kind(list, related)
        ),
        reason=of_kind(str, reason),
    )


def _finding(value: object) -> Finding:
    path, template, values, remedy, related, fix = of_kind(list, value)
    return Finding(
        path_of(path),
        of_kind(str, template),
        remedy=of_kind(str, remedy),
        related=tuple(
            Related(path_of(each), of_kind(str, label)) for each, label in of_kind(list, related)
        ),
        fix=None if fix is None else _fix(fix),
        **{key: _value(each) for key, each in of_kind(dict, values).items()},
    )


def _fix(value: object) -> Edit:
    path, text, of_key = of_kind(list, value)
    return Edit(path_of(path), of_kind(str, text), of_kind(bool, of_key))


def _value(value: object) -> object:
    match value:
        case {"decimal": str() as text}:
            return Decimal(text)
        case {"date": str() as text}:
            return date.fromisoformat(text)
        case list():
            return tuple(_value(each) for each in value)
        case str() | int() | None:
            return value
        case _:
            raise TypeError(type(value))


def span_of(value: object) -> Span:
    """Return the span that is written as a list; TypeError where it is none."""
    return Span(*(of_kind(int, each) for each in of_kind(list, value)))


def path_of(value: object) -> Path:
    """Return the path that is written as a list; TypeError where it is none."""
    parts = of_kind(list, value)
    return tuple(each if isinstance(each, str) else of_kind(int, each) for each in parts)


def of_kind(kind: type[Kind], value: object) -> Kind:
    """Return *value*, which is of a *kind*; TypeError where it is none."""
    if not isinstance(value, kind):
        raise TypeError(type(value))
    return value
