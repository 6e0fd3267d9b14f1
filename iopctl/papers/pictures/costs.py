"""What all parties give each year, stacked by party; option years stand apart."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from iopctl import localised
from iopctl.case.extended import ExtensionWay, when_extended
from iopctl.money import KRONA, plain, rounded, total
from iopctl.papers import swedish
from iopctl.papers.pictures.drawing import INK, REST, SHADES, Picture, shortened, values
from iopctl.papers.swedish import in_whole
from iopctl.tables import ZERO, Amount

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.dated import Certainty
    from iopctl.case.figure import Figure
    from iopctl.model import Party

MOST_YEARS: Final = 10
LEAST_PART: Final = Decimal("0.02")  # of all years: less can't be seen
THOUSANDTH: Final = Fraction(1, 1000)
_KEYS: Final[Mapping[ExtensionWay, str]] = {
    "taken": " Streckad kontur: option, ännu inte beslutad.",
    "by_itself": " Streckad kontur: förlängning, om ingen säger upp.",
    "either": " Streckad kontur: förlängning, ännu inte beslutad.",
}
_WORDS: Final[Mapping[ExtensionWay, str]] = {
    "taken": "option",
    "by_itself": "förlängning",
    "either": "förlängning",
}

BarYear = tuple[int, "Certainty"]
Sums = dict[BarYear, dict[str, Amount]]


def costs(given: Sequence[Case], as_of: date) -> Picture:
    """Return the kronor of each year by party, of the ten years nearest to *as_of*.

    The parties that give most have shades of their own; the others are one. Options of years that
    are over are left out.
    """
    sums = _with_undated(_nearest(_sums(given, as_of), as_of), given)
    shades = _shades(sums, _public(given))
    totals = {year: sum(parties.values(), ZERO) for year, parties in sorted(sums.items())}
    most = max((each.known for each in totals.values()), default=Decimal(0))
    when = when_extended(given)
    undivided = any(figure.year is None for case in given for figure in case.figures)
    undated = sum(bool(case.undated) for case in given)
    return Picture(
        name="kostnader",
        title="Insatser per år och part",
        key=f"Tusen kronor.{_KEYS[when] if any(state == 'option' for _, state in sums) else ''}",
        description=_described(sums, shades, _WORDS[when], undivided=undivided, undated=undated),
        rows=_rows(sums, _WORDS[when]) if most else [],
        x={
            "type": "quantitative",
            "scale": {"domain": [0, int(most) * 13 // 10 + 1]},
            "axis": {"labelExpr": "format(datum.value / 1000, ',')", "tickCount": 4},
        },
        layers=(_bars(sums, shades, _WORDS[when]), _totals(totals, _WORDS[when])),
    )


# ------------------------------------------------------------------ the figures
def _sums(given: Sequence[Case], as_of: date) -> Sums:
    sums: Sums = {}
    called: dict[str, str] = {}
    for figure in (figure for case in given for figure in case.all_figures):
        past = figure.state == "option" and (figure.year or 0) < as_of.year
        if figure.year is not None and not past:
            parties = sums.setdefault((figure.year, figure.state), {})
            name = _jointly([called.setdefault(p.identity, in_whole(p)) for p in _givers(figure)])
            parties[name] = parties.get(name, ZERO) + figure.sum
    return sums


def _with_undated(sums: Sums, given: Sequence[Case]) -> Sums:
    """Return the sums, unknown in part where it is not known whether an agreement holds."""
    found = {year: dict(parties) for year, parties in sums.items()}
    for (year, state), parties in found.items():
        if state == "decided":
            for figure in (figure for case in given for figure in case.unknown_of(year)):
                name = _jointly([in_whole(each) for each in _givers(figure)])
                parties[name] = parties.get(name, ZERO) + figure.sum
    return found


def _givers(figure: Figure) -> Iterator[Party]:
    return (figure.terms.parties[handle] for handle in figure.contribution.party)


def _jointly(parties: Sequence[str]) -> str:
    names = [shortened(each) for each in parties]
    return names[0] if len(names) == 1 else f"{shortened(' + '.join(names))}, gemensamt"


def _nearest(sums: Sums, as_of: date) -> Sums:
    years = sorted({year for year, _ in sums}, key=lambda year: (abs(year - as_of.year), year))
    return {key: parties for key, parties in sums.items() if key[0] in years[:MOST_YEARS]}


def _public(given: Sequence[Case]) -> frozenset[str]:
    """Return the public parties, by name."""
    parties = (each for case in given for terms in case.terms for each in terms.parties.values())
    return frozenset(in_whole(each) for each in parties if each.role == "public")


def _shades(sums: Sums, public: Collection[str]) -> dict[str, str]:
    """Return the parties with a shade of their own: public ones first, then those that give most.

    So a municipality has the same shade in all pictures, however much the others give.
    """
    given: dict[str, Decimal] = {}
    for parties in sums.values():
        for name, amount in parties.items():
            given[name] = given.get(name, Decimal(0)) + amount.known
    whole = total(given.values())
    most = sorted(given, key=lambda name: (name not in public, -given[name], name))
    own = [name for name in most[: len(SHADES)] if given[name] >= whole * LEAST_PART]
    others = most[len(own) :]
    if len(others) == 1:
        own += others
    rest = {f"övriga {localised.number(len(others))} parter": REST} if len(others) > 1 else {}
    return dict(zip(own, (*SHADES, REST), strict=False)) | rest


def _stacked(parties: Mapping[str, Amount], shades: Mapping[str, str]) -> dict[str, Amount]:
    """Return what each shade stands for, in the order of the shades."""
    *_, rest = shades
    amounts: dict[str, Amount] = {}
    for name, amount in parties.items():
        shown = name if name in shades else rest
        amounts[shown] = amounts.get(shown, ZERO) + amount
    return {name: amounts[name] for name in shades if name in amounts}


def _rows(sums: Sums, word: str) -> list[str]:
    """Return the years, with those between them that have nothing."""
    numbers = [number for number, _ in sums]
    states: tuple[Certainty, ...] = ("decided", "option")
    return [
        _named((number, state), word)
        for number in range(min(numbers, default=0), max(numbers, default=-1) + 1)
        for state in states
        if (number, state) in sums or (state == "decided" and number not in numbers)
    ]


def _named(year: BarYear, word: str) -> str:
    number, state = year
    return f"{number} {word}" if state == "option" else str(number)


# ------------------------------------------------------------------ the marks
def _bars(sums: Sums, shades: Mapping[str, str], word: str) -> dict[str, Any]:
    order = list(shades)
    rows = (
        {
            "row": _named(year, word),
            "state": year[1],
            "party": name,
            "order": order.index(name),
            "kronor": plain(amount.known),
        }
        for year, parties in sorted(sums.items())
        for name, amount in _stacked(parties, shades).items()
    )
    color = {
        "field": "party",
        "type": "nominal",
        "scale": {"domain": order, "range": list(shades.values())},
    }
    option = {"test": "datum.state === 'option'"}
    return {
        "data": values(rows, "kronor"),
        "mark": {"type": "bar", "height": 17},
        "encoding": {
            "x": {"field": "kronor", "stack": "zero"},
            "order": {"field": "order", "type": "quantitative"},
            "color": {**color, "legend": {"symbolStrokeWidth": 0}},
            "fillOpacity": {"condition": {**option, "value": 0.3}, "value": 1},
            "stroke": {"condition": {**option, "value": INK}, "value": "white"},
            "strokeDash": {"condition": {**option, "value": [4, 2]}, "value": [1, 0]},
            "strokeWidth": {"value": 1},
        },
    }


def _totals(totals: Mapping[BarYear, Amount], word: str) -> dict[str, Any]:
    rows = (
        {"row": _named(year, word), "kronor": plain(amount.known), "label": _thousands(amount)}
        for year, amount in totals.items()
    )
    return {
        "data": values(rows, "kronor"),
        "mark": {"type": "text", "align": "left", "dx": 5},
        "encoding": {"x": {"field": "kronor"}, "text": {"field": "label"}},
    }


def _thousands(amount: Amount) -> str:
    if amount.unknown:
        return swedish.MISSING
    least = "" if amount.complete else "minst "
    return least + localised.number(rounded(amount.known, KRONA, "half_even", factor=THOUSANDTH))


# ------------------------------------------------------------------ the words
def _described(
    sums: Sums, shades: Mapping[str, str], word: str, *, undivided: bool, undated: int
) -> str:
    told = [
        f"{_named(year, word)}: {swedish.kronor(sum(parties.values(), ZERO))}"
        f" ({', '.join(_parts(_stacked(parties, shades)))})."
        for year, parties in sorted(sums.items())
    ]
    missing = ["Belopp som inte är fördelade på år ingår inte."] if undivided else []
    if undated:
        missing.append(f"För {localised.number(undated)} är det inte känt vilka år de gäller.")
    return " ".join([*told, *missing]) or "Inga belopp är kända."


def _parts(amounts: Mapping[str, Amount]) -> Iterator[str]:
    return (f"{name} {swedish.kronor(amount)}" for name, amount in amounts.items())
