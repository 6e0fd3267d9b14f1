"""How people answer: days and amounts as they spell them, parties by their short names."""

from __future__ import annotations

import pytest

from iopctl.cli.asking import names, spelled
from iopctl.drafting.skeleton import Answers


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
def test_days_are_read_as_people_spell_them(text: str, expected: str) -> None:
    """What is none stays what it is, and is then refused as a day."""
    assert spelled(text) == expected


def test_a_party_is_known_by_its_short_name() -> None:
    """In capitals or not; who is not known keeps the name that was given."""
    known = {
        "Linköpings kommun": {"role": "public"},
        "Internationella Kvinnoföreningen": {"role": "civil", "short_name": "IKF"},
    }
    given = names(Answers("x", "X", "linköpings kommun", ("ikf", "Bilda")), known)

    assert given.public == "Linköpings kommun"
    assert given.civil == ("Internationella Kvinnoföreningen", "Bilda")
