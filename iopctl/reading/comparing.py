"""A record held against its document: what differs, and what only one of them states.

Compared is what costs money when it is wrong: figures, dates, numbers, intervals, who and how
often. What people word freely is not. A value of the record counts as stated when the document
has it in any spelling, even if it could not be told what it means there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl.dates import ONE_DAY, add_months, day_month_or_year
from iopctl.reading.amounts import amounts
from iopctl.reading.days import days, days_of_year
from iopctl.reading.numbers import GROUPED, WORDS, count, number

if TYPE_CHECKING:
    from iopctl.reading.draft import Data, Draft
    from iopctl.reading.facts import Evidence, Fact, Path, Reading

Flat = dict[tuple[str, ...], "Leaf"]


class Leaf(NamedTuple):
    """A value, and where in its record it is written."""

    value: str
    path: Path


class Difference(NamedTuple):
    """What record and document say otherwise: "" where one of them says nothing."""

    path: Path
    ours: str
    theirs: str
    evidence: Evidence | None


# What is compared, by the key that it stands under.
_EXACT: Final = frozenset(
    "org_number bankgiro plusgiro iban gln peppol_id signed start end notice_months notice_by kind times length percent series"
    " lag_years pass_through cap floor total public_cash period_total amount hours_per_week hours_per_year units unit_price"
    " remainder reference marking interval timing payment_days e_invoice vat vat_percent meetings_per_year reports_per_year"
    " report_due due before_renewal review_every_years target measure initiative market procurement_assessed basis certificate"
    " postal_code unspent dnr unit mode".split()
)
_ONLY_IN_MATCHED: Final = frozenset({"indexed", "form"})


def differences(record: Data, draft: Draft, reading: Reading) -> list[Difference]:
    """Return where *record* and the *draft* of its document say otherwise, in the record's order."""
    pairs = _Pairs(record, draft.data)
    ours, theirs = pairs.flat(record, ours=True), pairs.flat(draft.data, ours=False)
    words = _Words(reading)
    found: list[Difference] = []
    for key, leaf in ours.items():
        other = theirs.get(key)
        if other is None:
            if not words.has(key[-1], leaf.value) and not _elsewhere(key, leaf.value, theirs):
                found.append(Difference(leaf.path, leaf.value, "", None))
        elif not _same(key[-1], leaf.value, other.value):
            if not (_is_doubtful(draft.facts, other.path) and words.has(key[-1], leaf.value)):
                found.append(Difference(leaf.path, leaf.value, other.value, _evidence(draft.facts, other.path)))
    for key, leaf in theirs.items():
        doubtful = _is_doubtful(draft.facts, leaf.path) or _evidence(draft.facts, leaf.path) is None
        if key not in ours and not doubtful and not _elsewhere(key, leaf.value, ours):
            found.append(Difference(leaf.path, "", leaf.value, _evidence(draft.facts, leaf.path)))
    return [each for each in found if not _follows(each, found)]


def _follows(each: Difference, found: Sequence[Difference]) -> bool:
    """Whether a difference only follows from another one: a product, or what is left of a total."""
    if each.path[:2] != ("economy", "contributions") or each.path[-1] != "party":
        return False
    money = [other for other in found if other is not each and other.path[0] == "economy"]
    own = [other for other in money if other.path[:3] == each.path[:3]]
    return bool(own) or any(other.path[-1] in {"amount", "total"} for other in money)


def _elsewhere(key: tuple[str, ...], value: str, other: Flat) -> bool:
    """Whether the other side says it in another way: a label as a marking, an end as a length."""
    block = key[:-1]
    if key[-1] in {"unit_price", "units"} and (*block, "amount") in other:
        return (*block, key[-1]) not in other
    if key[-1] in {"label", "marking"}:
        return any((*block, each) in other for each in ("label", "marking"))
    return any(
        _same(key[-1], value, leaf.value) for there, leaf in other.items() if there[-1] == key[-1]
    ) and key[0] not in {"economy", "validity"}


# ------------------------------------------------------------------ values
def _same(key: str, ours: str, theirs: str) -> bool:
    if ours == theirs:
        return True
    a, b = _decimal(ours), _decimal(theirs)
    if a is not None and b is not None:
        return a == b
    first, second = (day_month_or_year(each) for each in (ours, theirs))
    if first and second:
        return first.first <= second.last and second.first <= first.last and len(ours) != len(theirs)
    return _bare(ours) == _bare(theirs)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else None
    except InvalidOperation:
        return None


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


# ------------------------------------------------------------------ who and what belongs together
class _Pairs:
    """The parties, rows and blocks of a draft, by those of the record that they are."""

    def __init__(self, record: Data, draft: Data) -> None:
        self._validities = {id(each): each.get("validity") or {} for each in (record, draft)}
        self.parties = _greedy(_of_parties(record, draft))
        rows, other = _rows(record), _rows(draft)
        self.rows = _greedy(
            (_alike(row, record, each, draft, self.parties), i, j)
            for i, row in enumerate(rows)
            for j, each in enumerate(other)
        )
        blocks, others = _blocks(record), _blocks(draft)
        self.blocks = _greedy(
            (sum(self.parties.get(each.get(key)) == block.get(key) for key in ("seller", "buyer")) + 0.1, i, j)
            for i, block in enumerate(blocks)
            for j, each in enumerate(others)
        )

    def flat(self, data: Data, *, ours: bool) -> Flat:
        """Return what is compared, by keys that are the same for both sides."""
        found: Flat = {}

        def put(key: Sequence[object], value: object, path: Path) -> None:
            if value is not None and not isinstance(value, dict | list):
                found[tuple(map(str, key))] = Leaf(str(value), path)

        for handle, party in data.get("parties", {}).items():
            name = handle if ours else self.parties.get(handle)
            for key, value in party.items():
                if key in _EXACT and name:
                    put(("parties", name, key), value, ("parties", handle, key))
        self._blocks_of(data, put)
        for number_, row in enumerate(_rows(data)):
            name = number_ if ours else self.rows.get(number_)
            self._row(row, data, ("economy", "contributions", number_), name, put)
        for number_, each in enumerate(data.get("volume") or []):
            key = (_bare(str(each.get("unit", "")))[:5], each.get("measure"))
            put(("volume", *key, "target"), each.get("target"), ("volume", number_, "target"))
        for number_, block in enumerate(_blocks(data)):
            name = number_ if ours else self.blocks.get(number_)
            for place, part in enumerate(block.get("instalments") or []):
                for key_, value in part.items():
                    path = (*_block_path(data, number_), "instalments", place, key_)
                    put(("invoicing", name, "instalments", place, key_), value, path)
            flat = {**block, **{key: each for key, each in (block.get("recipient") or {}).items() if key == "postal_code"}}
            for key, value in flat.items():
                if (key in _EXACT or key == "label") and name is not None:
                    inner = ("recipient", key) if key == "postal_code" else (key,)
                    put(("invoicing", name, key), value, (*_block_path(data, number_), *inner))
        return found

    def _other_validity(self, data: Data) -> Mapping[str, Any]:
        return next(each for key, each in self._validities.items() if key != id(data))

    def _blocks_of(self, data: Data, put: Callable[[Sequence[object], object, Path], None]) -> None:
        put(("dnr",), data.get("dnr"), ("dnr",))
        validity, other = data.get("validity") or {}, self._other_validity(data)
        told = {key: value for key, value in validity.items() if key != "end"} | _term(validity, other)
        for key, value in told.items():
            if key in _EXACT:
                written = [each for each in (key, "years", "months", "start") if each in validity]
                put(("validity", key), value, ("validity", written[0]))
        extension = (data.get("validity") or {}).get("extension") or {}
        length = _length(extension)
        for key, value in {**extension, "length": length}.items():
            if key in _EXACT:
                put(("validity", "extension", key), value, ("validity", "extension", "years" if key == "length" and "years" in extension else "months" if key == "length" else key))
        economy = data.get("economy") or {}
        index = economy.get("index")
        for key, value in (index.items() if isinstance(index, dict) else [("series", index)]):
            if key in _EXACT:
                put(("economy", "index", key), value, ("economy", "index", key) if isinstance(index, dict) else ("economy", "index"))
        for block in ("stated", "rounding"):
            for key, value in (economy.get(block) or {}).items():
                put(("economy", block, key), value, ("economy", block, key))
        put(("economy", "unspent"), economy.get("unspent"), ("economy", "unspent"))
        self._sums(economy, data, put)
        follow_up = data.get("follow_up") or {}
        for key, value in {**follow_up, **(follow_up.get("evaluation") or {})}.items():
            if key in _EXACT:
                put(("follow_up", key), value, ("follow_up", "evaluation", key) if key in {"due", "before_renewal"} else ("follow_up", key))
        legal = data.get("legal") or {}
        for key, value in {**legal, **(legal.get("state_aid") or {})}.items():
            if key in _EXACT:
                put(("legal", key), value, ("legal", "state_aid", key) if key in {"basis", "certificate"} else ("legal", key))

    def _sums(self, economy: Mapping[str, Any], data: Data, put: Callable[[Sequence[object], object, Path], None]) -> None:
        for handle, value in ((economy.get("stated") or {}).get("by_party") or {}).items():
            name = handle if handle not in self.parties else self.parties[handle]
            put(("economy", "by_party", name), value, ("economy", "stated", "by_party", handle))
        del data

    @staticmethod
    def _row(row: Mapping[str, Any], data: Data, path: Path, name: object, put: Callable[[Sequence[object], object, Path], None]) -> None:
        """Put what a row states; of one that has no counterpart, only its figure."""
        key = name if name is not None else f"+{path[-1]}"
        yearly = _yearly(row, data)
        if yearly is not None:
            put(("economy", "row", key, "amount"), yearly, (*path, "amount" if "amount" in row else "party"))
        for field in ("total", "hours_per_week", "hours_per_year", "unit_price", "units"):
            put(("economy", "row", key, field), row.get(field), (*path, field))
        for year, value in (row.get("by_year") or {}).items():
            put(("economy", "row", key, "by_year", year), value, (*path, "by_year", year))


def _greedy(scores: Iterable[tuple[float, Any, Any]]) -> dict[Any, Any]:
    """Return the draft's item for each of the record's, best first, each once: theirs to ours."""
    found: dict[Any, Any] = {}
    for score, ours, theirs in sorted(scores, key=lambda each: -each[0]):
        if score >= 1 and theirs not in found and ours not in found.values():
            found[theirs] = ours
    return found


def _of_parties(record: Data, draft: Data) -> Iterator[tuple[float, str, str]]:
    for ours, party in record.get("parties", {}).items():
        for theirs, other in draft.get("parties", {}).items():
            names = {_bare(str(each.get("name", ""))) for each in (party, other)}
            score = 10.0 * (party.get("org_number") == other.get("org_number") is not None)
            score += 4 * _shared(str(party.get("name", "")), str(other.get("name", ""))) + 2 * (len(names) == 1)
            score += 1.0 * (party.get("role") == other.get("role"))
            yield score, ours, theirs


def _shared(ours: str, theirs: str) -> float:
    """Return how many of the words of the shorter text the other one has."""
    a, b = (set(re.findall(r"\w{3,}", each.casefold())) for each in (ours, theirs))
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _alike(row: Mapping[str, Any], record: Data, other: Mapping[str, Any], draft: Data, parties: Mapping[str, str]) -> float:
    whose = {parties.get(each, each) for each in _handles(other)} == set(_handles(row))
    if not whose:
        return 0
    figures = [(_yearly(row, record), _yearly(other, draft)), (row.get("total"), other.get("total"))]
    score = 1.0 + 4 * any(a is not None and a == b for a, b in figures)
    score += 3 * _shared(str(row.get("item", "")), str(other.get("item", "")))
    return score + (row.get("hours_per_year") == other.get("hours_per_year") is not None)


def _handles(row: Mapping[str, Any]) -> list[str]:
    party = row.get("party")
    return party if isinstance(party, list) else [str(party)]


def _rows(data: Data) -> list[dict[str, Any]]:
    return list((data.get("economy") or {}).get("contributions") or [])


def _blocks(data: Data) -> list[dict[str, Any]]:
    blocks = data.get("invoicing") or []
    return [blocks] if isinstance(blocks, dict) else list(blocks)


def _block_path(data: Data, number_: int) -> Path:
    return ("invoicing",) if isinstance(data.get("invoicing"), dict) else ("invoicing", number_)


def _yearly(row: Mapping[str, Any], data: Data) -> str | None:
    """Return a year's kronor of a row, however it states them."""
    if row.get("amount") is not None:
        return str(row["amount"])
    times = row.get("units") or row.get("hours_per_year")
    if row.get("unit_price") and times:
        return f"{Decimal(str(row['unit_price'])) * Decimal(str(times)):f}"
    if str(row.get("remainder")) == "true":
        rows = [each for each in _rows(data) if each is not row]
        known = [_yearly(each, data) for each in rows]
        total = ((data.get("economy") or {}).get("stated") or {}).get("total")
        if total is not None and None not in known:
            return f"{Decimal(str(total)) - sum(Decimal(str(each)) for each in known):f}"
    return None


def _length(block: Mapping[str, Any]) -> str | None:
    if block.get("years"):
        return str(int(block["years"]) * 12)
    return str(block["months"]) if block.get("months") else None


def _term(validity: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, str]:
    """Return the end of a validity, or its length where the *other* side tells that alone, too.

    An end that follows from start and length is told where the other side has an end, but not
    where the starts differ: the end differs then, too.
    """
    length, end = _length(validity), validity.get("end")
    if end is not None:
        return {"end": str(end)} if "end" in other or validity.get("start") == other.get("start") else {}
    start = day_month_or_year(str(validity.get("start", "")))
    if length is None or "end" not in other:
        return {"length": length} if length else {}
    if start is None or validity.get("start") != other.get("start"):
        return {}
    return {"end": (add_months(start.first, int(length)) - ONE_DAY).isoformat()}


# ------------------------------------------------------------------ what the document has
class _Words:
    """The figures, dates and words of a document, in whatever spelling."""

    def __init__(self, reading: Reading) -> None:
        text = " \n ".join(passage.text for passage in reading.passages)
        self._bare = _bare(text)
        self._dates = {each.text for each in (*days(text), *days_of_year(text))}
        figures = {each.kronor for each in amounts(text)}
        figures |= {value for found in re.finditer(GROUPED, text) if (value := number(found[0])) is not None}
        figures |= {Decimal(value) for found in re.finditer(WORDS, text, re.IGNORECASE) if (value := count(found[0])) is not None}
        self._figures = figures

    def has(self, key: str, value: str) -> bool:
        """Whether the document has a *value*; of what has no spelling of its own, it is not asked."""
        figure = _decimal(value)
        if figure is not None and key not in {"org_number", "reference"}:
            return figure in self._figures or figure in {Decimal(0), Decimal(1)}
        if day_month_or_year(value) or re.fullmatch(r"\d\d-\d\d", value):
            return any(each.startswith(value) or value.startswith(each) for each in self._dates)
        if re.search(r"\d", value) or key in {"reference", "label", "marking", "series"}:
            return _bare(value) in self._bare
        return True  # a word of the format: the document words it in its own way


def _evidence(facts: Mapping[Path, Fact], path: Path) -> Evidence | None:
    fact = _fact(facts, path)
    return fact.evidence if fact else None


def _is_doubtful(facts: Mapping[Path, Fact], path: Path) -> bool:
    fact = _fact(facts, path)
    return bool(fact and fact.doubt and "skiljer sig" not in fact.doubt)


def _fact(facts: Mapping[Path, Fact], path: Path) -> Fact | None:
    """Return the fact of a value, or of what it is a part of."""
    for end in range(len(path), 0, -1):
        if path[:end] in facts:
            return facts[path[:end]]
    return next((fact for other, fact in facts.items() if other[: len(path)] == path), None)
