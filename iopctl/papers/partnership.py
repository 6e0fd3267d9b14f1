"""What a committee is told of one partnership in one year: who, how many, and what it costs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from iopctl import dates
from iopctl.case.fulfilment import reported
from iopctl.case.inhabitants import per_inhabitant
from iopctl.case.payers import NO_BOARD, boards, parts_by_board
from iopctl.case.share import Share, own_part
from iopctl.localised import in_kronor, listed
from iopctl.model.log import Report
from iopctl.money import HUNDRED, total
from iopctl.papers import law
from iopctl.papers import swedish as words
from iopctl.papers.swedish import MISSING
from iopctl.tables import UNKNOWN, ZERO, Amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.case.figure import Figure
    from iopctl.model import Agreement, Party, Terms
    from iopctl.model.follow_up import Deviation, Volume
    from iopctl.model.log import Meeting
    from iopctl.model.terms import Side

Chapter = Literal["current", "ended", "unknown", "undated"]
OTHERS: Final[tuple[Side, ...]] = ("funder",)


class Payer(NamedTuple):
    """A committee that pays: its percent of every public row if that is one figure, and kronor.

    *part* is unknown where the committees have not stated how they divide the cost.
    """

    board: str
    percent: Decimal | None
    part: Amount


@dataclass(frozen=True)  # without slots, which would leave no room for what is worked out once
class Partnership:
    """An agreement as a paper tells of it: its *year*, and the committee that the paper is for."""

    case: Case
    year: int
    board: str | None = None

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.case.agreement

    @property
    def terms(self) -> Terms:
        """The terms in force at the end of the year."""
        return self.case.in_force(date(self.year, 12, 31))

    def parties(self, role: str) -> tuple[Party, ...]:
        """Return the parties with a role, in the file's order."""
        return tuple(each for each in self.terms.parties.values() if each.role == role)

    @property
    def chapter(self) -> Chapter:
        """Whether it ended in the year, or goes on on the day of the paper; both may be unknown.

        It is *undated* where it is not known that it has days in the year.
        """
        reach = self.case.reach
        if self.year not in held_years(self.case):
            return "undated"
        if reach.end is None:
            return "current" if reach.is_open else "unknown"
        over = reach.end <= date(self.year, 12, 31) and reach.end < self.case.as_of
        return "ended" if over else "current"

    @property
    def reports(self) -> tuple[Report, ...]:
        """What was reported on the year, in the order of the log."""
        return tuple(
            event
            for _, event in self.case.happened(Report)
            if self.year in reported(event, self.case)
        )

    @property
    def exceptions(self) -> tuple[Deviation, ...]:
        """The deviations that the parties stand by on the day of the paper."""
        return self.case.exceptions

    # -------------------------------------------------------------- the money
    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """What is decided for the year, or for the whole period, or may be."""
        return self.case.of_year(self.year)

    @property
    def public(self) -> Amount:
        """What the public side gives in the year, whichever committees pay."""
        return self.share.public

    @property
    def civil(self) -> Amount:
        """What the civil side gives in the year."""
        return self.share.civil

    @property
    def others(self) -> Amount:
        """What funders give in the year; unknown where they give it jointly with a side."""
        own = [each.in_year for each in self._of(OTHERS)]
        return sum((*own, *(UNKNOWN for each in self.figures if _is_partly_funded(each))), ZERO)

    @property
    def value(self) -> Amount:
        """What all give in the year; what is not divided by year is unknown in it."""
        return sum((each.in_year for each in self.figures), ZERO if self.figures else UNKNOWN)

    def as_written(self, *sides: Side) -> Amount:
        """Return the kronor a year that these sides give in years that are unknown."""
        found = (each for each in self._of(sides) if each.is_undated)
        return sum((each.as_written for each in found), ZERO)

    def undivided(self, *sides: Side) -> Amount:
        """Return the kronor that these sides give for the whole period, in no year of it.

        They are the least where a row of these sides has no amount at all.
        """
        found = (*self.figures, *self.case.yearless)
        known = total(
            each.amount or ZERO.known
            for each in found
            if each.year is None
            and each.contribution.basis == "total"
            and (not sides or each.side in sides)
        )
        rest = (each for each in self._of(sides) if each.contribution.basis != "total")
        return Amount(known, complete=all(each.amount is not None for each in rest))

    def _of(self, sides: tuple[Side, ...]) -> Iterator[Figure]:
        return (each for each in self.figures if not sides or each.side in sides)

    @cached_property
    def share(self) -> Share:
        """The public side's share of the year."""
        return self.case.share(self.year)

    @property
    def stated(self) -> tuple[Decimal, Decimal] | None:
        """The value that the agreement states and what its rows add up to, where they differ."""
        economy = self.terms.economy
        stated = economy.stated and economy.stated.total
        amounts = [economy.yearly(row) for row in economy.contributions]
        known = [each for each in amounts if each is not None]
        if not stated or len(known) < len(amounts) or total(known) == stated:
            return None
        return stated, total(known)

    # -------------------------------------------------------------- the committees
    @property
    def own_boards(self) -> frozenset[str]:
        """The committee that the paper is for, else those of the public parties."""
        if self.board:
            return frozenset((self.board,))
        return frozenset(each.board for each in self.parties("public") if each.board)

    @property
    def own_part(self) -> Amount:
        """What the paper's own committees pay of the year; unknown where no row says who pays."""
        return own_part(self.share, self.own_boards)

    @cached_property
    def payers(self) -> tuple[Payer, ...]:
        """The committees that pay the public rows, in the rows' order."""
        parts: dict[str, Amount] = {}
        for figure in self._paid:
            for name, part in parts_by_board(figure):
                parts[name] = parts.get(name, ZERO) + part
        percents = self._percents
        return tuple(Payer(name, percents.get(name), part) for name, part in parts.items())

    @property
    def _paid(self) -> Iterator[Figure]:
        return (each for each in self._of(("public",)) if each.amount != 0)

    @property
    def _percents(self) -> dict[str, Decimal | None]:
        """Each committee's percent, where all public rows are divided alike."""
        divisions = {boards(each.terms, each.row) for each in self._paid}
        return dict(divisions.pop()) if len(divisions) == 1 else {}


def _is_partly_funded(figure: Figure) -> bool:
    roles = {figure.terms.parties[each].role for each in figure.contribution.party}
    return figure.amount != 0 and figure.side == "mixed" and "funder" in roles


def held_years(case: Case) -> frozenset[int]:
    """Return the years whose papers a partnership belongs in: those that have decided days.

    Where its days are unknown, the years that it has figures for, or has reported on.
    """
    if case.days is not None:
        return frozenset(year for held in case.held for year in dates.years(held.first, held.last))
    given = case.happened(Report)
    told = (year for _, event in given for year in reported(event, case))
    return frozenset((*case.years, *told))


# ------------------------------------------------------------------ in words
VERDICTS: Final = {"below": "under", "within": "inom", "above": "över", "unknown": MISSING}


def partnership(each: Partnership) -> dict[str, Any]:
    """Return what the papers say of a partnership."""
    agreement, public, civil = each.agreement, each.parties("public"), each.parties("civil")
    return {
        "id": agreement.id,
        "title": agreement.title,
        "named": words.named(agreement.title),
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
        "validity": words.validity(each.case),
        "legal": law.assessment(agreement.legal),
        "of_money": law.of_money(each.terms.economy),
        "reports": [told(event) for event in each.reports],
        "stated": [in_kronor(value) for value in each.stated or ()],
        "exceptions": [deviation.reason for deviation in each.exceptions],
        **money(each),
    }


def _in_whole(parties: Sequence[Party]) -> str:
    return listed([words.in_whole(party) for party in parties]) or MISSING


def against_benchmark(each: Partnership) -> str:
    """Return the benchmark in brackets; "" for what is no IOP, which is compared with none."""
    if each.agreement.kind != "iop":
        return ""
    return f"(riktmärket är {words.benchmark(each.case.config.benchmark)})"


def money(each: Partnership) -> dict[str, Any]:
    """Return the year's kronor by side, and the public side's share."""
    part = per_inhabitant(each.case, each.year)
    return {
        "value": _kronor(each, each.value),
        "cost": _kronor(each, each.public, "public"),
        "cost_in_words": cost(each),
        "own_part": _own_part(each),
        "civil": _kronor(each, each.civil, "civil"),
        "others": _kronor(each, each.others, *OTHERS),
        "has_others": each.others != ZERO,
        "share": share(each),
        "against_benchmark": against_benchmark(each),
        "per_inhabitant": "" if part is None else in_kronor(part),
    }


def _own_part(each: Partnership) -> str:
    """Return what the paper's own committees pay; as the agreement states it, if they pay all."""
    if each.payers and {payer.board for payer in each.payers} <= each.own_boards:
        return _kronor(each, each.own_part, "public")
    return words.kronor(each.own_part)


def share(each: Partnership) -> str:
    """Return the public side's share, and whether it is the agreement's word for it."""
    told = words.percent(each.share.rounded_percent)
    return f"{told} enligt överenskommelsen" if each.share.is_stated else told


def _kronor(each: Partnership, amount: Amount, *sides: Side) -> str:
    """Return what sides give in the year, or as far as the agreement states it without one."""
    return words.kronor(amount, each.undivided(*sides), each.as_written(*sides))


def verdict(each: Partnership) -> str:
    """Return how the share lies to the benchmark, and if the parties have explained it."""
    found = each.share.verdict
    explained = found in {"below", "above"} and each.share.explanation
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
    whole = _kronor(each, each.public, "public")
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
    """Return what a sentence calls the public side: kommunen, regionerna, or the general word."""
    parties = {each.identity: each for one in given for each in one.parties("public")}
    names = [words.in_whole(party).casefold() for party in parties.values()]
    several = len(names) > 1
    if all(name.endswith(("kommun", "stad")) for name in names):
        return "kommunerna" if several else "kommunen"
    if all(name.startswith("region ") for name in names):
        return "regionerna" if several else "regionen"
    return "den offentliga sidan"
