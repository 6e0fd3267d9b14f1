"""What partnerships reached, as a part of what they were to reach."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl import localised
from iopctl.case.fulfilment import reported
from iopctl.model.log import Meeting, Report
from iopctl.money import HUNDRED, total
from iopctl.papers.pictures.drawing import MARKED, SHADES, Picture, cut, names, shortened, values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.case.case import Case

MOST_ROWS: Final = 24
_YEAR: Final = len("2022")


class TargetOutcome(NamedTuple):
    """A target, and what the log last tells of it; None where it tells nothing.

    *row* names the agreement, and the unit where it has several targets; of one agreement alone
    only the unit.
    """

    row: str
    unit: str
    target: Decimal
    reached: Decimal | None

    @property
    def percent(self) -> Decimal:
        """What was reached in whole percent of the target; 0 where that is unknown."""
        part = (self.reached or Decimal(0)) / self.target * HUNDRED
        return part.quantize(Decimal(1), ROUND_HALF_UP)

    @property
    def told(self) -> str:
        """The outcome and the target in words: `70 av 60 deltagare`."""
        reached = "inget utfall" if self.reached is None else localised.number(self.reached)
        return f"{reached} av {localised.number(self.target)} {self.unit}"


def outcomes(given: Sequence[Case], year: int | None = None) -> Picture:
    """Return a bar for each target, those farthest from it first.

    The outcome is what the last meeting or report in the log gives in the target's unit, or with
    *year* the last report on it; parts of a year are summed where the target is a year's. Of a
    year that no report tells of there is no bar.
    """
    titles = names(each.agreement for each in given) if len(given) > 1 else {}
    found = [each for one in given for each in _of(one, titles.get(one.agreement.id), year)]
    if year and all(each.reached is None for each in found):
        found = []
    found.sort(key=lambda each: (each.reached is None, each.percent, each.row))
    drawn = found[:MOST_ROWS]
    most = max((each.percent for each in drawn), default=HUNDRED)
    which = cut(len(drawn), len(found), "de som ligger längst från målet")
    return Picture(
        name="utfall",
        title="Utfall mot mål",
        key=f"Procent av målet. Lodrät linje: målet.{which}",
        description=_described(drawn, which),
        rows=[each.row for each in drawn],
        x={
            "type": "quantitative",
            "scale": {"domain": [0, int(max(most, HUNDRED) * 17 / 10)]},
            "axis": {"tickCount": 4},
        },
        layers=_layers(drawn),
    )


def _of(case: Case, title: str | None, year: int | None) -> Iterator[TargetOutcome]:
    terms = case.in_force(date(year, 12, 31)) if year else case.terms[-1]
    targets: dict[str, Decimal] = {}
    yearly = set[str]()
    for volume in terms.volume:
        if volume.target:
            targets[volume.unit] = targets.get(volume.unit, Decimal(0)) + volume.target
            yearly |= {volume.unit} if volume.measure == "per_year" else set()
    events = _telling(case, year)
    for unit, target in targets.items():
        called = shortened(unit)
        both = ", ".join(filter(None, (title, called)))
        row = both if len(targets) > 1 else title or called
        yield TargetOutcome(row, called, target, _reached(events, unit, yearly=unit in yearly))


def _telling(case: Case, year: int | None) -> tuple[Meeting | Report, ...]:
    """Return what tells of outcomes: of a year, the reports on it."""
    happened = (each for _, each in case.events)
    events = (each for each in happened if isinstance(each, Meeting | Report))
    if year is None:
        return tuple(events)
    reports = (each for each in events if isinstance(each, Report))
    return tuple(each for each in reports if year in reported(each, case))


def _reached(events: Sequence[Meeting | Report], unit: str, *, yearly: bool) -> Decimal | None:
    """Return what is told last; of a year that is told in parts, their sum."""
    told = [event for event in events if unit in (event.outcome or {})]
    if not told:
        return None
    parts = {_part(event): event for event in told if _part(event)[1]}
    year, part = _part(told[-1])
    alike = [each for (other, _), each in parts.items() if other == year]
    counted = alike if yearly and part else [told[-1]]
    return total((each.outcome or {})[unit] for each in counted)


def _part(event: Meeting | Report) -> tuple[int, str]:
    """Return the year that an event tells of, and the part of it, if it tells of one."""
    if isinstance(event, Report) and event.period and len(event.period.text) > _YEAR:
        return event.period.first.year, event.period.text
    return event.date.first.year, ""


def _layers(drawn: Sequence[TargetOutcome]) -> tuple[dict[str, Any], ...]:
    rows = [
        {
            "row": each.row,
            "percent": str(each.percent),
            "beyond": str(max(each.percent, HUNDRED)),  # where no line crosses the words
            "label": each.told,
        }
        for each in drawn
    ]
    target = [{"percent": "100"}]
    return (
        {
            "data": values(rows, "percent"),
            "mark": {"type": "bar", "color": SHADES[0], "height": 15},
            "encoding": {"x": {"field": "percent"}},
        },
        {
            "data": values(target, "percent"),
            "mark": {"type": "rule", "color": MARKED, "strokeWidth": 2},
            "encoding": {"x": {"field": "percent"}, "y": {"value": 0}, "y2": {"value": "height"}},
        },
        {
            "data": values(rows, "beyond"),
            "mark": {"type": "text", "align": "left", "dx": 5, "limit": 200},
            "encoding": {"x": {"field": "beyond"}, "text": {"field": "label"}},
        },
    )


def _described(drawn: Sequence[TargetOutcome], which: str) -> str:
    told = [f"{each.row}: {each.told}." for each in drawn]
    return " ".join([*([which.strip()] if which else []), *told]) or "Inga mål har ett utfall."
