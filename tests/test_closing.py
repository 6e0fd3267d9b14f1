"""What a year came to beside what was agreed: reckoned by hand, and told everywhere alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl.case.case import Case
from iopctl.case.closing import Closing, closings
from iopctl.case.inhabitants import per_inhabitant
from iopctl.listings.outcome import rest_in_words
from iopctl.money import NBSP
from iopctl.papers.outcome import hours, outcomes, sentence
from iopctl.tables import UNKNOWN, Amount
from tests.test_duties import due, varied
from tests.test_fixtures import agreement as fixture

if TYPE_CHECKING:
    from tests.conftest import Golden, Run

FILE = Path(__file__).parent / "fixtures/agreed-and-actual.yaml"
LATER = date(2026, 3, 1)
BOTH = """economy:
  unspent: %s
  contributions:
    - {party: kommunen, item: Bidrag, amount: 450000}
    - {party: foreningen, item: Tid, unit: tim, units: 100, unit_price: 200}"""


def closed(unspent: str, *actual: str, log: str = "", year: int = 2024) -> Closing:
    """Return the year of an agreement whose reports tell *actual*, each of a period or year."""
    reports = [f"{{date: 2025-02-01, event: report, {each}}}" for each in actual]
    events = ", ".join([*([log] if log else []), *reports])
    agreement = varied(BOTH % unspent, f"log: [{events}]")
    return Closing(Case(agreement, LATER), year)


def kr(amount: int, *, complete: bool = True) -> Amount:
    """Return kronor."""
    return Amount(Decimal(amount), complete)


def test_of_a_year_with_a_gap_a_report_on_its_held_days_is_whole() -> None:
    """What came before and after the gap is all that there was to report."""
    extended = "{date: 2024-03-01, event: extension, start: 2024-07-01, until: 2024-12-31}"
    parts = [
        f"period: 2024-{part}, actual: [{{party: kommunen, amount: 100}}]" for part in ("Q1", "H2")
    ]
    reports = [f"{{date: 2025-02-01, event: report, {each}}}" for each in parts]
    agreement = varied(
        "validity: {start: 2024-01-01, end: 2024-03-31}",
        BOTH % "keep",
        f"log: [{', '.join([extended, *reports])}]",
    )

    assert [each.whole for each in Closing(Case(agreement, LATER), 2024).told] == [True]


def test_each_row_beside_what_it_came_to_is_as_reckoned_by_hand() -> None:
    """400 000 + 430 000 of 900 000, 560 + 590 of 1 200 h at 250 kr; Fika is no row."""
    year = Closing(Case(fixture("agreed-and-actual"), LATER), 2024)
    found = [(each.item, each.agreed, each.actual, each.left) for each in year.posts]

    assert found == [
        ("Bidrag", kr(900_000), kr(830_000), 70_000),
        ("Handledning", kr(300_000), kr(287_500), 12_500),
        ("Lokaler", kr(200_000), None, None),
        ("Fika", None, kr(4_000, complete=False), None),  # of half the year
    ]
    hours = [(each.agreed_hours, each.told.hours) for each in year.posts if each.told]
    assert hours == [(None, None), (kr(1200), Decimal(1150)), (None, None)]
    assert (year.agreed, year.invoiced, year.spent) == (kr(900_000), kr(900_000), kr(830_000))
    assert (year.left, year.to_repay) == (Decimal(70_000), Decimal(70_000))


def test_a_year_that_is_half_told_is_not_closed() -> None:
    """455 000 is a least; nothing is left or repaid before the rest is told."""
    year = Closing(Case(fixture("agreed-and-actual"), LATER), 2025)

    assert year.spent == kr(455_000, complete=False)
    assert (year.left, year.to_repay) == (None, None)
    assert [each.year for each in closings(year.case)] == [2024, 2025]


def test_what_it_costs_for_each_inhabitant() -> None:
    """900 000 / 41 200 = 21.844…; unknown where a number or the kronor are."""
    case = Case(fixture("agreed-and-actual"), LATER)
    unpriced = varied(
        "economy: {contributions: [{party: kommunen}]}",
        "parties: {kommunen: {role: public, name: K, inhabitants: {2024: 5}}}",
    )

    assert [per_inhabitant(case, year) for year in (2024, 2025, 2026)] == [
        Decimal("21.84"),
        Decimal("21.77"),
        None,
    ]
    assert per_inhabitant(Case(unpriced, LATER), 2024) is None


def test_a_party_without_a_number_leaves_the_cost_an_inhabitant_unknown() -> None:
    """Shared by the inhabitants of one of two municipalities, it would be too much for each."""
    two = varied(
        "parties: {kommunen: {role: public, name: K, inhabitants: {2024: 5}},"
        " grannen: {role: public, name: G}, foreningen: {role: civil, name: F}}",
        "economy: {base_year: 2024, contributions: [{party: kommunen, item: a, amount: 100},"
        " {party: grannen, item: b, amount: 100}, {party: foreningen, item: c, amount: 200}]}",
    )

    assert Case(two, LATER).share(2024).public.complete
    assert per_inhabitant(Case(two, LATER), 2024) is None


@pytest.mark.parametrize("by", ["agreement", "row", "volume"])
def test_the_outcome_of_a_year(run: Run, golden: Golden, by: str) -> None:
    """What is agreed, invoiced, spent and left, with the agreement's word for the rest."""
    other = FILE.with_name("volumes-and-outcomes.yaml")
    grant = FILE.with_name("legal-assessment.yaml")
    code, out, err = run(
        "outcome", FILE, other, grant, "--year", "2024", "--by", by, "--as-of", LATER.isoformat()
    )

    assert (code, err) == (0, "")
    golden(f"outcome-{by}.text", out)


def test_numbers_stand_beside_targets_of_their_unit(run: Run, golden: Golden) -> None:
    """What no report tells of is unknown, and the target of what was not aimed at is empty."""
    name = "volumes-and-outcomes.yaml"
    told = ("--by", "volume", "--as-of", LATER.isoformat())
    code, out, _ = run("outcome", FILE.with_name(name), "--year", "2022", *told)
    none = run("outcome", FILE, "--year", "2025", *told)

    assert code == 0
    golden("outcome-numbers.text", out + none.out)


def test_half_a_year_and_the_last_year_by_itself(run: Run, golden: Golden) -> None:
    """Without a year it is the last one that is over; sums that are not whole are a least."""
    code, out, _ = run("outcome", FILE, "--as-of", LATER.isoformat())

    assert code == 0
    golden("outcome-half.text", out)


@pytest.mark.parametrize(
    ("unspent", "actual", "told"),
    [
        ("repay", "year: 2024, actual: [{party: kommunen, amount: 450000}]", ""),
        (
            "repay",
            "year: 2024, actual: [{party: kommunen, amount: 451000}]",
            "1 000 kr more than agreed was spent",
        ),
        (
            "repay",
            "year: 2024, actual: [{party: kommunen, amount: 400000.50}]",
            "49 999.50 kr to repay",
        ),
        (
            "carry_over",
            "year: 2024, actual: [{party: kommunen, amount: 400000}]",
            "50 000 kr to carry over to 2025",
        ),
        (
            "keep",
            "year: 2024, actual: [{party: kommunen, amount: 400000}]",
            "50 000 kr left, which the receiver keeps",
        ),
        ("repay", "year: 2024, actual: [{party: foreningen, hours: 90}]", ""),  # of no money
        ("repay", "period: 2024-01-01/2025-12-31, actual: [{party: kommunen, amount: 1}]", ""),
    ],
)
def test_what_becomes_of_the_rest_is_what_the_agreement_says(
    unspent: str, actual: str, told: str
) -> None:
    """With its amount; a report on two years tells of neither."""
    assert rest_in_words(closed(unspent, actual)).replace(NBSP, " ") == told


@pytest.mark.parametrize(
    ("unspent", "actual", "told"),
    [
        ("repay", "{party: foreningen, hours: 90}", ""),
        (
            "repay",
            "{party: kommunen, amount: 450000}",
            "Utfall 2024: 450 000 kr av 450 000 kr användes.",
        ),
        (
            "repay",
            "{party: kommunen, amount: 450001}",
            "Utfall 2024: 450 001 kr av 450 000 kr användes; 1 kr mer än avtalat.",
        ),
        (
            "keep",
            "{party: kommunen, amount: 400000}",
            "Utfall 2024: 400 000 kr av 450 000 kr användes; 50 000 kr behålls av mottagaren.",
        ),
        (
            "carry_over",
            "{party: kommunen, amount: 400000}",
            "Utfall 2024: 400 000 kr av 450 000 kr användes; 50 000 kr förs över till nästa år.",
        ),
        (
            "repay",
            "{party: kommunen, amount: 400000}",
            "Utfall 2024: 400 000 kr av 450 000 kr användes; 50 000 kr ska betalas tillbaka.",
        ),
    ],
)
def test_papers_tell_it_in_a_sentence(unspent: str, actual: str, told: str) -> None:
    """What was spent of the year's money, and what becomes of the rest."""
    closing = closed(unspent, f"year: 2024, actual: [{actual}]")

    assert sentence(closing).replace(NBSP, " ") == told
    assert outcomes(closing.case, 2023) == []


def test_a_paper_says_what_was_left_and_never_invoiced() -> None:
    """Nothing of it is to be paid back."""
    report = "{date: 2025-02-01, event: report, year: 2024, actual: [{party: kommunen, amount: 4}]}"
    agreement = varied(
        BOTH % "repay", "invoicing: {seller: foreningen, buyer: kommunen}", f"log: [{report}]"
    )
    told = sentence(Closing(Case(agreement, LATER), 2024)).replace(NBSP, " ")

    assert told.endswith("449 996 kr är kvar och inte fakturerade.")
    assert hours(None, Amount(Decimal(5))) == "5 timmar"
    assert hours(UNKNOWN, Amount(Decimal(5), complete=False)) == "minst 5 timmar"
    assert hours(Amount(Decimal(5)), None) == ""
    assert hours(Amount(Decimal(5)), UNKNOWN) == ""


def test_money_that_is_paid_out_has_a_column(run: Run, golden: Golden, tmp_path: Path) -> None:
    """Where some agreement has payments without an invoice."""
    text = FILE.read_text("utf-8").replace(
        "event: invoice, number: 24-1, period", "event: payment, period"
    )
    (tmp_path / "agreed-and-actual.yaml").write_text(text, "utf-8")
    out = run("outcome", tmp_path, "--year", "2024", "--as-of", LATER.isoformat()).out

    golden("outcome-paid-out.text", out)


def test_where_the_agreement_is_silent_nobody_guesses() -> None:
    """Nor is anything due."""
    actual = "{date: 2025-02-01, event: report, year: 2024, actual: [{party: kommunen, amount: 1}]}"
    agreement = varied(f"log: [{actual}]")
    told = rest_in_words(Closing(Case(agreement, LATER), 2024)).replace(NBSP, " ")

    assert told.startswith("449 999 kr left, and the agreement does not say")
    assert due(agreement, "2025-02-02", "unspent") == []


def test_what_was_not_invoiced_is_not_repaid() -> None:
    """And what was is due a month after the report, until it is credited."""
    invoicing = "invoicing: {seller: foreningen, buyer: kommunen}"
    report = (
        "{date: 2025-02-01, event: report, year: 2024, actual: [{party: kommunen, amount: 400000}]}"
    )
    sent = "{date: 2024-12-01, event: invoice, number: 1, period: 2024, amount: 450000}"
    back = "{date: 2025-02-15, event: credit, number: 2, of: 1}"
    logs = {"": report, "sent": f"{sent}, {report}", "back": f"{sent}, {report}, {back}"}
    found = {name: varied(BOTH % "repay", invoicing, f"log: [{log}]") for name, log in logs.items()}
    nothing = rest_in_words(Closing(Case(found[""], LATER), 2024)).replace(NBSP, " ")

    assert nothing == "50 000 kr left, and nothing of it was invoiced"
    assert {name: due(each, "2025-02-20", "unspent") for name, each in found.items()} == {
        "": [],
        "sent": ["2025-03-01 repay 50 000 kr not spent in 2024 (assumed day)"],
        "back": [],
    }


def test_the_last_report_on_a_time_is_the_one_that_counts() -> None:
    """A later one corrects it; one on the whole year goes before those on its parts."""
    parts = [
        "period: 2024-H1, actual: [{party: kommunen, amount: 1}]",
        "period: 2024-H1, actual: [{party: kommunen, amount: 2}]",
        "period: 2024-H2, actual: [{party: kommunen, amount: 3}]",
    ]
    whole = ["year: 2024, actual: [{party: kommunen, amount: 7}]"]

    assert closed("keep", *parts).spent == kr(5)
    assert closed("keep", *whole, *parts).spent == kr(7)
    assert closed("keep", *parts).reported_on == date(2025, 2, 1)


def test_a_party_told_of_as_a_whole_has_one_line() -> None:
    """Its rows are added up, and what is told of one of them is not counted twice."""
    told = "year: 2024, actual: [{party: foreningen, amount: 5, hours: 4}, {party: foreningen, item: Tid, amount: 2}]"
    *_, post = closed("keep", told).posts

    assert (post.item, post.agreed, post.actual) == ("", kr(20_000), kr(5))
    assert post.agreed_hours == kr(100)


def test_an_invoice_for_more_than_the_year_leaves_the_sum_open() -> None:
    """How much of it is the year's, the log does not tell."""
    log = "{date: 2024-12-01, event: invoice, number: 1, period: 2024-12-01/2025-01-31, amount: 5}"

    assert closed("keep", log=log).invoiced == kr(0, complete=False)


REPORTED = (
    "{date: 2025-02-01, event: report, year: 2024, actual: [{party: kommunen, amount: 400000}]}"
)


@pytest.mark.parametrize(
    ("invoicing", "settled", "invoiced", "paid_out", "repaid"),
    [
        ("", "", None, None, 50_000),  # nothing is written of how it is paid: all of it is
        ("interval: yearly", "", kr(0), None, 0),
        ("interval: yearly", "2024-12-31", UNKNOWN, None, 50_000),
        ("method: payout", "2024-12-31", None, UNKNOWN, 50_000),
        (
            "instalments: [{date: 2024-02-01, amount: 900000, period: 2024-01-01/2025-12-31}]",
            "2024-12-31",
            UNKNOWN,
            None,
            None,
        ),
    ],
)
def test_what_was_settled_outside_the_log_is_no_zero(
    invoicing: str, settled: str, invoiced: Amount | None, paid_out: Amount | None, repaid: object
) -> None:
    """How much the log does not tell; for what is to be paid back, it was what was asked for."""
    block = f"invoicing: {{seller: foreningen, buyer: kommunen, {invoicing}}}"
    blocks = [block] * bool(invoicing)
    blocks += [f"follow_up: {{settled_until: {settled}}}"] * bool(settled)
    year = Closing(Case(varied(BOTH % "repay", f"log: [{REPORTED}]", *blocks), LATER), 2024)

    assert (year.invoiced, year.paid_out, year.to_repay) == (invoiced, paid_out, repaid)


def test_money_of_which_it_is_not_known_that_it_was_paid_is_repaid_as_far_as_it_was() -> None:
    """An instalment for two years was settled outside the log."""
    agreement = varied(
        BOTH % "repay",
        "invoicing: {seller: foreningen, buyer: kommunen, instalments: [{date: 2024-02-01,"
        " amount: 900000, period: 2024-01-01/2025-12-31}]}",
        "follow_up: {settled_until: 2024-12-31}",
        f"log: [{REPORTED}]",
    )
    year = Closing(Case(agreement, LATER), 2024)

    assert (
        rest_in_words(year).replace(NBSP, " ") == "50 000 kr left, to repay as far as it was paid"
    )
    assert (
        sentence(year)
        .replace(NBSP, " ")
        .endswith("; 50 000 kr är kvar och ska betalas tillbaka, så långt de har betalats ut.")
    )


@pytest.mark.parametrize(("settled", "invoiced"), [("2024-06-30", UNKNOWN), ("2023-12-31", kr(0))])
def test_what_an_agreement_without_an_end_was_invoiced_is_unknown_once_settled(
    settled: str, invoiced: Amount
) -> None:
    """Its invoices can't be reckoned, but those of the year up to the day were sent."""
    agreement = varied(
        "validity: {start: 2024-01-01}",
        "invoicing: {seller: foreningen, buyer: kommunen}",
        f"follow_up: {{settled_until: {settled}}}",
    )

    assert Closing(Case(agreement, LATER), 2024).invoiced == invoiced


def test_hours_of_a_part_of_a_year_are_a_part_of_them() -> None:
    """From April: nine months of 100 hours."""
    days = "validity: {start: 2024-04-01, end: 2025-12-31}"
    agreement = varied(BOTH % "keep", days)

    assert [each.agreed_hours for each in Closing(Case(agreement, LATER), 2024).posts] == [
        None,
        kr(75),
    ]


def test_what_no_year_divides_is_unknown_in_it() -> None:
    """And where no money is public, nothing is known to be agreed."""
    rows = "economy: {contributions: [{party: kommunen, item: Bidrag, total: 900000}, {party: foreningen}]}"
    none = "economy: {contributions: [{party: foreningen, amount: 1}]}"

    assert Closing(Case(varied(rows), LATER), 2024).agreed == UNKNOWN
    assert Closing(Case(varied(none), LATER), 2024).agreed == UNKNOWN


def test_a_report_of_unknown_days_is_on_a_whole_year() -> None:
    """Then twelve months are wanted."""
    log = (
        "{date: 2025-02-01, event: report, period: 2024-H1, actual: [{party: kommunen, amount: 3}]}"
    )
    found = Closing(Case(varied("validity: {start: 2024-01-01}", f"log: [{log}]"), LATER), 2024)

    assert found.spent == kr(3, complete=False)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("kommunen", "write foreningen=412500"),
        ("=5", "write foreningen=412500"),
    ],
)
def test_what_a_part_came_to_is_written_as_party_and_number(run: Run, word: str, told: str) -> None:
    """Anything else is refused with what to write."""
    code, _, err = run("log", FILE, "report", "--actual", word)

    assert code == 2
    assert told in err


def test_what_a_part_came_to_is_logged(run: Run, golden: Golden) -> None:
    """Kronor and hours of one row stand together."""
    words = ["noden/Handledning=147500", "noden/Handledning=590h", "kommunen=1"]
    options = [part for word in words for part in ("--actual", word)]
    code, out, _ = run("log", FILE, "report", "--year", "2025", "--date", "2026-02-01",
                       "--as-of", "2026-02-01", *options)  # fmt: skip
    twice = run("log", FILE, "report", "--actual", "kommunen=1", "--actual", "kommunen=2")

    assert code == 0
    golden("writing/log-actual.text", out)
    assert "told twice" in twice.err


@pytest.mark.parametrize(
    "actual", ["[{party: kommunen}]", "[{party: kommunen, hours: 1}, {party: kommunen, amount: 1}]"]
)
def test_a_part_has_a_number_and_is_told_once(run: Run, tmp_path: Path, actual: str) -> None:
    """Else nobody knows what is meant."""
    text = FILE.read_text("utf-8").replace("[{party: kommunen, amount: 455000}]", actual)
    (tmp_path / "agreed-and-actual.yaml").write_text(text, "utf-8")

    assert run("check", tmp_path).code == 1
