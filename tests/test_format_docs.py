"""docs/format.md is the whole format: no key is missing, and every example and figure holds.

docs/sv/format.md says it in Swedish; its tables of keys are made from the model (tests/keys.py).

An example is a whole file if it has an `id`, else the blocks that take the place of those of the
first example. A table of figures under an example is told by its first heading:

    kronor       what each row gives in each year (kronor on DAY: as that day sees it)
    committee    what each committee pays
    due          the invoices: the day, the text to state, and the amount
    on           what a day sees: the end, the last day of notice, the end of the options
    share        the public side's share of each year, and if it is only stated
    asked        what the follow-up asks for, by its day
    outcome      what each row came to in a year (outcome of YEAR)

The Swedish page says the same in the words of SWEDISH.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

import pytest

from iopctl.case.case import Case
from iopctl.case.closing import Closing
from iopctl.case.marking import subject
from iopctl.case.payers import board_parts
from iopctl.check.portfolio import document
from iopctl.config import DEFAULT, config
from iopctl.input import Input
from iopctl.model.log import Event
from iopctl.model.swedish import BLOCKS
from iopctl.money import NBSP, kronor
from iopctl.tables import ZERO, Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

    from iopctl.model.base import Strict

DOCS: Final = Path(__file__).parents[1] / "docs"
PAGES: Final = {
    name: (DOCS / name).read_text(encoding="utf-8") for name in ("format.md", "sv/format.md")
}
TEXT: Final = PAGES["format.md"]
EXAMPLES: Final = [
    text for page in PAGES.values() for text in re.findall(r"(?ms)^```yaml\n(.+?)^```", page)
]
SERIES: Final = config("".join(re.findall(r"(?ms)^```toml\n(.+?)^```", TEXT)), "iopctl.toml").index
TODAY: Final = date(2026, 1, 1)
SWEDISH: Final = {
    "nämnd": "committee",
    "förfaller": "due",
    "den": "on",
    "beslutat till": "decided to",
    "sista uppsägningsdag": "last day of notice",
    "optioner till": "options to",
    "senast": "asked",
    "vad": "what",
    "om": "about",
    "klart": "done",
    "ja": "yes",
    "avtalat": "agreed",
    "blev": "actual",
    "kvar": "left",
    "avtalade timmar": "hours agreed",
    "timmar": "hours",
    "inte per år": "not by year",
    "åren okända": "years unknown",
    "okänt": "unknown",
}


class Row(NamedTuple):
    """A row of a table: its first cell, and the others that are not empty by their headings."""

    label: str
    cells: dict[str, str]


class Table(NamedTuple):
    """A table, and the example that it stands under."""

    example: str
    heads: list[str]
    rows: list[Row]


def tables(page: str) -> Iterator[Table]:
    """Yield every table of a page."""
    example = ""
    for code, text in re.findall(r"(?ms)^```yaml\n(.+?)^```|((?:^\|[^\n]*\n)+)", page):
        example = code or example
        if text:
            yield table(example, text)


def table(example: str, text: str) -> Table:
    """Read a table in Markdown."""
    heads, _, *rows = (
        [SWEDISH.get(cell.strip(), cell.strip()) for cell in line[1:-1].split("|")]
        for line in text.splitlines()
    )
    heads[0] = heads[0].replace("kronor den ", "kronor on ").replace("utfall ", "outcome of ")
    return Table(
        example,
        heads,
        [
            Row(label, {head: cell for head, cell in zip(heads[1:], cells, strict=True) if cell})
            for label, *cells in rows
        ],
    )


TABLES: Final = [each for page in PAGES.values() for each in tables(page)]


def case_of(example: str, day: date = TODAY) -> Case:
    """Return the figures of an example as *day* sees them; nothing may be wrong with the file."""
    found = document(Input("example.yaml", whole(example).encode()))
    assert found.agreement, [each.line for each in found.diagnostics]
    return Case(found.agreement, day, DEFAULT.model_copy(update={"index": SERIES}))


def whole(example: str) -> str:
    """Return the file that an example stands for."""
    if re.search(r"(?m)^id:", example):
        return example
    changed = re.findall(r"(?m)^([\w-]+):", example)
    blocks = re.split(r"(?m)^(?=[a-z])", EXAMPLES[0])
    return "".join(each for each in blocks if each.partition(":")[0] not in changed) + example


# ------------------------------------------------------------------ the figures, reckoned anew
def shown(amount: Decimal | None) -> str:
    """Write an amount as the page does."""
    return "unknown" if amount is None else kronor(amount).replace(NBSP, " ")


def given_by_row(given: Table) -> list[Row]:
    """Return what each row gives in each decided year."""
    day = given.heads[0].partition(" on ")[2]
    rows: dict[object, tuple[str, dict[str, Amount]]] = {}
    case = case_of(given.example, date.fromisoformat(day) if day else TODAY)
    for figure in (*case.all_figures, *case.yearless):
        if figure.state == "decided":
            _, sums = rows.setdefault(figure.path, (figure.contribution.described, {}))
            year = str(figure.year or ("years unknown" if figure.is_undated else "not by year"))
            sums[year] = sums.get(year, ZERO) + figure.sum
    return [
        Row(
            label,
            {year: shown(each.known if each.complete else None) for year, each in sums.items()},
        )
        for label, sums in rows.values()
    ]


def paid_by_committee(given: Table) -> list[Row]:
    """Return what each committee pays in each decided year."""
    paid: dict[str, dict[str, Decimal]] = {}
    for figure in case_of(given.example).all_figures:
        for name, part in board_parts(figure) if figure.side == "public" else ():
            years = paid.setdefault(name, {})
            years[str(figure.year)] = years.get(str(figure.year), 0) + part.known
    return [Row(name, {year: shown(sums[year]) for year in sums}) for name, sums in paid.items()]


def invoiced(given: Table) -> list[Row]:
    """Return the invoices that the agreement asks for."""
    return [
        Row(
            str(bill.due),
            {"Ange": subject(bill.invoicing, bill.period), "kronor": shown(bill.amount)},
        )
        for bill in case_of(given.example).bills
    ]


def seen_on(given: Table) -> list[Row]:
    """Return what each day of the table sees of the end."""
    rows = []
    for day, _ in given.rows:
        reach = case_of(given.example, date.fromisoformat(day)).reach
        options = reach.options[-1].last if reach.options else None
        ends = {
            "decided to": reach.end,
            "last day of notice": reach.notice_day,
            "options to": options,
        }
        rows.append(Row(day, {head: str(end) for head, end in ends.items() if end}))
    return rows


def asked_for(given: Table) -> list[Row]:
    """Return what the follow-up asks for, by its day."""
    quotas = case_of(given.example).quotas
    return [
        Row(
            str(each.due),
            {
                "what": each.what or each.kind,
                **({"about": each.about} if each.period else {}),
                **({} if each.left else {"done": "yes"}),
            },
        )
        for each in sorted(quotas, key=lambda each: (each.due, each.what))
    ]


def come_to(given: Table) -> list[Row]:
    """Return what each row came to beside what was agreed."""
    year = int(given.heads[0].rpartition(" ")[2])
    rows = []
    for each in Closing(case_of(given.example), year).posts:
        told = {
            "agreed": shown(each.agreed.known) if each.agreed else None,
            "actual": shown(each.actual.known) if each.actual else None,
            "left": None if each.left is None else shown(each.left),
            "hours agreed": each.agreed_hours and f"{each.agreed_hours.known:f}",
            "hours": each.told and each.told.hours and f"{each.told.hours:f}",
        }
        rows.append(Row(each.item, {head: cell for head, cell in told.items() if cell}))
    return rows


def carried(given: Table) -> list[Row]:
    """Return the public side's share of each decided year, and if it is only stated."""
    case = case_of(given.example)
    shares = {year: case.share(year) for year in sorted(case.years)}
    cells = {
        str(year): f"{each.rounded_percent:.1f} %{', as stated' * each.is_stated}"
        for year, each in shares.items()
    }
    return [Row("public", cells)]


FIGURES: Final[dict[str, Callable[[Table], list[Row]]]] = {
    "kronor": given_by_row,
    "committee": paid_by_committee,
    "due": invoiced,
    "on": seen_on,
    "share": carried,
    "asked": asked_for,
    "outcome": come_to,
}
RECKONED: Final = [each for each in TABLES if each.heads[0].partition(" ")[0] in FIGURES]


# ------------------------------------------------------------------ tests
@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_examples_are_agreements(number: int) -> None:
    """A reader may copy an example as it stands."""
    assert case_of(EXAMPLES[number]).agreement.parties


@pytest.mark.parametrize("number", range(len(RECKONED)))
def test_figures_are_what_iopctl_makes_of_the_example(number: int) -> None:
    """A table shows what comes out, all of it."""
    given = RECKONED[number]

    assert FIGURES[given.heads[0].partition(" ")[0]](given) == given.rows


def marked(model: type[Strict]) -> dict[str, str]:
    """Return the keys of a block as the page writes them: in bold those that it can't lack."""
    fields = model.model_fields.items()
    return {key: f"**`{key}`**" if field.is_required() else f"`{key}`" for key, field in fields}


def test_every_key_of_every_block_is_described() -> None:
    """The tables of keys are the model's blocks, in their order and with the editor's titles."""
    described = [
        [(row.label, row.cells["Swedish"]) for row in each.rows]
        for each in TABLES
        if each.heads[0] == "key"
    ]
    wanted = [
        [(key, block.keys[name].title) for name, key in marked(model).items()]
        for model, block in BLOCKS.items()
        if not issubclass(model, Event)
    ]

    assert sorted(described) == sorted(wanted)


def test_every_event_of_the_log_is_described() -> None:
    """The table of events has each word with its title and the keys that are its own."""
    (events,) = (each for each in TABLES if each.heads[0] == "event")
    described = [(row.label, row.cells["Swedish"], row.cells["keys"]) for row in events.rows]
    wanted = []
    for model, block in BLOCKS.items():
        if issubclass(model, Event):
            (word,) = get_args(model.model_fields["event"].annotation)
            own = [key for name, key in marked(model).items() if name not in {"date", "event"}]
            wanted.append((f"`{word}`", block.title, " ".join(own)))

    assert described == wanted
