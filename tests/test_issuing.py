"""Which invoices are meant, under which numbers, and how their files are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl import dates
from iopctl.case.case import Case
from iopctl.case.claims import Account
from iopctl.case.needs.need import Medium
from iopctl.check.portfolio import document
from iopctl.errors import Refused, UserError
from iopctl.input import Input
from iopctl.invoices.invoice import Issue, invoice
from iopctl.invoices.issuing import (
    InvoiceRequest,
    event,
    file_name,
    items,
    logged,
    overdue,
    payer,
    ready,
)
from iopctl.invoices.numbering import numbers, used

if TYPE_CHECKING:
    from iopctl.case.readiness import Item
    from iopctl.dates import Period

FIXTURES = Path(__file__).parent / "fixtures"


def case_of(name: str, more: str = "", without: str = "") -> Case:
    """Return the figures of a fixture, with *more* at its end and *without* some of its text."""
    text = (FIXTURES / f"{name}.yaml").read_text(encoding="utf-8").replace(without, "") + more
    found = document(Input(name, text.encode()))
    assert found.agreement, found.diagnostics
    return Case(found.agreement, date(2026, 1, 15))


def period(text: str) -> Period:
    """Return a period as files write it."""
    found = dates.period(text)
    assert found
    return found


def asked(name: str, wanted: InvoiceRequest) -> list[Item]:
    """Return what a fixture is asked for."""
    return items([case_of(name)], wanted, Medium.TEXT)


@pytest.mark.parametrize(
    ("wanted", "periods"),
    [
        (InvoiceRequest(period("2024")), ["Q1", "Q2", "H1", "Q3", "Q4", "H2"]),
        (InvoiceRequest(period("2024-H1"), exactly=True), ["H1"]),
        (InvoiceRequest(period("2024-01-01/2024-06-30"), exactly=True), ["H1"]),
        (InvoiceRequest(period("2024-02")), ["Q1", "H1"]),
        (InvoiceRequest(period("2024"), due=date(2024, 7, 1)), ["Q3"]),
        (InvoiceRequest(period("2024"), seller="Mentorerna", due=date(2024, 7, 1)), ["Q3"]),
        (InvoiceRequest(period("2024"), seller="mentorerna", due=date(2024, 7, 1)), ["Q3"]),
        (InvoiceRequest(period("2024"), seller="899900-0162", due=date(2024, 7, 1)), ["Q3"]),
        (InvoiceRequest(period("2024"), seller="vikby"), []),
        (InvoiceRequest(period("2023")), []),
    ],
)
def test_bills_are_asked_for_by_days_seller_and_due_day(
    wanted: InvoiceRequest, periods: list[str]
) -> None:
    """A year has all that touches it, a period only its own."""
    found = [each.bill.period.text for each in asked("two-municipalities", wanted)]

    assert found == [f"2024-{each}" for each in periods]


def test_what_is_done_is_left_out_or_told() -> None:
    """What is left is made; where nothing is, the log's invoice is named."""
    half = asked("invoices-logged", InvoiceRequest(period("2023-H2"), exactly=True))

    with pytest.raises(Refused, match="x: 2023-H2 is invoiced already, by 1004 of 2023-07-21"):
        ready(half, "x")


def test_what_is_settled_is_told() -> None:
    """What is done outside the log is not made again."""
    settled = case_of("invoices-logged", "follow_up: {settled_until: 2024-12-31}")
    found = items([settled], InvoiceRequest(period("2024-H1"), exactly=True), Medium.TEXT)

    with pytest.raises(Refused, match="x: 2024-H1 is settled outside the log"):
        ready(found, "x")


def unlabelled() -> list[Item]:
    """Return the invoice of a day, which says nothing of the agreement that it is for."""
    case = case_of("two-municipalities", without="    label: Mentorer för unga\n")
    return items([case], InvoiceRequest(period("2024"), due=date(2024, 7, 1)), Medium.TEXT)


def test_all_that_lacks_is_refused_in_one_message() -> None:
    """Fields of the agreement and options of the command line, each once."""
    found = unlabelled()

    with pytest.raises(Refused) as error:
        ready(found, "two-municipalities, 2024", ("--number", "--date"))
    assert str(error.value).split("\n  ") == [
        "two-municipalities, 2024: 50\N{NO-BREAK SPACE}000 kr to invoice, not ready, for want of:",
        "invoicing.2.label (Ange)",
        "--number",
        "--date",
    ]


def test_an_invoice_that_is_due_and_not_ready_is_overdue() -> None:
    """On its very day, and not before."""
    found = unlabelled()

    assert overdue(found, date(2024, 7, 1))
    assert not overdue(found, date(2024, 6, 30))


def test_numbers_count_on() -> None:
    """The last digits grow, with their zeros and what stands before them."""
    assert list(islice(numbers("2024-098"), 3)) == ["2024-098", "2024-099", "2024-100"]
    assert list(islice(numbers("A"), 1)) == ["A"]
    with pytest.raises(UserError, match="--number A ends in no digits"):
        list(islice(numbers("A"), 2))


def test_used_numbers_are_the_sellers() -> None:
    """Invoices and credits of the log, by the seller's organisation number."""
    taken = used([case_of("invoices-logged")])

    assert [each.number for each in taken] == ["1001", "1002", "1003", "1004"]
    assert {each.seller for each in taken} == {"899900-0113"}
    assert {each.agreement for each in taken} == {"invoices-logged"}


@pytest.mark.parametrize(
    ("number", "told"),
    [("1002", "invoice 1002 is credited already"), ("9", "invoice 9 is not in the log")],
)
def test_only_an_invoice_that_stands_is_credited(number: str, told: str) -> None:
    """Once, and if it was sent."""
    with pytest.raises(Refused, match=told):
        logged(case_of("invoices-logged"), number)


def test_a_logged_invoice_has_its_account() -> None:
    """Whoever asked for it, also where nothing asks for its days any more."""
    strange = "  - {date: 2025-01-02, event: invoice, number: 9, period: 2030, amount: 1}\n"
    found = logged(case_of("invoices-logged", strange), "9")

    assert (found.number, found.account) == ("9", ("banken", "kommunen", None))


@pytest.mark.parametrize(
    ("name", "days", "number", "called"),
    [
        ("invoices-logged", "2024-H1", None, "invoices-logged_2024-H1.txt"),
        ("invoices-logged", "2024-H1", "2024-17", "invoices-logged_2024-H1_2024-17.txt"),
        ("invoices-logged", "2024-H1", "../å 7/", "invoices-logged_2024-H1_7.txt"),
        ("two-municipalities", "2024-Q1", None, "two-municipalities_2024-Q1_2.txt"),
        (
            "total-in-one-payment",
            "2020-01-01/2022-12-31",
            None,
            "total-in-one-payment_2020-01-01--2022-12-31.txt",
        ),
    ],
)
def test_a_file_is_named_after_what_is_in_it(
    name: str, days: str, number: str | None, called: str
) -> None:
    """Agreement, period, block where there are several, and number; nothing leads elsewhere."""
    (found,) = asked(name, InvoiceRequest(period(days), exactly=True))
    issue = Issue(number, date(2024, 1, 1)) if number else None

    assert file_name(invoice(found.case.agreement, found.bill, issue), "txt") == called


def test_what_is_logged_is_what_was_sent() -> None:
    """Number, period and amount without VAT; the seller only where there are several."""
    (found,) = asked("two-municipalities", InvoiceRequest(period("2024-Q1"), exactly=True))
    made = invoice(found.case.agreement, found.bill, Issue("17", date(2024, 1, 2)))

    assert event(made) == {
        "date": "2024-01-02",
        "event": "invoice",
        "number": "17",
        "period": "2024-Q1",
        "amount": "50000",
    }
    with pytest.raises(ValueError, match="can't be logged"):
        event(invoice(found.case.agreement, found.bill))


def test_of_several_sellers_the_log_says_which() -> None:
    """The same period may be billed by each of them."""
    accounts = tuple(Account(seller, "vikby") for seller in ("mentorerna", "andra"))
    (found,) = asked("two-municipalities", InvoiceRequest(period("2024-Q1"), exactly=True))
    made = invoice(found.case.agreement, found.bill, Issue("17", date(2024, 1, 2)))

    assert event(replace(made, accounts=accounts))["seller"] == "mentorerna"


@pytest.mark.parametrize(
    ("own", "others", "told"),
    [
        ("f k", [], {}),
        ("f k", ["f l"], {"buyer": "k"}),
        ("f k SN", ["f k KN"], {"board": "SN"}),
        ("f k", ["f k KN"], {"seller": "f", "buyer": "k"}),
        ("f k SN", ["g l KN"], {"seller": "f", "buyer": "k", "board": "SN"}),
    ],
)
def test_the_payer_is_in_the_log_where_there_are_several(
    own: str, others: list[str], told: dict[str, str]
) -> None:
    """As much of it as tells it from the others; no committee is told by seller and buyer."""
    every = [Account(*each.split()) for each in (own, *others)]

    assert payer(every[0], every) == told
