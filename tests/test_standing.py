"""Where an agreement stands on a day: decided days, options, terms in force, and its state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.case.stage import stage
from iopctl.config import DEFAULT, LeadTimes
from iopctl.dates import Period
from tests.test_extensions import (
    AUTOMATIC,
    FIXED,
    TWICE,
    declined,
    ended,
    extended,
    logs,
    moments,
    validities,
)
from tests.test_model import read

if TYPE_CHECKING:
    from iopctl.case.stage import Stage
    from tests.conftest import AgreementText

ORDER: dict[Stage, int] = {"upcoming": 0, "unknown": 1, "active": 1, "expiring": 2, "expired": 3}


def seen(validity: str, *log: str, as_of: date | str, status: str = "") -> Case:
    """Return an agreement with that validity and log, as a day sees it."""
    text = f"""
id: exempel-2024
title: Exempel
{status}
parties: {{kommunen: {{role: public, name: Exempels kommun}}}}
{validity and f"validity: {{{validity}}}"}
economy: {{contributions: []}}
log: [{", ".join(f"{{{each}}}" for each in log)}]
"""
    return Case(read(text), date.fromisoformat(str(as_of)))


# ------------------------------------------------------------------ decided days and options
@pytest.mark.parametrize(
    ("validity", "as_of", "decided"),
    [
        (FIXED, "2030-01-01", "2024-01-01/2025-12-31"),
        ("start: 2024-01-01, end: open", "2026-03-01", "2024-01-01/2026-12-31"),
        ("start: 2027-09-01, end: open", "2026-03-01", "2027-09-01/2027-12-31"),
        ("end: open", "2026-03-01", None),
        ("start: 2024-01-01", "2026-03-01", None),
        ("end: 2024-12-31", "2026-03-01", None),
        ("", "2026-03-01", None),
    ],
)
def test_the_decided_days(validity: str, as_of: str, decided: str | None) -> None:
    """Without end they run to the close of the year; where a bound is unknown there are none."""
    found = seen(validity, as_of=as_of).days
    shown = found and f"{found.first}/{found.last}"

    assert decided == shown


def test_with_an_unknown_start_they_begin_in_the_base_year(agreement_text: AgreementText) -> None:
    """The amounts are in that year's prices, so it is the first that they are known for."""
    found = Case(read(agreement_text("validity: {end: 2025-06-30}")), date(2024, 6, 1))

    assert found.days == Period.of(date(2024, 1, 1), date(2025, 6, 30))


def test_no_day_is_decided_of_what_was_ended_before_it_began() -> None:
    """Nothing was ever to be paid."""
    assert seen(FIXED, ended("2023-10-01", "2023-11-30"), as_of="2024-05-01").days is None


def test_options_are_one_span_after_the_decided_days() -> None:
    """All that may still be taken, from the day after the end."""
    found = seen(TWICE, as_of="2025-03-01")

    assert found.spans("decided") == (Period.of(date(2024, 1, 1), date(2025, 12, 31)),)
    assert found.spans("option") == (Period.of(date(2026, 1, 1), date(2029, 12, 31)),)
    assert seen(FIXED, as_of="2025-03-01").spans("option") == ()
    assert seen("", as_of="2025-03-01").spans("decided") == ()


def test_terms_that_share_an_economy_are_one_for_money(agreement_text: AgreementText) -> None:
    """An amendment of another block parts the terms of the day, not those of the figures."""
    text = agreement_text("""
        log:
          - {date: 2024-02-01, event: amendment, effective: 2024-04-01, terms: {volume: []}}
          - {date: 2024-05-01, event: amendment, effective: 2024-07-01,
             terms: {economy: {contributions: []}}}
          - {date: 2024-05-01, event: amendment, effective: 2024-10-01, terms: {volume: []}}
        """)
    found = Case(read(text), date(2025, 1, 1))
    joined = [(each.first, each.last) for each in found.economies]

    assert len(found.terms) == 4
    assert joined == [(None, date(2024, 6, 30)), (date(2024, 7, 1), None)]


def test_each_day_has_its_terms(agreement_text: AgreementText) -> None:
    """An amendment rules from the day it is effective, the first terms before all others."""
    text = agreement_text("""
        log:
          - {date: 2024-02-01, event: amendment, effective: 2024-04-01, terms: {volume: []}}
        """)
    found = Case(read(text), date(2025, 1, 1))

    assert found.in_force(date(2024, 3, 31)) is found.terms[0]
    assert found.in_force(date(2024, 4, 1)) is found.terms[1]


# ------------------------------------------------------------------ the state
@pytest.mark.parametrize(
    ("validity", "log", "as_of", "expected"),
    [
        (FIXED, [], "2023-12-31", "upcoming"),
        (FIXED, [], "2024-01-01", "active"),
        (FIXED, [], "2025-06-29", "active"),
        (FIXED, [], "2025-06-30", "expiring"),
        (FIXED, [], "2025-12-31", "expiring"),
        (FIXED, [], "2026-01-01", "expired"),
        (TWICE, [extended("2025-08-01")], "2025-08-01", "active"),
        (TWICE, [extended("2026-02-01")], "2026-02-01", "active"),
        (FIXED, [ended("2024-05-01", "2024-12-31")], "2024-05-01", "expiring"),
        (FIXED, [ended("2024-05-01", "2024-12-31")], "2025-01-01", "terminated"),
        (FIXED, [ended("2023-10-01", "2023-11-30")], "2023-11-30", "upcoming"),
        (FIXED, [ended("2023-10-01", "2023-11-30")], "2023-12-01", "terminated"),
        (AUTOMATIC, [], "2021-06-30", "active"),
        (AUTOMATIC, [], "2021-07-01", "active"),
        (AUTOMATIC, [declined("2021-06-01")], "2021-06-30", "expiring"),
        ("start: 2024-01-01, end: open", [], "2030-01-01", "active"),
        ("start: 2024-01-01, end: open", [], "2023-12-31", "upcoming"),
        ("end: open", [], "2030-01-01", "unknown"),
        ("end: 2024-12-31", [], "2020-01-01", "unknown"),
        ("end: 2024-12-31", [], "2025-01-01", "expired"),
        ("start: 2024-01-01", [], "2023-12-31", "upcoming"),
        ("start: 2024-01-01", [], "2024-01-01", "unknown"),
        ("", [], "2024-01-01", "unknown"),
    ],
)
def test_the_state_of_a_day(validity: str, log: list[str], as_of: str, expected: str) -> None:
    """Only what ends unless somebody acts is expiring, half a year ahead."""
    assert expected == stage(seen(validity, *log, as_of=as_of))


def test_a_draft_is_a_draft_on_every_day() -> None:
    """What is not agreed neither begins nor ends."""
    found = seen(FIXED, as_of="2030-01-01", status="status: draft")

    assert stage(found) == "draft"


@given(validity=validities.filter(lambda text: "automatic" not in text), as_of=moments)
def test_time_alone_leads_a_state_forward(validity: str, as_of: date) -> None:
    """Upcoming, active, expiring, expired: without events none comes back."""
    steps = [
        ORDER[stage(seen(validity, as_of=as_of + timedelta(days)))]
        for days in (0, 1, 40, 200, 500, 1200)
    ]

    assert steps == sorted(steps)


@given(validity=validities, log=logs, as_of=moments, lead=st.integers(1, 24))
def test_any_log_gives_one_state(validity: str, log: list[str], as_of: date, lead: int) -> None:
    """No sequence of events is beyond telling, and a day that is decided is not past its end."""
    found = seen(validity, *log, as_of=as_of)
    state = stage(
        replace(
            found,
            config=DEFAULT.model_copy(
                update={"lead": LeadTimes.model_construct(expiry_months=lead)}
            ),
        )
    )

    assert state in {"upcoming", "active", "expiring", "expired", "terminated", "unknown"}
    if any(days.overlap(as_of, as_of) for days in found.held):
        assert state in {"active", "expiring"}
