"""Days, amounts, accounts and addresses as people spell them, in the spelling that files have.

Options and answers are read here alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from iopctl.dates import Period

    Spelling: TypeAlias = Callable[[str], str]
    """A text as files have it; a UserError says what is wrong with one that is not understood."""

_OPEN: Final = frozenset({"open", "tills vidare", "löpande", "until further notice"})
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "maj", "jun"),
    *("jul", "aug", "sep", "okt", "nov", "dec"),
)
_IN_FIGURES: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[ /.-](\d{4})")
_IN_WORDS: Final = re.compile(r"(?:den )?(\d{1,2}) ([a-zåäö]{3})[a-zåäö]*\.? (\d{4})")
_CITY: Final = re.compile(r"(\d{3}) ?(\d{2}) (\S.*)")


def day(text: str) -> str:
    """Return a day where people spell it otherwise, `open` for one without end; else the text."""
    plain = " ".join(text.lower().split())
    if plain in _OPEN:
        return "open"
    if found := _IN_FIGURES.fullmatch(plain):
        of_month, month, year = (int(each) for each in found.groups())
        return f"{year}-{month:02}-{of_month:02}"
    if (found := _IN_WORDS.fullmatch(plain)) and found[2] in _MONTHS:
        return f"{found[3]}-{_MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}"
    return text


def interval(text: str) -> str:
    """Return how often is meant, in English or Swedish."""
    from iopctl.model.choices import meant
    from iopctl.model.invoicing import PERIODS_A_YEAR

    known = meant(text, ", ".join(f"'{each}'" for each in PERIODS_A_YEAR))
    if known is None:
        words = ", ".join(map(tr, PERIODS_A_YEAR))
        raise UserError(tr("{text} is none of {words}", text=text, words=words))
    return known


def account(text: str) -> str:
    """Return an account by the form that tells its kind: bankgiro, plusgiro or IBAN."""
    from iopctl.model import identifiers

    kinds = {"iban": identifiers.Iban, "bankgiro": identifiers.Bankgiro}
    return of(kinds.get(kind_of_account(text), identifiers.Plusgiro))(text)


def kind_of_account(text: str) -> str:
    """Return the key that an account stands under: letters begin an IBAN, the hyphen tells giros.

    Raises:
        UserError: it may be either giro, or is no account at all.
    """
    if re.match(r"[A-Za-z]{2}\d\d", text):
        return "iban"
    if any(map(str.isalpha, text)):
        raise UserError(
            tr("{text}: write a bankgiro as 1234-5674, a plusgiro likewise, or an IBAN", text=text)
        )
    last = text.partition("-")[2]
    if not last:
        raise UserError(tr("{text}: write the hyphen, which tells the two giros apart", text=text))
    return "bankgiro" if len(last.strip()) == len("1055") else "plusgiro"


def address(text: str) -> str:
    """Return an address that ends in a postal code and a city, parts by commas."""
    address_data(text)
    return text


def address_data(text: str) -> dict[str, Any]:
    """Return an address as files have it: its lines, the postal code and the city."""
    *lines, last = (each.strip() for each in text.split(","))
    found = _CITY.fullmatch(last)
    if not found or not all(lines):
        raise UserError(tr("{text}: write the lines, then postal code and city", text=text))
    code, rest, city = found.groups()
    return {"lines": lines, "postal_code": f"{code} {rest}", "city": city}


def of(kind: Any) -> Spelling:  # noqa: ANN401 - a type
    """Return how a *kind* of value is read: in the format's spelling where it is certain."""
    from pydantic import TypeAdapter, ValidationError

    def spelled(text: str) -> str:
        try:
            TypeAdapter(kind).validate_python(text)
        except ValidationError as error:
            told = error.errors()[0]["ctx"]
        else:
            return text
        if told["write"] is None:
            raise UserError("; ".join((told["message"], told["remedy"])))
        return spelled(told["write"])

    return spelled


# ------------------------------------------------------------------ what options say
def of_option(option: str, text: str, spelling: Spelling) -> str:
    """Return what an *option* says, in the spelling that files have; "" where it says nothing.

    Raises:
        UserError: it is not understood; the option is named.
    """
    try:
        return spelling(text) if text else ""
    except UserError as error:
        raise UserError(f"{option}: {error}") from None


def period_of(text: str) -> Period:
    """Return the days that `--period` names.

    Raises:
        UserError: it is no period.
    """
    from iopctl import dates

    found = dates.period(text)
    if found is None:
        raise UserError(
            tr("--period {text}: write 2024, 2024-H1, 2024-T1, 2024-Q1 or 2024-03", text=text)
        )
    return found


def read_as(kind: Any, text: str, option: str) -> Any:  # noqa: ANN401 - a type, and its value
    """Return the value of an *option*, as a *kind* of value that agreements have.

    Raises:
        UserError: it is not understood; the option is named.
    """
    from pydantic import TypeAdapter

    return TypeAdapter(kind).validate_python(of_option(option, text, of(kind)))


def day_of(text: str, option: str) -> date:
    """Return the day that an *option* gives.

    Raises:
        UserError: it is no whole day.
    """
    from iopctl.model.scalars import Day

    try:
        found: date = read_as(Day, day(text), option)
    except UserError:
        raise UserError(
            tr("{option} {text}: write a day as 2024-06-30", option=option, text=text)
        ) from None
    return found
