"""What agreements say that others may want to say likewise: parties, addresses, items, units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iopctl.model import Agreement

OF_BUYER: Final = (
    "recipient",
    "reference",
    "interval",
    "timing",
    "payment_days",
    "e_invoice",
    "portal",
    "peppol_id",
    "gln",
)
"""The keys of `invoicing` of which a buyer mostly wants the same from all."""

_TERMS: Final = frozenset({"interval", "timing"})
"""Those of them that are agreed on each time: proposed, and not taken over unasked."""

OF_PARTY: Final = frozenset({"start", "end", "coordinator", "count"})
"""The keys of a party that are of one agreement alone."""


class Precedent(NamedTuple):
    """What one agreement says: its parties and blocks of invoicing as written, items and units."""

    id: str
    parties: Mapping[str, Mapping[str, Any]]
    invoicing: tuple[Mapping[str, Any], ...]
    items: frozenset[str]
    units: frozenset[str]


class PrecedentValue(NamedTuple):
    """A value, the agreement that has it ("" where a person has told it), and if it is a guess."""

    value: Any
    by: str = ""
    is_proposal: bool = False


def precedent(agreement: Agreement, data: Mapping[str, Any]) -> Precedent:
    """Return what an agreement that could be read says, out of the *data* of its text."""
    asked = data.get("invoicing") or ()
    return Precedent(
        id=agreement.id,
        parties={handle: data["parties"][handle] for handle in agreement.parties},
        invoicing=(asked,) if isinstance(asked, dict) else tuple(asked),
        items=frozenset(each.item for each in agreement.economy.contributions if each.item),
        units=frozenset(each.unit for each in agreement.volume),
    )


def identity(party: Mapping[str, Any]) -> str | None:
    """Return what a party is known by in all agreements: its number, else its name."""
    return party.get("org_number") or party.get("name")


def parties(given: Iterable[Precedent]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield each party once: its handle, the agreement, and what that says of it."""
    told = set()
    for each in given:
        for handle, party in each.parties.items():
            who = identity(party)
            if who and who not in told:
                told.add(who)
                own = {key: value for key, value in party.items() if key not in OF_PARTY}
                yield handle, each.id, own


def asked_by(given: Iterable[Precedent], buyer: str, key: str) -> Iterator[tuple[str, Any]]:
    """Yield what agreements with the *buyer* say under *key* of its invoices, each once."""
    told: list[Any] = []
    for each in given:
        for block in each.invoicing:
            party = each.parties.get(str(block.get("buyer")), {})
            value = block.get(key)
            if identity(party) == buyer and value not in (None, *told):
                told.append(value)
                yield each.id, value


def invoicing_for(given: Iterable[Precedent], buyer: str) -> dict[str, PrecedentValue]:
    """Return what all agreements with the *buyer* say of its invoices, where they say the same."""
    told = list(given)
    found: dict[str, PrecedentValue] = {}
    for key in (*OF_BUYER, "marking"):
        values = [
            PrecedentValue(value, id_, key in _TERMS) for id_, value in asked_by(told, buyer, key)
        ]
        if len(values) == 1:
            found[key] = values[0]
    return found
