"""What years came to beside what was agreed, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.case.closing import Closing, closings
from iopctl.localised import in_kronor, number
from iopctl.papers import swedish as words

if TYPE_CHECKING:
    from iopctl.case.case import Case
    from iopctl.tables import Amount

_RESTS: Final = {
    "repay": "{amount} ska betalas tillbaka",
    "carry_over": "{amount} förs över till nästa år",
    "keep": "{amount} behålls av mottagaren",
    None: "{amount} är kvar, och överenskommelsen säger inte vad som gäller för dem",
}


def outcomes(case: Case, year: int | None = None) -> list[str]:
    """Return what each year came to that a report tells of, or *year* alone, a sentence each."""
    found = [each for each in closings(case) if year in {None, each.year}]
    return [told for each in found if (told := sentence(each))]


def sentence(each: Closing) -> str:
    """Write what was spent of a year's money, and what becomes of the rest; "" if not known."""
    spent = each.spent
    if spent is None:
        return ""
    told = f"Utfall {each.year}: {words.kronor(spent)} av {words.kronor(each.agreed)} användes"
    rest = _rest(each)
    return f"{told}; {rest}." if rest else f"{told}."


def _rest(each: Closing) -> str:
    left = each.left
    if not left:
        return ""
    if left < 0:
        return f"{in_kronor(-left)} mer än avtalat"
    if each.unspent == "repay" and each.to_repay is None:
        return f"{in_kronor(left)} är kvar och ska betalas tillbaka, så långt de har betalats ut"
    if each.unspent == "repay" and not each.to_repay:
        return f"{in_kronor(left)} är kvar och inte fakturerade"
    amount = each.to_repay if each.unspent == "repay" and each.to_repay else left
    return _RESTS[each.unspent].format(amount=in_kronor(amount))


def hours(agreed: Amount | None, actual: Amount | None) -> str:
    """Write hours beside those that were agreed: `1 150 av 1 200 timmar`."""
    if actual is None or actual.unknown:
        return ""
    beside = f" av {_hours(agreed)}" if agreed and not agreed.unknown else ""
    return f"{_hours(actual)}{beside} timmar"


def _hours(amount: Amount) -> str:
    return number(amount.known) if amount.complete else f"minst {number(amount.known)}"
