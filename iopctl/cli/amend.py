"""`iopctl amend`: other amounts or terms from a day on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from iopctl.cli.options import AsOf, One
from iopctl.cli.spellings import day_of, read_as
from iopctl.cli.writing import EventDay, Write, in_turn, option
from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from iopctl.cli.writing import OpenedAgreement
    from iopctl.drafting.repricing import Data


@in_turn
def amend(
    agreement: One,
    effective: Annotated[str, option("DATE", "The first day of the new terms.")],
    percent: Annotated[
        str | None, option("PERCENT", "Raise the amounts by this, besides the index.", "--raise")
    ] = None,
    rows: Annotated[
        list[str] | None,
        option("ITEM=KRONOR", "A row's new amount a year, as Lokaler=200000; repeatable.", "--row"),
    ] = None,
    terms: Annotated[
        str | None, option("FILE", "Other new terms: whole blocks, as in an agreement.")
    ] = None,
    text: Annotated[str | None, option("TEXT", "What was agreed on.")] = None,
    date: EventDay = None,
    write: Write = False,
    as_of: AsOf = None,
) -> None:
    """Change amounts or terms from a day on.

    The change is logged as an amendment, with the whole of each block that it changes: what was
    agreed before stays as it is, and so does the budget of the days before. Amounts are those of
    the prices of the year in which the new terms begin.

    Examples:
        iopctl amend stadsmissionen-2024 --effective 2025-07-01 --raise 3
        iopctl amend ikf-2023 --effective 2024-07-01 --row Lokalkostnader=230000
    """
    from iopctl.cli.writing import opened, settle_event, when
    from iopctl.drafting import logbook
    from iopctl.drafting.amending import refuse_again

    if (terms is None) == (percent is None and not rows):
        raise UserError(tr("say what changes: by --raise, by --row, or else by --terms"))
    given = opened(agreement, as_of)
    first, day = day_of(effective, "--effective"), when(date, given)
    if percent is not None:
        refuse_again(given.case, first, day)
    new = blocks(terms) if terms else _economy(given, first, percent, rows or ())
    parts: Data = {"effective": first.isoformat(), "terms": new}
    if text is not None:
        parts["text"] = text
    event = logbook.typed("amendment", day, parts)
    settle_event(given, event, write=write)


def blocks(path: str) -> Data:
    """Return the blocks that stand in a file, or on standard input where *path* is `-`.

    Raises:
        UserError: it can't be read.
    """
    from iopctl.files import content, standard_input
    from iopctl.source import read

    found = standard_input(path).content if path == "-" else content(path)
    if not isinstance(found, bytes):
        raise UserError(tr("--terms {path}: {message}", path=path, message=found.message))
    source = read(found)
    if source.problems or source.data is None:
        first = source.problems[0]
        raise UserError(
            tr(
                "--terms {path}, line {line}: {message}; {remedy}",
                path=path,
                line=first.span.line,
                message=first.message,
                remedy=first.remedy,
            )
        )
    data: dict[str, Any] = source.data
    return data


def _economy(
    given: OpenedAgreement, effective: dt.date, percent: str | None, rows: Sequence[str]
) -> Data:
    from iopctl.drafting.amending import amended
    from iopctl.model import scalars

    economy = amended(
        given.case,
        given.source.data or {},
        effective,
        percent=Decimal(0) if percent is None else read_as(scalars.Rate, percent, "--raise"),
        rows=_rows(rows),
    )
    return {"economy": economy}


def _rows(words: Sequence[str]) -> dict[str, Decimal]:
    """Return the new amounts by row.

    Raises:
        UserError: a word is not of that form, or a row is named twice.
    """
    amounts: dict[str, Decimal] = {}
    for word in words:
        name, amount = _row(word)
        if name in amounts:
            raise UserError(
                tr("--row {word}: {name} is given twice: write each row once", word=word, name=name)
            )
        amounts[name] = amount
    return amounts


def _row(word: str) -> tuple[str, Decimal]:
    from iopctl.model.scalars import Kronor

    name, equals, kronor = word.rpartition("=")
    if not equals:
        raise UserError(tr("--row {word}: write what is paid, as Lokaler=200000", word=word))
    return name.strip(), read_as(Kronor, kronor.strip(), f"--row {name}")
