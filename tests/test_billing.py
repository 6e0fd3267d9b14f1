"""Which invoices an agreement asks for: whose, when due, how much, and what the log has of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.check.portfolio import document
from iopctl.input import Input
from iopctl.money import total

if TYPE_CHECKING:
    from iopctl.case.billing import Bill
    from tests.conftest import AgreementText

TODAY = date(2026, 1, 15)
FOUR_PARTIES = """
parties:
  kommunen: {role: public, name: Exempels kommun, board: Socialnämnden}
  regionen: {role: public, name: Region Exempel}
  foreningen: {role: civil, name: Föreningen Exemplet}
  jouren: {role: civil, name: Jouren}
"""
TWO_SELLERS = """
invoicing:
  - {seller: foreningen, buyer: kommunen, interval: yearly}
  - {seller: jouren, buyer: kommunen, interval: yearly}
"""


def case_of(text: str, as_of: date = TODAY) -> Case:
    """Return the figures of the agreement in *text*, which must have nothing to tell."""
    found = document(Input("a.yaml", text.encode()))
    assert found.agreement, found.diagnostics
    return Case(found.agreement, as_of)


def economy(*rows: str) -> str:
    """Return an economy block of *rows*."""
    return "economy:\n  contributions:\n" + "".join(f"    - {{{row}}}\n" for row in rows)


def invoicing(**said: str) -> str:
    """Return the invoicing of the association to the municipality, with what is *said* of it."""
    fields = {"seller": "foreningen", "buyer": "kommunen", **said}
    return f"invoicing: {{{', '.join(f'{key}: {value}' for key, value in fields.items())}}}"


def whole(amount: Decimal | None) -> int | None:
    """Return an amount that has no öre as a number."""
    return None if amount is None else int(amount)


def brief(found: tuple[Bill, ...]) -> list[tuple[str, str, int | None]]:
    """Return who sends each bill, for which period, and how much it is."""
    return [(each.seller, each.period.text, whole(each.amount)) for each in found]


def reasons(found: tuple[Bill, ...]) -> set[str]:
    """Return why parts of the bills are unknown."""
    return {part.reason for bill in found for part in bill.parts if part.reason}


# ------------------------------------------------------------------ periods and days
@pytest.mark.parametrize(
    ("timing", "days"),
    [
        ("advance", ["2024-01-01", "2024-07-01", "2025-01-01", "2025-07-01"]),
        ("arrears", ["2024-06-30", "2024-12-31", "2025-06-30", "2025-12-31"]),
    ],
)
def test_a_bill_is_due_on_the_first_or_last_day_of_its_period(
    agreement_text: AgreementText, timing: str, days: list[str]
) -> None:
    """In advance on the first day, in arrears on the last."""
    text = agreement_text(invoicing(interval="half_yearly", timing=timing))

    assert [each.due.isoformat() for each in case_of(text).bills] == days


def test_what_is_not_stated_is_assumed_and_said(agreement_text: AgreementText) -> None:
    """Without interval and timing a bill is yearly and in arrears, and says that it assumes so."""
    found = case_of(agreement_text(invoicing())).bills

    assert brief(found) == [("foreningen", "2024", 450_000), ("foreningen", "2025", 450_000)]
    assert {each.assumed for each in found} == {("interval", "timing")}


def test_months_after_a_block_are_not_billed(agreement_text: AgreementText) -> None:
    """A block that ends in March asks for a quarter of the year, not for all of it."""
    text = agreement_text(invoicing(interval="quarterly", end="2024-03-31"))

    assert brief(case_of(text).bills) == [("foreningen", "2024-Q1", 112_500)]


def test_a_bill_knows_its_place_in_the_file(agreement_text: AgreementText) -> None:
    """The path, seller and buyer of a bill are those of its block."""
    first = case_of(agreement_text(invoicing())).bills[0]

    assert (first.path, first.seller, first.buyer) == (("invoicing", 0), "foreningen", "kommunen")


def test_an_agreement_without_dates_asks_for_nothing(agreement_text: AgreementText) -> None:
    """Which periods are decided is unknown."""
    text = agreement_text(invoicing(), without="validity")

    assert case_of(text).bills == ()


def test_an_amended_economy_leaves_the_bill_whole(agreement_text: AgreementText) -> None:
    """A year whose amount changes in July is one bill of both halves."""
    text = agreement_text(
        invoicing()
        + """
log:
  - date: 2024-06-01
    event: amendment
    effective: 2024-07-01
    terms:
      economy: {contributions: [{party: kommunen, item: Handledning, amount: 500000}]}
"""
    )
    first = case_of(text).bills[0]

    assert whole(first.amount) == 475_000
    assert [whole(part.amount) for part in first.parts] == [225_000, 250_000]
    assert first.terms.first == date(2024, 7, 1)  # those of the day that it is due


def test_amended_invoicing_asks_in_its_own_way_from_its_day(agreement_text: AgreementText) -> None:
    """Half-yearly to the amendment, quarterly from it, and nothing is lost between them."""
    text = agreement_text(
        invoicing(interval="half_yearly", timing="arrears")
        + """
log:
  - date: 2024-06-01
    event: amendment
    effective: 2024-07-01
    terms: {invoicing: {seller: foreningen, buyer: kommunen, interval: quarterly, timing: advance}}
"""
    )
    found = case_of(text).bills

    assert [each.period.text for each in found][:3] == ["2024-H1", "2024-Q3", "2024-Q4"]
    assert total(each.amount or Decimal(0) for each in found) == 900_000
    assert found[1].path == ("log", 0, "terms", "invoicing", 0)


# ------------------------------------------------------------------ whose a row is
def test_only_the_buyers_cash_is_billed(agreement_text: AgreementText) -> None:
    """Neither what it puts in as premises, nor another's money, nor a row of nothing."""
    text = agreement_text(
        FOUR_PARTIES
        + economy(
            "party: kommunen, amount: 1000",
            "party: kommunen, form: in_kind, amount: 200",
            "party: regionen, amount: 30",
            "party: foreningen, amount: 4",
            "party: kommunen, amount: 0",
        )
        + invoicing()
    )

    assert [len(each.parts) for each in case_of(text).bills] == [1, 1]
    assert brief(case_of(text).bills)[0] == ("foreningen", "2024", 1_000)


def test_a_row_goes_to_its_receiver(agreement_text: AgreementText) -> None:
    """Each seller bills the rows that name it; a row for one that bills nothing is nobody's."""
    rows = economy(
        "party: kommunen, receiver: foreningen, amount: 1000",
        "party: kommunen, receiver: jouren, amount: 200",
    )
    two = agreement_text(FOUR_PARTIES + rows + TWO_SELLERS)
    one = agreement_text(FOUR_PARTIES + rows + invoicing())

    assert brief(case_of(two).bills)[:2] == [("foreningen", "2024", 1_000), ("jouren", "2024", 200)]
    assert brief(case_of(one).bills)[0] == ("foreningen", "2024", 1_000)


@pytest.mark.parametrize("receiver", ["", ", receiver: [foreningen, jouren]"])
def test_a_row_for_several_sellers_is_unknown(agreement_text: AgreementText, receiver: str) -> None:
    """What nobody has divided is not divided evenly."""
    rows = economy(f"party: kommunen{receiver}, amount: 1000")
    found = case_of(agreement_text(FOUR_PARTIES + rows + TWO_SELLERS)).bills

    assert brief(found)[:2] == [("foreningen", "2024", None), ("jouren", "2024", None)]
    assert reasons(found) == {"foreningen and jouren both bill it: name a receiver"}


def test_the_coordinator_bills_what_names_no_receiver(agreement_text: AgreementText) -> None:
    """Of several sellers, the one that coordinates."""
    parties = FOUR_PARTIES.replace("Jouren}", "Jouren, coordinator: true}")
    rows = economy("party: kommunen, amount: 1000")
    found = case_of(agreement_text(parties + rows + TWO_SELLERS)).bills

    assert brief(found) == [("jouren", "2024", 1_000), ("jouren", "2025", 1_000)]


def test_a_row_of_several_payers_is_unknown(agreement_text: AgreementText) -> None:
    """Two public parties in one row do not say who pays how much."""
    rows = economy("party: [kommunen, regionen], amount: 1000")
    found = case_of(agreement_text(FOUR_PARTIES + rows + invoicing())).bills

    assert brief(found)[0] == ("foreningen", "2024", None)
    assert reasons(found) == {
        "it is from Exempels kommun + Region Exempel, jointly: how they divide it is not stated"
    }


def test_a_committees_block_asks_for_its_part(agreement_text: AgreementText) -> None:
    """A block with a committee bills its share; the one without bills what is left."""
    text = agreement_text(
        FOUR_PARTIES
        + economy(
            "party: kommunen, board: {Socialnämnden: 50, Kulturnämnden: 50}, amount: 1001",
            "party: kommunen, board: Skolnämnden, amount: 30",
            "party: kommunen, board: Kulturnämnden, amount: 7000",
        )
        + """
invoicing:
  - {seller: foreningen, buyer: kommunen, board: Kulturnämnden}
  - {seller: foreningen, buyer: kommunen}
"""
    )
    found = case_of(text).bills

    assert brief(found)[:2] == [("foreningen", "2024", 7500), ("foreningen", "2024", 531)]


def test_an_undivided_row_of_committees_is_unknown(agreement_text: AgreementText) -> None:
    """Without shares nobody knows a committee's part."""
    rows = economy("party: kommunen, board: [Socialnämnden, Kulturnämnden], amount: 1000")
    found = case_of(agreement_text(FOUR_PARTIES + rows + invoicing(board="Kulturnämnden"))).bills

    assert brief(found)[0] == ("foreningen", "2024", None)
    assert reasons(found) == {"how the committees divide it is not stated"}


def test_an_unpriced_row_makes_its_bill_unknown(agreement_text: AgreementText) -> None:
    """Unknown is not zero, and the row's own reason is kept."""
    rows = economy("party: kommunen, amount: 1000", "party: kommunen, item: Lokaler")
    found = case_of(agreement_text(rows + invoicing())).bills

    assert brief(found)[0] == ("foreningen", "2024", None)
    assert reasons(found) == {"the row is not priced"}


# ------------------------------------------------------------------ totals and instalments
def test_an_undivided_total_is_billed_once(agreement_text: AgreementText) -> None:
    """For the whole period as first agreed, beside the years' bills."""
    rows = economy(
        "party: kommunen, total: 900",
        "party: kommunen, amount: 100",
        "party: kommunen, total: 50, start: 2024-03-01, end: 2024-04-30",
    )
    found = case_of(agreement_text(rows + invoicing(interval="yearly"))).bills

    assert brief(found) == [
        ("foreningen", "2024-03-01/2024-04-30", 50),
        ("foreningen", "2024", 100),
        ("foreningen", "2024-01-01/2025-12-31", 900),
        ("foreningen", "2025", 100),
    ]
    assert [each.assumed[0] for each in found[:3]] == ["instalments", "timing", "instalments"]


def test_an_undivided_total_is_billed_by_the_first_of_several_blocks(
    agreement_text: AgreementText,
) -> None:
    """A change of interval does not bill it again."""
    text = agreement_text(
        economy("party: kommunen, total: 900")
        + """
invoicing:
  - {seller: foreningen, buyer: kommunen, end: 2024-12-31}
  - {seller: foreningen, buyer: kommunen, start: 2025-01-01}
"""
    )

    assert brief(case_of(text).bills) == [("foreningen", "2024-01-01/2025-12-31", 900)]


@pytest.mark.parametrize("without", ["validity", ""])
def test_an_undivided_total_needs_days(agreement_text: AgreementText, without: str) -> None:
    """Where no day is known or the block rules none of them, nothing is asked for."""
    text = agreement_text(
        economy("party: kommunen, total: 900") + invoicing(start="2027-01-01"), without=without
    )

    assert case_of(text).bills == ()


def test_an_instalment_is_for_the_budget_of_its_period(agreement_text: AgreementText) -> None:
    """Its own amount is asked for, and the period's budget is there to compare with."""
    plan = "[{date: 2024-02-01, amount: 300000, period: 2024-H1}]"
    (found,) = case_of(agreement_text(invoicing(instalments=plan))).bills

    assert (whole(found.amount), whole(found.budget)) == (300_000, 225_000)
    assert found.due == date(2024, 2, 1)
    assert found.assumed == ()


@pytest.mark.parametrize(
    ("amounts", "budgets"), [((300, 150), [300_000, 150_000]), ((0, 0), [225_000, 225_000])]
)
def test_instalments_of_one_period_share_its_budget(
    agreement_text: AgreementText, amounts: tuple[int, int], budgets: list[int]
) -> None:
    """By their amounts, or evenly where they have none."""
    plan = (
        f"[{{date: 2024-02-01, amount: {amounts[0]}, period: 2024}},"
        f" {{date: 2024-09-01, amount: {amounts[1]}, period: 2024}}]"
    )
    found = case_of(agreement_text(invoicing(instalments=plan))).bills

    assert [each.budget for each in found] == budgets


def test_an_instalment_after_the_end_is_not_asked_for(agreement_text: AgreementText) -> None:
    """A terminated agreement asks for nothing that comes after it."""
    text = agreement_text(
        invoicing(
            instalments="[{date: 2024-02-01, amount: 450000, period: 2024},"
            " {date: 2025-02-01, amount: 450000, period: 2025}]"
        )
        + "\nlog: [{date: 2024-10-01, event: termination, effective: 2024-12-31}]"
    )

    assert brief(case_of(text).bills) == [("foreningen", "2024", 450_000)]


def test_an_instalment_without_known_dates_or_rows_still_stands(
    agreement_text: AgreementText,
) -> None:
    """The agreement itself dates it; what the budget has for it is unknown."""
    plan = "[{date: 2024-02-01, amount: 300000, period: 2024}]"
    text = agreement_text(
        economy("party: foreningen, amount: 1") + invoicing(instalments=plan), without="validity"
    )
    (found,) = case_of(text).bills

    assert (whole(found.amount), found.budget) == (300_000, None)


# ------------------------------------------------------------------ what is done
@pytest.mark.parametrize(
    ("settled", "open_ones"),
    [
        ("settled_until: 2024-12-31", ["2025"]),
        ("settled_until: 2024-12-30", ["2024", "2025"]),
        ("settled: {invoices: 2024-12-31}", ["2025"]),
        ("settled_until: 2025-12-31, settled: {invoices: 2024-12-30}", ["2024", "2025"]),
        ("settled_until: 2024-12-31, settled: {meetings: 2024-01-31}", ["2025"]),
    ],
)
def test_what_was_due_by_a_day_is_settled(
    agreement_text: AgreementText, settled: str, open_ones: list[str]
) -> None:
    """Up to the day that the file names, for invoices alone or for everything."""
    text = agreement_text(f"{invoicing()}\nfollow_up: {{{settled}}}")

    assert [each.period.text for each in case_of(text).bills if each.is_open] == open_ones


def test_a_payment_of_years_that_was_due_is_settled(agreement_text: AgreementText) -> None:
    """Its period may go on: what counts is when it was to be sent."""
    plan = "[{date: 2024-02-01, amount: 900000, period: 2024-01-01/2025-12-31}]"
    text = agreement_text(
        f"{invoicing(instalments=plan)}\nfollow_up: {{settled_until: 2024-02-01}}"
    )

    assert [(each.settled, each.is_open) for each in case_of(text).bills] == [(True, False)]


# ------------------------------------------------------------------ nothing is lost
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.dates(date(2020, 1, 1), date(2023, 12, 31)),
    days=st.integers(0, 1500),
    interval=st.sampled_from(["yearly", "half_yearly", "tertial", "quarterly", "monthly"]),
    amount=st.integers(1, 10**9),
)
def test_bills_add_up_to_the_budget(
    agreement_text: AgreementText, start: date, days: int, interval: str, amount: int
) -> None:
    """Whatever the dates and the interval, the year's bills are the year's amount to the öre."""
    end = date.fromordinal(start.toordinal() + days)
    text = agreement_text(
        f"validity: {{start: {start}, end: {end}}}\n"
        + economy(f"party: kommunen, amount: {amount // 100}.{amount % 100:02}")
        + invoicing(interval=interval)
    )
    given_sheet = case_of(text)
    billed = total(each.amount or Decimal(0) for each in given_sheet.bills)

    assert billed == total(each.amount or Decimal(0) for each in given_sheet.all_figures)


def test_instalments_of_one_period_are_so_however_it_is_spelled(
    agreement_text: AgreementText,
) -> None:
    """A year, and its days from first to last, are the same days."""
    plan = (
        "[{date: 2024-02-01, amount: 100000, period: 2024},"
        " {date: 2024-08-01, amount: 350000, period: 2024-01-01/2024-12-31}]"
    )
    found = case_of(agreement_text(invoicing(instalments=plan))).bills

    assert [each.amount == each.budget for each in found] == [True, True]


def test_a_total_of_days_that_new_terms_take_over_is_not_billed(
    agreement_text: AgreementText,
) -> None:
    """The terms that state it rule none of its days."""
    text = """
economy:
  contributions: [{party: kommunen, item: Senare, total: 1000, start: 2025-06-01, end: 2025-12-31}]
log:
  - date: 2024-12-01
    event: amendment
    effective: 2025-01-01
    terms: {economy: {contributions: [{party: kommunen, item: Bidrag, amount: 500}]}}
"""
    found = case_of(agreement_text(text + invoicing())).bills

    assert {part.figure.contribution.item for each in found for part in each.parts} == {"Bidrag"}


def test_an_instalment_of_days_that_a_termination_took_has_no_budget(
    agreement_text: AgreementText,
) -> None:
    """It is dated all the same, and so is told as what the budget has nothing for."""
    text = """
economy:
  contributions: [{party: kommunen, item: Senare, total: 1000, start: 2025-06-01, end: 2025-12-31}]
log: [{date: 2024-12-01, event: termination, effective: 2025-01-31}]
"""
    plan = "[{date: 2025-07-01, amount: 1000, period: 2025}]"
    (found,) = case_of(agreement_text(text + invoicing(instalments=plan)), date(2026, 3, 1)).bills

    assert found.amount == 1000
    assert not found.budget


def test_nothing_is_asked_for_in_a_gap(agreement_text: AgreementText) -> None:
    """An extension that began later has bills from then on, and the time between has none."""
    text = agreement_text(
        "validity: {start: 2020-01-01, end: 2020-12-31, extension: {kind: unspecified}}\n"
        "economy: {contributions: [{party: kommunen, amount: 1200}, {party: foreningen}]}\n"
        "log: [{date: 2021-12-08, event: extension, start: 2022-04-01, until: 2022-12-31}]\n"
        + invoicing(interval="half_yearly", timing="advance")
    )

    assert [(each.period.text, whole(each.amount)) for each in case_of(text).bills] == [
        ("2020-H1", 600),
        ("2020-H2", 600),
        ("2022-Q2", 300),
        ("2022-H2", 600),
    ]


def test_an_instalment_of_a_month_is_due_by_its_last_day(agreement_text: AgreementText) -> None:
    """And that is told as assumed."""
    asked = (
        "[{date: 2024-02, amount: 5, period: 2024}, {date: 2025-02-03, amount: 5, period: 2025}]"
    )
    text = agreement_text(invoicing(instalments=asked))

    assert [(str(each.due), each.assumed) for each in case_of(text).bills] == [
        ("2024-02-29", ("day",)),
        ("2025-02-03", ()),
    ]
