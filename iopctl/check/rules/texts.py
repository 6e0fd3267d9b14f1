"""What may be wrong in what people write in their own words: of series 0xx and 1xx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule
from iopctl.dates import MONTHS_A_YEAR
from iopctl.model.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case

LOST: Final = "\N{REPLACEMENT CHARACTER}"
# A pattern that begins with a digit is looked for five times faster than one that looks behind.
_NUMBER: Final = re.compile(r"[0-9](?<![0-9]{2})[0-9]{5,7}[-+]?[0-9]{4}(?![0-9])")
_PERSON: Final = re.compile(r"(?:(?:19|20)[0-9]{6}[-+]?|[0-9]{6}[-+])[0-9]{4}")
DAYS: Final = 31
MORE_DAYS: Final = 60  # are in the day of a samordningsnummer


@rule("IOP023", "character-lost", Severity.WARNING)
def character_lost(case: Case) -> Iterator[Finding]:
    r"""A text has the sign that stands where a character could not be read.

    A program that did not know the encoding of the source wrote U+FFFD for what was mostly an
    å, ä or ö. Write the letter anew, from the source.

    Source: the Unicode standard, section 23.8, on the replacement character.

    Bad:

        title: "IOP F\ufffdreningen"  # expect: IOP023

    Good:

        title: IOP Föreningen
    """
    for path, text in texts(case.agreement):
        if LOST in text:
            yield Finding(
                path,
                "the text has lost {number} of its characters",
                remedy="write each U+FFFD anew, from the source",
                number=text.count(LOST),
            )


@rule("IOP107", "personal-number-in-text", Severity.WARNING)
def personal_number_in_text(case: Case) -> Iterator[Finding]:
    """A text holds what has the form and the check digit of a personal identity number.

    Agreements name roles, not people. The message does not repeat the number. Take it out of
    the file and of git's history, too, which keeps what was ever there.

    Source: EU 2016/679 (GDPR), article 5.1 c; lag (2018:218), 3 kap. 10 §.

    Bad:

        notes: Kontakt är 121212-1212.  # expect: IOP107

    Good:

        notes: Kontakt är föreningens ordförande.
    """
    for path, text in texts(case.agreement):
        if any(map(_is_personal, _NUMBER.findall(text))):
            yield Finding(
                path,
                "the text holds what looks like a personal identity number",
                remedy="take it out of the file and of git's history",
            )


def _is_personal(number: str) -> bool:
    from stdnum import luhn

    digits = re.sub(r"\D", "", number)[-10:]
    month, day = int(digits[2:4]), int(digits[4:6]) % MORE_DAYS
    is_birthday = 1 <= month <= MONTHS_A_YEAR and 1 <= day <= DAYS
    return is_birthday and bool(_PERSON.fullmatch(number)) and luhn.is_valid(digits)


RULES = (character_lost, personal_number_in_text)
