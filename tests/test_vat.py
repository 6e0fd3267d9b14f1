"""Which VAT an invoice states, and what each category needs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from iopctl.case import vat
from iopctl.model import Invoicing, Party


def invoicing(**said: str) -> Invoicing:
    """Return an invoicing with what is *said* of its VAT."""
    return Invoicing(seller="a", buyer="b", **said)


def party(**said: str) -> Party:
    """Return a seller with what is *said* of it."""
    return Party(role="civil", name="Föreningen Exemplet", **said)


@pytest.mark.parametrize(
    ("said", "tax", "reason"),
    [
        ({}, "0", vat.OUTSIDE),
        ({"vat": "E", "vat_reason": "Social omsorg"}, "0", "Social omsorg"),
        ({"vat": "S"}, "0", None),
        ({"vat": "S", "vat_percent": "25"}, "2500.01", None),
        ({"vat": "S", "vat_percent": "6"}, "600.00", None),
    ],
)
def test_only_what_is_taxed_has_vat(said: dict[str, str], tax: str, reason: str | None) -> None:
    """To the öre, half up; without VAT there is a reason."""
    own = invoicing(**said)

    assert vat.tax(Decimal("10000.02"), own) == Decimal(tax)
    assert vat.reason(own) == reason


@pytest.mark.parametrize(
    ("said", "seller", "lacking"),
    [
        ({}, {}, []),
        ({"vat_percent": "25"}, {}, ["no vat_percent"]),
        ({"vat": "S"}, {}, ["vat_percent: 6, 12 or 25", "the seller's vat_number"]),
        ({"vat": "S", "vat_percent": "25"}, {"vat_number": "SE899900012101"}, []),
        ({"vat": "E"}, {}, ["vat_reason", "the seller's vat_number or f_tax"]),
        ({"vat": "E", "vat_reason": "Social omsorg"}, {"f_tax": "true"}, []),
    ],
)
def test_a_category_needs_what_its_rules_ask(
    said: dict[str, str], seller: dict[str, str], lacking: list[str]
) -> None:
    """O needs nothing, S a Swedish rate and a VAT number, E a reason and a registration."""
    assert list(vat.lacking(invoicing(**said), party(**seller))) == lacking
