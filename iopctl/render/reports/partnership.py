"""What all papers say of a partnership, in Swedish words and figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from iopctl.economy.payers import HUNDRED, NO_BOARD
from iopctl.localised import in_kronor, listed
from iopctl.render import swedish as words
from iopctl.render.swedish import MISSING
from iopctl.report.partnership import OTHERS
from iopctl.tables import ZERO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.config import Benchmark
    from iopctl.model import Party
    from iopctl.model.follow_up import Volume
    from iopctl.model.log import Meeting, Report
    from iopctl.report.partnership import Partnership, Payer

VERDICTS: Final = {"below": "under", "within": "inom", "above": "över", "unknown": MISSING}


def partnership(each: Partnership) -> dict[str, Any]:
    """Return what the papers say of a partnership."""
    agreement, public, civil = each.agreement, each.parties("public"), each.parties("civil")
    return {
        "id": agreement.id,
        "title": agreement.title,
        "area": agreement.area or "",
        "dnr": agreement.dnr or "",
        "public": _in_whole(public),
        "associations": listed([words.called(party) for party in civil]) or MISSING,
        "associations_in_whole": _in_whole(civil),
        "parties": _in_whole((*public, *civil)),
        "boards": listed(sorted(each.own_boards)),
        "departments": departments([each]),
        "purpose": paragraphs(agreement.purpose),
        "target_group": agreement.target_group or MISSING,
        "referral": agreement.referral or MISSING,
        "activities": ", ".join(agreement.activities) or MISSING,
        "participants": participants(each),
        "targets": [target(each, volume) for volume in each.terms.volume],
        "validity": words.validity(each.standing),
        "reports": [told(event) for event in each.reports],
        "stated": [in_kronor(value) for value in each.stated or ()],
        "exceptions": [deviation.reason for deviation in each.exceptions],
        **money(each),
    }


def _in_whole(parties: Sequence[Party]) -> str:
    return listed([words.in_whole(party) for party in parties]) or MISSING


def money(each: Partnership) -> dict[str, Any]:
    """Return the year's kronor by side, and the public side's share."""
    return {
        "value": words.kronor(each.value, each.undivided()),
        "cost": words.kronor(each.public, each.undivided("public")),
        "cost_in_words": cost(each),
        "own_part": words.kronor(each.own_part),
        "civil": words.kronor(each.civil, each.undivided("civil")),
        "others": words.kronor(each.others, each.undivided(*OTHERS)),
        "has_others": each.others != ZERO,
        "share": words.percent(each.share.rounded_percent),
    }


def verdict(each: Partnership, benchmark: Benchmark) -> str:
    """Return how the share lies to the benchmark, and if the parties have explained it."""
    found = each.share.verdict(benchmark)
    explained = found in {"below", "above"} and each.share.explanation(each.standing.as_of)
    return f"{VERDICTS[found]}, förklarad" if explained else VERDICTS[found]


# ------------------------------------------------------------------ the cells of the overview
def participants(each: Partnership) -> str:
    """Return how many took part, as was reported on the year; else the target, marked as such."""
    numbers = [
        (f"{words.period(event.period)}: " if event.period else "") + words.counted(event.outcome)
        for event in each.reports
        if event.outcome
    ]
    targets = [target(each, volume) for volume in each.terms.volume if volume.target is not None]
    if numbers:
        return "; ".join(numbers)
    return f"{', '.join(targets)} (mål)" if targets else MISSING


def target(each: Partnership, volume: Volume) -> str:
    """Return what is to be reached, and by whom where that is one of several parties."""
    party = each.terms.parties.get(volume.party or "")
    return words.target(volume) + (f" ({words.called(party)})" if party else "")


def cost(each: Partnership) -> str:
    """Return what it costs the public side, and what of that committees of others pay."""
    whole = words.kronor(each.public, each.undivided("public"))
    others = [payer for payer in each.payers if payer.board not in {*each.own_boards, NO_BOARD}]
    names = listed([payer.board for payer in others])
    if not others:
        return whole
    if any(payer.percent is None and not payer.part.complete for payer in others):
        return f"{whole} som delas med {names}, hur anges inte"
    if [payer.percent for payer in others] == [HUNDRED]:
        return f"{whole} som finansieras av {names}"
    first, *more = others
    shares = [f"{_part(first)} finansieras av {first.board}"]
    shares += [f"{_part(payer)} av {payer.board}" for payer in more]
    return f"{whole} varav {listed(shares)}"


def _part(payer: Payer) -> str:
    if payer.percent is None:
        return in_kronor(payer.part.known)
    return words.part_of_whole(payer.percent)


# ------------------------------------------------------------------ texts
def told(event: Meeting | Report) -> dict[str, Any]:
    """Return what the log tells of a meeting or report."""
    return {
        "kind": "Avstämning" if event.event == "meeting" else "Återrapport",
        "date": words.day(event.date),
        "outcome": words.counted(event.outcome) if event.outcome else "",
        "paragraphs": paragraphs(event.text),
    }


def paragraphs(text: str | None) -> list[str]:
    """Return the paragraphs of a text of the file."""
    return [each.strip() for each in re.split(r"\n[ \t]*\n", text or "") if each.strip()]


def departments(given: Sequence[Partnership]) -> str:
    """Return the offices under the committees that the papers are for."""
    found = (party for each in given for party in each.parties("public") if _concerns(party, each))
    return ", ".join(dict.fromkeys(party.department for party in found if party.department))


def _concerns(party: Party, each: Partnership) -> bool:
    return party.board in each.own_boards or not each.own_boards


def public_side(given: Sequence[Partnership]) -> str:
    """Return what a sentence calls the public side: kommunen, regionen, or the general word."""
    names = {words.in_whole(party) for each in given for party in each.parties("public")}
    if all(name.casefold().endswith(("kommun", "stad")) for name in names):
        return "kommunen"
    if all(name.casefold().startswith("region ") for name in names):
        return "regionen"
    return "den offentliga sidan"
