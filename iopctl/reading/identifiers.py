"""Numbers that others issue, found by their check digits: organisations, giros, GLN, Peppol."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pydantic_core import PydanticCustomError

from iopctl.model import identifiers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ORGANISATION: Final = re.compile(r"(?<![\d:-])(?:16)?(\d{6})\s?[-–]?\s?(\d{4})(?![\d-])")
_PEPPOL: Final = re.compile(r"(?<!\d)(0\d{3}:\s?[0-9][0-9-]{7,14})(?!\d)")
_GLN: Final = re.compile(r"(?<!\d)(\d{13})(?!\d)")
_BANKGIRO: Final = re.compile(
    (
        r"(?:bankgiro|\bbg)\S{0,8}(?:\s?(?:nummer|nr|konto))?[\s:.]*(?:är\s"
        r"|is\s)?(\d{3,4}[-– ]?\d{4})(?!\d)"
    ),
    re.IGNORECASE,
)
_PLUSGIRO: Final = re.compile(
    (
        r"(?:plusgiro|postgiro|\bpg)\S{0,8}(?:\s?(?:nummer|nr|konto))?[\s:.]*(?:är\s"
        r"|is\s)?(\d[\d ]{0,9}[-–]\s?\d)(?!\d)"
    ),
    re.IGNORECASE,
)
_IBAN: Final = re.compile(r"\b([A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,3})?)\b")
_VAT: Final = re.compile(r"\b(SE ?\d{6}-?\d{4} ?01)\b")


def _valid(read: Callable[[object], str], text: str) -> bool:
    try:
        read(text)
    except PydanticCustomError:
        return False
    return True


def organisations(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and number of each organisation number; what fails its check is none."""
    for found in _ORGANISATION.finditer(text):
        number = f"{found[1]}-{found[2]}"
        if int(found[1][2]) > 1 and _valid(identifiers.org_number, number):
            yield found.start(), found.end(), number


def of(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the field, number and spelling of each address and account that *text* gives."""
    for field, pattern, read, form in _KINDS:
        for found in pattern.finditer(text):
            number = form(found[1])
            if _valid(read, number):
                yield field, number, found[0]


def _bare(text: str) -> str:
    return re.sub(r"[\s–-]", "", text)


def _peppol(text: str) -> str:
    return _bare(text)


def _hyphened(digits: int) -> Callable[[str], str]:
    return lambda text: f"{_bare(text)[:-digits]}-{_bare(text)[-digits:]}"


_KINDS: Final = (
    ("peppol_id", _PEPPOL, identifiers.peppol_id, _peppol),
    ("gln", _GLN, identifiers.gln, _bare),
    ("bankgiro", _BANKGIRO, identifiers.bankgiro, _hyphened(4)),
    ("plusgiro", _PLUSGIRO, identifiers.plusgiro, _hyphened(1)),
    ("iban", _IBAN, identifiers.iban, _bare),
    ("vat_number", _VAT, identifiers.vat_number, _bare),
)
