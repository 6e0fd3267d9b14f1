"""What is to be done by a day, as Swedish readers are told it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from iopctl import localised
from iopctl.case.duties import FOLLOWED
from iopctl.case.follow_up import BEFORE_RENEWAL
from iopctl.model.swedish.follow_up import UNDERTAKINGS
from iopctl.papers import swedish

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.duties import Duty, DutyKind
    from iopctl.case.reach import Reach

_FOLLOWED: Final = "Avtalstiden slutar, och en annan överenskommelse tar vid"
_MONEY: Final = {"invoice": "Faktura", "payment": "Utbetalning", "credit": "Kreditera"}
_DAY: Final = "antagen dag"
_PROPOSED: Final = "föreslagen dag: villkor om uppsägning saknas"
_IN_PART: Final = "delvis antaget"
_ASSUMED: Final[Mapping[DutyKind, str]] = {
    "decision": _PROPOSED,
    "option": _PROPOSED,
    "evaluation": _PROPOSED,
    "review": _DAY,
    "meeting": _DAY,
    "report": _DAY,
    "audit": _DAY,
    "other": _DAY,
    "invoice": _IN_PART,
    "payment": _IN_PART,
    "credit": _IN_PART,
    "unspent": _DAY,
    "end": _PROPOSED,
    "unsettled": _DAY,
}


def told(duty: Duty, case: Case) -> str:
    """Return what is to be done, for the agreement that *case* is of."""
    match duty.kind:
        case "decision" | "option" | "end" as kind:
            return _of_validity(kind, duty, case)
        case "evaluation" if duty.key == BEFORE_RENEWAL:
            return "Utvärdering inför en förlängning"
        case "meeting" | "report" | "evaluation" | "review" | "audit" | "other":
            return f"{duty.name or UNDERTAKINGS[duty.kind].due}{_year(duty)}{_many(duty)}"
        case "unspent":
            return f"Återbetala {_amount(duty)} som inte användes{_year(duty)}"
        case "invoice" | "payment" | "credit":
            return f"{_MONEY[duty.kind]}{_year(duty)}, {_amount(duty)}"
        case "unsettled":
            return "Avslutad, men allt står inte i loggen"


def assumed(duty: Duty) -> str:
    """Return what of a duty the agreement leaves open; empty where it leaves nothing."""
    return _ASSUMED[duty.kind] if duty.assumed else ""


# ------------------------------------------------------------------ validity
def _of_validity(kind: Literal["decision", "option", "end"], duty: Duty, case: Case) -> str:
    match kind:
        case "decision":
            return _decision(case.reach)
        case "option":
            return _option(case.reach, is_past=duty.day < case.as_of)
        case "end":
            return _FOLLOWED if duty.name == FOLLOWED else _end(case.reach)


def _decision(reach: Reach) -> str:
    what = "Sista dag för uppsägning" if reach.notice_day else "Beslut om fortsättning"
    if reach.rolls_on:
        return f"{what}: annars fortsätter den till {_next(reach)}"
    if reach.may_be_extended:
        return f"{what}: förläng, eller låt den sluta {_day(reach.end)}"
    return f"{what}: vad följer när den slutar {_day(reach.end)}?"


def _option(reach: Reach, *, is_past: bool) -> str:
    to = f" till {_next(reach)}" if reach.options else ""
    if is_past:
        return f"Förlängning{to} är inte tagen: logga den, eller att den avböjdes"
    return f"Sista dag att förlänga{to}"


def _end(reach: Reach) -> str:
    if reach.rolls_on:
        return f"Perioden slutar: utan uppsägning fortsätter den till {_next(reach)}"
    if reach.terminated:
        return "Avtalstiden slutar, efter uppsägning"
    return f"Avtalstiden slutar{', om den inte förlängs' if reach.may_be_extended else ''}"


def _next(reach: Reach) -> str:
    """Return the day that the next option leads to."""
    return _day(reach.options[0].last)


def _day(day: date | None) -> str:
    return localised.in_full(day) if day else ""


# ------------------------------------------------------------------ what comes every year
def _year(duty: Duty) -> str:
    return f" för {swedish.period(duty.period)}" if duty.period else ""


def _many(duty: Duty) -> str:
    return f" ({localised.number(duty.count)} st)" if duty.count > 1 else ""


def _amount(duty: Duty) -> str:
    return "okänt belopp" if duty.amount is None else localised.in_kronor(abs(duty.amount))
