"""The memo that a committee decides on: to extend an agreement, to renew it, or to let it end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

from iopctl.dates import ONE_DAY, Period
from iopctl.drafting.extending import refuse_beyond
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.localised import in_full
from iopctl.model.log import Extended
from iopctl.papers import pictures
from iopctl.papers import swedish as words
from iopctl.papers.annual import annual, duties
from iopctl.papers.filling import filled
from iopctl.papers.illustration import Illustration
from iopctl.papers.outcome import outcomes
from iopctl.papers.partnership import Partnership, partnership, public_side
from iopctl.tables import UNKNOWN, ZERO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.case.case import Case
    from iopctl.case.figure import Figure
    from iopctl.papers.pictures.drawing import PictureFormat
    from iopctl.papers.texts import Texts

Proposal: TypeAlias = Literal["extend", "renew", "end"]
TITLES: Final[dict[Proposal, str]] = {
    "extend": "Förlängning av",
    "renew": "Ny överenskommelse efter",
    "end": "Avslutande av",
}


class ProposedDecision(NamedTuple):
    """What is proposed of one agreement: until when it is extended, or after when it is over.

    *dnr* is the number of the case before the committee, not the agreement's own.
    """

    case: Case
    proposal: Proposal
    until: date | None
    dnr: str


def decision(case: Case, proposal: Proposal, until: date | None, dnr: str) -> ProposedDecision:
    """Return what is proposed; an extension is by the next option where no day is given.

    Raises:
        UserError: it can't be proposed: no option is left, it is a draft, or over on no such day.
        Refused: no extension leads to *until*.
    """
    reach, name = case.reach, case.agreement.id
    if case.agreement.status == "draft" and proposal != "renew":
        raise UserError(tr("{name} is a draft: there is nothing to extend or end", name=name))
    if proposal != "extend":
        if until is not None:
            _refuse_end(case, until)
        return ProposedDecision(case, proposal, until or reach.end, dnr)
    if reach.terminated or reach.declined or reach.options_left == 0:
        raise UserError(
            tr("{name} has no extension left: write --proposal renew or end", name=name)
        )
    if until is not None:
        refuse_beyond(reach, until)
    last = until or (reach.options[0].last if reach.options else None)
    if last is None:
        raise UserError(
            tr("how long {name} is extended is not known: say it with --until", name=name)
        )
    return ProposedDecision(case, proposal, last, dnr)


def _refuse_end(case: Case, until: date) -> None:
    """Refuse a last day that is past, or that the agreement does not reach by itself.

    Raises:
        UserError: it is such a day.
    """
    end = case.reach.end
    if until < case.as_of:
        raise UserError(
            tr("--until {until} is before {today}, and past", until=until, today=case.as_of)
        )
    if end is not None and until > end and not case.reach.rolls_on:
        raise UserError(
            tr("--until {until} is after {end}, when the agreement ends", until=until, end=end)
        )


# ------------------------------------------------------------------ in words
def markdown(
    found: ProposedDecision,
    texts: Texts,
    folders: Sequence[str] = (),
    form: PictureFormat | None = None,
) -> str:
    """Write the memo, with *texts* in its sections, and pictures where they have a *form*."""
    case = found.case
    year = case.share().year or case.as_of.year
    each = Partnership(case, year)
    is_iop, reach = case.agreement.kind == "iop", case.reach
    drawn = (pictures.costs([case], case.as_of), pictures.validity([case], case.as_of))
    drawing = Illustration(drawn, form)
    values = {
        **partnership(each),
        **duties(annual(each)),
        "heading": TITLES[found.proposal],
        "proposal": found.proposal,
        "is_partnership": is_iop,
        "case_number": found.dnr,
        "date": in_full(case.as_of),
        "year": str(year),
        "until": in_full(found.until) if found.until else "",
        "from_day": in_full(found.until + ONE_DAY) if found.until else "",
        "end": in_full(reach.end) if reach.end else "",
        "notice_day": _notice(case),
        "by_notice": case.reach.rolls_on or case.reach.is_open,
        "public_side": public_side([each]),
        "extension": words.extension(case, is_neuter=is_iop),
        "outcomes": outcomes(case),
        "years": _years(found),
        "picture": drawing,
    }
    return drawing.drawn(filled("decision.md", values, texts, folders))


def _notice(case: Case) -> str:
    day = case.reach.notice_day
    return in_full(day) if day and day >= case.as_of else ""


def _years(found: ProposedDecision) -> list[dict[str, Any]]:
    """Return the cost of each year from the current one, decided and as proposed."""
    proposed = _as_proposed(found)
    this_year = proposed.as_of.year
    years: dict[int, list[Figure]] = {}
    for figure in (*proposed.figures, *proposed.unknown_of(this_year)):
        if figure.year is not None and figure.year >= this_year:
            years.setdefault(figure.year, []).append(figure)
    for year in sorted(years):
        years[year] += proposed.unknown_of(year) if year != this_year else ()
    return [
        {
            "year": str(year),
            "value": _sum(figures),
            "cost": _sum([figure for figure in figures if figure.side == "public"]),
            "state": _state(found.case, year, figures),
        }
        for year, figures in sorted(years.items())
    ]


_STATES: Final = {
    (True, False): "beslutat",
    (True, True): "delvis beslutat",
    (False, True): "enligt förslaget",
}


def _state(case: Case, year: int, figures: Sequence[Figure]) -> str:
    if year not in case.years and any(each.within for each in figures):
        return words.MISSING
    return _STATES[year in case.years, _goes_further(case, figures)]


def _sum(figures: Sequence[Figure]) -> str:
    known = sum((figure.sum for figure in figures), ZERO if figures else UNKNOWN)
    undated = (figure.as_written for figure in figures if figure.is_undated)
    return words.kronor(known, as_written=sum(undated, ZERO))


def _goes_further(case: Case, figures: Sequence[Figure]) -> bool:
    """Whether figures are for days that are not decided yet."""
    last = case.days.last if case.days else date.max
    return any(figure.days is not None and figure.days.last > last for figure in figures)


def _as_proposed(found: ProposedDecision) -> Case:
    """Return the agreement as it is if the extension that is proposed is decided today."""
    case = found.case
    if found.proposal != "extend":
        return case
    today = Period.of(case.as_of, case.as_of)
    event = Extended.model_construct(
        event="extension", date=today, until=found.until, decision=None
    )
    return case.by_log((*case.agreement.log, event))
