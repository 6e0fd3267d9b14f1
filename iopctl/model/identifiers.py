"""Numbers that others issue — organisations, places, accounts — with their check digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import PlainValidator

from iopctl.language import marked, tr
from iopctl.model.base import refusal
from iopctl.model.scalars import scalar, shown
from iopctl.model.schemes import BUILDS, gs1, luhn

if TYPE_CHECKING:
    from collections.abc import Callable

_PERSON: Final = re.compile(r"(?:19|20)?[0-9]{2}([0-9]{2})[0-9]{2}[ +-]?[0-9]{4}")
_TWELVE: Final = 12
_BETWEEN: Final = re.compile(r"[ \u00a0-]")
_FIRST_MONTH_OF_ORGANISATIONS: Final = 20  # the third digit is 2 or more (SFS 1974:174, 1 §)


def _form(value: object, pattern: str, wanted: str, spelled: Callable[[str], str] = str) -> str:
    """Return text of the form *pattern*; *spelled* puts the signs between into what lacks them."""
    text = scalar(value, wanted)
    if re.fullmatch(pattern, text):
        return text
    meant = spelled(_BETWEEN.sub("", text))
    if re.fullmatch(pattern, meant):
        raise refusal(
            "identifier-spelling",
            tr("found {text}", text=shown(text)),
            tr("write {meant}", meant=meant),
            write=meant,
        )
    raise refusal(
        "identifier-spelling",
        tr("found {text}", text=shown(text)),
        tr("write {wanted}", wanted=tr(wanted)),
    )


def _with_hyphen(digits: int) -> Callable[[str], str]:
    return lambda bare: f"{bare[:-digits]}-{bare[-digits:]}"


def _organisation(bare: str) -> str:
    """Put the hyphen, and leave out the 16 by which twelve digits tell of an organisation."""
    is_long = len(bare) == _TWELVE and bare.startswith("16")
    return _with_hyphen(4)(bare[2:] if is_long else bare)


def _check(text: str, what: str, *, valid: bool) -> str:
    if valid:
        return text
    raise refusal(
        "check-digit-wrong",
        tr(
            "{what} {text} has a check digit that does not fit the others", what=tr(what), text=text
        ),
        tr("compare it with the source: one of the digits is wrong"),
    )


def org_number(value: object) -> str:
    """Read a Swedish organisation number, `212000-0449`: ten digits, the last by Luhn."""
    wanted = marked("an organisation number such as 212000-0449")
    person = _PERSON.fullmatch(scalar(value, wanted))
    if person and int(person[1]) < _FIRST_MONTH_OF_ORGANISATIONS:
        raise refusal(
            "personal-number",
            tr("this has the form of a personal identity number"),
            tr("take it out of the file and of git's history; write the organisation's number"),
        )
    text = _form(value, r"[0-9]{6}-[0-9]{4}", wanted, _organisation)
    return _check(text, "organisation number", valid=luhn(text.replace("-", "")))


def gln(value: object) -> str:
    """Read a GS1 Global Location Number: 13 digits, the last by modulus 10."""
    text = _form(value, r"[0-9]{13}", "a GLN such as 7332776000001, 13 digits")
    return _check(text, "GLN", valid=gs1(text))


def peppol_id(value: object) -> str:
    """Read a Peppol participant, `0007:2120000449`: scheme and number, checked where known."""
    text = _form(value, r"[0-9]{4}:[0-9A-Za-z-]{1,50}", "a Peppol-ID such as 0007:2120000449")
    scheme, number = text.split(":")
    build = BUILDS.get(scheme)
    if build is None:
        return text
    wanted = tr("a Peppol-ID with {digits} after {scheme}", digits=tr(build.wanted), scheme=scheme)
    _form(text, f"{scheme}:(?:{build.pattern})", wanted)
    return _check(text, "Peppol-ID", valid=build.is_valid(number))


def bankgiro(value: object) -> str:
    """Read a bankgiro number, `160-9908`: seven or eight digits, the last by Luhn."""
    text = _form(
        value, r"[0-9]{3,4}-[0-9]{4}", "a bankgiro number such as 160-9908", _with_hyphen(4)
    )
    return _check(text, "bankgiro", valid=luhn(text.replace("-", "")))


def plusgiro(value: object) -> str:
    """Read a plusgiro number, `28 65 43-4` written `286543-4`: two to eight digits, by Luhn."""
    text = _form(value, r"[0-9]{1,7}-[0-9]", "a plusgiro number such as 286543-4", _with_hyphen(1))
    return _check(text, "plusgiro", valid=luhn(text.replace("-", "")))


def iban(value: object) -> str:
    """Read an IBAN in capitals without spaces, checked by ISO 13616's modulus 97."""
    from stdnum import iban as rules

    text = _form(
        value, r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}", "an IBAN in capitals without spaces", str.upper
    )
    return _check(text, "IBAN", valid=rules.is_valid(text))


def vat_number(value: object) -> str:
    """Read a Swedish VAT number, `SE212000044901`: SE, the organisation number and 01."""
    text = _form(value, r"SE[0-9]{10}01", "a VAT number such as SE212000044901")
    return _check(text, "VAT number", valid=luhn(text[2:12]))


OrgNumber = Annotated[str, PlainValidator(org_number)]
Gln = Annotated[str, PlainValidator(gln)]
PeppolId = Annotated[str, PlainValidator(peppol_id)]
Bankgiro = Annotated[str, PlainValidator(bankgiro)]
Plusgiro = Annotated[str, PlainValidator(plusgiro)]
Iban = Annotated[str, PlainValidator(iban)]
VatNumber = Annotated[str, PlainValidator(vat_number)]
