"""What may be done about a finding: its correction, an exception with a reason, an event to log."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from lsprotocol.types import CodeAction, CodeActionKind, WorkspaceEdit

from iopctl.case import duties
from iopctl.check.fixes import fixes
from iopctl.check.selection import FOUND_BY_RULES
from iopctl.check.silences import BY_COMMENT
from iopctl.dates import Period
from iopctl.drafting import logbook
from iopctl.editor.changes import edits
from iopctl.editor.diagnostics import shown
from iopctl.errors import UserError
from iopctl.invoices.issuing import payer
from iopctl.model import Agreement
from iopctl.money import plain
from iopctl.source import edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.claims import Account
    from iopctl.case.duties import Duty
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.editor.manuscript import Manuscript, TextReading
    from iopctl.editor.words import Wording
    from iopctl.source import Path
    from iopctl.source.events import Value

FIX_ALL: Final = f"{CodeActionKind.SourceFixAll.value}.iopctl"
KINDS: Final[list[CodeActionKind | str]] = [CodeActionKind.QuickFix, FIX_ALL]
# The block at whose lines an event that is late can be logged; at the log, all can.
_BLOCK: Final = {
    "meeting": "follow_up",
    "report": "follow_up",
    "invoice": "invoicing",
    "payment": "invoicing",
    "extension": "validity",
    "option_declined": "validity",
}

EventOffer = tuple[str, str, dict[str, str]]
"""The title of an offer, the kind of event, and its parts: `date`, where it is not of today."""


class Offer(NamedTuple):
    """Something that may be done: its title, the text that it leaves, and what it is about."""

    title: str
    text: str | None
    about: Diagnostic | None = None
    kind: CodeActionKind | str = CodeActionKind.QuickFix


def actions(
    manuscript: Manuscript, reading: TextReading, start: int, end: int, say: Wording
) -> list[CodeAction]:
    """Return what may be done about the text between two offsets, whose findings are known."""
    near = [each for each in manuscript.findings if _touches(each, start, end)]
    offers = [
        *_corrections(reading, near, manuscript.findings, say),
        *_acceptances(reading, near, say),
        *_events(reading, start, say),
    ]
    return [
        _action(each, text, manuscript, reading)
        for each in offers
        if (text := each.text) is not None  # what can't be written is not offered
    ]


def _touches(each: Diagnostic, start: int, end: int) -> bool:
    return each.span.start <= end and start <= max(each.span.end, each.span.start)


def _action(offer: Offer, text: str, manuscript: Manuscript, reading: TextReading) -> CodeAction:
    changes = edits(reading.source.text, text, reading.ruler)
    about = offer.about and shown(offer.about, reading.ruler, lambda _: manuscript.uri)
    return CodeAction(
        title=offer.title,
        kind=offer.kind,
        diagnostics=[about] if about else None,
        edit=WorkspaceEdit({manuscript.uri: changes}),
    )


# ------------------------------------------------------------------ corrections
def _corrections(
    reading: TextReading, near: Sequence[Diagnostic], everywhere: Sequence[Diagnostic], say: Wording
) -> Iterator[Offer]:
    """Yield the correction of each finding that has one, and one for all in the file."""
    for each in near:
        if fix := each.finding.fix:
            text = _tried(partial(edit.replaced, reading.source, [fix]))
            yield Offer(say("write {value}", value=fix.text), text, each)
    every = fixes(everywhere)
    whole = _tried(partial(edit.replaced, reading.source, every)) if every else None
    yield Offer(say("rewrite all that is misspelt"), whole, kind=FIX_ALL)


def _tried(made: Callable[[], str]) -> str | None:
    """Return a text that can be made; None where it can't without changing more."""
    try:
        return made()
    except UserError:
        return None


# ------------------------------------------------------------------ exceptions
def _acceptances(reading: TextReading, near: Sequence[Diagnostic], say: Wording) -> Iterator[Offer]:
    """Yield how the parties may stand by what is found: the reason is theirs to write."""
    for each in near:
        if each.code in FOUND_BY_RULES and not each.reason:
            text = accepted(reading, each.name, each.finding.path, "", each.span.start)
            yield Offer(say("accept {rule}, with a reason", rule=each.name), text, each)


def accepted(reading: TextReading, rule: str, path: Path, reason: str, start: int) -> str | None:
    """Return the text with a *reason* to silence a rule at *path*, or by a comment at *start*.

    Without a reason it says so until one is written. None where the text can't be changed so.
    """
    source = reading.source
    if rule in BY_COMMENT:
        end = source.text.find("\n", start)
        end = len(source.text) if end < 0 else end - (source.text[end - 1 : end] == "\r")
        comment = f"  # iopctl: ignore[{rule}] {reason}".rstrip()
        return source.text[:end] + comment + source.text[end:]
    place = ".".join(map(str, path))
    entry: Value = {"rule": rule, **({"path": place} if place else {}), "reason": reason}
    present = reading.at(("exceptions",))
    if "exceptions" not in (source.data or {}):
        order = tuple(Agreement.model_fields)
        return _tried(partial(edit.insert, source, ("exceptions",), [entry], order))
    number = len(present) if isinstance(present, list) else 0
    return _tried(partial(edit.insert, source, ("exceptions", number), entry))


# ------------------------------------------------------------------ events
def _events(reading: TextReading, start: int, say: Wording) -> Iterator[Offer]:
    """Yield what is late and can be logged, where the cursor stands in a block that asks for it."""
    case = reading.case
    if case is None:
        return
    block = reading.path_at(start)[:1]
    late = [each for each in duties.duties(case) if each.day <= case.as_of]
    offered = [event for duty in late for event in _asked(duty, case.as_of, say)]
    due = [each for each in case.bills if each.is_open and each.due <= case.as_of]
    accounts = [*dict.fromkeys(each.account for each in case.blocks)]
    offered += [_bill(bill, accounts, say) for bill in due]
    for title, kind, parts in offered:
        if block in {(_BLOCK[kind],), ("log",)}:
            text = _tried(partial(logged, reading, case, kind, parts))
            yield Offer(title, text)


def logged(reading: TextReading, case: Case, kind: str, parts: Mapping[str, Value]) -> str:
    """Return the text with an event in its log, of today unless its parts have a date.

    Raises:
        UserError: it can't be written so.
    """
    own = {name: part for name, part in parts.items() if name != "date"}
    event = logbook.event(kind, str(parts.get("date", case.as_of.isoformat())), own)
    return logbook.logged(reading.source, case.agreement, event)


def _asked(duty: Duty, today: date, say: Wording) -> Iterator[EventOffer]:
    """Yield the events that do what is asked for."""
    match duty.kind, duty.period:
        case "meeting", Period() as of:
            title = say("log the meeting of {year}", year=of.first.year)
            yield title, "meeting", {"date": of.text} if of.last < today else {}
        case "report", Period() as of:
            title = say("log the report on {year}", year=of.first.year)
            yield title, "report", {"year": str(of.first.year)}
        case "option", _:
            yield say("log the extension"), "extension", {}
            yield say("log that the option is not taken"), "option_declined", {}
        case _:  # invoices are asked for by bills, and nothing in the log does the rest
            return


def _bill(bill: Bill, accounts: Sequence[Account], say: Wording) -> EventOffer:
    """Return the event that settles a bill; an invoice's number is left for a person to write."""
    who = payer(bill.account, accounts)
    paid_out = bill.invoicing.method == "payout"
    if paid_out and "seller" in who:
        who["receiver"] = who.pop("seller")
    parts = {
        **({} if paid_out else {"number": ""}),
        "period": bill.period.text,
        "amount": "" if bill.amount is None else plain(bill.amount),
        **who,
    }
    if paid_out:
        return say("log the payment for {period}", period=bill.period.text), "payment", parts
    return say("log the invoice for {period}", period=bill.period.text), "invoice", parts
