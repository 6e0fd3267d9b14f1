"""Which blocks are in force when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from iopctl.model import terms
from tests.test_model import read

if TYPE_CHECKING:
    from tests.conftest import AgreementText

AMENDED = """
    log:
      - {date: 2024-05-02, event: meeting}
      - {date: 2024-06-01, event: amendment, effective: 2024-09-01,
         terms: {economy: {contributions: [{party: kommunen, amount: 500000}]}}}
      - {date: 2024-07-01, event: amendment, effective: 2025-01-01,
         terms: {follow_up: {meetings_per_year: 4}}}
"""


def test_without_amendments_one_set_of_terms_has_no_bounds(agreement_text: AgreementText) -> None:
    """The validity, not the terms, says when the agreement holds."""
    (only,) = terms(read(agreement_text()), date(2030, 1, 1))

    assert (only.first, only.last) == (None, None)
    assert only.path("economy", "contributions", 0) == ("economy", "contributions", 0)


def test_an_amendment_rules_from_its_day_and_says_where_it_stands(
    agreement_text: AgreementText,
) -> None:
    """Blocks that it does not name stay, with the place where they are written."""
    before, changed, last = terms(read(agreement_text(AMENDED)), date(2024, 12, 1))

    assert (before.last, changed.first) == (date(2024, 8, 31), date(2024, 9, 1))
    assert (changed.last, last.first) == (date(2024, 12, 31), date(2025, 1, 1))
    assert last.path("economy") == ("log", 1, "terms", "economy")
    assert last.path("follow_up") == ("log", 2, "terms", "follow_up")
    assert last.path("parties") == ("parties",)


def test_an_amendment_not_yet_made_does_not_count(agreement_text: AgreementText) -> None:
    """Seen from a day before it was logged, nothing has changed, whenever it is to rule."""
    assert len(terms(read(agreement_text(AMENDED)), date(2024, 6, 15))) == 2
    assert len(terms(read(agreement_text(AMENDED)), date(2024, 5, 31))) == 1


def test_of_two_amendments_for_one_day_the_later_rules(agreement_text: AgreementText) -> None:
    """The second replaces the blocks of the first, which never was in force."""
    text = AMENDED.replace("2025-01-01", "2024-09-01")
    _, last = terms(read(agreement_text(text)), date(2024, 12, 1))

    assert last.follow_up is not None
    assert last.economy.contributions[0].amount == 500000


def test_the_base_year_is_stated_or_that_of_the_economys_start(
    agreement_text: AgreementText,
) -> None:
    """An amendment of something else does not move the prices' year."""
    before, changed, last = terms(read(agreement_text(AMENDED)), date(2024, 12, 1))
    undated = "validity: {end: 2025-12-31}\neconomy: {contributions: []}"
    (nothing,) = terms(read(agreement_text(undated)), date(2024, 12, 1))

    assert [each.base_year for each in (before, changed, last)] == [2024, 2024, 2024]
    assert nothing.base_year is None


def test_a_row_is_cash_from_the_public_side_and_in_kind_from_the_civil(
    agreement_text: AgreementText,
) -> None:
    """Unless the row says otherwise; parties of both sides in one row make it mixed."""
    text = """
        economy:
          contributions:
            - {party: kommunen, amount: 1}
            - {party: foreningen, amount: 2}
            - {party: foreningen, amount: 3, form: cash}
            - {party: [kommunen, foreningen], amount: 4}
    """
    (only,) = terms(read(agreement_text(text)), date(2024, 12, 1))

    assert [only.form(row) for row in range(4)] == ["cash", "in_kind", "cash", "cash"]
    assert [only.side(row) for row in range(4)] == ["public", "civil", "civil", "mixed"]
