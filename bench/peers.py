"""The programs that people would use in iopctl's place, and what each is given to do."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
PYTHON = HERE / ".venv" / "bin"
JAVASCRIPT = HERE / ".venv" / "node_modules" / ".bin"
IOPCTL = HERE.parent / ".venv" / "bin" / "iopctl"
SCHEMA = HERE.parent / "iopctl.schema.json"
_DATE = re.compile(r"(?<![-\w])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![-\w])")


def checkers(tree: Path) -> dict[str, list[str]]:
    """Return the commands that check the files of *tree*, of the programs that are there."""
    files = sorted(tree.rglob("*.yaml"))
    ajv = ("validate", "--spec=draft2020", "--strict=false", "-s", SCHEMA, "-d")
    return _present(
        {
            "check-jsonschema": [
                str(PYTHON / "check-jsonschema"),
                "--schemafile",
                str(SCHEMA),
                *files,
            ],
            "yamllint": [str(PYTHON / "yamllint"), "-d", "relaxed", str(tree)],
            "ajv-cli": [str(JAVASCRIPT / "ajv"), *ajv, f"{tree}/**/*.yaml"],
        }
    )


def accountants(tree: Path, folder: Path) -> dict[str, list[str]]:
    """Return the commands that sum by year what iopctl finds in *tree*; ledgers go to *folder*."""
    rows = _rows(tree)
    journal, ledger = folder / f"{tree.name}.journal", folder / f"{tree.name}.beancount"
    journal.write_text("".join(map(_for_hledger, rows)), encoding="utf-8")
    accounts = sorted({f"Expenses:{agreement.title()}" for _, agreement, _, _ in rows})
    opened = "".join(f"1990-01-01 open {each}\n" for each in ("Assets:Bank", *accounts))
    ledger.write_text(opened + "".join(map(_for_beancount, rows)), encoding="utf-8")
    commands: dict[str, list[str | Path]] = {
        "hledger": ["hledger", "-f", journal, "balance", "--yearly", "expenses"],
        "bean-check": [PYTHON / "bean-check", ledger],
    }
    return _present(commands)


def quote_dates(tree: Path) -> None:
    """Put the dates of *tree* in quotes: to ajv's reader of YAML they would be no text."""
    for path in tree.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(_DATE.sub(r'"\g<0>"', text), encoding="utf-8")


Row = tuple[str, str, str, str]  # year, agreement, item, kronor


def _rows(tree: Path) -> list[Row]:
    command = [str(IOPCTL), "budget", str(tree), "--by", "row", "--format", "json"]
    table = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    rows = [each["cells"] for each in table["rows"] if each["level"] == "row"]
    years = [each["key"] for each in table["columns"] if each["key"].isdigit()]
    return [
        (year, row["agreement"], row["item"], row[year])
        for row in rows
        for year in years
        if row[year] is not None
    ]


def _for_hledger(row: Row) -> str:
    year, agreement, item, kronor = row
    return f"{year}-01-01 {item}\n    expenses:{agreement}  {kronor} SEK\n    assets\n\n"


def _for_beancount(row: Row) -> str:
    year, agreement, item, kronor = row
    account = f"Expenses:{agreement.title()}"
    return f'{year}-01-01 * "{item}"\n  {account}  {kronor} SEK\n  Assets:Bank\n\n'


def _present(commands: Mapping[str, list[str | Path]]) -> dict[str, list[str]]:
    return {name: [*map(str, each)] for name, each in commands.items() if shutil.which(each[0])}
