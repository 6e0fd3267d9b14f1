"""What files say to others, as the cache keeps it: those around a changed one stay as they were."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from iopctl.check.facts import Aid, Between, Billing, Facts, LoggedNumber, Organisation
from iopctl.check.kept import of_kind, path_of, span_of
from iopctl.check.silences import Silence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iopctl.check.rules import Context
    from iopctl.input import Input

FileStatements = tuple[tuple[Silence, ...], Facts | None]
"""What silences rules in a file, and what others are compared with: none where it can't be read."""


def asked(context: Context) -> Iterator[bytes]:
    """Yield all that it depends on what a file says to others, beside the file itself."""
    yield b"company"
    yield from context.told()


def written(said: Mapping[Input, FileStatements]) -> bytes:
    """Write what files say, by what they are called and hold; those without bytes say nothing."""
    entries = {
        _digest(each.name, each.content): [silences, facts and _parts(facts)]
        for each, (silences, facts) in said.items()
        if isinstance(each.content, bytes)
    }
    return json.dumps(entries, default=str).encode()


def read(data: bytes, given: Iterable[Input]) -> dict[Input, FileStatements]:
    """Return what is written of those *given*; nothing where it is anything else."""
    try:
        entries = of_kind(dict, json.loads(data))
        return {
            each: _said(each.name, entry)
            for each in given
            if isinstance(each.content, bytes)
            and (entry := entries.get(_digest(each.name, each.content))) is not None
        }
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        return {}


def _digest(name: str, content: bytes) -> str:
    return sha256(name.encode(errors="surrogateescape") + b"\0" + content).hexdigest()


def _parts(facts: Facts) -> list[object]:
    return [getattr(facts, each) for each in Facts.__slots__ if each != "file"]


# ------------------------------------------------------------------ reading
def _said(name: str, value: object) -> FileStatements:
    silences, facts = of_kind(list, value)
    return (
        tuple(map(_silence, of_kind(list, silences))),
        None if facts is None else _facts(name, *of_kind(list, facts)),
    )


def _silence(value: object) -> Silence:
    span, excerpt, rule, reason, until, path, line, problem = of_kind(list, value)
    return Silence(
        span_of(span),
        of_kind(str, excerpt),
        of_kind(str, rule),
        of_kind(str, reason),
        None if until is None else _day(until),
        of_kind(str, path),
        None if line is None else of_kind(int, line),
        of_kind(str, problem),
    )


def _facts(name: str, *parts: Any) -> Facts:  # noqa: ANN401 - whatever is written
    id_, draft, start, end, is_open, succeeds, part_of, members, billings, numbers, aid = parts
    return Facts(
        name,
        of_kind(str, id_),
        of_kind(bool, draft),
        _between(start),
        _between(end),
        of_kind(bool, is_open),
        _text(succeeds),
        _text(part_of),
        tuple(
            Organisation(path_of(path), of_kind(str, called), *_texts(rest, 3))
            for path, called, *rest in members
        ),
        tuple(
            Billing(path_of(path), of_kind(str, buyer), *_texts(rest, 4))
            for path, buyer, *rest in billings
        ),
        tuple(
            LoggedNumber(path_of(path), _day(day), _text(seller), of_kind(str, number))
            for path, day, seller, number in numbers
        ),
        tuple(
            Aid(
                of_kind(str, party),
                of_kind(str, called),
                of_kind(str, basis),
                of_kind(int, year),
                Decimal(of_kind(str, amount)),
            )
            for party, called, basis, year, amount in aid
        ),
    )


def _between(value: object) -> Between | None:
    if value is None:
        return None
    earliest, latest = of_kind(list, value)
    return Between(_day(earliest), _day(latest))


def _day(value: object) -> date:
    return date.fromisoformat(of_kind(str, value))


def _text(value: object) -> str | None:
    return None if value is None else of_kind(str, value)


def _texts(values: list[object], number: int) -> Iterator[str | None]:
    if len(values) != number:
        raise ValueError(len(values))
    return map(_text, values)
