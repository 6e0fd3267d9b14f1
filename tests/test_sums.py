"""Every amount that a file states is in the output that sums it, or the output says that it is not.

Whole commands over made-up agreements, against sums that are worked out here from what the file
says, by docs/format.md alone; and of any agreement that reads, every format against every other.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from calendar import monthrange
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import drawn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.conftest import Run

ID = "drawn-2024"
NBSP = "\u00a0"
EVER = ("--from", "1990", "--to", "2199")
ROLES = {"kommunen": "public", "foreningen": "civil", "stiftelsen": "funder", "regionen": "public"}
Sums = dict[str, "Sum"]


# ------------------------------------------------------------------ agreements without riddles
rows = st.fixed_dictionaries(
    {
        "party": st.sampled_from([*ROLES]),
        "basis": st.sampled_from(["amount", "amount", "total", "months", "by_year", "units", "hours", "units_by_year", "none"]),
        "kronor": drawn.ore | st.integers(0, 3_000_000).map(str),
        "units": st.sampled_from(["1", "37.5", "400", "0.25"]),
    },
    optional={
        "board": st.sampled_from(drawn.BOARDS),
        "indexed": st.just("false"),
        "start": st.dates(date(2020, 1, 1), date(2027, 12, 31)).map(str),
        "end": st.dates(date(2020, 1, 1), date(2027, 12, 31)).map(str),
    },
)  # fmt: skip
rounding = st.fixed_dictionaries(
    {},
    optional={
        "unit": st.sampled_from(["1", "100", "0.01", "0.50"]),
        "mode": st.sampled_from(["half_up", "half_even", "up", "down"]),
    },
)


def row(number: int, parts: dict[str, Any], years: list[int]) -> dict[str, Any]:
    """Return a row as the file has it, called by its number."""
    money, units = parts["kronor"], parts["units"]
    stated: dict[str, dict[str, Any]] = {
        "amount": {"amount": money},
        "total": {"total": money},
        "months": {"total": money, "spread": "months"},
        "by_year": {"by_year": {str(year): money for year in years}},
        "units": {"unit_price": money, "units": units},
        "hours": {"unit_price": money, "hours_per_year": units},
        "units_by_year": {
            "unit_price": money,
            "units_by_year": {str(year): units for year in years},
        },
        "none": {},
    }
    known: dict[str, Any] = {key: parts[key] for key in ("party", "board", "indexed", "start", "end") if key in parts}  # fmt: skip
    if parts["basis"] == "months":  # its total is for the agreement's own days
        known.pop("start", None), known.pop("end", None)
    if known.get("start", "") > known.get("end", "9"):
        known["start"], known["end"] = known["end"], known["start"]
    return {**known, "item": f"Rad {number}", **stated[parts["basis"]]}


def validity(draw: st.DrawFn, first: date, last: date) -> dict[str, Any]:
    """Draw the days of an agreement, of which one or both may be unknown, or known in part."""
    start = draw(
        st.sampled_from([str(first), str(first), str(first), f"{first:%Y-%m}", f"{first:%Y}", None])
    )
    end = draw(
        st.sampled_from(
            [str(last), str(last), str(last), f"{last:%Y-%m}", f"{last:%Y}", "open", "open", None]
        )
    )
    return {key: day for key, day in (("start", start), ("end", end)) if day}  # fmt: skip


@st.composite
def plain_agreements(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an agreement whose terms never change; its days may be unknown."""
    first, last = sorted(draw(st.lists(st.dates(date(2020, 1, 1), date(2026, 12, 31)), min_size=2, max_size=2)))  # fmt: skip
    if draw(st.booleans()):
        first, last = first.replace(month=1, day=1), last.replace(month=12, day=31)
    years = draw(st.lists(st.integers(first.year, last.year), unique=True, max_size=5))
    given_rows = draw(st.lists(rows, min_size=1, max_size=5))
    index = draw(st.sampled_from([None, None, "0", "2", "2.5", "-1.25", "unspecified"]))
    base_year = draw(st.sampled_from([first.year, first.year - 1, first.year - 3, None]))
    economy: dict[str, Any] = {
        **({"base_year": str(base_year)} if base_year else {}),
        "rounding": draw(rounding),
        "contributions": [row(number, each, years) for number, each in enumerate(given_rows, 1)],
    }
    if index:
        economy["index"] = index if index == "unspecified" else {"percent": index}
    return {
        "id": ID,
        "title": "Prov",
        "parties": {name: {"role": role, "name": name.title(), "board": "KS"} for name, role in ROLES.items()},
        "validity": validity(draw, first, last),
        "economy": economy,
    }  # fmt: skip


# ------------------------------------------------------------------ what they come to, anew
class Sum:
    """Kronor of which a part may be unknown."""

    def __init__(self, amounts: Iterable[Decimal | None]) -> None:
        all_ = [*amounts]
        self.known = sum((each for each in all_ if each is not None), Decimal(0))
        self.complete = None not in all_

    @property
    def in_json(self) -> object:
        """The sum as JSON has it."""
        text = f"{self.known:.2f}".removesuffix(".00")
        return text if self.complete else {"at_least": text if self.known else None}


def months(first: date, last: date) -> Fraction:
    """Return how many months the days are, each day being its part of its month."""
    result, year, month = Fraction(0), first.year, first.month
    while (year, month) <= (last.year, last.month):
        length = monthrange(year, month)[1]
        begin = max(first, date(year, month, 1))
        end = min(last, date(year, month, length))
        result += Fraction((end - begin).days + 1, length)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return result


def to_multiple(value: Fraction, unit: Decimal, mode: str) -> Decimal:
    """Return the multiple of *unit* that a mode of rounding chooses for what is not negative."""
    parts = value / Fraction(unit)
    whole = {
        "half_up": floor(parts + Fraction(1, 2)),
        "half_even": round(parts),
        "up": ceil(parts),
        "down": floor(parts),
    }[mode]
    return whole * unit


def base_of(each: dict[str, Any], year: int) -> Fraction | None:
    """Return what a row states of a whole year, unrounded; None where it does not."""
    if "amount" in each:
        return Fraction(each["amount"])
    by_year = each.get("units_by_year", {})
    units = by_year.get(str(year), each.get("units", each.get("hours_per_year")))
    if "unit_price" not in each or units is None:
        return None
    return Fraction(each["unit_price"]) * Fraction(units)


def worth(agreement: dict[str, Any], each: dict[str, Any], year: int, first: date, last: date) -> Decimal | None:  # fmt: skip
    """Return what a row gives in a year, its agreement holding from *first* to *last* in it."""
    begin = max(first, date.fromisoformat(each.get("start", str(first))))
    end = min(last, date.fromisoformat(each.get("end", str(last))))
    economy = agreement["economy"]
    unit = Decimal(economy["rounding"].get("unit", "1"))
    mode = economy["rounding"].get("mode", "half_up")
    if begin > end:
        return Decimal(0)
    if "by_year" in each:
        return Decimal(each["by_year"][str(year)]) if str(year) in each["by_year"] else None
    base = base_of(each, year)
    if base is None:
        return None
    part = Fraction(1) if "units_by_year" in each else months(begin, end) / 12
    index = economy.get("index", {"percent": "0"})
    if each.get("indexed") == "false":
        index = {"percent": "0"}
    elif "index" in economy and base_year(agreement) is None:
        return None
    raises = max(0, year - (base_year(agreement) or year))
    if index == "unspecified":
        if raises:
            return None
        index = {"percent": "0"}
    factor = (1 + Fraction(index["percent"]) / 100) ** raises
    if factor * part == 1 and part == 1 and "amount" in each:
        return Decimal(each["amount"])
    return to_multiple(base * factor * part, unit, mode)


def base_year(agreement: dict[str, Any]) -> int | None:
    """Return the year whose prices amounts are in: as written, else that of the start."""
    written = agreement["economy"].get("base_year", agreement["validity"].get("start", "")[:4])
    return int(written) if written else None


def days_of(agreement: dict[str, Any], as_of: date) -> tuple[date, date]:
    """Return the days that are decided; what is unknown of them is as far away as days go.

    An open end is the close of the year looked from. Without a start, and with a day as the end,
    the days count from the base year.
    """
    start, end = (agreement["validity"].get(key, "") for key in ("start", "end"))
    first, last = date.min, date.max
    if start:
        first = date.fromisoformat(f"{start}-01-01"[:10])
    elif end not in {"", "open"} and "base_year" in agreement["economy"]:
        first = date(base_year(agreement) or 0, 1, 1)
    if end == "open":
        last = date(max(first.year, as_of.year), 12, 31)
    elif end:
        year, month = int(end[:4]), int(end[5:7] or 12)
        last = date(year, month, int(end[8:] or monthrange(year, month)[1]))
    return first, last


def spread(each: dict[str, Any], agreement: dict[str, Any]) -> dict[int, Decimal] | None:
    """Return what each year has of a total that is divided over the months, by largest remainder."""
    validity = agreement["validity"]
    if validity["end"] == "open" or "start" not in validity:
        return None
    first, last = days_of(agreement, date.min)
    whole, total = months(first, last), Decimal(each["total"])
    step = Decimal(1) if total == int(total) else Decimal("0.01")
    exact = {}
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, month = divmod(number, 12)
        begin = max(first, date(year, month + 1, 1))
        end = min(last, date(year, month + 1, monthrange(year, month + 1)[1]))
        exact[year, month] = Fraction(total) / Fraction(step) * months(begin, end) / whole
    parts = {each: floor(exact[each]) for each in exact}
    left = int(total / step) - sum(parts.values())
    for each_month in sorted(exact, key=lambda one: parts[one] - exact[one])[:left]:
        parts[each_month] += 1
    result: dict[int, Decimal] = {}
    for (year, _), part in parts.items():
        result[year] = result.get(year, Decimal(0)) + part * step
    return result


def own_days(each: dict[str, Any], first: date, last: date) -> tuple[date, date] | None:
    """Return those of some days that a row has."""
    begin = max(first, date.fromisoformat(each.get("start", str(first))))
    end = min(last, date.fromisoformat(each.get("end", str(last))))
    return (begin, end) if begin <= end else None


Cells = dict[str, Decimal | None]


class Reckoned:
    """What the rows of an agreement come to, worked out by the docs.

    *placed* is what each row gives in the years that are known, or for the period; *undated* what
    it gives a year in those that are not, as far as it is stated, and nothing where all are known.
    """

    def __init__(self, agreement: dict[str, Any], as_of: date) -> None:
        self.agreement = agreement
        self.rows = agreement["economy"]["contributions"]
        self.first, self.last = days_of(agreement, as_of)
        self.days = [self._days(each) for each in self.rows]
        self.placed = [self._placed(*each) for each in zip(self.rows, self.days, strict=True)]
        self.undated = [self._undated(*each) for each in zip(self.rows, self.days, strict=True)]

    @property
    def is_known(self) -> bool:
        """Whether all days are."""
        return self.first != date.min and self.last != date.max

    def _days(self, each: dict[str, Any]) -> tuple[date, date]:
        first = max(self.first, date.fromisoformat(each.get("start", "0001-01-01")))
        last = min(self.last, date.fromisoformat(each.get("end", "9999-12-31")))
        return first, last

    def _are_known(self, days: tuple[date, date]) -> bool:
        return self.is_known or (days[0] != date.min and days[1] != date.max)

    def _placed(self, each: dict[str, Any], days: tuple[date, date]) -> Cells:
        """Return what a row gives in each year that is known."""
        first, last = (self.first, self.last) if self.is_known else days
        if self.last < self.first:
            return {}
        if "total" in each and "spread" not in each:
            return self._total(each, days)
        if not self._are_known(days) or last < first:
            return self._named(each, days)
        cells: Cells = {}
        by_year = spread(each, self.agreement) if "spread" in each else None
        for year in range(first.year, last.year + 1):
            begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
            if "spread" in each:
                cells[str(year)] = by_year[year] if by_year else None
            else:
                cells[str(year)] = worth(self.agreement, each, year, begin, end)
        return cells

    def _total(self, each: dict[str, Any], days: tuple[date, date]) -> Cells:
        """Return a total: of the one year that all of its days are in, else of none."""
        whole = Decimal(each["total"])
        if days[1] < days[0]:
            return {"period": Decimal(0)}
        validity = self.agreement["validity"]
        begins = each.get("start") or validity.get("start")
        ends = each.get("end") or validity.get("end", "open") != "open"
        stated = (each.get("start", days[0]), each.get("end", days[1]))
        if (
            self._are_known(days)
            and begins
            and ends
            and (*map(str, stated),) == (*map(str, days),)
            and days[0].year == days[1].year
        ):
            return {str(days[0].year): whole}
        return {"period": whole}  # fmt: skip

    def _named(self, each: dict[str, Any], days: tuple[date, date]) -> Cells:
        """Return what a row gives in the years that it names, else in the base year, or the first."""
        if days[1] < days[0] or "spread" in each:
            return {}
        named = [int(year) for year in each.get("by_year", each.get("units_by_year", ()))]
        base, start = base_year(self.agreement), days[0]
        for years in (named, [base] if base else [], [start.year] if start != date.min else []):
            held = {
                year: (max(days[0], date(year, 1, 1)), min(days[1], date(year, 12, 31)))
                for year in years
                if days[0].year <= year <= days[1].year
            }
            if held:
                return {str(year): worth(self.agreement, each, year, *held[year]) for year in held}
        return {}

    def _undated(self, each: dict[str, Any], days: tuple[date, date]) -> Cells:
        """Return what a row gives in years that are unknown, under the column that has it."""
        if self._are_known(days) and (self.is_known or days[0] <= days[1]):
            return {}
        if "total" in each:
            return {} if "spread" not in each else {"period": Decimal(each["total"])}
        if days[1] < days[0]:
            return {"years-unknown": Decimal(0)}
        economy = {"rounding": self.agreement["economy"]["rounding"], "base_year": "2020"}
        whole = {"economy": economy, "validity": {}}
        a_year = None if "by_year" in each or "units_by_year" in each else worth(whole, {**each, "start": "2020-01-01", "end": "2020-12-31"}, 2020, date(2020, 1, 1), date(2020, 12, 31))  # fmt: skip
        return {"years-unknown": a_year}

    def of_year(self, number: int, year: int) -> list[Decimal | None]:
        """Return what a row has in a year, be it not known how much; nothing where it has none."""
        placed, (first, last) = self.placed[number], self.days[number]
        if str(year) in placed:
            return [placed[str(year)]]
        is_empty = last < first
        may_be = is_empty or first.year <= year <= last.year
        if "period" in placed:
            if is_empty:
                outside = self.is_known and not self.first.year <= year <= self.last.year
                return [] if outside else [Decimal(0)]
            return [None if placed["period"] else Decimal(0)] if may_be else []
        if self.undated[number] and may_be:
            [stated] = self.undated[number].values()
            return [Decimal(0) if stated == 0 else None]
        return []

    @property
    def cells(self) -> list[Cells]:
        """What the budget has of each row, in the columns of all of them."""
        years = [int(year) for each in self.placed for year in each if year != "period"]
        found = []
        for number, (placed, undated) in enumerate(zip(self.placed, self.undated, strict=True)):
            cells = dict(placed)
            for year in range(min(years, default=1), max(years, default=0) + 1) if undated else ():
                for amount in self.of_year(number, year):
                    cells[str(year)] = amount
            found.append(cells if placed else {**cells, **undated})
        return found


def summed(cells: list[dict[str, Decimal | None]]) -> dict[str, object]:
    """Return the sums by year as JSON has them; a year that none of the rows has is null."""
    years = sorted({year for each in cells for year in each})
    return {year: Sum(each[year] for each in cells if year in each).in_json for year in years}


# ------------------------------------------------------------------ what the commands say
class Repository:
    """A folder with one agreement, in which commands are run on a day."""

    def __init__(self, run: Run, folder: Path, text: str, as_of: date) -> None:
        self.run, self.folder, self.as_of = run, folder, as_of
        shutil.rmtree(folder / "agreements", ignore_errors=True)
        (folder / "agreements").mkdir()
        (folder / "iopctl.toml").write_text(drawn.CONFIGURATION, "utf-8")
        (folder / "agreements" / f"{ID}.yaml").write_text(text, "utf-8")

    def said(self, *words: str) -> str:
        """Return what a command writes, which must be no refusal."""
        code, out, err = self.run(*words, "--as-of", str(self.as_of))

        assert (code, err) == (0, ""), err
        return out

    def table(self, *words: str) -> dict[str, Any]:
        """Return a table that a command writes as JSON."""
        table: dict[str, Any] = json.loads(self.said(*words, "-f", "json"))
        return table


def figures(table: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the cells of the columns of kronor that are not empty, row by row, the total last."""
    keys = [each["key"] for each in table["columns"] if each["kind"] == "kronor"]
    return [
        {key: row["cells"][key] for key in keys if row["cells"][key] is not None}
        for row in table["rows"]
    ]


def spelled(cell: object) -> str:
    """Return a cell of kronor as people read it."""
    if isinstance(cell, dict):
        return f"≥{NBSP}{spelled(cell['at_least'])}" if cell["at_least"] else "unknown"
    whole, _, ore = str(cell).partition(".")
    return f"{int(whole):,}".replace(",", NBSP) + (f".{ore}" if ore else "")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of work."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def share(of: int) -> settings:
    """Return the settings of a property that is tried with one of so many examples."""
    return settings(
        max_examples=settings().max_examples // of,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


some_days = st.dates(date(2020, 1, 1), date(2027, 12, 31))


@share(2)
@given(plain_agreements(), some_days)
def test_what_a_file_states_is_what_every_command_sums(
    run: Run, folder: Path, agreement: dict[str, Any], as_of: date
) -> None:
    """Row by row, by agreement, party and committee, as a share, at a glance and in the export."""
    repository = Repository(run, folder, drawn.written(agreement), as_of)
    given_rows = agreement["economy"]["contributions"]
    reckoned = Reckoned(agreement, as_of)
    cells = reckoned.cells
    whole = summed(cells)

    def together(key: str, value: str) -> list[Cells]:
        return [each for row, each in zip(given_rows, cells, strict=True) if row.get(key, "KS") == value]  # fmt: skip

    def of_year(year: int, *roles: str) -> object:
        held = [reckoned.of_year(n, year) for n, row in enumerate(given_rows) if ROLES[row["party"]] in roles]  # fmt: skip
        return Sum([amount for each in held for amount in each] or [None]).in_json

    shown = [each for each in cells if each]
    by_row = repository.table("budget", "--by", "row", *EVER)
    assert figures(by_row) == ([*(summed([each]) for each in shown), whole] if shown else [])
    assert [each["cells"]["item"] for each in by_row["rows"][:-1]] == [row["item"] for row, each in zip(given_rows, cells, strict=True) if each]  # fmt: skip
    assert figures(repository.table("budget", *EVER)) == ([whole, whole] if shown else [])
    parties = dict.fromkeys(row["party"] for row in given_rows)
    by_party = repository.table("budget", "--by", "party", *EVER)
    assert sorted(map(str, figures(by_party))) == sorted(map(str, [*(summed(together("party", each)) for each in parties if shown), *([whole] if shown else [])]))  # fmt: skip
    public = [each for row, each in zip(given_rows, cells, strict=True) if ROLES[row["party"]] == "public"]  # fmt: skip
    by_board = figures(repository.table("budget", "--by", "board", *EVER))
    assert (by_board[-1] if by_board else {}) == summed(public)

    years = [int(year) for year in whole if year.isdigit()]
    for year in {*years, as_of.year}:
        split = repository.table("split", "--year", str(year))["rows"][0]["cells"]
        has_any = any(reckoned.of_year(number, year) for number in range(len(given_rows)))
        for side in ("public", "civil"):
            assert split[side] == (of_year(year, side) if has_any else None), (side, year)
    listed = repository.table("list")["rows"][0]["cells"]
    if listed["year"]:
        assert listed["whole"] == of_year(int(listed["year"]), *ROLES.values())
        assert listed["public"] == of_year(int(listed["year"]), "public")
    tables = json.loads(repository.said("show", ID, "-f", "json"))["tables"]
    assert bool(shown) == ("budget" in tables)
    if shown:
        assert figures(tables["budget"])[-1].items() <= whole.items()

    tables = json.loads(repository.said("export", "-o", "-", "-f", "json"))["tables"]
    exported = [(each["cells"]["row"], each["cells"]["year"], each["cells"]["amount"]) for each in tables["budget"]["rows"]]  # fmt: skip
    lines = [
        (number, year, amount)
        for number, both in enumerate(zip(reckoned.placed, reckoned.undated, strict=True), 1)
        for given_cells in both
        for year, amount in given_cells.items()
    ]
    assert sorted(exported, key=str) == sorted(
        (
            (number, int(year) if year.isdigit() else None, None if amount is None or (year == "years-unknown" and amount) else Sum([amount]).in_json)
            for number, year, amount in lines
        ),
        key=str,
    )  # fmt: skip
    stated_once = {each["cells"]["row"] for each in tables["budget"]["rows"]}
    assert stated_once == {*range(1, len(given_rows) + 1)} or reckoned.last < reckoned.first
    stated = [[each["cells"][key] for key in ("amount", "total", "unit_price")] for each in tables["rows"]["rows"]]  # fmt: skip
    assert stated == [
        [Sum([Decimal(each[key])]).in_json if key in each else None for key in ("amount", "total", "unit_price")]
        for each in given_rows
    ]  # fmt: skip


@share(4)
@given(drawn.agreements(ID), some_days)
def test_every_format_and_grouping_says_the_same(
    run: Run, folder: Path, text: str, as_of: date
) -> None:
    """Whatever the agreement: totals are sums of rows, and no format or grouping loses a krona."""
    repository = Repository(run, folder, text, as_of)
    totals = {}
    for by in ("agreement", "party", "row", "board"):
        words = ("budget", "--by", by, "--options", "--keep-going", *EVER, ID)
        table = json.loads(run(*words, "-f", "json", "--as-of", str(as_of)).out)
        *parts, totals[by] = figures(table) or [{}]
        assert {key: added(each[key] for each in parts if key in each) for key in totals[by]} == totals[by]  # fmt: skip
        cells = [cell for row in [*parts, totals[by]] for cell in row.values()]
        for form in ("text", "markdown"):
            out = run(*words, "-f", form, "--as-of", str(as_of), "--color", "never").out
            assert [spelled(cell) for cell in cells if spelled(cell) not in out] == []
        for form, point, sign in (("csv", ",", ";"), ("csv-rfc4180", ".", ",")):
            out = run(*words, "-f", form, "--as-of", str(as_of)).out
            lines = [
                line
                for line in csv.reader(io.StringIO(out), delimiter=sign)
                if line[0] in {"row", "total"}
            ]
            texts = sum(each["kind"] != "kronor" for each in table["columns"])
            assert [line[1 + texts :] for line in lines] == in_csv(table, point)
    assert totals["agreement"] == totals["party"] == totals["row"]
    assert_every_row_is_told(repository, yaml.load(text, yaml.BaseLoader))  # noqa: S506 - only texts


def in_csv(table: dict[str, Any], point: str) -> list[list[str]]:
    """Return the kronor of a table as CSV has them."""

    def cell(value: object) -> str:
        if isinstance(value, dict):
            return f"≥{cell(value['at_least'])}" if value["at_least"] else "unknown"
        return str(value or "").replace(".", point)

    keys = [each["key"] for each in table["columns"] if each["kind"] == "kronor"]
    return [[cell(row["cells"][key]) for key in keys] for row in table["rows"]]


def added(cells: Iterable[object]) -> object:
    """Return the sum of cells as JSON has it."""
    amounts: list[Decimal | None] = []
    for each in cells:
        if isinstance(each, dict):
            amounts += [None, Decimal(each["at_least"] or 0)]
        else:
            amounts.append(Decimal(str(each)))
    return Sum(amounts).in_json


def assert_every_row_is_told(repository: Repository, data: dict[str, Any]) -> None:
    """Check that the export has each row as written, and the budget what it comes to, or why not."""
    words = ("export", "-o", "-", "-f", "json", "--options", "--keep-going", ID)
    out = repository.run(*words, "--as-of", str(repository.as_of)).out
    tables = json.loads(out)["tables"]
    there = {each["cells"]["row"]: each["cells"] for each in tables["rows"]["rows"] if not each["cells"]["terms_from"]}  # fmt: skip
    stated = data["economy"]["contributions"]
    for number, row in enumerate(stated, 1):
        for key in ("amount", "total", "unit_price"):
            if key in row:
                assert there[number][key] == Sum([Decimal(row[key])]).in_json
    events = data.get("log") or []
    changing = [each for each in events if each["event"] in {"amendment", "termination"}]
    if changing:  # these rows may never have been in force
        return
    asked = ("budget", "--by", "row", "--options", "--keep-going", *EVER, ID)
    budget = json.loads(repository.run(*asked, "-f", "json", "--as-of", str(repository.as_of)).out)
    why = ("dates unknown", "ended before the start")
    noted = [each for each in budget["notes"] if each.startswith(why)]
    found = [
        each["cells"]["item"] for each in budget["rows"] if figures({**budget, "rows": [each]})[0]
    ]
    for row in stated:
        item = row.get("item", row.get("category", "whole contribution"))
        # Rows of one name are told apart by what follows it in brackets.
        assert noted or any(each == item or each.startswith(f"{item} (") for each in found)
