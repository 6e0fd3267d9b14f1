"""Small agreements whose figures were worked out by hand, each with a claim of its own.

A file in `krona/` is an agreement; its first lines are comments that say what it shows, the day
that it is asked about, and what comes out: all rows of a budget by row, board or party, a share,
days, lines of the trail or notes. `read-*.yaml` settle what could be read in two ways.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from iopctl.money import NBSP

if TYPE_CHECKING:
    from tests.conftest import Run

CASES = sorted((Path(__file__).parent / "krona").glob("*.yaml"))
CASE = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
LINE = re.compile(r"# (as of|in iopctl\.toml:|\w+(?: [^:]+)?:) ?(.*)")
COMMANDS = (
    *("budget --by row --options", "budget --by board", "budget --by party", "budget --trail"),
    *("split", "status", "list", "due", "show a", "export -o - -f json", "invoice --year 2024"),
    "check",
)


def said(path: Path) -> dict[str, dict[str, str]]:
    """Return what a case says, by its first word and the rest of that: `row`, `Bidrag`."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in path.read_text("utf-8").splitlines():
        if match := LINE.fullmatch(line):
            word, _, rest = match[1].removesuffix(":").partition(" ")
            found[word][rest] = match[2]
    return found


def laid(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lay a case out in an empty folder, and return the option that names its day."""
    told = said(path)
    (folder / "agreements").mkdir()
    (folder / "agreements" / "a.yaml").write_text(path.read_text("utf-8"), "utf-8")
    (folder / "iopctl.toml").write_text("\n".join(told["in"].values()), "utf-8")
    monkeypatch.chdir(folder)
    return ["--as-of", told["as"]["of"]]


def spelled(cell: Any) -> str:  # noqa: ANN401 - a cell of JSON
    """Spell an amount as the cases do: `500`, `≥500`, `unknown`."""
    if isinstance(cell, dict):
        return "unknown" if cell["at_least"] is None else f"≥{cell['at_least']}"
    return str(cell).replace(NBSP, " ")


def table(run: Run, *words: str) -> list[dict[str, str]]:
    """Return the rows of a table but for its totals, each cell spelled by its column's key."""
    code, out, err = run(*words, "--format", "json")
    assert code == 0, err
    found = json.loads(out)
    return [
        {key: spelled(cell) for key, cell in row["cells"].items() if cell is not None}
        for row in found["rows"]
        if row["level"] == "row"
    ]


@CASE
def test_figures_are_those_worked_out_by_hand(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """A budget has the very rows and years that the case names, and nothing else."""
    told, day = said(path), laid(path, tmp_path, monkeypatch)
    for by, label in (("row", "item"), ("board", "board"), ("party", "party")):
        wanted = {
            name: dict(each.split() for each in cells.split(", "))
            for name, cells in told.get(by, {}).items()
            if name
        }
        rows = table(run, "budget", "--by", by, "--options", *day)
        items = [row[label] for row in rows]
        shown = {
            row[label] if items.count(row[label]) == 1 else f"{row['party']}, {row[label]}": {
                key: row[key] for key in row if re.search(r"[0-9]{4}|period|unknown", key)
            }
            for row in rows
        }

        assert by not in told or shown == wanted


@CASE
def test_days_shares_and_steps_are_those_worked_out_by_hand(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """The end, the last day of notice, a committee's own part, the trail and what is noted."""
    told, day = said(path), laid(path, tmp_path, monkeypatch)
    page = run("show", "a", *day).out
    notes = run("budget", *day).out
    [split] = table(run, "split", *day)
    [line] = table(run, "status", *day)
    steps = {
        row["item"]: ", ".join(
            f"{key} {row[key]}"
            for key in row
            if key in {"base", "factor", "months", "rounding", "amount"}
        )
        for row in table(run, "budget", "--trail", *day)
    }
    days = {"end": line.get("end"), "latest": line.get("latest_end")}
    for word, label in (("start", "start"), ("notice", "last day of notice")):
        found = re.search(rf"(?m)^{label} +(\S+)$", page)
        days[word] = found and found[1]

    assert {word: each[""] for word, each in told.items() if word in days}.items() <= days.items()
    if "share" in told:
        share = split["share"]
        shown = share if share == "unknown" else f"{float(share):.1f}"
        assert shown == told["share"][""]
    for board, part in told.get("own", {}).items():
        assert table(run, "split", "--board", board, *day)[0]["own_part"] == part
    assert told.get("trail", {}).items() <= steps.items()
    assert all(note in notes.splitlines() for note in told.get("note", {}).values())


@CASE
def test_no_command_fails(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """What reads makes no command end as a bug does, and is nothing that check calls an error."""
    day = laid(path, tmp_path, monkeypatch)

    for command in COMMANDS:
        assert run(*command.split(), *day).code in {0, 1}, command
