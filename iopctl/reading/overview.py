"""What a draft says in a few lines: what was read, what is missing, what to look at first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.language import counted, tr
from iopctl.source import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.draft import Draft, DraftData

# What agreements should say, and the Swedish word for it.
_WANTED: Final = (
    ("dnr", "diarienummer"),
    ("target_group", "målgrupp"),
    ("validity.signed", "undertecknande"),
    ("validity.start", "första dag"),
    ("validity.end", "sista dag"),
    ("validity.notice_months", "uppsägningstid"),
    ("validity.extension", "förlängning"),
    ("economy.contributions", "insatser"),
    ("invoicing", "fakturering"),
    ("follow_up.meetings_per_year", "möten"),
    ("follow_up.reports_per_year", "rapporter"),
    ("legal.procurement_assessed", "prövning mot LOU"),
)
MOST_DOUBTS: Final = 12


def overview(draft: Draft) -> Iterator[str]:
    """Yield the lines."""
    data = draft.data
    parties, rows = data["parties"], data["economy"]["contributions"]
    validity = data.get("validity", {})
    days = [str(validity[key]) for key in ("start", "end") if key in validity]
    counts = (
        counted("{number} value", "{number} values", len(draft.facts)),
        counted("{number} party", "{number} parties", len(parties)),
        counted("{number} row", "{number} rows", len(rows)),
        counted(
            "{number} invoicing block",
            "{number} invoicing blocks",
            len(data.get("invoicing", [])),
        ),
        tr(" to ").join(days) or tr("no dates"),
    )
    yield f"{data['source']}: {draft.id}: {', '.join(counts)}"
    missing = [f"{key} ({word})" for key, word in _WANTED if not _has(data, key)]
    missing += [
        f"parties.{handle}.org_number (organisationsnummer)"
        for handle, party in parties.items()
        if "org_number" not in party
    ]
    if missing:
        yield "  " + tr("not found in it: {fields}", fields=", ".join(missing))
    doubts = list(doubtful(draft))
    for path, told in doubts[:MOST_DOUBTS]:
        yield "  " + tr("look at first: {path}: {told}", path=path, told=told)
    if len(doubts) > MOST_DOUBTS:
        yield "  " + tr("and {number} more doubts, marked # ?", number=len(doubts) - MOST_DOUBTS)


def doubtful(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield path and words of each doubt: first of what is not stated."""
    told: list[tuple[tuple[str | int, ...], str]] = [
        (each.path, each.told) for each in draft.doubts
    ]
    told += [(path, fact.doubt) for path, fact in draft.facts.items() if fact.doubt]
    yield from ((dotted(path), words) for path, words in told)


def _has(data: DraftData, key: str) -> bool:
    here: object = data
    for part in key.split("."):
        here = here.get(part) if isinstance(here, dict) else None
    instead = key == "validity.end" and {"years", "months"} & data.get("validity", {}).keys()
    other = key == "validity.notice_months" and "notice_by" in data.get("validity", {})
    return bool(here) or bool(instead) or bool(other)
