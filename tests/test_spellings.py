"""How people spell days, amounts, accounts and addresses, and what files have of it."""

from __future__ import annotations

import pytest

from iopctl.cli import spellings
from iopctl.errors import UserError
from iopctl.model.identifiers import OrgNumber
from iopctl.model.scalars import Kronor


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/1 2027", "2027-01-01"),
        ("31.12.2027", "2027-12-31"),
        ("den 5 Januari 2027", "2027-01-05"),
        ("1 okt. 2027", "2027-10-01"),
        ("Tills  vidare", "open"),
        ("1 foo 2027", "1 foo 2027"),
        ("32/13 2027", "2027-13-32"),
        ("2027-01", "2027-01"),
    ],
)
def test_days(text: str, expected: str) -> None:
    """What is none stays what it is, and is then refused as a day."""
    assert spellings.day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("450 000 kr", "450000"),
        ("450000:-", "450000"),
        ("1 250,50", "1250.50"),
        ("1,5 milj", "1500000"),
    ],
)
def test_amounts(text: str, expected: str) -> None:
    """Blanks and the unit say nothing; a comma is before öre."""
    assert spellings.of(Kronor)(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("yearly", "yearly"), ("Kvartal", "quarterly"), ("half-yearly", "half_yearly")],
)
def test_intervals(text: str, expected: str) -> None:
    """In English or Swedish."""
    assert spellings.interval(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("5050-1055", "bankgiro", "5050-1055"),
        ("28 65 43-4", "plusgiro", "286543-4"),
        ("se4550000000058398257466", "iban", "SE4550000000058398257466"),
    ],
)
def test_accounts(text: str, kind: str, expected: str) -> None:
    """Their form tells which they are."""
    assert spellings.kind_of_account(text) == kind
    assert spellings.account(text) == expected


@pytest.mark.parametrize("text", ["nej", "bg 5050-1055", "SE"])
def test_words_in_place_of_an_account(text: str) -> None:
    """They are told of every kind of account, not of an IBAN alone."""
    with pytest.raises(UserError, match="write a bankgiro as 1234-5674") as refused:
        spellings.account(text)

    assert str(refused.value).startswith(f"{text}: ")


def test_a_number_is_written_as_files_have_it() -> None:
    """Where it is certain what it says."""
    assert spellings.of(OrgNumber)("2120000449") == "212000-0449"


def test_addresses() -> None:
    """Lines, then the postal code and the city."""
    text = "Fakturor, Box 1, 58181 Ekeby"

    assert spellings.address(text) == text
    assert spellings.address_data(text) == {
        "lines": ["Fakturor", "Box 1"],
        "postal_code": "581 81",
        "city": "Ekeby",
    }


@pytest.mark.parametrize(
    ("spelling", "text"),
    [
        (spellings.interval, "ibland"),
        (spellings.account, "50501055"),
        (spellings.account, "5050-1056"),
        (spellings.address, "Box 1, Ekeby"),
        (spellings.address, ", 123 45 Ekeby"),
        (spellings.of(OrgNumber), "212000-0448"),
    ],
)
def test_what_is_not_certain_is_refused(spelling: spellings.Spelling, text: str) -> None:
    """Rather than guessed."""
    with pytest.raises(UserError):
        spelling(text)
