"""What an invoice says in Swedish: the words of its period, and all its marking in one note."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl import dates
from iopctl.case.marking import in_words, note, subject
from iopctl.localised import in_full
from iopctl.model import Invoicing

if TYPE_CHECKING:
    from iopctl.dates import Period


def period(text: str) -> Period:
    """Return a period as files write it."""
    found = dates.period(text)
    assert found
    return found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024", "helår 2024"),
        ("2020-01-01/2022-12-31", "åren 2020–2022"),
        ("2020/2022", "åren 2020–2022"),
        ("2024-H2", "halvår 2 2024"),
        ("2024-T2", "tertial 2 2024"),
        ("2024-Q1", "kvartal 1 2024"),
        ("2024-02", "februari 2024"),
        ("2023-02/2023-03", "februari–mars 2023"),
        ("2024-02/2024-04", "februari–april 2024"),
        ("2021-09/2022-12", "september 2021–december 2022"),
        ("2023-09-15/2023-12-31", "15 september–31 december 2023"),
        ("2023-09-01/2023-12-30", "1 september–30 december 2023"),
        ("2023-09-15/2025-06-30", "15 september 2023–30 juni 2025"),
        ("2024-02-29", "29 februari 2024"),
    ],
)
def test_a_period_in_words(text: str, words: str) -> None:
    """Whole years and their usual parts have names; other periods are months, or days."""
    assert in_words(period(text)) == words


def test_a_day_in_full() -> None:
    """A day has its month's name and no leading zero."""
    assert in_full(date(2024, 12, 1)) == "1 december 2024"


def test_all_marking_stands_in_one_note() -> None:
    """Reference, marking, label and period, in the order that the agreements have them."""
    full = Invoicing(
        seller="a", buyer="b", reference="150Z", marking="ID 150010, AKTIVITET: 450211", label="IOP"
    )

    assert subject(full, period("2024")) == "IOP, helår 2024"
    assert note(full, period("2024")) == (
        "Referenskod: 150Z. Märkning: ID 150010, AKTIVITET: 450211. IOP, helår 2024."
    )


def test_what_is_missing_leaves_no_gap() -> None:
    """Without label and codes the note is the period alone."""
    assert note(Invoicing(seller="a", buyer="b"), period("2024")) == "helår 2024."
