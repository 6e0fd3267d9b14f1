"""How the server's texts, sums and shares are written for one reader: in the editor's language."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.language import marked, spoken, tr
from iopctl.localised import in_kronor, number
from iopctl.money import NBSP, kronor

if TYPE_CHECKING:
    from fractions import Fraction

    from iopctl.language import Language
    from iopctl.tables import Amount

_HUNDREDTH: Final = Decimal("0.1")


class Wording(NamedTuple):
    """How texts, amounts and shares are written for one reader."""

    language: Language = "en"

    def __call__(self, text: str, /, **values: object) -> str:
        """Return *text* in the reader's language, with its values."""
        with spoken(self.language):
            return tr(text, **values)

    def kronor(self, amount: Decimal) -> str:
        """Write kronor, with öre where there are any."""
        return in_kronor(amount) if self.language == "sv" else f"{kronor(amount)}{NBSP}kr"

    def sum(self, amount: Amount) -> str:
        """Write a sum: what is unknown in it is told, never taken for nothing."""
        if amount.complete:
            return self.kronor(amount.known)
        if not amount.known:
            return self(marked("unknown"))
        return self(marked("at least {amount}"), amount=self.kronor(amount.known))

    def percent(self, value: Fraction) -> str:
        """Write a percentage with a decimal."""
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return f"{self.decimal(exact.quantize(_HUNDREDTH, ROUND_HALF_UP), '0.0')}{NBSP}%"

    def decimal(self, value: Decimal, pattern: str = "0.##########") -> str:
        """Write a number that is no sum, with the reader's decimal sign."""
        written = number(value, pattern)
        return written if self.language == "sv" else written.replace(",", ".")


def wording(asked: str | None) -> Wording:
    """Return the wording for a locale such as `sv-SE`; English for every other language."""
    return Wording("sv" if (asked or "").lower().startswith("sv") else "en")
