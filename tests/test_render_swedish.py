"""Papers are in plain Swedish, and what is unknown is said to be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iopctl import dates, localised
from iopctl.case.case import Case
from iopctl.config import DEFAULT
from iopctl.model.parties import Party
from iopctl.papers import swedish
from iopctl.tables import UNKNOWN, ZERO, Amount
from tests.test_budget import case_of
from tests.test_duties import varied

if TYPE_CHECKING:
    from tests.conftest import AgreementText


def test_kronor_of_all_years_stand_beside_those_of_unknown_ones() -> None:
    """What is stated a year is told beside a sum for the whole period."""
    whole, yearly = Amount(Decimal(900), complete=False), Amount(Decimal(5))
    found = swedish.kronor(UNKNOWN, whole, yearly).replace("\u00a0", " ")
    least = swedish.kronor(UNKNOWN, whole, Amount(Decimal(5), complete=False))

    assert found == "900 kr för hela avtalstiden, och 5 kr per år, åren okända"
    assert least.startswith("minst ")


@pytest.mark.parametrize(
    ("amount", "undivided", "expected"),
    [
        (Amount(Decimal(590000)), ZERO, "590 000 kr"),
        (Amount(Decimal("662500.50")), ZERO, "662 500,50 kr"),
        (ZERO, ZERO, "0 kr"),
        (Amount(Decimal(120000), complete=False), ZERO, "minst 120 000 kr"),
        (UNKNOWN, Amount(Decimal(900_000)), "900 000 kr för hela avtalstiden"),
        (
            UNKNOWN,
            Amount(Decimal(900_000), complete=False),
            "minst 900 000 kr för hela avtalstiden",
        ),
        (
            Amount(Decimal(1000), complete=False),
            Amount(Decimal(900_000)),
            "minst 1 000 kr, och 900 000 kr för hela avtalstiden",
        ),
        (UNKNOWN, ZERO, "uppgift saknas"),
    ],
)
def test_kronor_are_never_made_up(amount: Amount, undivided: Amount, expected: str) -> None:
    """A sum is whole, a least, the period's, or missing."""
    found = swedish.kronor(amount, undivided)

    assert found.replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Överenskommelse med Matbanken", "”Överenskommelse med Matbanken”"),
        ("Samverkansavtal 2024", "”Samverkansavtal 2024”"),
        ("IOP Matbanken", "IOP Matbanken"),
        ("Hemmet för gemenskap", "Hemmet för gemenskap"),
    ],
)
def test_no_word_stands_twice_before_a_title(title: str, expected: str) -> None:
    """`överenskommelsen Överenskommelse med …` is told apart by quotes."""
    assert swedish.named(title) == expected


def test_figures_do_not_break_over_lines() -> None:
    """Groups, kr and % are joined to their figure by no-break spaces."""
    assert swedish.kronor(Amount(Decimal(1710000))) == "1\u00a0710\u00a0000\u00a0kr"
    assert swedish.percent(Decimal("58.245")) == "58,2\u00a0%"
    assert swedish.percent(None) == "uppgift saknas"
    assert swedish.benchmark(DEFAULT.benchmark) == "40–60\u00a0%"
    assert localised.number(Decimal("12500.50")) == "12\u00a0500,5"


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        ("50", "hälften"),
        ("50.00", "hälften"),
        ("33.34", "en tredjedel"),
        ("25", "en fjärdedel"),
        ("20", "en femtedel"),
        ("12.5", "12,5\u00a0%"),
    ],
)
def test_common_parts_have_words(percent: str, expected: str) -> None:
    """As the memos have them; others are percent."""
    assert swedish.part_of_whole(Decimal(percent)) == expected


def test_numbers_are_letters_up_to_twelve() -> None:
    """One has a form of its own with each word."""
    assert [localised.in_letters(each) for each in (0, 1, 2, 12, 13)] == [
        "noll",
        "ett",
        "två",
        "tolv",
        "13",
    ]
    assert localised.in_letters(1, "en") == "en"
    assert [swedish.times(each) for each in (1, 3)] == ["en gång", "tre gånger"]


def test_what_was_counted_is_told_with_its_unit() -> None:
    """A single number before its unit, several after theirs."""
    assert swedish.counted({"deltagare": Decimal(39)}) == "39 deltagare"
    assert swedish.counted({"Nyanlända": Decimal(151), "Par": Decimal("74.5")}) == (
        "Nyanlända: 151, Par: 74,5"
    )


@pytest.mark.parametrize(
    ("volume", "expected"),
    [
        ("{unit: deltagare, target: 60, measure: per_year}", "60 deltagare per år"),
        ("{unit: platser, target: 70, measure: places}", "70 platser samtidigt"),
        ("{unit: par, target: 7}", "7 par"),
        ("{unit: par}", "uppgift saknas"),
    ],
)
def test_a_target_tells_its_measure(
    agreement_text: AgreementText, volume: str, expected: str
) -> None:
    """A stock is not a flow."""
    found = case_of(agreement_text(f"volume: [{volume}]")).terms[0].volume[0]

    assert swedish.target(found) == expected


def test_lists_end_with_and() -> None:
    """As a sentence has them."""
    assert [localised.listed(each) for each in ((), ("A",), ("A", "B"), ("A", "B", "C"))] == [
        "",
        "A",
        "A och B",
        "A, B och C",
    ]


def test_parties_are_called_by_name_or_number() -> None:
    """The short name in a table, the whole one in a sentence."""
    named = Party(role="civil", name="Kvinnoföreningen", short_name="IKF")
    counted = Party.model_validate({"role": "civil", "count": "3"})

    assert (swedish.called(named), swedish.in_whole(named)) == ("IKF", "Kvinnoföreningen")
    assert swedish.called(counted) == "3 organisationer"


@pytest.mark.parametrize(
    ("written", "day", "in_month", "period"),
    [
        ("2024-12-31", "31 december 2024", "31 december 2024", "31 december 2024"),
        ("2018-06", "juni 2018", "i juni 2018", "juni 2018"),
        ("2018", "2018", "2018", "2018"),
    ],
)
def test_dates_are_told_as_far_as_they_are_known(
    written: str, day: str, in_month: str, period: str
) -> None:
    """A month stays a month."""
    found = dates.day_month_or_year(written)

    assert found is not None
    assert swedish.day(found) == day
    assert swedish.in_month(found) == in_month
    assert swedish.period(found) == period


def test_periods_have_names() -> None:
    """A half-year is one."""
    found = dates.period("2022-H1")

    assert found is not None
    assert swedish.period(found) == "halvår 1 2022"


@pytest.mark.parametrize(
    ("months", "expected"),
    [(24, "två år"), (12, "ett år"), (18, "18 månader"), (1, "en månad")],
)
def test_lengths_are_years_where_they_are_whole(months: int, expected: str) -> None:
    """Eighteen months are not one and a half years."""
    assert swedish.length(months) == expected


@pytest.mark.parametrize(
    ("validity", "expected"),
    [
        ("{start: 2024-01-01, end: 2025-12-31}", "1 januari 2024–31 december 2025"),
        ("{start: 2024-01-01, end: open}", "från 1 januari 2024, tills vidare"),
        ("{end: open}", "tills vidare"),
        ("{end: 2025-12-31}", "till 31 december 2025"),
        ("{start: 2024-01-01}", "från 1 januari 2024"),
        ("{signed: 2018-06, years: 2}", "två år, undertecknad i juni 2018"),
        ("{signed: 2018}", "undertecknad 2018"),
        ("{notice_months: 6}", "uppgift saknas"),
    ],
)
def test_validity_is_told_as_far_as_it_is_known(
    agreement_text: AgreementText, validity: str, expected: str
) -> None:
    """An end or a start that is not written is not told."""
    found = case_of(agreement_text(f"validity: {validity}"), date(2024, 6, 1))

    assert swedish.validity(found) == expected


def test_an_agreement_without_validity_has_none(agreement_text: AgreementText) -> None:
    """It is missing, and not tills vidare."""
    found = case_of(agreement_text(without="validity"))

    assert swedish.validity(found) == "uppgift saknas"


@pytest.mark.parametrize(
    ("extension", "log", "as_of", "expected"),
    [
        ("", "", "2025-02-01", ""),
        (
            "{kind: mutual, times: 2, years: 2}",
            "",
            "2025-02-01",
            "Parterna kan tillsammans förlänga överenskommelsen två gånger, med två år i taget.",
        ),
        (
            "{kind: mutual, times: 2, years: 2}",
            "{date: 2025-01-10, event: extension}",
            "2025-02-01",
            "Parterna kan tillsammans förlänga överenskommelsen en gång, med två år.",
        ),
        (
            "{kind: mutual, times: 1, years: 2}",
            "{date: 2025-01-10, event: extension}",
            "2025-02-01",
            "En fortsättning kräver en ny överenskommelse.",
        ),
        (
            "{kind: option, times: 1}",
            "",
            "2025-02-01",
            "Den offentliga parten kan förlänga överenskommelsen en gång.",
        ),
        ("{kind: mutual}", "", "2025-02-01", "Parterna kan tillsammans förlänga överenskommelsen."),
        (
            "{kind: mutual, years: 1}",
            "",
            "2025-02-01",
            "Parterna kan tillsammans förlänga överenskommelsen med ett år i taget.",
        ),
        ("{kind: mutual, times: 1, years: 1}", "", "2026-01-01", ""),
        (
            "{kind: option, times: 1, years: 1}",
            "{date: 2025-01-10, event: option_declined}",
            "2025-02-01",
            "Möjligheten att förlänga utnyttjas inte.",
        ),
        (
            "{kind: option, times: 1, years: 1}",
            "{date: 2025-01-10, event: termination, effective: 2025-06-30}",
            "2025-02-01",
            "",
        ),
        ("{kind: unspecified}", "", "2025-02-01", ""),
        (
            "{kind: unspecified, years: 2}",
            "",
            "2025-02-01",
            "Överenskommelsen kan förlängas med två år i taget.",
        ),
        (
            "{kind: automatic, months: 6}",
            "",
            "2025-02-01",
            "Överenskommelsen förlängs av sig själv med sex månader i taget om ingen säger upp den.",
        ),
        (
            "{kind: option, options: [{years: 3}, {years: 2}, {months: 6}]}",
            "",
            "2025-02-01",
            "Den offentliga parten kan förlänga överenskommelsen, först med tre år och sedan med två år och med sex månader.",
        ),
        (
            "{kind: mutual, options: [{years: 3}, {years: 2}]}",
            "{date: 2025-01-10, event: extension}",
            "2025-02-01",
            "Parterna kan tillsammans förlänga överenskommelsen en gång, med två år.",
        ),
        ("{kind: none}", "", "2025-02-01", "En fortsättning kräver en ny överenskommelse."),
    ],
)
def test_only_what_is_left_of_extensions_is_told(
    extension: str, log: str, as_of: str, expected: str
) -> None:
    """Who decides, how often and how long: not what was declined, used up, or has lapsed."""
    granted = f", extension: {extension}" if extension else ""
    agreement = varied(
        f"validity: {{start: 2024-01-01, end: 2025-12-31{granted}}}", f"log: [{log}]"
    )
    case = Case(agreement, date.fromisoformat(as_of))

    assert swedish.extension(case, is_neuter=False) == expected


def test_a_partnership_is_neuter() -> None:
    """Det, where an överenskommelse is den."""
    granted = "validity: {start: 2024-01-01, years: 2, extension: {kind: automatic, years: 1}}"
    case = Case(varied(granted), date(2024, 2, 1))

    assert swedish.extension(case, is_neuter=True) == (
        "Partnerskapet förlängs av sig självt med ett år i taget om ingen säger upp det."
    )


@pytest.mark.parametrize(
    ("board", "told"),
    [
        ("Arbetsmarknadsnämnden", "arbetsmarknadsnämnden"),
        ("Kommunstyrelsen", "kommunstyrelsen"),
        ("Barn- och ungdomsnämnden", "barn- och ungdomsnämnden"),
        ("BIN", "BIN"),
        ("Socialnämnden Väster", "Socialnämnden Väster"),
        ("Region Norr", "Region Norr"),
    ],
)
def test_a_committee_begins_small_within_a_sentence(board: str, told: str) -> None:
    """But an abbreviation, and what has a name in it, stay as they are."""
    assert swedish.in_running_text(board) == told


def test_organisations_without_names_are_as_many_as_they_say() -> None:
    """The same name twice is one; eight and one unnamed are nine."""
    parties = [
        Party.model_validate(each)
        for each in (
            {"role": "civil", "name": "Linjen"},
            {"role": "civil", "name": "Linjen"},
            {"role": "civil", "count": "8"},
            {"role": "civil", "count": "1"},
        )
    ]

    assert swedish.count_of(parties) == 10
