"""What whole commands print of made-up agreements is what a second reckoning makes of them."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections import defaultdict
from contextlib import chdir, redirect_stderr, redirect_stdout
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.reference import SERIES, Reckoning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.reference import Data, Money

AS_OF = date(2024, 6, 1)
OTHERS = (
    "budget --trail",
    "split",
    "status",
    "due",
    "list",
    "show a",
    "export -o - -f json",
    "check",
)

kronor = st.integers(0, 3_000_000).map(str) | st.integers(1, 999_999).map(
    lambda ore: f"{ore // 100}.{ore % 100:02}"
)
days = st.dates(date(2022, 1, 1), date(2025, 12, 31)).map(str)


@st.composite
def indexes(draw: st.DrawFn) -> Data:
    """Draw an index of one of the kinds that any row may have."""
    lag = {"lag_years": draw(st.sampled_from(["1", "2"]))}
    kpi = {"series": "KPI", **lag, **draw(st.sampled_from([{}, {"month": "10"}]))}
    kinds: list[Data] = [
        {"percent": draw(st.sampled_from(["2", "0", "-1.5", "3.25"]))},
        {"steps": draw(st.sampled_from([{"2023": "2", "2024": "0"}, {str(y): f"{y % 5}.5" for y in range(2021, 2027)}]))},
        {"series": "AKI"},
        kpi,
        {"series": "KPI", **lag, "base_is_floor": "true", "base": {"period": "2020-10", "value": "399"}},
        {"series": "KPI", **lag, "base": draw(st.sampled_from([{"period": "2019"}, {"period": "2020-10"}, {"period": "2020-10", "value": "350.25"}]))},
        {"composite": [{"series": "AKI", "weight": "70"}, {**kpi, "weight": "30"}]},
    ]  # fmt: skip
    index = dict(draw(st.sampled_from(kinds)))
    if "series" in index or "composite" in index:
        index |= draw(
            st.sampled_from(
                [
                    {},
                    {},
                    {"pass_through": "90"},
                    {"cap": "2.5"},
                    {"floor": "0", "pass_through": "33.33"},
                ]
            )
        )
    if "base" not in index:
        index |= draw(st.sampled_from([{}, {}, {"compound": "rounded"}]))
    return index | draw(st.sampled_from([{}, {}, {"raise_on": "05-01"}, {"raise_on": "09-15"}]))


@st.composite
def raises_of(draw: st.DrawFn, row: Data) -> Data:
    """Draw what a row says of its raise: nothing, most often."""
    if draw(st.integers(0, 4)) == 0:
        return {"indexed": "false"}
    if row.keys() & {"amount", "unit_price", "remainder"} and draw(st.integers(0, 3)) == 0:
        return {"index": draw(indexes())}
    if "amount" in row and draw(st.integers(0, 5)) == 0:
        day = draw(st.sampled_from(["01-01", "09-15"]))
        return {"index": {"kronor": draw(kronor), "raise_on": day}}
    return {}


@st.composite
def rows(draw: st.DrawFn, item: str, *, remainder: bool = False) -> Data:
    """Draw a row, in one of the ways to state an amount."""
    row: Data = {"party": draw(st.sampled_from(["k", "m", "f"])), "item": item}
    ways = ["amount", "amount", "units", "by_year", "spread", "total", "none"]
    match "remainder" if remainder else draw(st.sampled_from(ways)):
        case "amount":
            row["amount"] = draw(kronor)
        case "units":
            row["units"] = draw(st.sampled_from(["37.5", "0.3333", "400", "1720.25"]))
            row["unit_price"] = draw(kronor)
        case "by_year":
            years = draw(st.sets(st.integers(2022, 2026), min_size=1))
            row["by_year"] = {str(year): draw(kronor) for year in sorted(years)}
        case "spread":
            row |= {"total": draw(kronor), "spread": "months"}
        case "total":
            row["total"] = draw(kronor)
        case "remainder":
            row["remainder"] = "true"
        case _:
            pass
    if draw(st.integers(0, 3)) == 0:
        first, last = sorted((draw(days), draw(days)))
        row |= draw(
            st.sampled_from([{"start": first}, {"end": last}, {"start": first, "end": last}])
        )
    if row["party"] == "k" and draw(st.booleans()):
        row["board"] = draw(
            st.sampled_from(["FN", {"FN": "50", "GN": "50"}, {"HN": "33.33", "FN": "66.67"}])
        )
    return row | draw(raises_of(row))


@st.composite
def economies(draw: st.DrawFn, name: str) -> Data:
    """Draw an economy, whose rows are called by its *name*."""
    number = draw(st.integers(1, 4))
    last = draw(st.booleans())
    contributions = [
        draw(rows(f"{name}{each}", remainder=last and each == 0)) for each in range(number)
    ]
    economy: Data = {"contributions": contributions}
    if last:
        economy["stated"] = {"total": "9000000000000"}
    if draw(st.booleans()):
        economy["index"] = draw(indexes())
    if draw(st.integers(0, 3)) == 0:
        economy["base_year"] = draw(st.sampled_from(["2021", "2022", "2024"]))
    if draw(st.integers(0, 3)) == 0:
        mode = draw(st.sampled_from(["half_up", "up", "down"]))
        economy["rounding"] = {"unit": draw(st.sampled_from(["1", "100", "0.05"])), "mode": mode}
    return economy


@st.composite
def parties(draw: st.DrawFn) -> Data:
    """Draw who the parties are: what they are called, and which committees decide."""
    boards = [draw(st.sampled_from(["SN", "KS"])), draw(st.sampled_from(["AN", "BN", ""]))]
    named: Data = {
        "k": {"role": "public", "name": "Ekeby kommun", "board": boards[0]},
        "m": {"role": "public", "name": "Vikby kommun", "board": boards[1]},
        "f": {"role": "civil", "name": draw(st.sampled_from(["Föreningen", "Nya föreningen"]))},
    }
    return {key: {k: v for k, v in party.items() if v} for key, party in named.items()}


@st.composite
def agreements(draw: st.DrawFn) -> Data:
    """Draw an agreement with its log."""
    start = draw(st.dates(date(2022, 1, 1), date(2023, 12, 31)))
    end = start + timedelta(draw(st.integers(20, 900)))
    validity = {"start": str(start), "end": str(end)}
    dates = sorted(draw(st.lists(st.dates(date(2021, 6, 1), AS_OF), max_size=3)))
    log: list[Data] = []
    for number, logged in enumerate(dates):
        terms: Data = {}
        which = draw(st.sets(st.sampled_from(["parties", "economy", "validity"]), min_size=1))
        if "parties" in which:
            terms["parties"] = draw(parties())
        if "economy" in which:
            terms["economy"] = draw(economies(f"{'bcd'[number]}"))
        if "validity" in which:
            new = {"end": str(end + timedelta(draw(st.integers(-200, 500))))}
            if draw(st.booleans()):
                new["start"] = str(
                    min(
                        start + timedelta(draw(st.integers(-90, 90))),
                        date.fromisoformat(new["end"]),
                    )
                )
            terms["validity"] = new
        effective = start + timedelta(draw(st.integers(-60, 1000)))
        log.append(
            {"date": str(logged), "event": "amendment", "effective": str(effective), "terms": terms}
        )
    if draw(st.integers(0, 3)) == 0:
        effective = start + timedelta(draw(st.integers(-40, 1000)))
        log.append({"date": str(AS_OF), "event": "termination", "effective": str(effective)})
    return {
        "id": "a",
        "title": "A",
        "parties": draw(parties()),
        "validity": validity,
        "economy": draw(economies("a")),
        "log": log,
    }


# ------------------------------------------------------------------ the two reckonings
def configuration() -> str:
    """Return the series of the reference as `iopctl.toml` has them."""
    return "".join(
        f"[index.{name}]\nunit = '{series['unit']}'\n[index.{name}.values]\n"
        + "".join(f"{period} = {value}\n" for period, value in series["values"].items())
        for name, series in SERIES.items()
    )


def printed(words: str) -> tuple[int, str]:
    """Run a command in the folder of work, and return its exit code and what it prints."""
    from iopctl import cli

    main: Callable[[list[str]], int | None] = cli.main
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):  # noqa: SIM117 - as one, mypy takes what follows for unreachable
        with pytest.raises(SystemExit) as leaving:
            sys.exit(main([*words.split(), "--as-of", str(AS_OF)]))
    texts = []
    for stream in (out, err):
        stream.seek(0)
        texts.append(stream.read())
    return int(leaving.value.code or 0), "".join(texts)


def kronor_of(cell: Any) -> tuple[Fraction, bool]:  # noqa: ANN401 - a cell of JSON
    """Return how much of an amount is known, and whether that is all of it."""
    if isinstance(cell, dict):
        return Fraction(cell["at_least"] or 0), False
    return Fraction(cell), True


def shown(by: str, *labels: str) -> dict[tuple[str, ...], tuple[Fraction, bool]]:
    """Return what a budget shows, by the labels of its rows and the year."""
    code, text = printed(f"budget --by {by} --from 2000 --to 2100 --format json")
    assert code == 0, text
    return {
        (*(row["cells"][label] for label in labels), key): kronor_of(cell)
        for row in json.loads(text)["rows"]
        if row["level"] == "row"
        for key, cell in row["cells"].items()
        if key.isdigit() or key == "period"
        if cell is not None
    }


def added(money: Iterable[Money], *labels: str) -> dict[tuple[str, ...], tuple[Fraction, bool]]:
    """Add up a reckoning by some of its labels and the year."""
    sums: dict[tuple[str, ...], tuple[Fraction, bool]] = defaultdict(lambda: (Fraction(0), True))
    for each in money:
        key = (*(getattr(each, label) for label in labels), str(each.year or "period"))
        known, complete = sums[key]
        sums[key] = known + (each.kronor or 0), complete and each.kronor is not None
    return dict(sums)


@settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a run takes too long for shrinking
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=agreements(), other=st.sampled_from(OTHERS))
def test_commands_print_what_a_second_reckoning_gives(data: Data, other: str) -> None:
    """By row, by party and by committee, year by year; and no other command fails of it."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("agreements").mkdir()
        Path("iopctl.toml").write_text(configuration(), "utf-8")
        Path("agreements/a.yaml").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        money = Reckoning(data, AS_OF).money()
        public = [each for each in money if each.side == "public"]

        assert shown("row", "party", "item") == added(money, "party", "row")
        assert shown("party", "party") == added(money, "party")
        assert shown("board", "board") == added(public, "board")
        assert printed(other)[0] in {0, 1}
