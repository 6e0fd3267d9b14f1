"""The schemes of Peppol-IDs: the four digits that say whose number follows, and how it is built.

The list is the one that the rules of Peppol BIS Billing are published with (PEPPOL-EN16931-CL008).
It changes twice a year: the tests hold it against the newest rules that are at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

RELEASE: Final = "Peppol BIS Billing 3.0.21"
PUBLISHED: Final = "May 2026"
_LISTED: Final = """
    0002 0007 0009 0060 0088 0096 0097 0106 0130 0135 0142 0151 0183 0184 0188 0190 0191 0192
    0195 0196 0198 0199 0200 0201 0204 0208 0209 0210 0211 0216 0218 0221 0225 0230 0235 0240
    0242 0244 0245 0246 0248 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927
    9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945
    9946 9947 9948 9949 9950 9951 9952 9953 9957 9959
"""
SCHEMES: Final = frozenset(_LISTED.split())


class Build(NamedTuple):
    """How the numbers of a scheme are built: their pattern in words, and their check digit."""

    pattern: str
    wanted: str
    is_valid: Callable[[str], bool]


def _unchecked(_: str) -> bool:
    return True


# Two sums that stand in nearly every file: the library that has them takes longer to load than
# the repository's agreements take to read.
def luhn(digits: str) -> bool:
    """Whether the last digit fits the others (ISO/IEC 7812-1): every second is doubled."""
    doubled = (divmod(2 * int(each), 10) for each in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(map(sum, doubled))) % 10 == 0


def gs1(digits: str) -> bool:
    """Whether the last digit fits the others (GS1 General Specifications): every second thrice."""
    return (sum(map(int, digits[::-2])) + 3 * sum(map(int, digits[-2::-2]))) % 10 == 0


def _norwegian(digits: str) -> bool:
    from stdnum.no import orgnr

    return bool(orgnr.is_valid(digits))


def _belgian(digits: str) -> bool:
    """Whether the last two are 97 less the rest of the others: by Peppol's rule never 00."""
    return 97 - int(digits[:8]) % 97 == int(digits[8:])


def _australian(digits: str) -> bool:
    from stdnum.au import abn

    return bool(abn.is_valid(digits))


def _italian(number: str) -> bool:
    from stdnum.it import iva

    return not number.upper().startswith("IT") or bool(iva.is_valid(number))


BUILDS: Final[dict[str, Build]] = {
    "0007": Build("[0-9]{10}", "10 digits", luhn),  # PEPPOL-COMMON-R049
    "0088": Build("[0-9]{13}", "13 digits, a GLN", gs1),  # R040
    "0096": Build("[0-9]{10}", "10 digits", _unchecked),  # R052
    "0106": Build("[0-9]{8}", "8 digits", _unchecked),  # R054
    "0151": Build("[0-9]{11}", "11 digits", _australian),  # R050
    "0184": Build("(?:DK)?[0-9]{8}", "8 digits, with or without DK before", _unchecked),  # R042
    "0190": Build("[0-9]{20}", "20 digits", _unchecked),  # R055
    "0192": Build("[0-9]{9}", "9 digits", _norwegian),  # R041
    "0198": Build("DK[0-9]{8}", "DK and 8 digits", _unchecked),  # R053
    "0201": Build("[0-9A-Za-z]{6}", "6 letters or digits", _unchecked),  # R044
    "0208": Build("[0-9]{10}", "10 digits", _belgian),  # R043
    "0210": Build(  # R045
        "[0-9]{11}|[A-Za-z]{6}[0-9]{2}[A-Za-z][0-9]{2}[0-9A-Za-z]{3}[0-9][A-Za-z]",
        "11 digits, or the 16 characters of a codice fiscale",
        _unchecked,
    ),
    "0211": Build("[0-9A-Za-z]+", "IT and 11 digits", _italian),  # R047
    "9944": Build("NL[0-9]{9}B[0-9]{2}", "NL, 9 digits, B and 2 digits", _unchecked),  # R056
}
