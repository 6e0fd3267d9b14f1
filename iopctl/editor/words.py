"""The one place where the server's texts are chosen: English as written, or their Swedish.

The English text is the key, as in a gettext catalogue.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from iopctl.localised import in_kronor, number
from iopctl.money import NBSP, kronor

if TYPE_CHECKING:
    from fractions import Fraction

    from iopctl.tables import Amount

Language = Literal["sv", "en"]
SWEDISH: Final[dict[str, str]] = {
    # -------------------------------------------------- lenses and hints
    "{year}: {amount}": "{year}: {amount}",
    "{year}: {amount}, {share} public": "{year}: {amount}, {share} offentligt",
    "not divided by year: {amount}": "inte fördelat på år: {amount}",
    "years unknown: {amount}": "åren okända: {amount}",
    "years unknown": "åren okända",
    "from {start} to {end}": "från {start} till {end}",
    "open-ended from {start}": "tills vidare från {start}",
    "at the latest to {end}": "som längst till {end}",
    "may be extended without limit": "kan förlängas utan gräns",
    "last day of notice {day}": "sista dag för uppsägning {day}",
    "to invoice: {amount} ({count})": "att fakturera: {amount} ({count})",
    "to come: {amount} ({count})": "kommer: {amount} ({count})",
    "nothing to invoice": "inget att fakturera",
    "the rows: {amount}": "raderna: {amount}",
    "{share} public": "{share} offentligt",
    "unknown": "okänt",
    "at least {amount}": "minst {amount}",
    # -------------------------------------------------- hover
    "for example": "till exempel",
    "must be there": "måste finnas",
    "Year": "År",
    "Amount": "Belopp",
    "How": "Hur",
    "State": "Läge",
    "decided": "beslutat",
    "option": "option",
    "not by year": "inte per år",
    "as written": "som skrivet",
    "{months} of 12 months": "{months} av 12 månader",
    "{months} of {all} months": "{months} av {all} månader",
    "rounded": "avrundat",
    "Raise": "Uppräkning",
    "Factor since {year}": "Faktor sedan {year}",
    "Start": "Start",
    "End": "Slut",
    "open": "tills vidare",
    "Latest end": "Senaste slut",
    "no limit": "ingen gräns",
    "Last day of notice": "Sista dag för uppsägning",
    "Options left": "Optioner kvar",
    "gives": "ger",
    "gets by invoice": "får mot faktura",
    "pays by invoice": "betalar mot faktura",
    "Agreement": "Avtal",
    "the file is not among the agreements": "filen finns inte bland avtalen",
    "as it stood before the text became unreadable": "som det var innan texten blev oläslig",
    # -------------------------------------------------- actions
    "write {value}": "skriv {value}",
    "rewrite all that is misspelt": "skriv om allt som är felstavat",
    "accept {rule}, with a reason": "godta {rule}, med skäl",
    "log the meeting of {year}": "logga mötet för {year}",
    "log the report on {year}": "logga rapporten för {year}",
    "log the invoice for {period}": "logga fakturan för {period}",
    "log the payment for {period}": "logga utbetalningen för {period}",
    "log the extension": "logga förlängningen",
    "log that the option is not taken": "logga att optionen inte utnyttjas",
    # -------------------------------------------------- completion
    "required": "krävs",
    "as in {agreement}": "som i {agreement}",
    "{name}, {role}": "{name}, {role}",
    "public": "offentlig",
    "civil": "idéburen",
    "funder": "finansiär",
    # -------------------------------------------------- messages
    "iopctl: {problem}": "iopctl: {problem}",
    "'{name}' is taken": "'{name}' är upptaget",
    "write {wanted}": "skriv {wanted}",
    "lower-case letters a-z, digits and single hyphens": (
        "små bokstäver a-z, siffror och enkla bindestreck"
    ),
}
_HUNDREDTH: Final = Decimal("0.1")


class Wording(NamedTuple):
    """How texts, amounts and shares are written for one reader."""

    language: Language = "en"

    def __call__(self, text: str, /, **values: object) -> str:
        """Return *text* in the reader's language, with its values.

        Raises:
            KeyError: the text has no translation.
        """
        swedish = SWEDISH[text]
        return (swedish if self.language == "sv" else text).format(**values)

    def kronor(self, amount: Decimal) -> str:
        """Write kronor, with öre where there are any."""
        return in_kronor(amount) if self.language == "sv" else f"{kronor(amount)}{NBSP}kr"

    def sum(self, amount: Amount) -> str:
        """Write a sum: what is unknown in it is told, never taken for nothing."""
        if amount.complete:
            return self.kronor(amount.known)
        if not amount.known:
            return self("unknown")
        return self("at least {amount}", amount=self.kronor(amount.known))

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
