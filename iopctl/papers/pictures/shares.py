"""The public side's share of each partnership, against the band of the benchmark."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from iopctl import localised
from iopctl.papers import swedish
from iopctl.papers.pictures.drawing import BAND, MARKED, SHADES, Picture, cut, names, values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iopctl.case.share import Share
    from iopctl.config import Benchmark

MOST_ROWS: Final = 24
VERDICTS: Final = {"below": "under", "within": "inom", "above": "över", "unknown": "okänd"}
_SHAPES: Final = {"under": "triangle-left", "inom": "circle", "över": "triangle-right"}
_COLORS: Final = {"under": MARKED, "inom": SHADES[0], "över": MARKED}


def shares(given: Sequence[Share], benchmark: Benchmark) -> Picture:
    """Return a point for each share that is known, the largest first.

    Of more than there is room for, those farthest from the benchmark are drawn.
    """
    known = [each for each in given if each.percent is not None]
    drawn = _nearest_benchmark(known, benchmark)[-MOST_ROWS:]
    titles = names(each.case.agreement for each in given)
    rows = {
        titles[each.case.agreement.id]: each for each in sorted(drawn, key=_percent, reverse=True)
    }
    which = cut(len(rows), len(known), "de som ligger längst från riktmärket")
    return Picture(
        name="andelar",
        title="Offentlig andel av varje partnerskap",
        key=f"Procent. Grått fält: riktmärket {swedish.benchmark(benchmark)}.{which}",
        description=_described(rows, benchmark, which, len(given) - len(known)),
        rows=list(rows),
        x={
            "type": "quantitative",
            "scale": {"domain": [0, 122]},
            "axis": {"values": [0, 20, 40, 60, 80, 100]},
        },
        layers=(_band(benchmark), *_points(rows)),
    )


def _percent(share: Share) -> Decimal:
    return share.rounded_percent or Decimal(0)


def _nearest_benchmark(known: Sequence[Share], benchmark: Benchmark) -> list[Share]:
    return sorted(known, key=lambda each: abs(_percent(each) - benchmark.share))


def _band(benchmark: Benchmark) -> dict[str, Any]:
    band = [{"low": str(benchmark.low), "high": str(benchmark.high)}]
    height = {"y": {"value": 0}, "y2": {"value": "height"}}
    return {
        "data": values(band, "low", "high"),
        "mark": {"type": "rect", "color": BAND},
        "encoding": {"x": {"field": "low"}, "x2": {"field": "high"}, **height},
    }


def _points(rows: Mapping[str, Share]) -> tuple[dict[str, Any], ...]:
    data = values(
        (
            {
                "row": row,
                "percent": str(share.rounded_percent),
                "verdict": VERDICTS[share.verdict],
                "label": swedish.percent(share.rounded_percent),
            }
            for row, share in rows.items()
        ),
        "percent",
    )
    verdict = {"field": "verdict", "type": "nominal", "legend": None}
    return (
        {
            "data": data,
            "mark": {"type": "point", "filled": True, "size": 120, "opacity": 1},
            "encoding": {
                "x": {"field": "percent"},
                "shape": {**verdict, "scale": _scale(_SHAPES)},
                "color": {**verdict, "scale": _scale(_COLORS)},
            },
        },
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "dx": 10},
            "encoding": {"x": {"field": "percent"}, "text": {"field": "label"}},
        },
    )


def _scale(meanings: Mapping[str, str]) -> dict[str, list[str]]:
    return {"domain": list(meanings), "range": list(meanings.values())}


def _described(rows: Mapping[str, Share], benchmark: Benchmark, which: str, unknown: int) -> str:
    if not rows:
        return "Ingen andel är känd."
    told = [f"Riktmärket är {swedish.benchmark(benchmark)}.{which}"]
    if unknown:
        told.append(f"För {localised.number(unknown)} är andelen okänd.")
    told += [
        f"{row}: {swedish.percent(share.rounded_percent)}, {VERDICTS[share.verdict]}."
        for row, share in rows.items()
    ]
    return " ".join(told)
