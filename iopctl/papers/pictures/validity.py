"""When agreements hold: a bar each, with extensions taken, options left, and today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl import localised
from iopctl.dates import ONE_DAY
from iopctl.localised import in_full
from iopctl.papers import swedish
from iopctl.papers.pictures.drawing import INK, MARKED, REST, SHADES, Picture, cut, names, values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from iopctl.case.case import Case

MOST_ROWS: Final = 30
MOST_YEARS: Final = 12  # before and after today; beyond them a bar is cut
_STATES: Final = {
    "avtalad": SHADES[0],
    "förlängd": SHADES[2],
    "utkast": REST,
    "option": "#ffffff",
}
_UNDECIDED: Final = "datum.state === 'option' || datum.state === 'utkast'"


class DaySpan(NamedTuple):
    """Some days of an agreement, both ends included, and what they are."""

    first: date
    last: date
    state: str


def validity(given: Sequence[Case], as_of: date) -> Picture:
    """Return a bar for each agreement whose days are known, those that end first at the top.

    Of more than there is room for, those are drawn that end next. Where all lie too far from today
    there is nothing to draw.
    """
    dated = sorted((each for each in given if each.days), key=_by_end)
    ahead = [each for each in dated if _end(each) >= as_of]
    drawn = dated if len(dated) <= MOST_ROWS else (ahead or dated)[:MOST_ROWS]
    titles = names(each.agreement for each in given)
    rows = {titles[each.agreement.id]: each for each in drawn}
    arrow = " Pil: tills vidare." if any(each.reach.is_open for each in drawn) else ""
    which = cut(len(rows), len(dated), "de som löper ut närmast")
    return Picture(
        name="giltighet",
        title="Giltighet och optioner",
        key=f"Lodrät linje: läget den {in_full(as_of)}.{arrow}{which}",
        description=_described(rows, as_of, which, sum(not each.is_dated for each in given)),
        rows=list(rows) if any(True for each in drawn for _ in _spans(each, as_of)) else [],
        x={
            "type": "temporal",
            "scale": {"type": "utc"},
            "axis": {"format": "%Y", "tickCount": {"interval": "year", "step": 1}},
        },
        layers=(_bars(rows, as_of), *_open(rows, as_of), _today(as_of)),
    )


def _end(case: Case) -> date:
    return case.reach.end or date.max


def _by_end(case: Case) -> tuple[date, str]:
    return _end(case), case.agreement.id


def _spans(case: Case, as_of: date) -> Iterator[DaySpan]:
    """Yield the days that are drawn, cut where they lie too far from today."""
    low, high = date(as_of.year - MOST_YEARS, 1, 1), date(as_of.year + MOST_YEARS, 12, 31)
    for span in _all_spans(case):
        first, last = max(span.first, low), min(span.last, high)
        if first <= last:
            yield DaySpan(first, last, span.state)


def _all_spans(case: Case) -> Iterator[DaySpan]:
    written = case.terms[-1].validity
    state = "utkast" if case.agreement.status == "draft" else "avtalad"
    for decided in case.spans("decided"):
        agreed = min((written and written.last) or decided.last, decided.last)
        yield DaySpan(decided.first, agreed, state)
        if agreed < decided.last:
            yield DaySpan(agreed + ONE_DAY, decided.last, "förlängd")
    for option in case.options:
        yield DaySpan(option.first, option.last, "option")


# ------------------------------------------------------------------ the marks
def _bars(rows: Mapping[str, Case], as_of: date) -> dict[str, Any]:
    drawn = [(row, span) for row, each in rows.items() for span in _spans(each, as_of)]
    states = [state for state in _STATES if any(span.state == state for _, span in drawn)]
    data = (
        {
            "row": row,
            "first": span.first.isoformat(),
            "after": (span.last + ONE_DAY).isoformat(),
            "state": span.state,
        }
        for row, span in drawn
    )
    return {
        "data": values(data),
        "mark": {"type": "bar", "height": 15, "stroke": INK, "strokeWidth": 1},
        "encoding": {
            "x": {"field": "first"},
            "x2": {"field": "after"},
            "color": {
                "field": "state",
                "type": "nominal",
                "scale": {"domain": states, "range": [_STATES[state] for state in states]},
                "legend": {"direction": "horizontal", "symbolStrokeColor": INK},
            },
            "strokeDash": {
                "condition": {"test": _UNDECIDED, "value": [3, 2]},
                "value": [1, 0],
            },
        },
    }


def _open(rows: Mapping[str, Case], as_of: date) -> tuple[dict[str, Any], ...]:
    data = [
        {"row": row, "after": span.last.isoformat()}
        for row, each in rows.items()
        if each.reach.is_open
        for span in _spans(each, as_of)
    ]
    text = {
        "data": values(data),
        "mark": {"type": "text", "align": "left", "dx": 4, "text": "→"},
        "encoding": {"x": {"field": "after"}},
    }
    return (text,) if data else ()


def _today(as_of: date) -> dict[str, Any]:
    return {
        "data": values([{"day": as_of.isoformat()}]),
        "mark": {"type": "rule", "color": MARKED, "strokeWidth": 2},
        "encoding": {"x": {"field": "day"}, "y": {"value": 0}, "y2": {"value": "height"}},
    }


# ------------------------------------------------------------------ the words
def _described(rows: Mapping[str, Case], as_of: date, which: str, unknown: int) -> str:
    if not rows:
        return "Inga avtalstider är kända."
    told = [f"Läget den {in_full(as_of)}.{which}"]
    if unknown:
        told.append(f"För {localised.number(unknown)} är tiden okänd.")
    told += [f"{row}: {swedish.validity(each)}{_options(each)}." for row, each in rows.items()]
    return " ".join(told)


def _options(case: Case) -> str:
    if not case.options:
        return ""
    last = in_full(case.options[-1].last)
    if case.reach.rolls_on:
        return f", och går vidare till {last} om ingen säger upp"
    return f", med option till {last}"
