"""Countries by their codes: what is one, and what was meant by what is none."""

from __future__ import annotations

import pytest

from iopctl.countries import codes, is_known, meant


@pytest.mark.parametrize("code", ["SE", "GB", "GR", "AX", "XI", "1A"])
def test_a_code_of_the_list_is_known(code: str) -> None:
    """Northern Ireland and Kosovo, too, which are no codes of ISO 3166-1."""
    assert is_known(code)
    assert code in codes()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UK", "GB"),
        ("EL", "GR"),
        ("se", "SE"),
        ("Sverige", "SE"),
        ("NORWAY ", "NO"),
        ("AN", None),  # three countries came after it
        ("EU", None),
        ("XK", None),
        ("SWE", "SE"),
        ("752", "SE"),
        ("Atlantis", None),
    ],
)
def test_what_is_no_code_is_understood_where_it_can_be(text: str, code: str | None) -> None:
    """Aliases and names, in Swedish and English; never a guess among several."""
    assert not is_known(text)
    assert meant(text) == code
