"""`iopctl log`: what has happened under an agreement."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Final

import typer

from iopctl.cli.choices import EVENTS
from iopctl.cli.options import AsOf, One
from iopctl.cli.spellings import day
from iopctl.cli.writing import EventDay, Write, in_turn, option
from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.drafting.repricing import Data

TRIES: Final = 50


@in_turn
def log(
    agreement: One,
    kind: Annotated[
        str,
        typer.Argument(
            help="What happened.",
            show_default=False,
            parser=EVENTS,
            autocompletion=EVENTS.offered,
        ),
    ],
    date: EventDay = None,
    text: Annotated[str | None, option("TEXT", "What was said or done.")] = None,
    proposed_by: Annotated[str | None, option("NAME", "Who proposed what is decided.")] = None,
    body: Annotated[str | None, option("NAME", "Who decided.")] = None,
    dnr: Annotated[str | None, option("NUMBER", "The case number of a decision.")] = None,
    conditional_on: Annotated[str | None, option("TEXT", "What it depends on.")] = None,
    outcome: Annotated[
        list[str] | None, option("UNIT=NUMBER", "What came of it, as deltagare=66; repeatable.")
    ] = None,
    what: Annotated[
        str | None, option("NAME", "Which of the agreement's duties it is, by its own name.")
    ] = None,
    actual: Annotated[
        list[str] | None,
        option(
            "PARTY[/ITEM]=KRONOR|HOURSh",
            "What a part came to, as foreningen=412500 or"
            " foreningen/Handledning=1180h; repeatable.",
        ),
    ] = None,
    year: Annotated[str | None, option("YEAR", "The year that is reported.")] = None,
    period: Annotated[
        str | None, option("PERIOD", "What is invoiced, credited, paid or reported, as 2024-Q1.")
    ] = None,
    number: Annotated[str | None, option("NUMBER", "That of the invoice or credit note.")] = None,
    amount: Annotated[
        str | None, option("KRONOR", "Without VAT; of a credit, where it is of a part.")
    ] = None,
    seller: Annotated[str | None, option("PARTY", "Who invoices, where several may.")] = None,
    receiver: Annotated[str | None, option("PARTY", "Who is paid, where several may be.")] = None,
    buyer: Annotated[str | None, option("PARTY", "Who pays, where several do.")] = None,
    board: Annotated[str | None, option("NAME", "Which committee pays, likewise.")] = None,
    payment_reference: Annotated[
        str | None, option("DIGITS", "The invoice's own OCR number.")
    ] = None,
    made: Annotated[
        str | None, option("DATE", "When an invoice or credit note was made that is dated ahead.")
    ] = None,
    repaid: Annotated[
        bool, typer.Option("--repaid", help="It is money that has come back.")
    ] = False,
    of: Annotated[str | None, option("NUMBER", "The invoice that is credited.")] = None,
    start: Annotated[
        str | None,
        option("DATE", "The first day of an extension that begins later."),
    ] = None,
    until: Annotated[str | None, option("DATE", "The new end of what is extended.")] = None,
    decision: Annotated[str | None, option("TEXT", "By what decision it is extended.")] = None,
    effective: Annotated[
        str | None, option("DATE", "The first day of new terms, the last when terminated.")
    ] = None,
    reason: Annotated[str | None, option("TEXT", "Why it is terminated.")] = None,
    terms: Annotated[
        str | None, option("FILE", "The blocks that an amendment puts in place of the old.")
    ] = None,
    write: Write = False,
    as_of: AsOf = None,
) -> None:
    """Log what has happened.

    The event goes where its date belongs. Its parts are checked, and what they mean together
    with the rest of the agreement: a number used before, or a period invoiced twice.

    Examples:
        iopctl log stadsmissionen-2024 meeting --date 2025-03-04 --text "Alla mål nås."
        iopctl log ikf-2023 report --date 2024-03-01 --year 2023 --outcome deltagare=66
    """
    from iopctl.cli.amend import blocks
    from iopctl.files import ChangedFile

    given: Data = {
        "text": text, "proposed_by": proposed_by, "body": body, "dnr": dnr,
        "conditional_on": conditional_on, "outcome": _outcome(outcome),
        "actual": _actual(actual), "what": what, "year": year, "period": period,
        "number": number, "amount": amount, "seller": seller, "receiver": receiver,
        "buyer": buyer, "board": board, "payment_reference": payment_reference,
        "made": made and day(made), "repaid": "true" if repaid else None, "of": of,
        "start": start and day(start),
        "until": until and day(until), "decision": decision,
        "effective": effective and day(effective), "reason": reason,
        "terms": terms and blocks(terms),
    }  # fmt: skip
    parts = {name: value for name, value in given.items() if value is not None}
    for _ in range(TRIES):
        with suppress(ChangedFile):  # what another has logged meanwhile makes this no less true
            _log(agreement, kind, date, parts, write=write, as_of=as_of)
            return
    _log(agreement, kind, date, parts, write=write, as_of=as_of)


def _log(
    agreement: str, kind: str, date: str | None, parts: Data, *, write: bool, as_of: str | None
) -> None:
    from iopctl.cli.writing import opened, settle_event, when
    from iopctl.drafting import logbook

    given = opened(agreement, as_of)
    event = logbook.typed(kind, when(date, given), parts)
    settle_event(given, event, write=write)


def _actual(words: Sequence[str] | None) -> list[dict[str, str]] | None:
    """Return the parts of `party/item=kronor` and `party/item=hoursh`, None where none is given.

    Raises:
        UserError: a word is not of that form.
    """
    found: dict[tuple[str, str], dict[str, str]] = {}
    for word in words or ():
        whose, equals, number = word.rpartition("=")
        party, _, item = whose.partition("/")
        if not equals or not party.strip():
            raise UserError(
                tr("--actual {word}: write foreningen=412500, or foreningen/Post=1180h", word=word)
            )
        key = (party.strip(), item.strip())
        named = {"party": key[0], "item": key[1]} if key[1] else {"party": key[0]}
        told = found.setdefault(key, named)
        hours = number.strip().removesuffix("h")
        name = "hours" if hours != number.strip() else "amount"
        if name in told:
            raise UserError(
                tr("--actual {word}: its {name} is told twice: add them up", word=word, name=name)
            )
        told[name] = hours.strip()
    return list(found.values()) or None


def _outcome(words: Sequence[str] | None) -> dict[str, str] | None:
    """Return the numbers of `unit=number`, None where none is given.

    Raises:
        UserError: a word is not of that form, or a unit is named twice.
    """
    found: dict[str, str] = {}
    for word in words or ():
        unit, equals, number = word.rpartition("=")
        if not equals or not unit.strip() or unit.strip() in found:
            raise UserError(
                tr("--outcome {word}: write each unit once, as deltagare=66", word=word)
            )
        found[unit.strip()] = number.strip()
    return found or None
