"""`iopctl invoice`: what to invoice, whether it can be, and the invoice itself."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iopctl.cli import completion
from iopctl.cli.cuts import known_board
from iopctl.cli.endings import refuse_file
from iopctl.cli.making import InvoiceWishes, credited, forms, invoices
from iopctl.cli.numbers import first_numbers
from iopctl.cli.options import AsOf, ColorChoice, Files, KeepGoing
from iopctl.cli.parties import one
from iopctl.cli.resuming import rest
from iopctl.cli.sending import write
from iopctl.cli.spellings import day_of, period_of, read_as
from iopctl.cli.templates import OwnTemplates, Templates, folders
from iopctl.cli.writing import in_turn, option
from iopctl.errors import Refused, UserError
from iopctl.language import both, counted, for_programs, marked, tr
from iopctl.output import TableFormat, terminal
from iopctl.output.terminal import Color

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.case.readiness import Item
    from iopctl.cli.reading import AgreementSelection
    from iopctl.cli.resuming import Rest
    from iopctl.invoices.invoice import Invoice
    from iopctl.invoices.issuing import InvoiceRequest


class InvoiceRun(NamedTuple):
    """What was selected, and what is given for its invoices."""

    selected: AgreementSelection
    cases: tuple[Case, ...]
    given: InvoiceWishes


@in_turn
def invoice(
    files: Files = None,
    year: Annotated[
        int | None,
        typer.Option(metavar="YEAR", min=1990, max=2199, help="Of this year.", show_default=False),
    ] = None,
    period: Annotated[str | None, option("PERIOD", "Of this period, as 2024-Q1.")] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="text, json, html, pdf or peppol; several with commas, as pdf,peppol.",
        ),
    ] = "text",
    number: Annotated[
        list[str] | None,
        option(
            "NUMBER",
            "The invoice's number, or that of one that is logged, to see it again; of several"
            " sellers, SELLER=NUMBER for each.",
        ),
    ] = None,
    date_: Annotated[str | None, option("DATE", "The invoice's date.", "--date")] = None,
    ocr: Annotated[str | None, option("DIGITS", "What the payment is to name.")] = None,
    credit: Annotated[
        str | None, option("NUMBER", "Credit this logged invoice: what is left of it.")
    ] = None,
    amount: Annotated[str | None, option("KRONOR", "Credit so much of it, without VAT.")] = None,
    output: Annotated[
        str | None, option("FOLDER", "Write files there; none is overwritten.", "--output", "-o")
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Make every one that is ready, and due by its date.")
    ] = False,
    seller: Annotated[
        str | None,
        option("NAME", "Only what this party sends.", autocompletion=completion.sellers),
    ] = None,
    buyer: Annotated[str | None, option("NAME", "Only what this party pays.")] = None,
    board: Annotated[
        str | None,
        option("NAME", "Only what this committee pays.", autocompletion=completion.boards),
    ] = None,
    due: Annotated[str | None, option("DATE", "Only what is to be sent that day.")] = None,
    due_by: Annotated[str | None, option("DATE", "Only what is to be sent by that day.")] = None,
    templates: Templates = None,
    own_templates: OwnTemplates = False,
    record: Annotated[
        bool, typer.Option("--record", help="Log it in the agreement, together with the file.")
    ] = False,
    preview: Annotated[
        bool,
        typer.Option("--preview", help="Make it to be looked at: marked so, and in nobody's way."),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write over files that are there.")
    ] = False,
    as_of: AsOf = None,
    keep_going: KeepGoing = False,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Tell what to invoice, or write the invoice.

    With --year alone, all agreements are listed: what is ready, done, or lacks something, and
    where an amount that was invoiced is no longer that of the budget.

    For one agreement the marking text is told: to whom, with which codes, for which period, how
    much and why. --format html, pdf and peppol write the invoice itself, with the --number and
    --date that it is given. What is missing is told at once, and then nothing is written.

    With the --number of an invoice that is logged, that one is made again, marked as a copy.

    Examples:
        iopctl invoice --year 2024  # what is to be invoiced, and what it lacks
        iopctl invoice stadsmissionen-2024 --year 2024
    """  # fmt: skip
    from iopctl.cli.reading import selection
    from iopctl.invoices import issuing
    from iopctl.output.progress import during

    if output is not None:
        refuse_file(output)
    selected = selection(files, as_of, keep_going=keep_going)
    cases = selected.reckoned()
    blocks = [each for case in cases for each in case.blocks]
    sellers = [(each.invoicing.seller, each.seller) for each in blocks]
    seller = one("--seller", seller, sellers)
    buyer = one("--buyer", buyer, [(each.invoicing.buyer, each.buyer) for each in blocks])
    given = InvoiceWishes(
        forms(form), first_numbers(number or (), sellers), date_, ocr, output,
        folders(templates, selected.place, own=own_templates),
        record=record, preview=preview, force=force,
    )  # fmt: skip
    if record and preview:
        raise UserError(tr("a preview is not recorded: leave out --preview or --record"))
    run = InvoiceRun(selected, cases, given)
    if credit is not None:
        _credit(run, credit, _kronor(amount), (year, period), seller)
        return
    if amount is not None:
        raise UserError(tr("--amount is of a credit note: name the invoice with --credit"))
    if _copy(run, year, period, seller):
        return
    _refuse_unnumbered(given)
    wanted = _wanted(year, period)._replace(
        seller=seller, buyer=buyer, board=known_board(board, run.cases),
        due=day_of(due, "--due") if due else None,
        due_by=day_of(due_by, "--due-by") if due_by else None,
    )  # fmt: skip
    with during(marked("working out the invoices"), sys.stderr):
        found = issuing.items(run.cases, wanted, given.medium, given.issued)
    if files and len(run.cases) == 1 and not all_:
        left = rest(found, given, selected.as_of)
        if left.items or not left.written:
            _make(run, left.items, wanted)
        return
    if all_:
        _make_all(run, rest(found, given, selected.as_of), is_chosen=bool(period or due or due_by))
    else:
        _list(run, found, wanted, color)
    if issuing.overdue(found, selected.as_of):
        raise typer.Exit(1)


def _kronor(text: str | None) -> Decimal | None:
    from iopctl.model.scalars import Kronor

    found: Decimal | None = None if text is None else read_as(Kronor, text, "--amount")
    return found


def _wanted(year: int | None, period: str | None) -> InvoiceRequest:
    from iopctl import dates
    from iopctl.invoices.issuing import InvoiceRequest

    if period is not None:
        return InvoiceRequest(period_of(period), exactly=True)
    if year is None:
        raise UserError(tr("of which year? name it with --year, or the period with --period"))
    return InvoiceRequest(dates.Period.year(year))


def _refuse_unnumbered(given: InvoiceWishes) -> None:
    """Refuse a preview that can't do without a number or date."""
    if given.preview and given.missing:
        raise UserError(
            tr(
                "a file for the e-invoice needs {missing}, as a preview too: add them, or preview "
                "it as html or pdf",
                missing=both(given.missing),
            )
        )


# ------------------------------------------------------------------ what is in the log
def _credit(
    run: InvoiceRun,
    number: str,
    amount: Decimal | None,
    when: tuple[int | None, str | None],
    seller: str | None,
) -> None:
    from iopctl.dates import Period
    from iopctl.invoices import issuing

    if len(run.cases) != 1:
        raise UserError(tr("--credit is of one agreement: name it"))
    _refuse_unnumbered(run.given)
    year, period = when
    case, days = run.cases[0], period_of(period) if period else None
    asked = days or (Period.year(year) if year else None)
    for each in issuing.numbered(case, number, seller):
        if asked and not each.period.overlap(asked.first, asked.last):
            raise Refused(
                tr(
                    "invoice {number} is for {period}, and not for {asked}",
                    number=number,
                    period=each.period.text,
                    asked=asked.text,
                )
            )
    made, partly = credited(case, number, run.given, _known(run), amount, days, seller)
    write([made], run.given, run.selected, partly=partly)


def _copy(run: InvoiceRun, year: int | None, period: str | None, seller: str | None) -> bool:
    """Make the invoice or credit note again that is logged under the number, if one is."""
    from iopctl.cli.making import InvoiceForm
    from iopctl.invoices.copies import refuse_lacking

    number = run.given.numbers.get("")
    if number is None or len(run.cases) != 1:
        return False
    case = run.cases[0]
    made = _logged(case, number, seller)
    if made is None or made.issue is None:
        if year is None and period is None and run.given.dated is None:
            raise Refused(
                tr("{id}: invoice {number} is not in the log", id=case.agreement.id, number=number)
            )
        return False
    asked = _wanted(year, period).days if year or period else made.period
    if run.given.record or made.period.overlap(asked.first, asked.last) is None:
        return False  # the number is used: that is told, as of any other
    if run.given.issued not in (None, made.issue.date):
        raise Refused(
            tr(
                "{number} is logged, and dated {date}: leave out --date",
                number=number,
                date=made.issue.date,
            )
        )
    if InvoiceForm.PEPPOL in run.given.forms:
        refuse_lacking(case, made)
    terminal.say(tr("{number} is in the log: this is a copy of it", number=number))
    write([made], run.given, run.selected)
    return True


def _logged(case: Case, number: str, seller: str | None) -> Invoice | None:
    from iopctl.invoices import copies, issuing

    for posting, each in issuing.credits_of(case, number, seller):
        return copies.copy_of_credit(case, posting, each)
    found = issuing.numbered(case, number, seller)
    return copies.copy_of(case, issuing.with_payer(case, found[-1])) if found else None


# ------------------------------------------------------------------ what is to be invoiced
def _make(run: InvoiceRun, found: Sequence[Item], wanted: InvoiceRequest) -> None:
    from iopctl.invoices import issuing
    from iopctl.listings.invoices import nothing

    given, case = run.given, run.cases[0]
    asked = f"{case.agreement.id}, {wanted.days.text}"
    _tell_credits(case, wanted)
    if not found:
        raise Refused(f"{asked}: {nothing(case, wanted.days, exactly=wanted.exactly)}")
    ready = issuing.ready(found, asked, given.missing)
    if len(ready) > 1 and given.is_invoice:
        each_one = ", ".join(map(_chosen, ready))
        raise UserError(
            tr(
                "these are {ready} invoices ({each_one}): choose one with --period, "
                "--due, --seller, --buyer or --board",
                ready=len(ready),
                each_one=each_one,
            )
        )
    write(invoices(ready, given, _known(run)), given, run.selected)


def _chosen(item: Item) -> str:
    from iopctl.case.billing import to_whom

    bill = item.bill
    told = tr("{period} due {day}", period=bill.period.text, day=bill.due)
    return told + to_whom(item.case, bill)


def _tell_credits(case: Case, wanted: InvoiceRequest) -> None:
    """Say what is to be credited of the days that are asked for."""
    from iopctl.invoices import issuing
    from iopctl.listings.invoices import off

    for _, each in issuing.credits_to([case], wanted):
        terminal.say(f"{case.agreement.id}, {off(case, each)}")


def _make_all(run: InvoiceRun, left: Rest, *, is_chosen: bool) -> None:
    """Make what is ready and due by the day of the invoices, or all of what *is_chosen* by days."""
    if run.given.missing:
        raise UserError(tr("invoices have numbers: add {missing}", missing=both(run.given.missing)))
    by = max(run.given.issued or run.selected.as_of, run.selected.as_of)
    items = [each for each in left.items if is_chosen or each.bill.due <= by]
    for each in items:
        if each.readiness.state == "not ready":
            reasons = "; ".join(each.readiness.reasons)
            terminal.say(f"{each.case.agreement.id}, {each.bill.period.text}: {reasons}")
    ready = [each for each in items if each.readiness.state == "ready"]
    states = {"ready", "not ready"}
    later = [each for each in left.items if each.bill.due > by and each.readiness.state in states]
    if later and not is_chosen:
        terminal.say(_later(later, by))
    if ready:
        write(invoices(ready, run.given, _known(run), left.used), run.given, run.selected)
    elif not left.written:
        raise Refused(tr("nothing is ready to be invoiced: leave --all out to see why"))


def _later(left_out: Sequence[Item], by: date) -> str:
    """Return how many invoices are not due yet, and how they are made all the same."""
    last = max(each.bill.due for each in left_out)
    return counted(
        "{number} invoice is due after {day}, and left out: add --due-by {last} to make it now",
        "{number} invoices are due after {day}, and left out: add --due-by {last} to make them now",
        len(left_out),
        day=by,
        last=last,
    )


def _list(run: InvoiceRun, found: Sequence[Item], wanted: InvoiceRequest, color: Color) -> None:
    from iopctl.cli.making import InvoiceForm
    from iopctl.invoices import issuing
    from iopctl.listings import invoices, notes
    from iopctl.output import show

    selected = run.selected
    if run.given.folder or run.given.record:
        raise UserError(tr("the list of a year is no invoice: add --all, or name an agreement"))
    form = TableFormat.JSON if InvoiceForm.JSON in run.given.forms else TableFormat.TEXT
    with for_programs(applies=form.is_for_programs):
        title = tr("Invoices for {days}", days=wanted.days.text)
        matters = invoices.Matters(found, issuing.credits_to(run.cases, wanted))
        table = invoices.table(
            run.cases, matters, wanted.days, selected.as_of, title, exactly=wanted.exactly
        )
        also = issuing.also_paid(found) if wanted.board else ()
        told = (*notes.billed_jointly(also), *selected.notes)
        table = replace(table, notes=(*table.notes, *told))
        shown = table if form is TableFormat.JSON else invoices.narrow(table)
        show(shown, form, terminal.screen(color))


def _known(run: InvoiceRun) -> tuple[Case, ...]:
    """Return the agreements whose numbers may not be used again: all that can be found."""
    from iopctl.case.case import Case
    from iopctl.check import portfolio
    from iopctl.files import inputs

    if not run.given.numbers:
        return ()
    try:
        found = portfolio.load(inputs((), run.selected.place.agreements)).readable
    except UserError:  # there is no such folder: the agreement was named as a file
        return run.cases
    own = {each.agreement.id for each in run.cases}
    others = (each for each in found if each.id not in own)
    known = (Case(each, run.selected.as_of, run.selected.config) for each in others)
    return (*run.cases, *known)
