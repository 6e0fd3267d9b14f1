"""Papers call kronor those of a year only where they are: not of a part, nor of unknown years."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl.config import DEFAULT
from iopctl.papers import annual, contract, memo, overview
from iopctl.papers.annual import annual as of_annual
from iopctl.papers.memo import memo as of_memo
from iopctl.papers.overview import overview as of_overview
from iopctl.papers.partnership import Partnership
from iopctl.papers.texts import none
from tests.test_budget import case_of

if TYPE_CHECKING:
    from tests.conftest import AgreementText

DAY = date(2026, 11, 29)
NONE = none("t.md")
TOTALS = """economy:
  contributions:
    - {party: kommunen, item: Bidrag, total: 2100000}
    - {party: foreningen, item: Lokaler, total: 300000}
"""


def of_memo_on(text: str, year: int | None = None) -> str:
    """Return the memo on an agreement of *year*, with plain spaces."""
    found = of_memo(case_of(text, DAY), year)
    return memo.markdown(found, NONE).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("validity", "year", "expected"),
    [
        ("{start: 2020-05-01, end: 2022-12-31}", 2020, "2020 (1 maj–31 december): 600 000 kr"),
        ("{start: 2020-05-01, end: 2022-12-31}", 2021, "per år (2021): 900 000 kr"),
        ("{start: 2025-04-01}", 2025, "2025 (från 1 april): 675 000 kr"),
        ("{end: 2027-05-31}", None, "per år: 900 000 kr, åren okända"),
    ],
)
def test_a_part_of_a_year_is_not_called_a_year(
    agreement_text: AgreementText, validity: str, year: int | None, expected: str
) -> None:
    """Eight months of 900 000 kr a year are told with their days; unknown years have no number."""
    economy = """
        economy:
          contributions:
            - {party: kommunen, item: Bidrag, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    told = of_memo_on(agreement_text(f"validity: {validity}\n{economy.strip()}"), year)

    assert f"- Värde {expected}\n" in told


def test_days_on_both_sides_of_a_gap_are_both_told(agreement_text: AgreementText) -> None:
    """A year with a gap is two parts of a year."""
    changes = """
        validity:
          {start: 2024-01-01, end: 2025-03-31, extension: {kind: mutual, times: 1, months: 3}}
        log: [{date: 2025-09-01, event: extension, start: 2025-10-01}]
    """

    assert "Värde 2025 (1 januari–31 mars och 1 oktober–31 december): " in of_memo_on(
        agreement_text(changes), 2025
    )


def test_a_year_that_only_a_report_tells_of_is_no_part(agreement_text: AgreementText) -> None:
    """What it was worth is not known, and of which of its days neither."""
    changes = """
        economy: {contributions: [{party: kommunen, by_year: {2016: 5}}]}
        log: [{date: 2021-02, event: report, year: 2020}]
    """
    told = of_memo_on(agreement_text(changes, without="validity"), 2020)

    assert "- Värde per år (2020): uppgift saknas\n" in told


def test_a_sum_for_the_whole_period_has_no_year(agreement_text: AgreementText) -> None:
    """Neither where no day is known, nor where all are."""
    undated = of_memo_on(agreement_text(TOTALS, without="validity"))
    dated = of_memo_on(agreement_text(f"{TOTALS}validity: {{start: 2022-01-01, end: 2024-12-31}}"))

    for told in (undated, dated):
        assert "- Värde: 2 400 000 kr för hela avtalstiden\n" in told
        assert "- Kommunens kostnad: 2 100 000 kr för hela avtalstiden\n" in told


@pytest.mark.parametrize(
    ("validity", "expected"),
    [
        ("{start: 2022, end: 2024-12-31}", "2022–31 december 2024"),
        ("{start: 2022-03, end: 2027}", "mars 2022–2027"),
        ("{start: 2022, end: open}", "från 2022, tills vidare"),
        ("{start: 2022}", "från 2022"),
        ("{end: 2027}", "till och med 2027"),
        ("{end: 2027-05-31}", "till 31 maj 2027"),
        ("{start: 2022-03-15, years: 2}", "15 mars 2022–14 mars 2024"),
        ("{signed: 2020-10, years: 3}", "tre år, undertecknad i oktober 2020"),
    ],
)
def test_no_day_is_told_that_the_file_does_not_know(
    agreement_text: AgreementText, validity: str, expected: str
) -> None:
    """A start known to the year is that year, not its first of January."""
    told = of_memo_on(agreement_text(f"validity: {validity}"))

    assert f"- Avtalstid: {expected}\n" in told


def test_an_amended_end_keeps_what_is_known_of_the_start(agreement_text: AgreementText) -> None:
    """An amendment that writes a new end alone knows no more of the start."""
    changes = """
        validity: {start: 2022, end: 2024-12-31}
        log:
          - {date: 2024-06-01, event: amendment, effective: 2024-07-01,
             terms: {validity: {end: 2027-06-30}}}
    """

    assert "- Avtalstid: 2022–30 juni 2027\n" in of_memo_on(agreement_text(changes))


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2024", "2024"), ("2024-06", "i juni 2024"), ("2024-06-30", "den 30 juni 2024")],
)
def test_when_it_ended_is_told_as_far_as_it_is_known(
    agreement_text: AgreementText, end: str, expected: str
) -> None:
    """The memo on an ended agreement names no day that nobody wrote."""
    told = of_memo_on(agreement_text(f"validity: {{start: 2022-01-01, end: {end}}}"))

    assert f"Partnerskapet upphörde {expected}." in told


def test_the_agreement_itself_says_the_month_alone(agreement_text: AgreementText) -> None:
    """Its own text is no surer of its days than its record."""
    text = agreement_text("validity: {start: 2018-09, end: 2020}")

    assert "från och med september 2018 till och med 2020." in contract.markdown(
        case_of(text, DAY), NONE
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("start: 2024-11-01, end: 2025-02-28", "för 1 november 2024–28 februari 2025"),
        ("start: 2024-11", "för tiden från november 2024"),
        ("end: 2025-02-28", "för tiden till och med 28 februari 2025"),
    ],
)
def test_a_total_of_a_rows_own_days_is_not_the_whole_periods(
    agreement_text: AgreementText, days: str, expected: str
) -> None:
    """The annual report and the agreement name the days of what is paid for four months."""
    text = agreement_text(f"""
        validity: {{start: 2024-01-01, end: 2025-12-31}}
        economy:
          contributions:
            - {{party: kommunen, item: Uppstart, total: 25000, {days}}}
    """)
    found = Partnership(case_of(text, DAY), 2024)

    assert f"| 25\u00a0000\u00a0kr {expected} |" in annual.markdown(of_annual(found), NONE)
    assert f"| 25\u00a0000\u00a0kr {expected} |" in contract.markdown(found.case, NONE)


def of_overview_on(texts: list[str], year: int) -> str:
    """Return the overview of a year."""
    cases = [case_of(each, DAY) for each in texts]
    return overview.markdown(of_overview(cases, year, None, DAY, DEFAULT), NONE)


def test_an_overview_with_a_part_of_a_year_names_the_year(agreement_text: AgreementText) -> None:
    """Its columns are of that year; where all are whole years they are of a year."""
    part = agreement_text("validity: {start: 2020-05-01, end: 2022-12-31}")

    assert "| Värde 2020 | Kommunens kostnad 2020 |" in of_overview_on([part], 2020)
    assert "| Värde per år | Kommunens kostnad per år |" in of_overview_on([part], 2021)


@pytest.mark.parametrize(
    ("civil", "expected"),
    [
        ("foreningen: {role: civil, name: A}", "har 2026, med en idéburen part."),
        (
            "foreningen: {role: civil, name: A}\n  o: {role: civil, count: 4}",
            "har 2026, med sammanlagt nio idéburna parter.",
        ),
        ("foreningen: {role: funder, name: A}", "har 2026."),
    ],
)
def test_the_parties_of_an_overview_are_counted_in_words(
    agreement_text: AgreementText, civil: str, expected: str
) -> None:
    """One party is in the singular, and none is no number."""
    parties = f"parties:\n  kommunen: {{role: public, name: Exempels kommun}}\n  {civil}\n"
    validity = "validity: {start: 2025-01-01, end: 2027-12-31}"
    one, other = (
        agreement_text(f"{parties}{validity}").replace("id: exempel", f"id: {name}")
        for name in ("exempel", "annan")
    )

    assert expected in of_overview_on([one, other], 2026)


@pytest.mark.parametrize(
    ("boards", "told"),
    [
        ((None,), "nämnden"),
        (("Socialnämnden",), "nämnden"),
        (("Kommunstyrelsen",), "kommunstyrelsen"),
        (("Socialnämnden", "Kulturnämnden"), "nämnderna"),
        (("Regionstyrelsen", "BIN"), "BIN och regionstyrelsen"),
    ],
)
def test_a_memo_informs_those_who_read_it(
    agreement_text: AgreementText, boards: tuple[str | None, ...], told: str
) -> None:
    """A board that is no nämnd is called by its name, and several are several."""
    named = [f", board: {each}" if each else "" for each in boards]
    public = [f"  k{n}: {{role: public, name: K{n}{each}}}\n" for n, each in enumerate(named)]
    parties = f"parties:\n{''.join(public)}  foreningen: {{role: civil, name: F}}\n"
    economy = "economy: {contributions: [{party: k0, item: B, amount: 1}]}\n"

    assert f"Här informeras {told} om hur det " in of_memo_on(agreement_text(parties + economy))
