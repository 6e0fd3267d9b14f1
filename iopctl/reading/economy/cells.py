"""A row of a table's cells: which of them are headings, and what each of the others is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from iopctl.reading.facts import DocumentReading

TOTAL: Final = re.compile(
    (
        r"^(?:del)?summa\b|^total(?:t|en|summa)?\b|^tot\.?\b|^sammanlag|^subtotal"
        r"|^sum\b|^värde totalt|^totalvärde|^delsumma|\btotalt$|^summering|^grand"
        r" total|^sub-total"
    ),
    re.IGNORECASE,
)
_COLUMNS: Final = (
    ("receiver", r"mottag|betalas till|utbetalas till|recipient|receiver|paid to"),
    (
        "party",
        (
            r"bidragsgivare|^part(?:er|y)?\b|\bvem\b|aktör|finansiär|^ansvarig|insats från"
            r"|bidrar|contributor|^party|provided by"
        ),
    ),
    ("form", r"^form\b|^typ\b|kontant|natura|^kind|^type"),
    ("extent", r"omfattning|^antal|timmar|^tid\b|volym|extent|hours|quantity|^h/"),
    (
        "amount",
        r"\bkr\b|kronor|\bsek\b|belopp|värde|summa|\btkr|mnkr|amount|value|per år|kostnad|årlig",
    ),
    (
        "item",
        (
            r"insats|^post\b|\bvad\b|resurs|aktivitet|innehåll|beskriv|bidrag|item"
            r"|descript|resource|contribution|åtagande"
        ),
    ),
)
_YEAR: Final = re.compile(r"^(?:år |helår )?(20\d\d)(?:\s?\(.*\)|\*)?$")


class Cells(NamedTuple):
    """A row of a table by what its cells are: its label, its kronor, and those of each column."""

    by_column: dict[str, str]
    label: str
    first: str
    beside: tuple[str, ...]
    own: dict[str, Decimal]
    years: dict[str, Decimal]
    kronor: Decimal | None

    @classmethod
    def of(
        cls, cells: Sequence[str], columns: tuple[str, ...], values: Sequence[Decimal | None]
    ) -> Self:
        """Return the cells of a row; *columns* are () where it is not known what they are."""
        by_column = dict(zip(columns, cells, strict=True)) if columns else {}
        figures = list(zip(columns, values, strict=False))
        texts = [cell for cell, value in zip(cells, values, strict=True) if cell and value is None]
        label = by_column.get("item") or (texts or [""])[0]
        return cls(
            by_column=by_column,
            label=label,
            first=next((cell for cell in cells if cell), ""),
            beside=() if columns else tuple(cell for cell in texts if cell != label),
            own={name[3:]: value for name, value in figures if name.startswith("of:") and value},
            years={
                name[5:]: value
                for name, value in figures
                if name.startswith("year") and value is not None
            },
            kronor=_amount(columns, values),
        )

    @property
    def total(self) -> str:
        """What a row of a sum calls it; nothing for another row."""
        return next((each for each in (self.first, self.label) if TOTAL.search(each)), "")

    @property
    def form(self) -> str:
        """Whether its column says that it is cash or in kind; nothing where it does not."""
        told = self.by_column.get("form", "")
        if re.search(r"natura|kind", told, re.IGNORECASE):
            return "in_kind"
        return "cash" if re.search(r"kontant|cash", told, re.IGNORECASE) else ""


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row says what the columns below it are: they are years, and it has no figures."""
    filled = [cell for cell in cells if cell]
    years = [cell for cell in filled if _YEAR.match(cell)]
    return (
        bool(years)
        and len(years) >= len(filled) - 2
        and all(_YEAR.match(c) or not re.search(r"\d", c) for c in filled)
    )


def columns_of(reading: DocumentReading, cells: Sequence[str]) -> tuple[str, ...]:
    """Return what each column is: a role, `year 2025`, or `of:handle` for a party's own."""
    found = []
    for cell in cells:
        told = reading.parties.mentions(cell)
        year = _YEAR.match(cell.strip())
        if year:
            found.append(f"year {year[1]}")
        elif len(told) == 1 and len(told[0].handles) == 1:
            found.append(f"of:{told[0].handles[0]}")
        else:
            found.append(
                next(
                    (name for name, words in _COLUMNS if re.search(words, cell, re.IGNORECASE)), ""
                )
            )
    if (
        "item" not in found
        and found
        and found[0] in {"", "party"}
        and "amount" in found
        and "party" not in found[1:]
    ):
        found[0] = "item"
    return tuple(found)


def _amount(columns: tuple[str, ...], values: Sequence[Decimal | None]) -> Decimal | None:
    """Return the amount of a row: of the column that has them, else the last figure."""
    if "amount" in columns:
        chosen = [value for name, value in zip(columns, values, strict=True) if name == "amount"]
        return next((value for value in reversed(chosen) if value is not None), None)
    figures = [value for value in values if value is not None]
    return figures[-1] if figures and values[-1] is not None else None
