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


@st.composite
def plain_agreements(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an agreement whose days are known and whose terms never change."""
    first, last = sorted(draw(st.lists(st.dates(date(2020, 1, 1), date(2026, 12, 31)), min_size=2, max_size=2)))  # fmt: skip
    if draw(st.booleans()):
        first, last = first.replace(month=1, day=1), last.replace(month=12, day=31)
    years = draw(st.lists(st.integers(first.year, last.year), unique=True, max_size=5))
    given_rows = draw(st.lists(rows, min_size=1, max_size=5))
    index = draw(st.sampled_from([None, None, "0", "2", "2.5", "-1.25", "unspecified"]))
    economy: dict[str, Any] = {
        "base_year": str(first.year - draw(st.integers(0, 3))),
        "rounding": draw(rounding),
        "contributions": [row(number, each, years) for number, each in enumerate(given_rows, 1)],
    }
    if index:
        economy["index"] = index if index == "unspecified" else {"percent": index}
    return {
        "id": ID,
        "title": "Prov",
        "parties": {name: {"role": role, "name": name.title(), "board": "KS"} for name, role in ROLES.items()},
        "validity": {"start": str(first), "end": draw(st.sampled_from([str(last), str(last), "open"]))},
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
    by_year = each.get("units_by_year")
    part = Fraction(1) if by_year is not None else months(begin, end) / 12
    if "amount" in each:
        base = Fraction(each["amount"])
    elif "unit_price" in each:
        units = (
            each.get("units", each.get("hours_per_year"))
            if by_year is None
            else by_year.get(str(year))
        )
        if units is None:
            return None
        base = Fraction(each["unit_price"]) * Fraction(units)
    else:
        return None
    raises = max(0, year - int(economy["base_year"]))
    index = economy.get("index", {"percent": "0"})
    if each.get("indexed") == "false":
        index = {"percent": "0"}
    if index == "unspecified":
        if raises:
            return None
        index = {"percent": "0"}
    factor = (1 + Fraction(index["percent"]) / 100) ** raises
    if factor * part == 1 and part == 1 and "amount" in each:
        return Decimal(each["amount"])
    return to_multiple(base * factor * part, unit, mode)


def days_of(agreement: dict[str, Any], as_of: date) -> tuple[date, date]:
    """Return the days that are decided: an open end is the close of the year looked from."""
    validity = agreement["validity"]
    first = date.fromisoformat(validity["start"])
    if validity["end"] == "open":
        return first, date(max(first.year, as_of.year), 12, 31)
    return first, date.fromisoformat(validity["end"])


def spread(each: dict[str, Any], agreement: dict[str, Any]) -> dict[int, Decimal] | None:
    """Return what each year has of a total that is divided over the months, by largest remainder."""
    validity = agreement["validity"]
    if validity["end"] == "open":
        return None
    first, last = (date.fromisoformat(validity[key]) for key in ("start", "end"))
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


def in_year(
    each: dict[str, Any], cells: dict[str, Decimal | None], year: str, days: tuple[date, date]
) -> Decimal | None:
    """Return what a row has in a year: of a total that touches it, nobody knows how much."""
    if "period" not in cells:
        return cells[year]
    held = own_days(each, *days)
    touched = held is not None and held[0].year <= int(year) <= held[1].year
    return None if touched and cells["period"] else Decimal(0)


def reckoned(agreement: dict[str, Any], as_of: date) -> list[dict[str, Decimal | None]]:
    """Return what each row gives in each decided year; under `period`, what no year divides."""
    first, last = days_of(agreement, as_of)
    result: list[dict[str, Decimal | None]] = []
    for each in agreement["economy"]["contributions"]:
        if "total" in each and "spread" not in each:
            held = own_days(each, first, last)
            result.append({"period": Decimal(each["total"]) if held else Decimal(0)})
            continue
        by_year = spread(each, agreement) if "spread" in each else {}
        cells: dict[str, Decimal | None] = {}
        for year in range(first.year, last.year + 1):
            begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
            if "spread" in each:
                cells[str(year)] = by_year[year] if by_year else None
            else:
                cells[str(year)] = worth(agreement, each, year, begin, end)
        result.append(cells)
    return result


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
    cells = reckoned(agreement, as_of)
    whole = summed(cells)

    def together(key: str, value: str) -> list[dict[str, Decimal | None]]:
        return [each for row, each in zip(given_rows, cells, strict=True) if row.get(key, "KS") == value]  # fmt: skip

    by_row = repository.table("budget", "--by", "row", *EVER)
    assert figures(by_row) == [*(summed([each]) for each in cells), whole]
    assert [each["cells"]["item"] for each in by_row["rows"][:-1]] == [each["item"] for each in given_rows]  # fmt: skip
    assert figures(repository.table("budget", *EVER)) == [whole, whole]
    parties = dict.fromkeys(row["party"] for row in given_rows)
    by_party = repository.table("budget", "--by", "party", *EVER)
    assert figures(by_party) == [*(summed(together("party", each)) for each in parties), whole]
    public = [each for row, each in zip(given_rows, cells, strict=True) if ROLES[row["party"]] == "public"]  # fmt: skip
    by_board = figures(repository.table("budget", "--by", "board", *EVER))
    assert (by_board[-1] if by_board else {}) == summed(public)

    years, days = [year for year in whole if year != "period"], days_of(agreement, as_of)
    split = {year: repository.table("split", "--year", year)["rows"][0]["cells"] for year in years}
    for side in ("public", "civil"):
        own = [(row, each) for row, each in zip(given_rows, cells, strict=True) if ROLES[row["party"]] == side]  # fmt: skip
        for year in years:
            amounts = [in_year(*each, year, days) for each in own] or [None]
            assert split[year][side] == Sum(amounts).in_json, (side, year)
    listed = repository.table("list")["rows"][0]["cells"]
    if listed["year"]:
        amounts = [in_year(row, each, listed["year"], days) for row, each in zip(given_rows, cells, strict=True)]  # fmt: skip
        assert listed["whole"] == Sum(amounts).in_json
        assert listed["public"] == split[listed["year"]]["public"]
    shown = json.loads(repository.said("show", ID, "-f", "json"))["tables"]["budget"]
    assert figures(shown)[-1].items() <= whole.items()
    assert [each["cells"]["item"] for each in shown["rows"][:-1]] == [each["item"] for each in given_rows]  # fmt: skip

    tables = json.loads(repository.said("export", "-o", "-", "-f", "json"))["tables"]
    exported = [(each["cells"]["row"], each["cells"]["year"], each["cells"]["amount"]) for each in tables["budget"]["rows"]]  # fmt: skip
    assert sorted(exported, key=str) == sorted(
        (
            (number, None if year == "period" else int(year), None if amount is None else Sum([amount]).in_json)
            for number, row in enumerate(cells, 1)
            for year, amount in row.items()
        ),
        key=str,
    )  # fmt: skip
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
    noted = [each for each in budget["notes"] if each.startswith("dates unknown")]
    found = {
        each["cells"]["item"] for each in budget["rows"] if figures({**budget, "rows": [each]})[0]
    }
    for row in stated:
        assert noted or row.get("item", row.get("category", "whole contribution")) in found
