"""What is compared of a record: its hard facts, by keys that are the same for both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from iopctl.dates import ONE_DAY, add_months, day_month_or_year
from iopctl.reading.pairing import blocks, rows, yearly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iopctl.reading.draft import DraftData
    from iopctl.source import Path

LeafKey: TypeAlias = "tuple[str, ...]"

COMPARED: Final = frozenset(
    [
        "org_number",
        "bankgiro",
        "plusgiro",
        "iban",
        "gln",
        "peppol_id",
        "signed",
        "start",
        "end",
        "notice_months",
        "notice_by",
        "kind",
        "times",
        "length",
        "percent",
        "kronor",
        "month",
        "series",
        "lag_years",
        "pass_through",
        "cap",
        "floor",
        "total",
        "public_cash",
        "period_total",
        "unit",
        "mode",
        "unspent",
        "dnr",
        "reference",
        "marking",
        "label",
        "interval",
        "timing",
        "payment_days",
        "e_invoice",
        "vat",
        "vat_percent",
        "postal_code",
        "meetings_per_year",
        "reports_per_year",
        "report_due",
        "due",
        "before_renewal",
        "review_every_years",
        "initiative",
        "market",
        "procurement_assessed",
        "basis",
        "certificate",
    ]
)
_BLOCKS: Final[tuple[tuple[str, ...], ...]] = (
    (),
    ("validity", "extension"),
    ("economy",),
    ("economy", "index"),
    ("economy", "rounding"),
    ("economy", "stated"),
    ("follow_up",),
    ("follow_up", "evaluation"),
    ("legal",),
    ("legal", "state_aid"),
)
_OF_A_ROW: Final = ("total", "hours_per_week", "hours_per_year", "unit_price", "units")


class Leaf(NamedTuple):
    """A value, and where in its record it is written."""

    value: str
    path: Path


class LeafNames(NamedTuple):
    """The names that parties, rows and blocks have on both sides."""

    parties: Mapping[str, str]
    rows: Mapping[int, int]
    blocks: Mapping[int, int]


def leaves(data: DraftData, names: LeafNames, other: DraftData) -> dict[LeafKey, Leaf]:
    """Return what is compared of *data*, with the *names* that both sides have, beside *other*."""
    found = (
        *_of_blocks(data),
        *_of_validity(data.get("validity") or {}, other.get("validity") or {}),
        *_of_parties(data, names),
        *_of_rows(data, names),
        *_of_volumes(data),
        *_of_invoicing(data, names),
    )
    return {
        tuple(map(str, key)): Leaf(str(value), path)
        for key, value, path in found
        if value is not None and not isinstance(value, dict | list)
    }


PlacedLeaves: TypeAlias = "Iterator[tuple[Path, Any, Path]]"


def _of_blocks(data: DraftData) -> PlacedLeaves:
    for path in _BLOCKS:
        block: Any = data
        for key in path:
            block = block.get(key) or {} if isinstance(block, dict) else {}
        if isinstance(block, dict):
            for key, value in block.items():
                if key in COMPARED and (path or key == "dnr"):
                    yield (*path, key), value, (*path, key)
    index = (data.get("economy") or {}).get("index")
    if isinstance(index, str):
        yield ("economy", "index", "series"), index, ("economy", "index")
    elif index:
        yield from _of_index(index)


def _of_index(index: Mapping[str, Any]) -> PlacedLeaves:
    """Yield the parts of an index that stand below its own keys."""
    path: Path = ("economy", "index")
    for year, percent in (index.get("steps") or {}).items():
        yield (*path, "steps", year), percent, (*path, "steps", year)
    for key, value in (index.get("base") or {}).items():
        yield (*path, "base", key), value, (*path, "base", key)
    for place, part in enumerate(index.get("composite") or []):
        for key in ("weight", "lag_years", "month"):
            yield (
                (*path, str(part.get("series")), key),
                part.get(key),
                (*path, "composite", place, key),
            )


def _of_validity(validity: Mapping[str, Any], other: Mapping[str, Any]) -> PlacedLeaves:
    told = {key: value for key, value in validity.items() if key != "end"} | _term(validity, other)
    for key, value in told.items():
        if key in COMPARED:
            written = [each for each in (key, "years", "months", "start") if each in validity]
            yield ("validity", key), value, ("validity", written[0])
    extension = validity.get("extension") or {}
    if length := months(extension):
        key = "years" if "years" in extension else "months"
        yield ("validity", "extension", "length"), length, ("validity", "extension", key)


def _term(validity: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, str]:
    """Return the end of a validity, or its length where the *other* side tells that alone, too.

    An end that follows from start and length is told where the other side has an end, but not
    where the starts differ: the end differs then, too.
    """
    length, end = months(validity), validity.get("end")
    same_start = validity.get("start") == other.get("start")
    if end is not None:
        return {"end": str(end)} if "end" in other or same_start else {}
    if length is None or "end" not in other:
        return {"length": length} if length else {}
    start = day_month_or_year(str(validity.get("start", "")))
    if start is None or not same_start:
        return {}
    return {"end": (add_months(start.first, int(length)) - ONE_DAY).isoformat()}


def months(block: Mapping[str, Any]) -> str | None:
    """Return the length that a block states, in months."""
    if block.get("years"):
        return str(int(block["years"]) * 12)
    return str(block["months"]) if block.get("months") else None


def _of_parties(data: DraftData, names: LeafNames) -> PlacedLeaves:
    for handle, party in data.get("parties", {}).items():
        for key, value in party.items():
            if key in COMPARED and handle in names.parties:
                yield ("parties", names.parties[handle], key), value, ("parties", handle, key)
    stated = ((data.get("economy") or {}).get("stated") or {}).get("by_party") or {}
    for handle, value in stated.items():
        path = ("economy", "stated", "by_party", handle)
        yield ("economy", "by_party", names.parties.get(handle, handle)), value, path


def _of_rows(data: DraftData, names: LeafNames) -> PlacedLeaves:
    for number, row in enumerate(rows(data)):
        path: Path = ("economy", "contributions", number)
        key: Path = ("economy", "row", names.rows.get(number, f"+{number}"))
        own = "amount" if "amount" in row else "party"
        yield (*key, "amount"), yearly(row, data), (*path, own)
        for field in _OF_A_ROW:
            yield (*key, field), row.get(field), (*path, field)
        for year, value in (row.get("by_year") or {}).items():
            yield (*key, "by_year", year), value, (*path, "by_year", year)


def _of_volumes(data: DraftData) -> PlacedLeaves:
    for number, each in enumerate(data.get("volume") or []):
        key = ("volume", str(each.get("unit", "")).casefold()[:5], str(each.get("measure")))
        yield (*key, "target"), each.get("target"), ("volume", number, "target")


def _of_invoicing(data: DraftData, names: LeafNames) -> PlacedLeaves:
    alone = isinstance(data.get("invoicing"), dict)
    for number, block in enumerate(blocks(data)):
        path: Path = ("invoicing",) if alone else ("invoicing", number)
        key: Path = ("invoicing", names.blocks.get(number, f"+{number}"))
        recipient = block.get("recipient") or {}
        yield (
            (*key, "postal_code"),
            recipient.get("postal_code"),
            (*path, "recipient", "postal_code"),
        )
        for field, value in block.items():
            if field in COMPARED:
                yield (*key, field), value, (*path, field)
        for place, part in enumerate(block.get("instalments") or []):
            for field, value in part.items():
                below = ("instalments", place, field)
                yield (*key, *below), value, (*path, *below)
