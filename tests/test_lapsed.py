"""Options are offered while they may be taken; what goes on by itself is no option."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl.case.extended import when_extended
from iopctl.editor import summaries
from iopctl.editor.words import Wording
from iopctl.listings import budget, notes, status
from iopctl.listings.page import page
from iopctl.papers import pictures
from tests.test_budget import case_of

if TYPE_CHECKING:
    from iopctl.case.case import Case
    from tests.conftest import AgreementText

BEFORE, AFTER = date(2023, 12, 31), date(2024, 1, 1)
OPTION = """validity:
  {start: 2020-01-01, end: 2023-12-31, extension: {kind: option, times: 2, years: 1}}
"""
AUTOMATIC = """validity:
  {start: 2020-01-01, end: 2023-12-31, notice_months: 3, extension: {kind: automatic, years: 1}}
"""


def groups(*cases: Case) -> set[str]:
    """Return the titles over the columns of a budget with options."""
    table = budget.table(cases, cases[0].as_of, options=True)
    return {column.group for column in table.columns}


def fields(case: Case) -> dict[str, str]:
    """Return the validity on an agreement's page."""
    [found] = [each for each in page(case, ()) if each.name == "validity"]
    return {str(row.cells[0]): str(row.cells[1]) for row in found.rows}


def test_options_are_shown_to_the_last_day_and_no_longer(agreement_text: AgreementText) -> None:
    """On the last day they may be taken; on the day after there are none, and none is left."""
    text = agreement_text(OPTION)
    before, after = case_of(text, BEFORE), case_of(text, AFTER)

    assert groups(before) == {"", "if options are taken"}
    assert groups(after) == {""}
    assert [fields(before)[key] for key in ("options left", "latest end")] == ["2", "2025-12-31"]
    assert [fields(after)[key] for key in ("options left", "latest end")] == ["0", "2023-12-31"]
    assert fields(before)["option"] == "2025-01-01 to 2025-12-31"
    assert "option" not in fields(after)


def test_the_editor_tells_of_extensions_that_nothing_limits(agreement_text: AgreementText) -> None:
    """There is no latest end to name."""
    text = agreement_text(OPTION.replace("option, times: 2", "mutual"))

    assert "may be extended without limit" in summaries.validity(
        case_of(text, BEFORE), Wording("en")
    )


def test_no_listing_offers_what_has_lapsed(agreement_text: AgreementText) -> None:
    """Neither status nor the notes nor the editor nor a picture."""
    text = agreement_text(OPTION)
    for day, left, latest in ((BEFORE, 2, date(2025, 12, 31)), (AFTER, 0, BEFORE)):
        case = case_of(text, day)
        shown = budget.table([case], day)
        told = any(
            "extensions not yet taken" in each
            for each in notes.of_budget([case], shown, options=False)
        )
        [row] = status.table([case], day, (), {}).rows
        picture = pictures.validity([case], day)

        assert (row.cells[5], row.cells[3]) == (left, latest)
        assert told == bool(left)
        assert ("med option till 31 december 2025" in picture.description) == bool(left)
        assert ("at the latest" in summaries.validity(case, Wording("en"))) == bool(left)
        assert ("- Options left: 2" in summaries.reach(case, Wording("en"))) == bool(left)


def test_an_option_that_was_taken_in_time_and_logged_late_is_no_credit(
    agreement_text: AgreementText,
) -> None:
    """An invoice for days that an option would add is not asked back before that is settled."""
    text = agreement_text(
        f"{OPTION}invoicing: {{seller: foreningen, buyer: kommunen, interval: yearly}}\n"
        "log: [{date: 2024-02-01, event: invoice, number: '1', period: 2024, amount: 450000}]"
    )

    assert case_of(text, date(2024, 3, 1)).differences == ()


def test_what_goes_on_by_itself_is_no_option(agreement_text: AgreementText) -> None:
    """Its next term comes unless somebody gives notice, and that is what is said of it."""
    option = case_of(agreement_text(OPTION), date(2023, 6, 1))
    automatic = case_of(agreement_text(f"id: exempel-2\n{AUTOMATIC}"), date(2023, 6, 1))
    open_ended = case_of(agreement_text("validity: {start: 2020-01-01, end: open}"))

    assert groups(automatic) == {"", "unless notice is given"}
    assert groups(option, automatic) == {"", "if extended"}
    assert fields(automatic)["goes on unless terminated"] == "2024-01-01 to 2024-12-31"
    assert "option" not in fields(automatic)
    assert when_extended([open_ended]) == "taken"


@pytest.mark.parametrize(
    ("validities", "row", "key"),
    [
        ([OPTION], "2024 option", "option, ännu inte beslutad."),
        ([AUTOMATIC], "2024 förlängning", "förlängning, om ingen säger upp."),
        ([OPTION, AUTOMATIC], "2024 förlängning", "förlängning, ännu inte beslutad."),
    ],
)
def test_pictures_tell_them_apart(
    agreement_text: AgreementText, validities: list[str], row: str, key: str
) -> None:
    """In the rows of the costs, and under them."""
    cases = [
        case_of(agreement_text(f"id: exempel-{number}\n{each}"), date(2023, 6, 1))
        for number, each in enumerate(validities)
    ]
    picture = pictures.costs(cases, date(2023, 6, 1))

    assert row in picture.rows
    assert picture.key == f"Tusen kronor. Streckad kontur: {key}"


def test_the_bar_of_what_goes_on_by_itself_says_so(agreement_text: AgreementText) -> None:
    """The picture of the validity has no option for it."""
    case = case_of(agreement_text(AUTOMATIC), date(2023, 6, 1))

    assert "och går vidare till 31 december 2024 om ingen säger upp." in (
        pictures.validity([case], date(2023, 6, 1)).description
    )
