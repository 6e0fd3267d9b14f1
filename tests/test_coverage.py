"""What is left to bill beside what the log has, fault by fault: nothing twice, nothing forgotten."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl.case.case import Case
from iopctl.check.portfolio import document
from iopctl.check.rules.invoiced import credit_of_nothing
from iopctl.input import Input
from iopctl.listings.ledger import lines
from iopctl.listings.ledger import table as ledger_table
from iopctl.tables import ZERO

if TYPE_CHECKING:
    from iopctl.case.billing import Bill
    from tests.conftest import AgreementText

END_OF_2024 = date(2024, 12, 31)
BOTH = """
economy:
  contributions:
    - {party: kommunen, item: Stöd, amount: 450000, board: {SN: 50, KN: 50}}
    - {party: foreningen, item: Lokaler, amount: 450000}
invoicing:
  - {seller: foreningen, buyer: kommunen, board: SN}
  - {seller: foreningen, buyer: kommunen, board: KN}
"""
YEARLY = "invoicing: {seller: foreningen, buyer: kommunen, interval: yearly, timing: advance}"


def case_of(text: str, as_of: date = END_OF_2024) -> Case:
    """Return the case of the agreement in *text*."""
    found = document(Input("a.yaml", text.encode()))
    assert found.agreement, [each.line for each in found.diagnostics]
    return Case(found.agreement, as_of)


def log(*events: str) -> str:
    """Return a log of events, each as `date, event …`."""
    return "\nlog:\n" + "".join(f"  - {{date: {each}}}\n" for each in events) if events else ""


def sent(
    number: str, period: str, amount: float, *, more: str = "", day: str = "2024-01-02"
) -> str:
    """Return the event of an invoice."""
    return f"{day}, event: invoice, number: {number}, period: {period}, amount: {amount}{more}"


def raised(effective: str, amount: int, day: str = "2024-05-20") -> str:
    """Return the event of another amount from a day on."""
    row = f"{{party: kommunen, item: Handledning, amount: {amount}}}"
    terms = f"terms: {{economy: {{contributions: [{row}]}}}}"
    return f"{day}, event: amendment, effective: {effective}, {terms}"


def left(case: Case) -> list[tuple[str, int | None]]:
    """Return the periods that are still to be billed, with their amounts."""
    return [
        (each.period.text, None if each.amount is None else int(each.amount))
        for each in case.bills
        if each.is_open
    ]


def off(case: Case) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """Return the differences: days, kronor, and what is to be credited of which invoice."""
    return [
        (
            each.period.text,
            int(each.amount),
            [(one.posting.called, int(one.amount)) for one in each.takings],
        )
        for each in case.differences
    ]


def numbers(case: Case) -> list[tuple[str, list[str]]]:
    """Return each period with what the log has for it."""
    return [(each.period.text, [one.called for one in each.postings]) for each in case.bills]


# ------------------------------------------------------------------ days
@pytest.mark.parametrize(
    ("events", "open_ones"),
    [
        ([], [("2024", 450_000), ("2025", 450_000)]),
        ([sent("1", "2024", 450_000)], [("2025", 450_000)]),
        (
            [sent("1", "2024-Q1", 112_500)],
            [("2024-04-01/2024-12-31", 337_500), ("2025", 450_000)],
        ),
        (
            [sent("1", "2024-Q2", 112_500)],
            [("2024-Q1", 112_500), ("2024-H2", 225_000), ("2025", 450_000)],
        ),
        (
            [sent("1", "2024-01-01", 1_209.68)],
            [("2024-01-02/2024-12-31", 448_790), ("2025", 450_000)],
        ),
        ([sent("1", "2024-07-01/2025-06-30", 450_000)], [("2024-H1", 225_000), ("2025-H2", 225_000)]),
        ([sent("1", "2024-01-01/2025-12-31", 900_000)], []),
    ],
)  # fmt: skip
def test_days_that_are_not_invoiced_are_asked_for(
    agreement_text: AgreementText, events: list[str], open_ones: list[tuple[str, int]]
) -> None:
    """What is invoiced of a period closes its own days, and no others (A, F1)."""
    case = case_of(agreement_text(YEARLY + log(*events)))

    assert left(case) == open_ones
    assert off(case) == []


def test_an_extension_leaves_what_it_adds_to_a_year(agreement_text: AgreementText) -> None:
    """The part of the year before it was invoiced alone (A)."""
    text = (
        "validity: {start: 2023-09-01, end: 2024-08-31, extension: {kind: mutual, years: 1}}\n"
        + YEARLY
        + log(
            sent("1", "2023-T3", 150_000, day="2023-09-01"),
            sent("2", "2024-01-01/2024-08-31", 300_000),
            "2024-05-02, event: extension, until: 2025-08-31",
        )
    )

    assert left(case_of(agreement_text(text)))[0] == ("2024-T3", 150_000)


@pytest.mark.parametrize(
    ("then", "june"),
    [
        ("2024-05-20, event: termination, effective: 2024-06-30", [("2024-06", 8_331)]),
        ("2024-05-20, event: termination, effective: 2024-05-31", []),
    ],
)
def test_roundings_are_made_up_for_by_what_is_left(
    agreement_text: AgreementText, then: str, june: list[tuple[str, int]]
) -> None:
    """To the krona; where nothing is left, they are a difference (D)."""
    months = [sent(str(n), f"2024-0{n}", 8_334 if n < 5 else 8_333) for n in range(1, 6)]
    rows = "economy: {contributions: [{party: kommunen, amount: 100000}]}\n"
    block = YEARLY.replace("yearly", "monthly")
    case = case_of(agreement_text(rows + block + log(*months, then)))

    assert left(case) == june
    assert off(case) == ([] if june else [("2024-04", -2, [("4", 2)])])


def test_roundings_with_ore_are_shared_in_ore(agreement_text: AgreementText) -> None:
    """An invoice in whole kronor leaves the öre to the next ones."""
    rows = "economy: {contributions: [{party: kommunen, amount: 1000.50}]}\n"
    block = YEARLY.replace("yearly", "half_yearly")
    case = case_of(agreement_text(rows + block + log(sent("1", "2024-H1", 500))))

    assert next(str(each.amount) for each in case.bills if each.is_open) == "500.50"


def test_new_invoicing_asks_for_no_days_again(agreement_text: AgreementText) -> None:
    """Another reference from July, when the year was billed in January (E)."""
    terms = YEARLY.removeprefix("invoicing: {").removesuffix("}")
    case = case_of(
        agreement_text(
            YEARLY
            + log(
                sent("1", "2024", 450_000),
                "2024-06-01, event: amendment, effective: 2024-07-01,"
                f" terms: {{invoicing: {{{terms}, reference: 777Z}}}}",
            )
        )
    )

    assert left(case) == [("2025", 450_000)]
    assert numbers(case)[:2] == [("2024-H1", ["1"]), ("2024-H2", ["1"])]


def test_another_interval_leaves_the_days_between(agreement_text: AgreementText) -> None:
    """Half-years from July, when the third quarter was billed."""
    terms = "seller: foreningen, buyer: kommunen, interval: half_yearly, timing: advance"
    case = case_of(
        agreement_text(
            YEARLY.replace("yearly", "quarterly")
            + log(
                *(sent(str(n), f"2024-Q{n}", 112_500) for n in (1, 2, 3)),
                "2024-06-01, event: amendment, effective: 2024-07-01,"
                f" terms: {{invoicing: {{{terms}}}}}",
            )
        )
    )

    assert left(case)[0] == ("2024-Q4", 112_500)


def test_what_is_dated_ahead_counts(agreement_text: AgreementText) -> None:
    """January's invoice, made in December (C)."""
    text = agreement_text(YEARLY + log(sent("1", "2025", 450_000, day="2025-01-01")))

    assert left(case_of(text, date(2024, 11, 29))) == [("2024", 450_000)]


# ------------------------------------------------------------------ differences
def test_a_raise_of_invoiced_days_is_to_be_invoiced_more(agreement_text: AgreementText) -> None:
    """For the days that it is for; a supplement in the log does it (F2)."""
    events = [sent("1", "2024", 450_000), raised("2024-07-01", 550_000)]
    case = case_of(agreement_text(YEARLY + log(*events)))
    more = sent("2", "2024-H2", 50_000, day="2024-07-01")
    done = case_of(agreement_text(YEARLY + log(*events, more)))

    assert off(case) == [("2024-H2", 50_000, [])]
    assert left(case)[0] == ("2024-H2", 50_000)
    assert [each.difference is not None for each in case.bills] == [False, True, False]
    assert (off(done), left(done)) == ([], [("2025", 550_000)])


@pytest.mark.parametrize(
    ("events", "since"),
    [
        ([sent("1", "2024", 400_000)], date(2024, 1, 2)),
        ([sent("1", "2024", 400_000), raised("2025-01-01", 550_000)], date(2024, 1, 2)),
        ([sent("1", "2024", 450_000), raised("2024-12-31", 1_000_000)], date(2024, 5, 20)),
        (
            [
                sent("1", "2024", 450_000),
                "2024-03-01, event: credit, number: 2, of: 1, amount: 50000",
            ],
            date(2024, 3, 1),
        ),
        (
            [
                sent("1", "2024", 540_000),
                "2024-03-01, event: credit, number: 2, of: 1, amount: 40000",
            ],
            date(2024, 1, 2),
        ),
        (
            [sent("1", "2024", 540_000), "2024-05-20, event: termination, effective: 2024-12-31"],
            date(2024, 1, 2),
        ),
        (
            [sent("1", "2024", 540_000), "2024-05-20, event: termination, effective: 2024-12-30"],
            date(2024, 5, 20),
        ),
        (
            [sent("1", "2024", 540_000), "2024-05-20, event: extension, until: 2027-12-31"],
            date(2024, 1, 2),
        ),
        (
            [
                sent("1", "2024", 540_000),
                "2024-03-20, event: termination, effective: 2024-06-30",
                "2024-05-20, event: extension, until: 2024-12-31",
            ],
            date(2024, 5, 20),
        ),
    ],
)
def test_a_difference_is_as_old_as_what_made_it(
    agreement_text: AgreementText, events: list[str], since: date
) -> None:
    """Events that touch none of its days leave its date alone, and so do credits that mend it."""
    found = case_of(agreement_text(YEARLY + log(*events))).differences

    assert [each.since for each in found] == [since]


@pytest.mark.parametrize(
    ("credit", "still"),
    [
        ("of: 1, amount: 225000", []),
        ("of: 1, period: 2024-H2", []),
        ("of: 1, amount: 225000, period: 2024-H2", []),
        ("of: 1, amount: 200000", [("2024-H2", -25_000, [("1", 25_000)])]),
        ("of: 1, amount: 25000, period: 2024-H2", [("2024-H2", -200_000, [("1", 200_000)])]),
    ],
)
def test_what_ends_after_it_was_billed_is_to_be_credited(
    agreement_text: AgreementText, credit: str, still: list[tuple[str, int, list[tuple[str, int]]]]
) -> None:
    """So much of which invoice; credits of a part take it away (F2, G)."""
    events = [
        sent("1", "2024", 450_000),
        "2024-05-20, event: termination, effective: 2024-06-30",
    ]
    case = case_of(agreement_text(YEARLY + log(*events)))
    after = case_of(
        agreement_text(YEARLY + log(*events, f"2024-06-01, event: credit, number: 2, {credit}"))
    )

    assert off(case) == [("2024-H2", -225_000, [("1", 225_000)])]
    assert off(after) == still
    assert left(after) == []


def test_days_that_are_cut_away_are_credited_whole(agreement_text: AgreementText) -> None:
    """No bill asks for them any more, and their invoice is still known (G)."""
    quarters = [sent(f"S-{n}", f"2024-Q{n}", 112_500) for n in (1, 2, 3, 4)]
    case = case_of(
        agreement_text(
            YEARLY.replace("yearly", "quarterly")
            + log(*quarters, "2024-09-20, event: termination, effective: 2024-09-30")
        )
    )

    assert off(case) == [("2024-Q4", -112_500, [("S-4", 112_500)])]


def test_a_wrong_invoice_is_credited_in_part(agreement_text: AgreementText) -> None:
    """Its days stay closed, with what is left of it."""
    events = [
        sent("1", "2024", 540_000),
        "2024-03-01, event: credit, number: 2, of: 1, amount: 90000",
    ]
    case = case_of(agreement_text(YEARLY + log(*events)))

    assert (left(case), off(case)) == ([("2025", 450_000)], [])
    assert int(case.bills[0].amount or 0) == 450_000


def test_what_is_credited_whole_is_open_again(agreement_text: AgreementText) -> None:
    """At once or bit by bit, or for some of its days."""
    whole = [sent("1", "2024", 450_000), "2024-03-01, event: credit, number: 2, of: 1"]
    parts = [
        sent("1", "2024", 450_000),
        "2024-03-01, event: credit, number: 2, of: 1, amount: 50000",
        "2024-03-02, event: credit, number: 3, of: 1",
    ]
    summer = [
        sent("1", "2024", 450_000),
        "2024-03-01, event: credit, number: 2, of: 1, period: 2024-Q3",
    ]

    for events, first in ((whole, "2024"), (parts, "2024"), (summer, "2024-Q3")):
        case = case_of(agreement_text(YEARLY + log(*events)))
        assert [period for period, _ in left(case)] == [first, "2025"]
        assert off(case) == []


def test_the_first_days_of_an_invoice_are_open_again_when_they_are_credited(
    agreement_text: AgreementText,
) -> None:
    """The rest of it stands."""
    back = "2024-03-01, event: credit, number: 2, of: 1, period: 2024-Q1"
    case = case_of(agreement_text(YEARLY + log(sent("1", "2024", 450_000), back)))

    assert left(case) == [("2024-Q1", 112_500), ("2025", 450_000)]
    assert [each.text for each in case.ledger.postings[0].days] == ["2024-04-01/2024-12-31"]


def test_several_invoices_are_credited_from_the_last(agreement_text: AgreementText) -> None:
    """As much of each as there is."""
    events = [
        sent("1", "2024", 450_000),
        raised("2024-07-01", 550_000),
        sent("2", "2024-H2", 50_000, day="2024-07-01"),
        "2024-07-05, event: termination, effective: 2024-07-31",
    ]

    assert off(case_of(agreement_text(YEARLY + log(*events)))) == [
        ("2024-08-01/2024-12-31", -229_167, [("2", 50_000), ("1", 179_167)])
    ]


@pytest.mark.parametrize(
    ("exception", "told"),
    [
        ("", [("2024", -50_000, [("1", 50_000)])]),
        ("{rule: IOP426, reason: Kommunen vill det}", []),
        ("{rule: invoiced-amount-differs, path: log.0.amount, reason: Ja}", []),
        ("{rule: IOP426, path: log.7, reason: En annan}", [("2024", -50_000, [("1", 50_000)])]),
    ],
)
def test_what_the_parties_stand_by_is_no_difference(
    agreement_text: AgreementText, exception: str, told: list[object]
) -> None:
    """For the whole file, or for that invoice."""
    text = f"{YEARLY}\nexceptions: [{exception}]{log(sent('1', '2024', 500_000))}"

    assert off(case_of(agreement_text(text))) == told


@pytest.mark.parametrize(
    ("validity", "event"),
    [
        ("start: 2024-01-01, end: open", sent("1", "2025", 450_000)),
        (
            "start: 2024-01-01, end: 2024-12-31, extension: {kind: mutual, years: 1}",
            sent("1", "2025", 450_000),
        ),
        ("end: open", sent("1", "2024", 1)),
    ],
)
def test_days_that_may_be_decided_yet_are_no_difference(
    agreement_text: AgreementText, validity: str, event: str
) -> None:
    """An option that is not taken yet, the years of an open end, or days that nobody knows."""
    case = case_of(agreement_text(f"validity: {{{validity}}}\n{YEARLY}{log(event)}"))

    assert off(case) == []


@pytest.mark.parametrize(
    ("agreed", "events", "told"),
    [
        ("2024-11-20", [], [("2025", -225_000, [("1", 225_000)])]),
        ("2024-11-20", [raised("2024-12-01", 450_000)], [("2025", -225_000, [("1", 225_000)])]),
        ("2024-09-30", [], []),
    ],
)
def test_what_an_open_end_was_billed_ahead_is_credited_when_it_is_given_one(
    agreement_text: AgreementText,
    agreed: str,
    events: list[str],
    told: list[tuple[str, int, list[tuple[str, int]]]],
) -> None:
    """Next year's invoice, dated ahead; one that was not offered yet is for the option's days."""
    option = "extension: {kind: mutual, years: 1}"
    ends = f"terms: {{validity: {{end: 2025-06-30, {option}}}}}"
    events = [
        *events,
        f"{agreed}, event: amendment, effective: 2024-12-02, {ends}",
        sent("1", "2025", 450_000, day="2024-12-20"),
    ]
    text = f"validity: {{start: 2024-01-01, end: open}}\n{YEARLY}{log(*events)}"

    assert off(case_of(agreement_text(text))) == told


def test_an_invoice_that_was_made_before_the_end_was_moved_is_to_be_credited(
    agreement_text: AgreementText,
) -> None:
    """Though it is dated after that; of an option, too, that was taken and is given up."""
    option = "extension: {kind: mutual, years: 1}"
    ends = f"effective: 2024-12-02, terms: {{validity: {{end: 2025-06-30, {option}}}}}"
    ahead = sent("1", "2025", 450_000, day="2024-12-20", more=", made: 2024-09-20")
    opened = f"validity: {{start: 2024-01-01, end: open}}\n{YEARLY}"
    made = [f"2024-09-30, event: amendment, {ends}", ahead]
    optional = f"validity: {{start: 2024-01-01, end: 2024-12-31, {option}}}\n{YEARLY}"
    shortened = [
        "2024-08-01, event: extension",
        f"2024-11-30, event: amendment, {ends}",
        sent("1", "2025", 450_000, day="2024-12-20"),
    ]
    told = [("2025-H2", -225_000, [("1", 225_000)])]

    assert off(case_of(agreement_text(opened + log(*made)))) == told
    assert off(case_of(agreement_text(optional + log(*shortened)))) == [
        ("2025", -225_000, [("1", 225_000)])
    ]


def test_what_was_invoiced_after_the_end_that_a_notice_was_changed_to_is_to_be_credited(
    agreement_text: AgreementText,
) -> None:
    """The days had been decided, be there an option for them once more; told from the notice on."""
    events = [
        sent("1", "2024", 450_000, day="2024-01-02"),
        "2024-02-01, event: termination, effective: 2024-06-30",
        "2024-05-01, event: extension, until: 2024-09-30",
    ]
    option = "extension: {kind: mutual, years: 1, times: 3}"
    text = f"validity: {{start: 2024-01-01, end: 2024-12-31, {option}}}\n{YEARLY}{log(*events)}"

    assert off(case_of(agreement_text(text))) == [("2024-H2", -112_500, [("1", 112_500)])]


def test_days_that_no_invoicing_rules_are_no_difference(agreement_text: AgreementText) -> None:
    """How they are paid the file does not say."""
    block = "invoicing: {seller: foreningen, buyer: kommunen, start: 2025-01-01}"

    assert off(case_of(agreement_text(block + log(sent("1", "2024", 450_000))))) == []


def test_an_unknown_budget_is_no_difference(agreement_text: AgreementText) -> None:
    """Its days are closed all the same."""
    rows = "economy: {contributions: [{party: kommunen, item: Lokaler, form: cash}]}\n"
    case = case_of(agreement_text(rows + YEARLY + log(sent("1", "2024-H1", 7))))

    assert (left(case), off(case)) == ([("2024-H2", None), ("2025", None)], [])


def test_what_is_settled_apart_hides_roundings(agreement_text: AgreementText) -> None:
    """What was billed outside the log is not known to the krona."""
    block = YEARLY.replace("yearly", "quarterly") + "\nfollow_up: {settled_until: 2024-12-31}"
    case = case_of(agreement_text(block + log(sent("1", "2024-Q1", 112_499))))

    assert (off(case), [each.settled for each in case.bills][:4]) == ([], [True] * 4)


def test_entries_that_share_days_are_told_together(agreement_text: AgreementText) -> None:
    """Also where a third one joins them, or one has a gap."""
    events = [
        sent("1", "2024-Q1", 112_500),
        sent("2", "2024-Q3", 112_500),
        sent("3", "2024-02-01/2024-08-31", 1_000),
    ]
    gap = [
        sent("1", "2024", 450_000),
        "2024-01-02, event: credit, number: 2, of: 1, period: 2024-Q2",
        sent("3", "2024-H2", 1_000),
    ]

    assert off(case_of(agreement_text(YEARLY + log(*events)))) == [
        ("2024-01-01/2024-09-30", 111_500, [])
    ]
    assert left(case_of(agreement_text(YEARLY + log(*gap))))[0] == ("2024-Q2", 112_500)


# ------------------------------------------------------------------ whose an invoice is
@pytest.mark.parametrize(
    ("events", "open_ones", "unclear"),
    [
        (["SN", "KN"], [], []),
        (["", ""], [], []),
        (["", "KN"], [], []),
        (["KN"], ["SN"], []),
        ([""], ["SN", "KN"], ["0"]),
        (["KN", "KN"], ["SN"], []),
    ],
)
def test_of_two_committees_the_log_says_whose(
    agreement_text: AgreementText, events: list[str], open_ones: list[str], unclear: list[str]
) -> None:
    """Where it does not, and one alone can be, it is that one; else it is nobody's (B)."""
    lines = [
        sent(str(number), "2024", 225_000, more=f", board: {board}" if board else "")
        for number, board in enumerate(events)
    ]
    case = case_of(agreement_text(BOTH + log(*lines)))
    of_2024 = [each for each in case.bills if each.period.text == "2024" and each.is_open]

    assert [each.invoicing.board for each in of_2024 if not each.difference] == open_ones
    assert [each.called for each in case.ledger.unclear] == unclear
    assert [each.doubt is not None for each in of_2024 if not each.difference] == [
        bool(unclear)
    ] * len(open_ones)


def test_a_credit_makes_it_matter_whose_an_invoice_was(agreement_text: AgreementText) -> None:
    """Which of the two is open again is not known."""
    events = [sent("1", "2024", 225_000), sent("2", "2024", 225_000)]
    case = case_of(
        agreement_text(BOTH + log(*events, "2024-02-01, event: credit, number: 3, of: 1"))
    )

    assert [each.called for each in case.ledger.unclear] == ["1", "2"]


def test_a_block_without_committee_is_told_by_seller_and_buyer(
    agreement_text: AgreementText,
) -> None:
    """Where others have one."""
    text = BOTH.replace(", board: KN}", "}")
    whose = ", seller: foreningen, buyer: kommunen"
    case = case_of(agreement_text(text + log(sent("1", "2024", 225_000, more=whose))))

    assert case.ledger.postings[0].account == ("foreningen", "kommunen", None)


def test_the_days_tell_which_buyer_is_meant(agreement_text: AgreementText) -> None:
    """One was the payer to June, the other is from July."""
    text = """
parties:
  kommunen: {role: public, name: Exempels kommun}
  regionen: {role: public, name: Region Exempel}
  foreningen: {role: civil, name: Föreningen Exemplet}
economy:
  contributions:
    - {party: kommunen, amount: 450000, end: 2024-06-30}
    - {party: regionen, amount: 450000, start: 2024-07-01}
invoicing:
  - {seller: foreningen, buyer: kommunen, interval: half_yearly, end: 2024-06-30}
  - {seller: foreningen, buyer: regionen, interval: half_yearly, start: 2024-07-01}
"""
    case = case_of(agreement_text(text + log(sent("1", "2024-H2", 225_000))))

    assert case.ledger.postings[0].account == ("foreningen", "regionen", None)


def test_instalments_tell_whose_days_are_meant(agreement_text: AgreementText) -> None:
    """They may be for days that their block does not rule."""
    text = """
parties:
  kommunen: {role: public, name: Exempels kommun}
  regionen: {role: public, name: Region Exempel}
  foreningen: {role: civil, name: Föreningen Exemplet}
validity: {start: 2023-01-01, end: 2025-12-31}
invoicing:
  - seller: foreningen
    buyer: regionen
    start: 2023-02-01
    end: 2023-02-28
    instalments: [{date: 2023-02-01, amount: 5, period: 2023-02-01/2025-12-31}]
  - {seller: foreningen, buyer: kommunen, end: 2023-12-31}
"""
    case = case_of(agreement_text(text + log(sent("1", "2025", 5))))

    assert case.ledger.postings[0].account == ("foreningen", "regionen", None)


@pytest.mark.parametrize("seller", ["kommunen", ""])
def test_an_invoice_that_nobody_asks_for_has_no_account(
    agreement_text: AgreementText, seller: str
) -> None:
    """It is another's, or the agreement has no invoicing."""
    block = YEARLY if seller else ""
    more = f", seller: {seller}" if seller else ""
    case = case_of(agreement_text(block + log(sent("1", "2024", 1, more=more))))

    assert (case.ledger.postings[0].account, case.ledger.unclear) == (None, ())


# ------------------------------------------------------------------ payments
def test_a_payment_settles_what_is_paid_out(agreement_text: AgreementText) -> None:
    """Without an invoice, in whole or in part; what comes back is open again (A1)."""
    payout = YEARLY.replace("interval", "method: payout, interval")
    paid = "2024-01-02, event: payment, period: 2024, amount: 450000"
    back = "2024-02-02, event: payment, period: 2024, amount: {}, repaid: true"
    part = "2024-01-02, event: payment, period: 2024-H1, amount: 225000"

    def case(*events: str) -> Case:
        return case_of(agreement_text(payout + log(*events)))

    assert left(case(paid)) == [("2025", 450_000)]
    assert left(case(part))[0] == ("2024-H2", 225_000)
    assert left(case(paid, back.format(450_000)))[0] == ("2024", 450_000)
    assert off(case(paid, back.format(50_000))) == [("2024", 50_000, [])]
    assert case(back.format(1)).ledger.stray != ()


def test_money_that_comes_back_is_of_the_payment_that_it_names(
    agreement_text: AgreementText,
) -> None:
    """The latest of the same payer and days."""
    payout = BOTH.replace("buyer: kommunen", "buyer: kommunen, method: payout")
    paid = [
        f"2024-01-02, event: payment, period: 2024, amount: 225000, board: {b}"
        for b in ("SN", "KN")
    ]
    back = "2024-02-02, event: payment, period: 2024, amount: 225000, repaid: true, board: SN"
    case = case_of(agreement_text(payout + log(*paid, back)))

    assert [each.stands for each in case.ledger.postings] == [False, True]
    assert case.ledger.postings[1].called == "payment of 2024-01-02"


# ------------------------------------------------------------------ credits
@pytest.mark.parametrize(
    ("credits_", "beyond", "net"),
    [
        (["of: 1", "of: 1"], [2], 0),
        (["of: 1, amount: 500000"], [1], 0),
        (["of: 1, amount: 300000", "of: 1, amount: 300000"], [2], 0),
        (["of: 1, amount: 300000", "of: 1, amount: 100000"], [], 50_000),
        (["of: 1, period: 2023"], [], 450_000),
    ],
)
def test_no_more_is_credited_than_there_was(
    agreement_text: AgreementText, credits_: list[str], beyond: list[int], net: int
) -> None:
    """What goes beyond is told, and does not count."""
    events = [
        f"2024-02-0{n}, event: credit, number: C{n}, {each}" for n, each in enumerate(credits_, 1)
    ]
    found = case_of(agreement_text(YEARLY + log(sent("1", "2024", 450_000), *events))).ledger

    assert [index for index, _, _ in found.beyond] == beyond
    assert found.postings[0].net == net


# ------------------------------------------------------------------ totals and instalments
def plan(*stated: tuple[str, int, str], rows: str = "party: kommunen, amount: 450000") -> str:
    """Return rows, and the invoicing of instalments: day, amount and period."""
    dates = ", ".join(
        f"{{date: {day}, amount: {n}, period: {period}}}" for day, n, period in stated
    )
    return (
        f"economy: {{contributions: [{{{'}, {'.join(rows.split('; '))}}}]}}\n"
        f"invoicing: {{seller: foreningen, buyer: kommunen, instalments: [{dates}]}}"
    )


@pytest.mark.parametrize(
    ("events", "open_ones"),
    [
        ([("1", 150)], [300]),
        ([("1", 300)], [150]),
        ([("1", 450)], []),
        ([("1", 7)], [293, 150]),
        ([("1", 300), ("2", 150)], []),
        ([("1", 400)], [50]),
    ],
)
def test_of_instalments_of_one_period_amounts_are_filled(
    agreement_text: AgreementText, events: list[tuple[str, int]], open_ones: list[int]
) -> None:
    """The one that has the amount, else by the days that they are due."""
    text = plan(
        ("2024-02-01", 300, "2024"),
        ("2024-09-01", 150, "2024"),
        rows="party: kommunen, amount: 450",
    )
    found = case_of(agreement_text(text + log(*(sent(n, "2024", amount) for n, amount in events))))

    assert [amount for _, amount in left(found)] == open_ones
    assert off(found) == []


def test_equal_instalments_are_two(agreement_text: AgreementText) -> None:
    """Of one day, amount and period."""
    text = plan(*[("2024-02-01", 225_000, "2024")] * 2)

    assert left(case_of(agreement_text(text + log(sent("1", "2024", 225_000))))) == [
        ("2024", 225_000)
    ]


def test_more_than_the_instalments_is_to_be_credited(agreement_text: AgreementText) -> None:
    """Of their very period, or of one that meets them."""
    text = plan(("2024-02-01", 450_000, "2024"))
    same = case_of(agreement_text(text + log(sent("1", "2024", 450_001))))
    met = case_of(
        agreement_text(text + log(sent("1", "2024-H1", 225_000), sent("2", "2024-H2", 225_002)))
    )

    assert off(same) == [("2024", -1, [("1", 1)])]
    assert off(met) == [("2024-H2", -2, [("2", 2)])]
    assert (left(same), left(met)) == ([], [])


def test_an_instalment_whose_days_are_cut_off_is_credited(agreement_text: AgreementText) -> None:
    """What the budget has left for them is kept."""
    text = plan(("2024-02-01", 450_000, "2024"))
    end = "2024-05-20, event: termination, effective: 2024-06-30"
    case = case_of(agreement_text(text + log(sent("1", "2024", 450_000), end)))

    assert off(case) == [("2024-H2", -225_000, [("1", 225_000)])]


def test_a_total_beside_the_years_has_bills_of_its_own(agreement_text: AgreementText) -> None:
    """An invoice of its days is for it, unless the amount is that of the years."""
    rows = (
        "economy: {contributions: [{party: kommunen, amount: 100}, {party: kommunen, total: 40}]}\n"
    )
    total_ = case_of(agreement_text(rows + YEARLY + log(sent("1", "2024-01-01/2025-12-31", 40))))
    years = case_of(agreement_text(rows + YEARLY + log(sent("1", "2024-01-01/2025-12-31", 200))))

    assert left(total_) == [("2024", 100), ("2025", 100)]
    assert left(years) == [("2024-01-01/2025-12-31", 40)]


def test_a_total_of_which_nobody_knows_what_is_owed_is_not_offered(
    agreement_text: AgreementText,
) -> None:
    """It ended before its days did (V1, T4); an invoice closes it."""
    rows = "economy: {contributions: [{party: kommunen, total: 900}]}\n"
    ended = "2024-03-01, event: termination, effective: 2024-06-30"
    instead = (
        "2024-03-01, event: amendment, effective: 2024-07-01, terms: {economy: {contributions: []}}"
    )
    whole = sent("1", "2024-01-01/2025-12-31", 900)

    for event in (ended, instead):
        case = case_of(agreement_text(rows + YEARLY + log(event)))
        assert left(case) == [("2024-01-01/2025-12-31", None)]
        closed = case_of(agreement_text(rows + YEARLY + log(whole, event)))
        assert (left(closed), off(closed)) == ([], [])


@pytest.mark.parametrize(
    ("validity", "first", "amended", "periods"),
    [
        ("start: 2024-05-01, end: 2025-12-31", "total: 7", "2024-05-01", ["2024-05-01/2025-12-31"]),
        ("start: 2024-07-01, end: 2024-12-31", "amount: 5", "2024-01-01", ["2024-H2"]),
        ("start: 2024-01-01, end: 2024-06-30", "amount: 1", "2025-08-07", []),
        (
            "start: 2023-06-01, end: open",
            "total: 7, start: 2024-09-01, end: 2025-12-31",
            "",
            ["2024-09-01/2025-12-31"],
        ),
        ("start: 2024-01-01, end: 2024-12-31", "total: 7, start: 2025-01-01", "", []),
        ("start: 2024-01-01, end: 2025-12-31", "total: 7, end: 2024-03-31", "2024-02-01", None),
    ],
)
def test_a_total_is_for_the_days_that_its_terms_hold(
    agreement_text: AgreementText,
    validity: str,
    first: str,
    amended: str,
    periods: list[str] | None,
) -> None:
    """Neither for others (W1), nor where these have none (T1, T3); an open end needs none (O1)."""
    new = "terms: {economy: {contributions: [{party: kommunen, total: 9}]}}"
    event = f"2023-04-10, event: amendment, effective: {amended}, {new}"
    text = (
        f"validity: {{{validity}}}\neconomy: {{contributions: [{{party: kommunen, {first}}}]}}\n"
        + YEARLY
        + (log(event) if amended else "")
    )
    lumps = [each for each in case_of(agreement_text(text)).bills if each.is_lump]

    if periods is None:  # the first total ended midway: what is owed of it is not known
        assert [each.amount is None for each in lumps] == [True, False]
    else:
        assert [each.period.text for each in lumps] == periods


def budgets(case: Case) -> list[int | None]:
    """Return what the budget has for each bill."""
    return [None if each.budget is None else int(each.budget) for each in case.bills]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (  # I1: the row has ended by then
            plan(("2024-02-01", 50, "2024"), ("2025-02-01", 50, "2025"), rows="party: kommunen, amount: 50, end: 2024-12-31"),
            [50, 0],
        ),
        (  # I2: what of a total is for which year, the instalments say
            plan(("2024-02-01", 600, "2024"), ("2025-02-01", 300, "2025"), rows="party: kommunen, total: 900"),
            [600, 300],
        ),
        (  # I3: a start total beside a sum a year
            plan(
                ("2024-02-01", 40, "2024-01-01/2025-12-31"), ("2024-07-01", 100, "2024"), ("2025-07-01", 100, "2025"),
                rows="party: kommunen, amount: 100; party: kommunen, total: 40",
            ),
            [40, 100, 100],
        ),
        (  # what is over for the total when the years have theirs
            plan(
                ("2024-02-01", 700, "2024"), ("2025-02-01", 300, "2025"),
                rows="party: kommunen, amount: 100; party: kommunen, total: 800",
            ),
            [700, 300],
        ),
        (  # those of the year alone leave out its second quarter, which the years together have
            plan(("2024-02-01", 100_000, "2024-Q1"), ("2024-09-01", 225_000, "2024-H2"), ("2024-12-01", 575_000, "2024-01-01/2025-12-31")),
            [64_286, 128_571, 707_143],
        ),
        (plan(("2024-02-01", 0, "2024"), rows="party: kommunen, total: 5"), [3]),
        (plan(("2024-02-01", 9, "2024-03-01/2025-02-28"), rows="party: kommunen, amount: 12"), [12]),
        (plan(("2024-02-01", 6, "2024-H2"), rows="party: kommunen, amount: 12"), [6]),
    ],
)  # fmt: skip
def test_an_instalment_is_for_its_part_of_the_budget(
    agreement_text: AgreementText, text: str, wanted: list[int]
) -> None:
    """Of the years by their days, of totals as the instalments have it (I1 to I3)."""
    assert budgets(case_of(agreement_text(text))) == wanted


# ------------------------------------------------------------------ corners
def test_entries_with_gaps_join_what_they_share(agreement_text: AgreementText) -> None:
    """A year without its spring, and an invoice from May to September."""
    events = [
        sent("1", "2024", 450_000),
        "2024-01-02, event: credit, number: 2, of: 1, period: 2024-Q2",
        sent("3", "2024-05-01/2024-09-30", 75_000),
    ]
    case = case_of(agreement_text(YEARLY + log(*events)))

    assert left(case)[0] == ("2024-04", 37_500)
    assert off(case) == []


def test_an_extension_changes_no_days(agreement_text: AgreementText) -> None:
    """What is off for them is so from their first day on."""
    text = (
        "validity: {start: 2024-01-01, end: 2024-12-31, extension: {kind: mutual, years: 1}}\n"
        + YEARLY
        + log(sent("1", "2024", 460_000), "2024-05-20, event: extension, until: 2025-12-31")
    )

    assert off(case_of(agreement_text(text))) == [("2024", -10_000, [("1", 10_000)])]


def test_days_of_nothing_are_no_bill(agreement_text: AgreementText) -> None:
    """The row has ended with what was invoiced, beside instalments for other rows."""
    text = """
economy:
  contributions:
    - {party: kommunen, item: A, amount: 450000, board: SN, end: 2024-06-30}
    - {party: kommunen, item: B, amount: 0, board: KN}
invoicing:
  - {seller: foreningen, buyer: kommunen, board: SN, timing: advance}
  - {seller: foreningen, buyer: kommunen, board: KN, end: 2024-06-30}
  - seller: foreningen
    buyer: kommunen
    board: KN
    start: 2024-07-01
    instalments: [{date: 2024-07-01, amount: 0, period: 2024-H2}]
"""
    case = case_of(agreement_text(text + log(sent("1", "2024-H1", 225_000, more=", board: SN"))))

    assert [(each.period.text, each.closed) for each in case.bills] == [
        ("2024-H1", True),
        ("2024-H2", False),
    ]


def test_instalments_that_others_lie_in_are_found(agreement_text: AgreementText) -> None:
    """An invoice of a month is for the year that it lies in, until that is full."""
    text = plan(("2024-02-01", 37_500, "2024-02"), ("2024-02-01", 412_500, "2024"))
    events = [sent("1", "2024-06", 412_500), sent("2", "2024-07", 5)]
    case = case_of(agreement_text(text + log(*events)))

    assert left(case) == [("2024-02", 37_500)]
    assert off(case) == [("2024-07", -5, [("2", 5)])]


@pytest.mark.parametrize(
    ("stated", "row", "told"),
    [
        (450_000, "party: kommunen, amount: 900000", []),
        (450_000, "party: kommunen, item: Lokaler, form: cash", []),
    ],
)
def test_a_cut_instalment_is_compared_with_what_is_known(
    agreement_text: AgreementText, stated: int, row: str, told: list[object]
) -> None:
    """Where the budget has as much left, or is unknown, nothing is off."""
    text = plan(("2024-02-01", stated, "2024"), rows=row)
    end = "2024-05-20, event: termination, effective: 2024-06-30"

    assert off(case_of(agreement_text(text + log(sent("1", "2024", stated), end)))) == told


def test_what_was_open_again_is_nobody_s(agreement_text: AgreementText) -> None:
    """A credit before it made both committees open."""
    events = [
        sent("1", "2024", 225_000, more=", board: SN"),
        "2024-01-03, event: credit, number: 2, of: 1",
        sent("3", "2024", 225_000, day="2024-01-04"),
    ]
    earlier = [events[0], sent("3", "2024", 225_000), events[1]]

    assert [
        each.called for each in case_of(agreement_text(BOTH + log(*events))).ledger.unclear
    ] == ["3"]
    assert case_of(agreement_text(BOTH + log(*earlier))).ledger.unclear == ()


def test_days_that_no_payer_has_are_unclear(agreement_text: AgreementText) -> None:
    """Neither by their blocks nor by an amount; an unknown budget has none."""
    ended = BOTH.replace("board: SN}\n", "board: SN, end: 2024-12-31}\n").replace(
        "board: KN}\n", "board: KN, end: 2024-12-31}\n"
    )
    unknown = BOTH.replace("amount: 450000, board", "form: cash, board")

    for text, period in ((ended, "2025"), (unknown, "2024"), (unknown, "2024-H1")):
        case = case_of(agreement_text(text + log(sent("1", period, 5))))
        assert [each.called for each in case.ledger.unclear] == ["1"]


def test_an_invoice_goes_out_by_the_terms_of_its_day(agreement_text: AgreementText) -> None:
    """Account and codes of the day; a party that is not there yet is as it will be (H)."""
    text = """
parties:
  kommunen: {role: public, name: Exempels kommun}
  foreningen: {role: civil, name: Föreningen Exemplet, bankgiro: 991-2346}
invoicing: {seller: foreningen, buyer: kommunen, interval: quarterly, reference: A}
log:
  - date: 2024-06-01
    event: amendment
    effective: 2024-07-01
    terms:
      parties:
        kommunen: {role: public, name: Exempels kommun}
        regionen: {role: public, name: Region Exempel}
        foreningen: {role: civil, name: Föreningen Exemplet, bankgiro: 160-9908}
      economy: {contributions: [{party: kommunen, amount: 1}, {party: regionen, amount: 450000}]}
      invoicing:
        - {seller: foreningen, buyer: kommunen, interval: quarterly, reference: B}
        - {seller: foreningen, buyer: regionen, interval: quarterly, reference: C}
"""
    case = case_of(agreement_text(text))

    def told(bill: Bill, day: date) -> tuple[str | None, str | None]:
        dated = bill.sent(case.on(day))
        return dated.terms.parties["foreningen"].bankgiro, dated.invoicing.reference

    second = next(each for each in case.bills if each.period.text == "2024-Q2")
    region = next(each for each in case.bills if each.buyer == "regionen")
    assert told(second, date(2024, 6, 30)) == ("991-2346", "A")
    assert told(second, date(2024, 7, 5)) == ("160-9908", "B")
    assert told(region, date(2024, 6, 20)) == ("160-9908", "C")


def test_what_is_shared_already_stays_together(agreement_text: AgreementText) -> None:
    """Both parts of a year without its spring meet one invoice from February to September."""
    events = [
        sent("1", "2024", 450_000),
        "2024-01-02, event: credit, number: 2, of: 1, period: 2024-Q2",
        sent("3", "2024-02-01/2024-09-30", 112_500),
    ]
    case = case_of(agreement_text(YEARLY + log(*events)))

    assert (left(case), off(case)) == ([("2025", 450_000)], [])


def test_an_amount_tells_whose_it_was_when_it_was_logged(agreement_text: AgreementText) -> None:
    """What terms of later give the same days to another is no guess at whose an invoice was."""
    invoicing = (
        "invoicing:\n  - {seller: foreningen, buyer: kommunen, board: SN}\n"
        "  - {seller: foreningen, buyer: kommunen, board: KN}\n"
    )
    rows = "[{{party: kommunen, item: A, amount: {}, board: SN}}, {{party: kommunen, item: B, amount: {}, board: KN}}]"  # fmt: skip
    economy = f"economy: {{contributions: {rows.format(400_000, 300_000)}}}\n"
    terms = f"terms: {{economy: {{contributions: {rows.format(300_000, 400_000)}}}}}"
    swapped = f"2024-05-01, event: amendment, effective: 2024-01-01, {terms}"
    one = case_of(agreement_text(economy + invoicing + log(sent("1", "2024", 400_000), swapped)))

    (posting,) = one.ledger.postings
    assert posting.account
    assert posting.account.board == "SN"


def test_whose_an_invoice_of_a_renewed_agreement_is(agreement_text: AgreementText) -> None:
    """Its days are those of then: a year that has grown since gave it less."""
    text = agreement_text(
        "validity: {start: 2024-01-01, end: 2024-06-30, extension: {kind: automatic, years: 1}}\n"
        "economy:\n  contributions:\n"
        "    - {party: kommunen, item: A, amount: 400000, board: SN}\n"
        "    - {party: kommunen, item: B, amount: 300000, board: KN}\n"
        "invoicing:\n"
        "  - {seller: foreningen, buyer: kommunen, board: SN, timing: advance}\n"
        "  - {seller: foreningen, buyer: kommunen, board: KN, timing: advance}"
        + log(sent("1", "2024-H1", 200_000))
    )

    (posting,) = case_of(text).ledger.postings
    assert posting.account
    assert posting.account.board == "SN"


def test_a_credit_names_the_seller_where_several_have_the_number(
    agreement_text: AgreementText,
) -> None:
    """Each seller has a series of its own: without a name nobody knows whose invoice it is of."""
    text = """
economy:
  contributions:
    - {party: kommunen, item: A, amount: 1000, receiver: foreningen}
    - {party: kommunen, item: B, amount: 2000, receiver: gården}
parties:
  kommunen: {role: public, name: Exempels kommun}
  foreningen: {role: civil, name: Föreningen}
  gården: {role: civil, name: Gården}
invoicing:
  - {seller: foreningen, buyer: kommunen}
  - {seller: gården, buyer: kommunen}
""".replace("gården", "garden")
    both = [
        sent("1", "2024", 1000, more=", seller: foreningen"),
        sent("1", "2024", 2000, more=", seller: garden"),
    ]
    credit = "2024-06-01, event: credit, number: 2, of: 1"
    named = case_of(agreement_text(text + log(*both, f"{credit}, seller: foreningen")))
    vague = case_of(agreement_text(text + log(*both, credit)))
    unnamed = [sent("1", "2024", 1000), sent("1", "2024", 2000, more=", seller: garden")]
    of_none = case_of(agreement_text(text + log(*unnamed, f"{credit}, seller: foreningen")))

    assert left(named)[0] == ("2024", 1000)
    assert [period for period, _ in left(vague)] == ["2025", "2025"]
    assert [(event.number, of) for _, event, of in vague.ledger.vague] == [("2", (0, 1))]
    check = credit_of_nothing.check
    assert check
    assert [(found.path, found.remedy) for found in check(vague)] == [
        (("log", 2, "of"), "write its seller")
    ]
    assert left(of_none)[0] == ("2024", 1000)


def test_what_a_vague_credit_may_have_taken_back_is_not_told_to_be_credited(
    agreement_text: AgreementText,
) -> None:
    """Another seller's invoice of the same number, logged later, makes the credit vague."""
    text = """\
parties:
  kommunen: {role: public, name: Kommunen}
  foreningen: {role: civil, name: Föreningen}
  garden: {role: civil, name: Gården}
economy:
  contributions:
    - {party: kommunen, item: A, amount: 1000, receiver: foreningen}
    - {party: kommunen, item: B, amount: 2000, receiver: garden}
invoicing:
  - {seller: foreningen, buyer: kommunen}
  - {seller: garden, buyer: kommunen}
"""
    credit = "2024-06-01, event: credit, number: 2, of: 1"
    logged = [
        sent("1", "2024", 2000, more=", seller: garden"),
        sent("1", "2024", 1000, more=", seller: foreningen"),
        sent("3", "2024", 1000, more=", seller: foreningen"),
    ]
    vague = case_of(agreement_text(text + log(*logged, credit)))
    told = case_of(agreement_text(text + log(*logged, f"{credit}, seller: foreningen")))
    without = case_of(agreement_text(text + log(*logged)))

    assert (off(vague), off(told)) == ([], [])
    assert off(without) == [("2024", -1000, [("3", 1000)])]
    assert ledger_table([vague], vague.as_of).notes == (
        "exempel-2024: whose invoice 1 the credit 2 is of can't be told, and it is in no line: "
        "write its seller in the log",
    )


def test_money_comes_back_from_whom_it_was_paid_to(agreement_text: AgreementText) -> None:
    """A payment that does not name its payer is not meant while one that does is there."""
    text = BOTH.replace("board: SN}", "board: SN, method: payout}").replace("board: KN}", "method: payout}")  # fmt: skip
    paid = [
        "2024-01-02, event: payment, period: 2024, amount: 225000, buyer: kommunen, receiver: foreningen, board: SN",
        "2024-01-02, event: payment, period: 2024, amount: 225000, buyer: kommunen, receiver: foreningen",
        "2024-01-02, event: payment, period: 2024-H1, amount: 300, repaid: true, buyer: kommunen, receiver: foreningen, board: SN",
    ]
    one = case_of(agreement_text(text + log(*paid)))

    assert [int(each.credited) for each in one.ledger.postings] == [300, 0]


def test_a_total_with_an_end_of_its_own_goes_on_with_the_agreement(
    agreement_text: AgreementText,
) -> None:
    """Its days are those that it names, though they are beyond the end first agreed on."""
    text = agreement_text(
        "validity: {start: 2024-01-01, end: 2024-06-30, extension: {kind: automatic, years: 1}}\n"
        "economy:\n  contributions:\n"
        "    - {party: kommunen, item: A, total: 9000, start: 2024-05-01, end: 2025-03-31}\n"
        "invoicing: {seller: foreningen, buyer: kommunen}"
    )

    assert left(case_of(text, date(2024, 7, 1))) == [("2024-05-01/2025-03-31", 9000)]


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (
            "end: 2025-03-31",
            "what is owed of a total for 2024-01-01/2025-03-31 that ended on 2024-06-30 is not "
            "stated",
        ),
        (
            "start: 2023-11-01",
            "what is owed of a total for 2023-11-01/2024-06-30, of which it has those from "
            "2024-01-01 on, is not stated",
        ),
    ],
)
def test_a_total_is_owed_when_all_of_its_own_days_are_held(
    agreement_text: AgreementText, days: str, why: str
) -> None:
    """As the budget has it: not a part of them, of which nobody has said what it costs."""
    text = agreement_text(
        "validity: {start: 2024-01-01, end: 2024-06-30}\n"
        f"economy: {{contributions: [{{party: kommunen, item: A, total: 9000, {days}}}]}}\n"
        "invoicing: {seller: foreningen, buyer: kommunen}"
    )
    (bill,) = case_of(text, date(2024, 7, 1)).bills

    assert (bill.amount, [part.reason for part in bill.parts]) == (None, [why])


@pytest.mark.parametrize(
    ("row", "bills"),
    [
        ("total: 900, start: 2024-01-01, end: 2025-12-31", [("2024-01-01/2025-12-31", 900)]),
        (  # another sum, or other days: what is owed of the first nobody has said
            "total: 901, start: 2024-01-01, end: 2025-12-31",
            [("2024-01-01/2025-12-31", None)],
        ),
        ("total: 900", [("2024-01-01/2025-12-31", None), ("2024-07-01/2025-12-31", 900)]),
        (
            "total: 900, board: SN, start: 2024-01-01, end: 2025-12-31",
            [("2024-01-01/2025-12-31", None)],
        ),
    ],
)
def test_a_total_that_new_terms_have_for_its_days_is_one(
    agreement_text: AgreementText, row: str, bills: list[tuple[str, int | None]]
) -> None:
    """It is billed once, also when terms change once more, and is in the budget once."""
    rows = "economy: {contributions: [{party: kommunen, total: 900}]}\n"
    events = [
        f"2024-06-01, event: amendment, effective: {day}, "
        f"terms: {{economy: {{contributions: [{{party: kommunen, {row}}}]}}}}"
        for day in ("2024-07-01", "2025-02-01")
    ]
    once = case_of(agreement_text(rows + YEARLY + log(events[0])))
    twice = case_of(agreement_text(rows + YEARLY + log(*events)))

    assert left(once) == bills
    if bills[-1][1]:
        assert [each.amount for each in once.figures] == [900] * len(bills)
    if len(bills) == 1 and bills[0][1]:
        assert left(twice) == bills


def test_a_total_goes_on_when_its_parties_are_amended(agreement_text: AgreementText) -> None:
    """Another name or account of the seller cuts off none of its days."""
    parties = "{kommunen: {role: public, name: K}, foreningen: {role: civil, name: Nya F}}"
    event = f"2024-06-01, event: amendment, effective: 2024-07-01, terms: {{parties: {parties}}}"
    rows = "economy: {contributions: [{party: kommunen, total: 900}]}\n"

    assert left(case_of(agreement_text(rows + YEARLY + log(event)))) == [
        ("2024-01-01/2025-12-31", 900)
    ]


def test_an_invoice_is_no_part_of_another_payers_bill(agreement_text: AgreementText) -> None:
    """Where one payer has a bill for its very days, another's share of a year is a coincidence."""
    text = BOTH.replace("450000", "685", 1)
    text = text.replace("kommunen, board: KN}", "kommunen, board: KN, interval: half_yearly}")
    one = case_of(agreement_text(text + log(sent("1", "2024-H1", 172))))

    assert [each.number for each in one.ledger.unclear] == ["1"]


def test_an_invoice_of_some_of_the_days_leaves_in_doubt_whose_another_is(
    agreement_text: AgreementText,
) -> None:
    """One of two equal payers has been invoiced in part: the whole may be either's."""
    part = sent("1", "2024-Q1", 56_250, more=", board: SN")
    whole = sent("3", "2024", 225_000, more=", board: SN")
    one = case_of(agreement_text(BOTH + log(part, sent("2", "2024", 225_000))))
    other = case_of(agreement_text(BOTH + log(whole, sent("2", "2024", 225_000))))

    assert [each.number for each in one.ledger.unclear] == ["2"]
    assert [each.account and each.account.board for each in other.ledger.postings] == ["SN", "KN"]


def test_a_part_that_is_anothers_but_for_roundings_is_in_doubt(
    agreement_text: AgreementText,
) -> None:
    """Who invoices a part of a period rounds as they like; a bill of these very days is exact."""
    text = BOTH.replace("450000, board", "450003, board")
    log_ = log(sent("1", "2024-Q2", 56_250))
    part = case_of(agreement_text(text + log_))
    exact = text.replace("board: KN}\n", "board: KN, interval: quarterly}\n")
    whole = case_of(agreement_text(exact + log_))
    done = sent("2", "2024", 225_002, more=", board: SN")
    other = case_of(agreement_text(text + log(done, sent("1", "2024-Q2", 56_250))))

    assert [each.number for each in part.ledger.unclear] == ["1"]
    assert [each.account and each.account.board for each in whole.ledger.postings] == ["KN"]
    assert [each.account and each.account.board for each in other.ledger.postings] == ["SN", "KN"]


def test_a_part_of_days_that_were_invoiced_is_nobodys_for_its_amount(
    agreement_text: AgreementText,
) -> None:
    """It may be a supplement of another payer's, of whom the budget has come to ask more."""
    rows = "contributions: [{party: kommunen, amount: 12000}, {party: region, amount: 13200}%s]"
    text = agreement_text(
        "parties:\n  kommunen: {role: public, name: K}\n  region: {role: public, name: R}\n"
        "  foreningen: {role: civil, name: F}\n"
        f"economy: {{{rows % ''}}}\n"
        "invoicing:\n  - {seller: foreningen, buyer: kommunen}\n"
        "  - {seller: foreningen, buyer: region}\n"
    )
    raise_ = "effective: 2024-04-01, terms: {economy: {%s}}" % (
        rows % ", {party: kommunen, amount: 13200}"
    )
    logged = [
        sent("1", "2024", 12_000, more=", buyer: kommunen"),
        sent("2", "2024", 13_200, more=", buyer: region"),
        f"2024-03-01, event: amendment, {raise_}",
    ]
    again = case_of(text + log(*logged, sent("3", "2024-05", 1_100, day="2024-03-02")))
    twice = case_of(text + log(*logged, sent("3", "2024", 13_200, day="2024-03-02")))

    assert [each.number for each in again.ledger.unclear] == ["3"]
    assert [each.account and each.account.buyer for each in twice.ledger.postings][2] == "region"


def test_days_that_a_credit_has_opened_are_one_of_two_payers_again(
    agreement_text: AgreementText,
) -> None:
    """Of a part of an invoice, too: the next for these days may be either's."""
    events = [
        sent("1", "2024", 225_000, more=", board: SN"),
        "2024-03-01, event: credit, number: 2, of: 1, period: 2024-Q2",
        sent("3", "2024-Q2", 56_250, day="2024-03-01"),
    ]
    before = case_of(agreement_text(BOTH + log(events[0], events[2], events[1])))
    after = case_of(agreement_text(BOTH + log(*events)))

    assert [each.account and each.account.board for each in before.ledger.postings] == ["SN", "KN"]
    assert [each.number for each in after.ledger.unclear] == ["3"]


def test_a_payment_for_all_days_of_a_total_is_for_what_days_give_too(
    agreement_text: AgreementText,
) -> None:
    """Where it was logged after the end was moved, and nobody knows what is owed of the total."""
    rows = "{party: kommunen, total: 14000}, {party: kommunen, amount: 24000}"
    text = agreement_text(
        "validity: {start: 2024-01-01, end: 2024-12-31}\n"
        f"economy: {{contributions: [{rows}]}}\ninvoicing: {{seller: foreningen, buyer: kommunen}}\n"
    )
    ended = "2024-05-01, event: termination, effective: 2024-06-30"
    paid = "2024-05-01, event: payment, period: 2024, amount: 38000"
    alone = "2024-05-01, event: payment, period: 2024, amount: 14000"

    assert left(case_of(text + log(ended, paid))) == []
    assert left(case_of(text + log(paid, ended))) == []
    assert left(case_of(text + log(ended, alone))) == [("2024-H1", 12_000)]


def books(text: str) -> list[tuple[str, int, int]]:
    """Return of each line of the ledger what was invoiced and what is open."""
    found = list(lines([case_of(text)]))
    assert {each.lack.known for each in found if each.lack.complete} <= {0}
    return [(each.year, int(each.invoiced.known), int(each.open.known)) for each in found]


def test_invoices_of_two_years_are_off_in_both(agreement_text: AgreementText) -> None:
    """As the budget of each lacks it, be it more or less; where that is not known, for their days."""
    both = [sent("1", "2024-07-01/2025-06-30", 450_000), sent("2", "2025-07-01/2026-06-30", 450_000)]  # fmt: skip
    text = agreement_text(f"validity: {{start: 2024-07-01, end: 2026-12-31}}\n{YEARLY}")
    less = "effective: 2024-07-01, terms: {economy: {contributions: [{party: kommunen, amount: 400000}]}}"  # fmt: skip
    gone = "effective: 2025-07-01, terms: {economy: {contributions: [{party: kommunen, by_year: {2026: 1}}]}}"  # fmt: skip
    half = text.replace("yearly", "half_yearly")

    assert books(text + log(*both, f"2024-05-20, event: amendment, {less}")) == [
        ("2024", 225_000, -25_000),
        ("2025", 450_000, -50_000),
        ("2026", 225_000, 175_000),
    ]
    changed = (f"2024-05-20, event: amendment, {each}" for each in (less, gone))
    assert books(half + log(both[0], *changed))[:2] == [
        ("2024", 225_000, -25_000),
        ("2025", 225_000, -25_000),
    ]
    stood_by = "\nexceptions: [{rule: IOP426, path: log.0, reason: Ja}]"
    alone = sent("3", "2026-H2", 500_000)
    lines_ = list(lines([case_of(text + stood_by + log(alone, *both, f"2024-05-20, event: amendment, {less}"))]))  # fmt: skip
    assert [(each.year, int(each.open.known)) for each in lines_] == [
        ("2024", 0),
        ("2024-07-01/2025-06-30", -50_000),
        ("2025", 0),
        ("2025-07-01/2026-06-30", -50_000),
        ("2026", 0),
    ]


def test_what_has_become_a_total_alone_stands_in_its_line(agreement_text: AgreementText) -> None:
    """With its credit, as it was sent."""
    total_ = "effective: 2024-07-01, terms: {economy: {contributions: [{party: kommunen, total: 1000}]}}"  # fmt: skip
    events = [
        sent("1", "2024-Q4", 1_500),
        f"2024-02-01, event: amendment, {total_}",
        "2024-02-02, event: credit, number: 2, of: 1, amount: 500",
    ]
    text = agreement_text(YEARLY.replace("yearly", "quarterly") + log(*events))

    assert books(text) == [("2024", 0, 225_000), ("2024-07-01/2025-12-31", 1_500, 0)]


def test_each_line_of_the_ledger_comes_out_even(agreement_text: AgreementText) -> None:
    """Also where a quarter's invoice has become a part of a total, or one is for two years."""
    total_ = "effective: 2024-07-01, terms: {economy: {contributions: [{party: kommunen, total: 1000}]}}"  # fmt: skip
    replaced = [
        sent("1", "2024-Q4", 3_000),
        sent("2", "2025-Q1", 250),
        f"2024-02-01, event: amendment, {total_}",
    ]
    raised_ = [
        sent("1", "2024-07-01/2025-06-30", 450_000),
        raised("2024-01-01", 500_000),
        "2024-06-01, event: credit, number: 2, of: 1, amount: 1000",
    ]
    parts, years = (
        list(lines([case_of(agreement_text(block + log(*events)))]))
        for block, events in (
            (YEARLY.replace("yearly", "quarterly"), replaced),
            (YEARLY, raised_),
        )
    )

    assert {each.lack for each in (*parts, *years)} == {ZERO}
    assert [(each.year, int(each.invoiced.known), int(each.open.known)) for each in parts] == [
        ("2024", 2_000, 223_000),
        ("2024-07-01/2025-12-31", 1_000, 0),
        ("2025", 250, -250),
    ]
    assert [(each.year, int(each.open.known)) for each in years] == [
        ("2024", 275_500),
        ("2025", 275_500),
    ]


# ------------------------------------------------------------------ a total beside what days give
@pytest.mark.parametrize(
    ("event", "open_"),
    [
        ("2024-05-20, event: termination, effective: 2024-08-31", []),
        ("2024-05-20, event: extension, until: 2024-10-31", [("2024-10", None)]),
    ],
    ids=["ended", "extended"],
)
def test_a_total_invoiced_with_a_year_leaves_its_days_closed(
    agreement_text: AgreementText,
    event: str,
    open_: list[tuple[str, int | None]],
) -> None:
    """One invoice was for both; when the days change, it is not the total's alone.

    What the total's row gives in a month that was added is for the parties to say.
    """
    text = f"""
validity: {{start: 2024-01-01, end: 2024-09-30}}
economy:
  contributions:
    - {{party: kommunen, item: Handledning, amount: 120000}}
    - {{party: kommunen, item: Uppstart, total: 25000}}
{YEARLY}"""
    events = log(sent("1", "2024-01-01/2024-09-30", 115_000), event)
    case = case_of(agreement_text(text + events), date(2024, 6, 1))

    assert left(case) == open_
    assert case.differences == ()


def test_an_invoice_is_compared_with_what_rows_have_for_their_own_days(
    agreement_text: AgreementText,
) -> None:
    """What is left of a year may be either committee's, when the row begins in its last quarter."""
    text = """
economy:
  contributions:
    - {party: kommunen, item: Stöd, amount: 80000, start: 2024-10-01, board: {SN: 50, KN: 50}}
invoicing:
  - {seller: foreningen, buyer: kommunen, board: SN, interval: yearly, timing: arrears}
  - {seller: foreningen, buyer: kommunen, board: KN, interval: monthly, timing: arrears}
"""
    case = case_of(agreement_text(text + log(
        sent("1", "2024-01", 500, more=", seller: foreningen, buyer: kommunen, board: SN"),
        sent("2", "2024-10", 3_333, more=", seller: foreningen, buyer: kommunen, board: KN"),
        sent("3", "2024-02-01/2024-12-31", 10_000),
    )))  # fmt: skip

    assert [each.called for each in case.ledger.unclear] == ["3"]


def test_a_part_of_an_instalment_is_compared_with_that_part_of_its_amount(
    agreement_text: AgreementText,
) -> None:
    """Whose an invoice is that names no committee is told by its amount."""
    text = """
economy:
  contributions:
    - {party: kommunen, item: Stöd, amount: 60000, board: {SN: 25, KN: 75}}
invoicing:
  - {seller: foreningen, buyer: kommunen, board: SN, instalments: [{date: 2024-03-01, amount: 15000, period: 2024}]}
  - {seller: foreningen, buyer: kommunen, board: KN, instalments: [{date: 2024-03-01, amount: 45000, period: 2024}]}
"""
    case = case_of(agreement_text(text + log(sent("1", "2024-Q1", 11_250))))

    assert [each.account and each.account.board for each in case.ledger.postings] == ["KN"]
