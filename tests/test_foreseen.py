"""What a total is for: the days that were decided when it was agreed on, by the log above it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl.check.rules.rows import total_spent
from iopctl.drafting.amending import amended
from tests.test_coverage import case_of

if TYPE_CHECKING:
    from iopctl.case.case import Case
    from tests.conftest import AgreementText

TODAY = date(2026, 6, 1)
TWO_YEARS = "validity: {start: 2024-01-01, end: 2025-12-31, extension: {kind: %s}}\n"
EXTENDED = "{date: 2025-10-01, event: extension, until: 2027-12-31}"


def agreed(effective: str = "2026-01-01", *, day: str = "2025-10-02", row: str = "") -> str:
    """Return an amendment whose money is a total of 480 000 kr."""
    terms = f"{{contributions: [{{party: kommunen, item: B, total: 480000{row}}}]}}"
    return f"{{date: {day}, event: amendment, effective: {effective}, terms: {{economy: {terms}}}}}"


def case_with(text: AgreementText, *log: str, kind: str = "mutual, years: 2, times: 2") -> Case:
    """Return the case of an agreement of two years, with a log."""
    events = "".join(f"  - {each}\n" for each in log)
    return case_of(text(f"{TWO_YEARS % kind}log:\n{events}"), TODAY)


def by_year(case: Case) -> dict[int | None, int | None]:
    """Return the kronor of the new total, by year."""
    found = (each for each in case.figures if each.contribution.total)
    return {each.year: None if each.amount is None else int(each.amount) for each in found}


SPREAD = ", spread: months"


@pytest.mark.parametrize(
    ("log", "kind", "expected"),
    [
        ((EXTENDED, agreed(row=SPREAD)), "mutual", {2026: 240_000, 2027: 240_000}),
        (
            (EXTENDED, agreed("2025-07-01", row=SPREAD)),
            "mutual",
            {2025: 96_000, 2026: 192_000, 2027: 192_000},
        ),
        (
            (agreed("2025-07-01", row=SPREAD), EXTENDED.replace("10-01", "10-03")),
            "mutual",
            {2025: 480_000, 2026: None, 2027: None},
        ),
        (
            (EXTENDED, agreed(row=SPREAD).replace("2025-10-02", "unknown")),
            "mutual",
            {2026: 240_000, 2027: 240_000},
        ),
        ((agreed(day="2026-01-10", row=SPREAD),), "automatic, years: 1", {2026: 480_000}),
        (
            (
                EXTENDED,
                "{date: 2026-01-02, event: termination, effective: 2026-08-31}",
                agreed(day="2026-01-03", row=SPREAD),
            ),
            "mutual",
            {2026: 480_000},
        ),
        (
            (
                EXTENDED.replace("until", "start: 2027-01-01, until"),
                agreed("2025-07-01", row=SPREAD),
            ),
            "mutual",
            {2025: 160_002, 2027: 319_998},
        ),
        ((EXTENDED, agreed()), "mutual", {None: 480_000}),
        (("{date: 2025-10-01, event: extension, until: 2026-12-31}", agreed()), "mutual", {2026: 480_000}),
    ],
    ids=[
        "for the extension",
        "from before it",
        "agreed before it",
        "on a day unknown",
        "gone on by itself",
        "terminated",
        "with a gap",
        "not by year",
        "of one year",
    ],
)  # fmt: skip
def test_a_total_is_for_what_was_decided(
    agreement_text: AgreementText,
    log: tuple[str, ...],
    kind: str,
    expected: dict[int | None, int | None],
) -> None:
    """New terms know of the extensions, terminations and gaps above them, and of no later ones."""
    kind = kind if "," in kind else "mutual, years: 2, times: 2"

    assert by_year(case_with(agreement_text, *log, kind=kind)) == expected


def test_it_is_billed_and_no_total_is_called_spent(agreement_text: AgreementText) -> None:
    """The bill is for the days of the extension, and nothing is missing after the written end."""
    case = case_with(agreement_text, EXTENDED, agreed())
    invoicing = "invoicing: {seller: foreningen, buyer: kommunen}\n"
    events = "".join(f"  - {each}\n" for each in (EXTENDED, agreed()))
    text = agreement_text(f"{TWO_YEARS % 'mutual, years: 2'}{invoicing}log:\n{events}")
    bills = case_of(text, TODAY).asked

    assert total_spent.check
    assert list(total_spent.check(case)) == []
    assert [(each.period.text, int(each.amount or 0)) for each in bills if each.is_lump] == [
        ("2026-01-01/2027-12-31", 480_000)
    ]


def test_an_amended_end_leaves_a_total_its_days(agreement_text: AgreementText) -> None:
    """A total of a year stays that year's when the end alone is moved; the later ones are unknown."""
    later = "{date: 2026-01-05, event: amendment, effective: 2026-03-01, terms: {validity: {end: 2028-12-31}}}"
    one = "{date: 2025-10-01, event: extension, until: 2026-12-31}"

    assert by_year(case_with(agreement_text, one, agreed(), later)) == {
        2026: 480_000,
        2027: None,
        2028: None,
    }


def test_a_total_that_goes_on_keeps_its_days(agreement_text: AgreementText) -> None:
    """`amend` writes the end that was decided, not the first one."""
    case = case_with(agreement_text, EXTENDED, agreed(row=SPREAD))
    row = {"party": "kommunen", "item": "B", "total": "480000", "spread": "months"}
    place = ("log", 1, "terms", "economy")
    assert case.terms[-1].stands_at["economy"] == place
    data = {"log": [{}, {"terms": {"economy": {"contributions": [row]}}}]}
    (new,) = amended(case, data, date(2026, 7, 1))["contributions"]

    assert (new["start"], new["end"]) == ("2026-01-01", "2027-12-31")


RESUMED = (
    "{date: 2024-03-01, event: termination, effective: 2024-06-30}",
    "{date: 2024-09-01, event: extension, start: 2024-10-01, until: 2025-12-31}",
)
TOTAL = """
economy: {contributions: [{party: kommunen, total: 480000, end: %s}]}
invoicing: {seller: foreningen, buyer: kommunen}
"""


@pytest.mark.parametrize("last", ["2024-12-31", "2025-12-31"])
def test_what_is_owed_of_a_total_that_a_later_gap_takes_days_of_is_unknown(
    agreement_text: AgreementText, last: str
) -> None:
    """It stands beside the years, be its days all in one, and says of which days it is."""
    log = "".join(f"  - {each}\n" for each in RESUMED)
    case = case_of(
        agreement_text(f"{TWO_YEARS % 'mutual, years: 2'}{TOTAL % last}log:\n{log}"), TODAY
    )
    figure = next(each for each in case.figures if each.contribution.total)
    bill = next(each for each in case.asked if each.is_lump)
    assert figure.cut
    agreed_for, held = figure.cut

    assert (figure.year, bill.amount) == (None, None)
    assert (agreed_for, held.partition(" + ")[0]) == (figure.period, "2024-H1")
    assert [part.reason for part in bill.parts] == [
        f"what is owed of a total for {agreed_for.text}, of which 2024-Q3 is a gap, is not stated"
    ]


def test_a_total_that_is_agreed_on_again_after_a_gap_is_owed(agreement_text: AgreementText) -> None:
    """Who writes it once more for the same days has seen the gap."""
    row = "{party: kommunen, total: 480000, start: 2024-01-01, end: 2024-12-31}"
    again = (
        "{date: 2024-09-02, event: amendment, effective: 2024-10-01,"
        f" terms: {{economy: {{contributions: [{row}]}}}}}}"
    )
    log = "".join(f"  - {each}\n" for each in (*RESUMED, again))
    text = f"{TWO_YEARS % 'mutual, years: 2'}{TOTAL % '2024-12-31'}log:\n{log}"
    case = case_of(agreement_text(text), TODAY)

    assert by_year(case) == {2024: 480_000}
    assert [each.amount for each in case.asked if each.is_lump] == [480_000]
