"""A memo that lists several partnerships in a table: the facts of each, for a draft of its own."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl import money
from iopctl.drafting.skeleton import slug
from iopctl.reading.amounts import DocumentAmount, amounts, bare, factor
from iopctl.reading.clauses.identity import capital, committees
from iopctl.reading.facts import Evidence, Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.reading.facts import DocumentReading, Doubt
    from iopctl.reading.passages import Passage
    from iopctl.source.events import Value

_NAME: Final = r"^iop\b|partnerskap|^insats|^namn|överenskommelse|^avtal|^projekt"
_WHO: Final = r"\bförening(?:ar)?\b|\bpart(?:er)?\b|aktör|organisation"
_HEAD: Final = 5
_TOTAL: Final = r"värde|totalt|omsättning"
_OWN: Final = r"kostnad|kommunens|nämndens|bidrag|del\b|\bans\b"
_DIVIDED: Final = re.compile(
    r"varav\s(hälften|\d{1,2}\s?%|\d{1,2} procent)\s(?:finansieras|betalas"
    r"|bekostas)\sav\s([A-ZÅÄÖ][\wåäö-]+)"
)
_LONGEST: Final = 90
_FEWEST: Final = 2


class PartnershipRow(NamedTuple):
    """One partnership of the table: names, what it is worth, what the public side pays a year."""

    title: str
    civil: tuple[str, ...]
    total: DocumentAmount
    own: DocumentAmount
    words: str
    passage: Passage


def entries(reading: DocumentReading) -> tuple[list[PartnershipRow], str]:
    """Return the partnerships that a document lists, and the year that it lists them of."""
    for place, passage in enumerate(reading.passages):
        head = _head(reading.passages[place : place + _HEAD])
        if not _is_header(passage.text, head):
            continue
        found = list(_of_table(reading, passage)) or list(_of_lines(reading.passages[place + 1 :]))
        if len(found) >= _FEWEST:
            year = re.search(r"\b(20\d\d)\b", head)
            return found, year[1] if year else ""
    return [], ""


def _head(passages: Sequence[Passage]) -> str:
    """Return the words of a heading that may stand on several lines."""
    return " ".join(each.text.lower() for each in passages if len(each.text) < _LONGEST)


def _is_header(text: str, head: str) -> bool:
    """Whether a line heads a table of partnerships: called what, run by whom, worth how much."""
    first = text.lower()
    names = len(first) < _LONGEST and re.search(_NAME, first) and re.search(_WHO, first)
    return bool(names and re.search(_TOTAL, head) and re.search(_OWN, head))


# ------------------------------------------------------------------ a table with cells
def _of_table(reading: DocumentReading, header: Passage) -> Iterator[PartnershipRow]:
    columns: dict[str, int] = {}
    times = 1
    for passage in reading.passages:
        cells = passage.cells
        if cells and passage is header:
            kinds = (("name", _NAME), ("own", _OWN), ("total", _TOTAL), ("who", _WHO))
            columns = {}
            for number, cell in enumerate(cells):
                kind = next(
                    (
                        name
                        for name, words in kinds
                        if name not in columns and re.search(words, cell.lower())
                    ),
                    "",
                )
                columns |= {kind: number} if kind else {}
            times = next((unit for cell in cells if (unit := factor(cell))), 1)
        elif (
            columns
            and len(cells) > max(columns.values())
            and {"name", "who", "total", "own"} <= set(columns)
        ):
            total, own = (bare(cells[columns[key]], times) for key in ("total", "own"))
            name, who = cells[columns["name"]], cells[columns["who"]]
            if total is not None and own is not None and who:
                told = [DocumentAmount(each, "year", 0, 0) for each in (total, own)]
                yield PartnershipRow(
                    name, _organisations(who), told[0], told[1], passage.text, passage
                )


# ------------------------------------------------------------------ lines of a text
def _of_lines(following: Sequence[Passage]) -> Iterator[PartnershipRow]:
    """Yield entries of a table that came as lines; the name that begins one heads a text later."""
    names = [each.text for each in following if _may_head(each.text)]
    starts = [
        (number, name)
        for number, each in enumerate(following)
        if (
            name := next(
                (name for name in names if _begins(each.text, name, following[number + 1 :])), ""
            )
        )
    ]
    ends = [number for number, _ in starts[1:]] + [len(following)]
    for (number, name), end in zip(starts, ends, strict=False):
        if entry := _entry(following[number:end], name):
            yield entry


def _may_head(text: str) -> bool:
    return 4 < len(text) <= 60 and text[:1].isupper() and not re.search(r"[.:,;!?\d]|\bkr\b", text)


def _begins(text: str, name: str, following: Sequence[Passage]) -> bool:
    """Whether a line begins with a name that stands alone, as a heading, further on."""
    return text.startswith(name) and any(
        each.text.endswith(f". {name}") or (each.text == name and len(after.text) > _LONGEST)
        for each, after in pairwise(following)
    )


def _entry(group: Sequence[Passage], name: str) -> PartnershipRow | None:
    told = [(amount, each) for each in group for amount in amounts(each.text)]
    if len(told) < _FEWEST:
        return None
    (total, passage), (own, _) = told[0], told[1]
    title = group[0].text
    rest = [title[len(name) :].strip(), *(each.text for each in group[1:])]
    if len(group) > 1 and group[1].style == "item":
        name, rest = f"{name} – {group[1].text}", [rest[0], *rest[2:]]
    who = _organisations(" ".join(_until_figures(rest)))
    words = " ".join(each.text for each in group)
    return (
        PartnershipRow(name, who, total, own, words, passage)
        if who and own.kronor <= total.kronor
        else None
    )


def _until_figures(texts: Sequence[str]) -> Iterator[str]:
    """Yield the texts before the first figure, and what stands before it on its line."""
    words = list(takewhile(lambda text: not _has_figures(text), texts))
    yield from words
    last = (re.match(r"([^\d:]*?)\s*\d", text) for text in texts[len(words) :][:1])
    yield from (found[1] for found in last if found)


def _has_figures(text: str) -> bool:
    return bool(re.search(r"[\d:]", text)) or any(amounts(text))


def _organisations(text: str) -> tuple[str, ...]:
    parts = re.split(r"\s+(?:och|samt|and)\s+|,\s*", text.strip())
    return tuple(part.strip() for part in parts if part.strip())


# ------------------------------------------------------------------ as facts
def facts(reading: DocumentReading, entry: PartnershipRow, year: str) -> Iterator[Fact | Doubt]:
    """Yield the facts of one partnership of the table."""
    here = Evidence(entry.passage.place, entry.words[:_LONGEST])
    yield Fact(("title",), entry.title, here)
    publics = reading.parties.of_role("public")[:1]
    board = _board(reading)
    for handle in publics:
        party = reading.parties.by_handle[handle]
        yield Fact(("parties", handle, "role"), "public")
        yield Fact(
            ("parties", handle, "name"), party.name, Evidence(party.passage.place, party.name)
        )
        if board:
            yield Fact(("parties", handle, "board"), board)
    handles: list[str] = []
    for name in entry.civil:
        handles.append(slug(name, [*publics, *handles]))
        yield Fact(("parties", handles[-1], "role"), "civil")
        yield Fact(("parties", handles[-1], "name"), name, here)
    if year:
        yield Fact(("economy", "base_year"), year, None, "året som tabellen redovisar")
    yield Fact(("economy", "stated", "total"), money.plain(entry.total.kronor), here)
    own: dict[str, Value] = {"party": publics[0], "amount": money.plain(entry.own.kronor)}
    divided = _DIVIDED.search(entry.words)
    if divided and board:
        percent = 50 if divided[1] == "hälften" else int(re.sub(r"\D", "", divided[1]))
        own["board"] = {board: str(100 - percent), divided[2]: str(percent)}
    yield Fact(("economy", "contributions", 0), own, here)
    rest: dict[str, Value] = {
        "party": handles[0] if len(handles) == 1 else [*handles],
        "remainder": "true",
    }
    yield Fact(
        ("economy", "contributions", 1),
        rest,
        here,
        "sägs inte: totalvärdet minus det offentligas del",
    )


def _board(reading: DocumentReading) -> str:
    return next(
        (capital(each) for passage in reading.passages for each in committees(passage.text)), ""
    )
