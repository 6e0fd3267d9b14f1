"""Rows of tables and of prose made one list, and held against the sums that are stated."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from iopctl import money
from iopctl.reading.clauses import indexing
from iopctl.reading.clauses.identity import COMMITTEE, capital
from iopctl.reading.economy.rows import DocumentRow
from iopctl.reading.facts import Doubt, Fact, of_match
from iopctl.reading.numbers import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.reading.economy.stated import DocumentSums
    from iopctl.reading.facts import DocumentReading
    from iopctl.source.events import Value

_IN_KIND_SAID: Final = re.compile(
    r"natura|lönelista|in kind|står på kommunens|anställd av (?:kommunen|regionen)", re.IGNORECASE
)
_DIVIDED: Final = re.compile(
    rf"(\d{{1,3}}(?:,\d+)?)\s?(?:%|procent)\s(?:på|av|för|till|on|from)\s({COMMITTEE})",
    re.IGNORECASE,
)
_PRICES: Final = re.compile(
    (
        r"(?:i\s)?(20\d\d) års (?:priser|prisnivå|nivå|penningvärde|kostnadsläge"
        r"|lönenivå)|(20\d\d) prices|prices of (20\d\d)|price level of (20\d\d)"
    ),
    re.IGNORECASE,
)
_UNSPENT: Final = (
    (
        "repay",
        (
            r"(?:använts|använd|förbruka|utnyttja|överskott|överskjutande|oanvän"
            r"|oförbruka)\w*[^.]{0,90}(?:återbetala|betalas? tillbaka|betalas åter"
            r"|återkräv|återföras)|(?:återbetala|betala tillbaka)[^.]{0,60}(?:använ"
            r"|förbruk|överskott)|unspent[^.]*(?:repaid|returned)|(?:repay"
            r"|return)[^.]*unspent"
        ),
    ),
    (
        "carry_over",
        (
            r"(?:använts|använd|förbruka|överskott|oanvän"
            r"|oförbruka)\w*[^.]{0,90}(?:för(?:as|s)? över|överför|balanser|föras vidare"
            r"|nästa år)|unspent[^.]*carried"
        ),
    ),
    ("keep", r"(?:använts|använd|förbruka|överskott|oanvän)\w*[^.]{0,90}(?:behåll)"),
)
_LABELS: Final = (
    ("bidrag", r"\bbidrag(?:et|ets)?\b"),
    ("ersättning", r"\bersättning(?:en|ens)?\b"),
)
_OFTEN: Final = 4


def joined(
    reading: DocumentReading,
    listed: Sequence[DocumentRow],
    spoken: Sequence[DocumentRow],
    sums: DocumentSums,
) -> list[DocumentRow]:
    """Return the rows of tables, and those of prose that tell of something else."""
    rows = [row for row in listed if row.handles]
    with_rows = {handle for row in rows for handle in row.handles} if len(rows) > 1 else set()
    totals = {each[0] for each in (sums.total, sums.period_total) if each}
    found: list[DocumentRow] = []
    for row in spoken:
        if row.amount is None and row.form == "in_kind" and _told_of(row, [*rows, *found]):
            continue
        same = _same(row, [*rows, *found])
        if same is not None:
            same.form = same.form or row.form
            continue
        unpriced = row.amount is None and row.form == "in_kind"
        listed_already = bool(rows) and set(row.handles) & with_rows and not unpriced
        if row.amount in totals or listed_already or (rows and row.amount and _is_sum(row, rows)):
            continue
        found.append(row)
    rows = [*rows, *found]
    _forms(reading, rows)
    if not any(row.remainder for row in rows):
        rows += _rest(reading, rows, sums)
    return rows


def _same(row: DocumentRow, rows: Sequence[DocumentRow]) -> DocumentRow | None:
    """Return the row that states the same."""
    for other in rows:
        whose = set(row.handles) == set(other.handles)
        if whose and row.amount is not None and row.amount in {other.amount, other.yearly}:
            return other
        if (
            whose
            and row.amount is None
            and row.hours_per_year
            and row.hours_per_year == other.hours_per_year
        ):
            return other
    return None


def _told_of(row: DocumentRow, rows: Sequence[DocumentRow]) -> bool:
    """Whether another row of the same party is of the same thing."""
    words = set(re.findall(r"\w{5,}", row.item.lower()))
    return any(
        words & set(re.findall(r"\w{5,}", other.item.lower()))
        for other in rows
        if set(row.handles) & set(other.handles)
    )


def _is_sum(row: DocumentRow, rows: Sequence[DocumentRow]) -> bool:
    own = sum(
        (each.yearly or Decimal(0) for each in rows if set(each.handles) <= set(row.handles)),
        Decimal(0),
    )
    return own == row.amount


def _forms(reading: DocumentReading, rows: Sequence[DocumentRow]) -> None:
    """Note what sentences say is put in kind."""
    for sentence in reading.sentences:
        if sentence.passage.style == "row" or not _IN_KIND_SAID.search(sentence.text):
            continue
        for row in rows:
            word = row.item.split()[0].lower()[:8] if row.item else ""
            public = row.handles and reading.parties.role(row.handles[0]) == "public"
            if len(word) > 4 and word in sentence.text.lower() and public and not row.form:
                row.form = "in_kind"


def _rest(
    reading: DocumentReading, rows: Sequence[DocumentRow], sums: DocumentSums
) -> list[DocumentRow]:
    """Return the row of a side that has none, where the total tells what is left for it."""
    if sums.total is None or not rows or any(row.yearly is None for row in rows):
        return []
    sides = {reading.parties.role(handle) for row in rows for handle in row.handles}
    civil = reading.parties.of_role("civil")
    left = sums.total[0] - sum((row.yearly or Decimal(0) for row in rows), Decimal(0))
    if sides != {"public"} or not civil or left <= 0:
        return []
    row = DocumentRow(civil, "", sums.total[1])
    row.remainder = True
    row.doubt = "sägs inte: totalvärdet minus övriga rader"
    return [row]


# ------------------------------------------------------------------ as facts
def facts(
    reading: DocumentReading, rows: Sequence[DocumentRow], sums: DocumentSums
) -> Iterator[Fact | Doubt]:
    """Yield the block on the economy."""
    paid_only = any(True for _ in indexing.facts(reading)) and indexing.only_paid(reading)
    boards = _boards(reading)
    for number, row in enumerate(rows):
        value = _value(reading, row, boards)
        if (
            paid_only
            and not _is_paid(reading, row)
            and row.yearly is not None
            and not row.remainder
        ):
            value["indexed"] = "false"
        yield Fact(("economy", "contributions", number), value, row.evidence, row.doubt)
    yield from _sums(rows, sums)
    yield from _base_year(reading, rows)
    for what, words in _UNSPENT:
        found = reading.first(
            re.compile(words, re.IGNORECASE), "economy invoicing", "background legal edge"
        )
        if found:
            yield Fact(("economy", "unspent"), what, of_match(*found))
            break
    if label := _label(reading):
        yield Fact(("economy", "label"), label)


def _is_paid(reading: DocumentReading, row: DocumentRow) -> bool:
    gives = reading.parties.role(row.handles[0]) in {"public", "funder"}
    return gives and row.form != "in_kind"


def _value(
    reading: DocumentReading, row: DocumentRow, boards: dict[str, Value]
) -> dict[str, Value]:
    value: dict[str, Value] = {"party": row.handles[0] if len(row.handles) == 1 else [*row.handles]}
    civil = reading.parties.role(row.handles[0]) == "civil"
    default = "in_kind" if civil else "cash"
    fields: tuple[tuple[str, Value], ...] = (
        ("item", row.item),
        ("category", row.category),
        ("form", row.form if row.form != default else ""),
        ("quantity", row.quantity),
        ("hours_per_week", _plain(row.hours_per_week)),
        ("hours_per_year", _plain(row.hours_per_year)),
        ("unit", row.unit),
        ("units", _plain(row.units)),
        ("unit_price", _kronor(row.price)),
        ("receiver", row.receiver[0] if len(row.receiver) == 1 else ""),
        ("board", boards if not civil and boards else ""),
        ("remainder", "true" if row.remainder else ""),
    )
    value |= {key: each for key, each in fields if each}
    product = row.price * row.hours_per_year if row.price and row.hours_per_year else None
    if row.by_year:
        value["by_year"] = {year: money.plain(each) for year, each in row.by_year.items()}
    elif row.amount is not None and row.amount != product:
        value["total" if row.whole else "amount"] = money.plain(row.amount)
        value.pop("unit_price", None)
    return value


def _plain(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _kronor(value: Decimal | None) -> str:
    return "" if value is None else money.plain(value)


def _boards(reading: DocumentReading) -> dict[str, Value]:
    """Return the percent by committee that a sentence divides the public side's cost in."""
    for sentence in reading.sentences:
        found = _DIVIDED.findall(sentence.text)
        if (
            len(found) > 1
            and sum(Decimal(percent.replace(",", ".")) for percent, _ in found) == 100
        ):
            return {capital(name): percent.replace(",", ".") for percent, name in found}
    return {}


def _sums(rows: Sequence[DocumentRow], sums: DocumentSums) -> Iterator[Fact | Doubt]:
    path = ("economy", "stated")
    counted = [row for row in rows if not row.remainder]
    computed = sum((row.yearly or Decimal(0) for row in counted), Decimal(0))
    unknown = any(row.yearly is None and not row.hours_per_year for row in counted)
    if sums.total:
        kronor, here = sums.total
        differs = kronor != computed and not unknown and len(counted) == len(rows)
        told = (
            f"angivet totalvärde {money.kronor(kronor)} skiljer sig från radernas summa"
            f" {money.kronor(computed)}"
        )
        yield Fact((*path, "total"), money.plain(kronor), here, told if differs else "")
    for handles, (kronor, here) in sums.by_party.items():
        own = sum(
            (row.yearly or Decimal(0) for row in counted if set(row.handles) <= set(handles)),
            Decimal(0),
        )
        told = (
            f"angiven delsumma {money.kronor(kronor)} skiljer sig från radernas {money.kronor(own)}"
        )
        doubt = told if kronor != own else ""
        if len(handles) == 1:
            yield Fact((*path, "by_party", handles[0]), money.plain(kronor), here, doubt)
        if len(handles) > 1 and doubt:
            yield Doubt(path, doubt, here)
    if sums.period_total:
        yield Fact((*path, "period_total"), money.plain(sums.period_total[0]), sums.period_total[1])


def _base_year(reading: DocumentReading, rows: Sequence[DocumentRow]) -> Iterator[Fact]:
    found = reading.first(_PRICES, "economy index", "background legal edge")
    if found:
        year = next(each for each in found[1].groups() if each)
        yield Fact(("economy", "base_year"), year, of_match(*found))
    elif any(row.yearly is not None for row in rows):
        yield Fact(
            ("economy", "base_year"),
            "start",
            None,
            "prisernas år sägs inte: året då avtalet börjar",
        )


def _label(reading: DocumentReading) -> str:
    """Return the word that the text uses for what is paid, where it uses one of two throughout."""
    texts = [
        each.text
        for each in reading.sentences
        if each.topic in {"economy", "index", "invoicing", "legal", "validity"}
    ]
    many = {
        name: sum(len(re.findall(words, text, re.IGNORECASE)) for text in texts)
        for name, words in _LABELS
    }
    name = max(many, key=lambda each: many[each])
    other = min(many.values())
    return name if many[name] >= _OFTEN and many[name] >= 3 * other else ""
