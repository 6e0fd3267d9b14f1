"""Which VAT an invoice states, and what each category needs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from iopctl.case import vat
from iopctl.model import Invoicing, Party


def invoicing(**said: str) -> Invoicing:
    """Return an invoicing with what is *said* of its VAT."""
    return Invoicing(seller="a", buyer="b", **said)


def party(**said: object) -> Party:
    """Return a seller with what is *said* of it."""
    return Party.model_validate({"role": "civil", "name": "Föreningen Exemplet", **said})


@pytest.mark.parametrize(
    ("said", "tax", "reason"),
    [
        ({}, "0", vat.OUTSIDE),
        ({"vat": "E", "vat_reason": "Social omsorg"}, "0", "Social omsorg"),
        ({"vat": "S"}, "0", None),
        ({"vat_reason": "Social omsorg"}, "0", vat.OUTSIDE),
        ({"vat": "S", "vat_percent": "25", "vat_reason": "Social omsorg"}, "2500.01", None),
        ({"vat": "S", "vat_percent": "25"}, "2500.01", None),
        ({"vat": "S", "vat_percent": "6"}, "600.00", None),
    ],
)
def test_only_what_is_taxed_has_vat(said: dict[str, str], tax: str, reason: str | None) -> None:
    """To the öre, half up; without VAT there is a reason."""
    own = invoicing(**said)

    assert vat.tax(Decimal("10000.02"), own) == Decimal(tax)
    assert vat.reason(own) == reason


REASON = {"vat_reason": "Social omsorg"}
ADDRESS = {"lines": ["Storgatan 1"], "postal_code": "581 81", "city": "EXEMPEL"}


@pytest.mark.parametrize(
    ("said", "seller", "lacking"),
    [
        ({}, {}, []),
        ({"vat_percent": "0"}, {}, []),
        ({"vat_percent": "25"}, {}, ["no vat_percent"]),
        (
            {"vat": "S"},
            {},
            [
                "vat_percent: 6, 12 or 25",
                "the seller's vat_number",
                "the seller's address, with postal_code and city",
            ],
        ),
        (
            {"vat": "S", "vat_percent": "25"},
            {"vat_number": "SE899900012101", "address": {**ADDRESS, "postal_code": "581 8"}},
            ["the seller's address, with postal_code and city"],
        ),
        (
            {"vat": "S", "vat_percent": "25"},
            {"vat_number": "SE899900012101", "address": ADDRESS},
            [],
        ),
        (
            {"vat": "S", "vat_percent": "25", **REASON},
            {"vat_number": "SE899900012101", "address": ADDRESS},
            ["no vat_reason"],
        ),
        ({"vat": "E"}, {}, ["vat_reason", "the seller's vat_number or f_tax"]),
        ({"vat": "E", **REASON}, {"f_tax": "true"}, []),
        ({"vat": "E", "vat_percent": "25", **REASON}, {"f_tax": "true"}, ["no vat_percent"]),
    ],
)
def test_a_category_needs_what_its_rules_ask(
    said: dict[str, str], seller: dict[str, object], lacking: list[str]
) -> None:
    """O needs nothing, S what the law asks of a taxed invoice, E a reason and a registration."""
    found = vat.lacking(invoicing(**said), party(**seller))

    assert [each.what for each in found] == lacking


def test_each_need_names_its_field_and_who_asks() -> None:
    """So that the finding stands at the key, and the reader can look the rule up."""
    law = "ML 17 kap. 24 §"
    taxed = vat.lacking(invoicing(vat="S"), party())
    exempt = vat.lacking(invoicing(vat="E", vat_percent="25"), party())

    assert [(each.of, each.field, each.source) for each in (*taxed, *exempt)] == [
        ("invoicing", "vat_percent", law),
        ("seller", "vat_number", law),
        ("seller", "address", law),
        ("invoicing", "vat_reason", "BR-E-10"),
        ("seller", "vat_number", "BR-E-02"),
        ("invoicing", "vat_percent", "BR-E-05"),
    ]
