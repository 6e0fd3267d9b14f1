"""`iopctl invoice`: what to invoice, whether it can be, and the invoice itself."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iopctl.cli.making import Form, Given, credited, day, invoices, write
from iopctl.cli.options import AsOf, ColorChoice, Files, KeepGoing
from iopctl.cli.recording import rest
from iopctl.cli.templates import OwnTemplates, Templates, folders
from iopctl.cli.writing import in_turn
from iopctl.errors import Refused, UserError
from iopctl.output import Format, terminal
from iopctl.output.terminal import Color

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.case.case import Case
    from iopctl.case.readiness import Item
    from iopctl.cli.reading import Selection
    from iopctl.cli.recording import Rest
    from iopctl.invoices.issuing import Wanted


class Run(NamedTuple):
    """What was selected, and what is given for its invoices."""

    selected: Selection
    cases: tuple[Case, ...]
    given: Given


@in_turn
def invoice(
    files: Files = None,
    year: Annotated[
        int | None,
        typer.Option(metavar="YEAR", min=1990, max=2199, help="Of this year.", show_default=False),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(metavar="PERIOD", help="Of this period, as 2024-Q1.", show_default=False),
    ] = None,
    form: Annotated[Form, typer.Option("--format", "-f", help="How it is written.")] = Form.TEXT,
    number: Annotated[
        str | None,
        typer.Option(metavar="NUMBER", help="The invoice's number.", show_default=False),
    ] = None,
    date_: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="The invoice's date.", show_default=False),
    ] = None,
    ocr: Annotated[
        str | None,
        typer.Option(metavar="DIGITS", help="What the payment is to name.", show_default=False),
    ] = None,
    credit: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER", help="Credit this logged invoice, whole.", show_default=False
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="Write files there; none is ever overwritten.",
            show_default=False,
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Make every one that is ready.")] = False,
    seller: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only what this party sends.", show_default=False),
    ] = None,
    due: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only what is to be sent that day.", show_default=False),
    ] = None,
    templates: Templates = None,
    own_templates: OwnTemplates = False,
    record: Annotated[
        bool, typer.Option("--record", help="Log it in the agreement, together with the file.")
    ] = False,
    as_of: AsOf = None,
    keep_going: KeepGoing = False,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Tell what to invoice, or write the invoice.

    With --year alone, all agreements are listed: what is ready, done, or lacks something.

    For one agreement the marking text is told: to whom, with which codes, for which period, how
    much and why. --format html, pdf and peppol write the invoice itself, with the --number and
    --date that it is given. What is missing is told at once, and then nothing is written.

    Examples:
        iopctl invoice --year 2024  # what is to be invoiced, and what it lacks
        iopctl invoice stadsmissionen-2024 --year 2024
    """
    from iopctl.cli.reading import selection
    from iopctl.invoices import issuing
    from iopctl.output.progress import during

    selected = selection(files, as_of, keep_going=keep_going)
    own = folders(templates, selected.place, own=own_templates)
    given = Given(form, number, date_, ocr, output, own, record)
    run = Run(selected, selected.reckoned(), given)
    one = bool(files) and len(run.cases) == 1
    if credit is not None:
        _credit(run, credit)
        return
    wanted = _wanted(year, period)._replace(seller=seller, due=day(due, "--due") if due else None)
    with during("working out the invoices", sys.stderr):
        found = issuing.items(run.cases, wanted, form.need)
    if one and not all_:
        left = rest(found, given, selected.as_of)
        if left.items or not left.written:
            asked = f"{run.cases[0].agreement.id}, {wanted.days.text}"
            _make(run, issuing.ready(left.items, asked, given.missing))
        return
    if all_:
        _make_all(run, rest(found, given, selected.as_of))
    else:
        _list(run, found, wanted, color)
    if issuing.overdue(found, selected.as_of):
        raise typer.Exit(1)


def _wanted(year: int | None, period: str | None) -> Wanted:
    from iopctl import dates
    from iopctl.invoices.issuing import Wanted

    if period is not None:
        days = dates.period(period)
        if days is None:
            raise UserError(f"--period {period}: write 2024, 2024-H1, 2024-T1, 2024-Q1 or 2024-03")
        return Wanted(days, exactly=True)
    if year is None:
        raise UserError("of which year? name it with --year, or the period with --period")
    return Wanted(dates.Period.year(year))


def _credit(run: Run, number: str) -> None:
    if len(run.cases) != 1:
        raise UserError("--credit is of one agreement: name it")
    made = credited(run.cases[0], number, run.given, _known(run))
    write([made], run.given, run.selected)


def _make(run: Run, ready: Sequence[Item]) -> None:
    given = run.given
    if len(ready) > 1 and given.form.is_invoice:
        each_one = ", ".join(f"{each.bill.period.text} due {each.bill.due}" for each in ready)
        raise UserError(
            f"these are {len(ready)} invoices ({each_one}): choose one with --period, --due or"
            " --seller"
        )
    write(invoices(ready, given, _known(run)), given, run.selected)


def _make_all(run: Run, left: Rest) -> None:
    if run.given.missing:
        raise UserError(f"invoices have numbers: add {' and '.join(run.given.missing)}")
    for each in left.items:
        if each.readiness.state == "not ready":
            reasons = "; ".join(each.readiness.reasons)
            terminal.say(f"{each.case.agreement.id}, {each.bill.period.text}: {reasons}")
    ready = [each for each in left.items if each.readiness.state == "ready"]
    if ready:
        write(invoices(ready, run.given, _known(run), left.used), run.given, run.selected)
    elif not left.written:
        raise Refused("nothing is ready to be invoiced")


def _list(run: Run, found: Sequence[Item], wanted: Wanted, color: Color) -> None:
    from iopctl.listings import invoices
    from iopctl.output import show

    selected = run.selected
    title = f"Invoices for {wanted.days.text}"
    table = invoices.table(run.cases, found, selected.as_of, title)
    table = replace(table, notes=(*table.notes, *selected.notes))
    form = Format.JSON if run.given.form is Form.JSON else Format.TEXT
    show(table, form, terminal.screen(color))


def _known(run: Run) -> tuple[Case, ...]:
    """Return the agreements whose numbers may not be used again: all that can be found."""
    from iopctl.case.case import Case
    from iopctl.check import portfolio
    from iopctl.files import inputs

    if run.given.number is None:
        return ()
    try:
        found = portfolio.load(inputs((), run.selected.place.agreements)).agreements
    except UserError:  # there is no such folder: the agreement was named as a file
        return run.cases
    known = (Case(each, run.selected.as_of, run.selected.config) for each in found)
    return (*run.cases, *known)
