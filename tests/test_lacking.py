"""All that index series lack is named, each value once: one run tells what there is to add."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iopctl.case.indexing import Raises, WhatIf
from iopctl.check.rules import BY_NAME
from iopctl.config import Config
from iopctl.listings.notes import by_reason, due_rates
from tests.test_budget import case_of

if TYPE_CHECKING:
    from pathlib import Path

    from iopctl.case.case import Case
    from tests.conftest import AgreementText, Run

DAY = date(2026, 6, 1)
CONFIG = Config.model_validate(
    {
        "index": {
            "OPI": {"unit": "percent", "values": {"2023": "3"}},
            "KPI": {"unit": "level", "values": {"2024": "400"}},
            "PKV": {"unit": "percent", "values": {"2024": "1", "2025": "1", "2026": "1"}},
        }
    }
)


def indexed(index: str, name: str = "exempel-2024") -> str:
    """Return the blocks of an agreement of 2023 to 2027 that follows an *index*."""
    return (
        f"id: {name}\n"
        "validity: {start: 2023-01-01, end: 2027-12-31}\n"
        f"economy: {{base_year: 2023, index: {index},"
        " contributions: [{party: kommunen, amount: 100}, {party: foreningen, amount: 50}]}\n"
    )


def missing(case: Case) -> list[str]:
    """Return what is missing, shortly: the series and the period."""
    found = by_reason((case.agreement.id, rate) for rate in due_rates(case))
    return [
        reason.removeprefix("index series ").partition(":")[0].replace(" has no value for", "")
        for reason in found
    ]


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        ("{series: OPI}", ["OPI 2024", "OPI 2025", "OPI 2026"]),
        ("{series: KPI}", ["KPI 2023", "KPI 2025", "KPI 2026"]),
        ("{series: OPI, lag_years: 1}", ["OPI 2024", "OPI 2025"]),
        ("{series: KPI, base: {period: 2023}}", ["KPI 2023", "KPI 2025", "KPI 2026"]),
        ("{series: KPI, base: {period: 2023}, cap: 9}", ["KPI 2023", "KPI 2025", "KPI 2026"]),
        (
            "{composite: [{series: PKV, weight: 90}, {series: OPI, weight: 10}]}",
            ["OPI 2024", "OPI 2025", "OPI 2026"],
        ),
        ("{series: XYZ}", ["XYZ is not in iopctl.toml"]),
        ("{series: PKV}", []),
        ("{percent: 2}", []),
        ("unspecified", []),
        ("{steps: {2024: 2}}", []),
    ],
)
def test_every_value_that_is_due_is_named_once(
    agreement_text: AgreementText, index: str, expected: list[str]
) -> None:
    """Of the years to this one, those that a raise is reckoned from; 2027's may be to come."""
    assert missing(case_of(agreement_text(indexed(index)), DAY, CONFIG)) == expected


def test_what_nothing_raises_lacks_nothing() -> None:
    """Neither without an index nor without a year that it is counted from."""
    assert list(Raises(None, 2023, CONFIG.index).lacking(DAY)) == []
    assert list(Raises("unspecified", None, CONFIG.index).lacking(DAY)) == []


def test_a_percent_in_place_of_the_index_needs_no_value(agreement_text: AgreementText) -> None:
    """What is reckoned with instead, from 2025 on, leaves 2024 alone to be known."""
    case = case_of(agreement_text(indexed("{series: OPI}")), DAY, CONFIG, WhatIf(Decimal(2), 2025))

    assert missing(case) == ["OPI 2024"]


def test_the_check_names_the_year_that_needs_each(agreement_text: AgreementText) -> None:
    """Three values are three findings, each with the first year that waits for it."""
    check = BY_NAME["index-value-missing"].check
    assert check
    found = check(case_of(agreement_text(indexed("{series: OPI}")), DAY, CONFIG))

    assert [each.message for each in found] == [
        f"the amounts of {year} need the series OPI for {year}, which has no value"
        for year in (2024, 2025, 2026)
    ]


def test_agreements_that_need_the_same_share_a_line(
    run: Run, tmp_path: Path, agreement_text: AgreementText
) -> None:
    """On standard error, with their ids."""
    folder = tmp_path / "agreements"
    folder.mkdir()
    for name in ("ett-2023", "tva-2023"):
        (folder / f"{name}.yaml").write_text(
            agreement_text(indexed("{series: AKI}", name)), "utf-8"
        )
    (tmp_path / "iopctl.toml").write_text(
        '[index.AKI]\nunit = "percent"\nvalues = {2024 = 5}\n', "utf-8"
    )
    code, _, err = run("-C", tmp_path, "budget", "--as-of", "2026-06-01")

    assert code == 0
    assert err == "".join(
        f"index series AKI has no value for {year}: add it under [index.AKI] in iopctl.toml:"
        " until then figures are unknown of ett-2023, tva-2023\n"
        for year in (2025, 2026)
    )
