"""One agreement on a page: all that its file states, and what it comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from iopctl.case.needs import unstated
from iopctl.case.payers import boards, committees, jointly
from iopctl.case.reach import UNKNOWN
from iopctl.dates import Period
from iopctl.language import counted, tr
from iopctl.listings import budget, notes, split
from iopctl.listings.facts import facts, label, told
from iopctl.listings.status import OPEN, stage
from iopctl.model.agreement import Agreement
from iopctl.model.economy import Economy
from iopctl.model.follow_up import FollowUp
from iopctl.model.invoicing import Invoicing
from iopctl.model.log import Amendment, NewTerms, Report
from iopctl.model.terms import joined
from iopctl.model.validity import Validity
from iopctl.money import kronor
from iopctl.tables import Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from iopctl.case.case import Case
    from iopctl.case.claims import Block
    from iopctl.config import Config
    from iopctl.model.base import Strict
    from iopctl.model.economy import Contribution
    from iopctl.model.follow_up import Undertaking, Volume
    from iopctl.model.log import Actual, Event
    from iopctl.model.parties import Address, Party
    from iopctl.model.terms import Block as Part
    from iopctl.model.terms import Terms
    from iopctl.model.validity import Extension
    from iopctl.tables import Cell

Pairs: TypeAlias = "Iterator[tuple[str, Cell]]"
Tell: TypeAlias = "Callable[[Case, Terms], Table]"


def page(
    case: Case, config: Config, remarks: Sequence[str], parts: Sequence[str] = ()
) -> tuple[Table, ...]:
    """Return the tables of an agreement's page; those with nothing to say are left out.

    *parts* are the ids of the agreements that are parts of it. Blocks that amendments have put in
    place of others are told one after the other, each with its days.
    """
    tables = (
        _pairs("agreement", case.agreement.title, _about(case, parts)),
        *_each(case, "parties", tr("Parties"), _parties),
        *_each(case, "parties", tr("Parties, further"), _more_of_parties, "party_facts"),
        _pairs("validity", tr("Validity"), _validity(case)),
        *_validities_before(case),
        *_each(case, "economy", tr("Economy"), _economy),
        *_each(case, "economy", tr("Contributions as written"), _rows, "rows"),
        _budget(case),
        split.table([case.share()], case.as_of, config.benchmark),
        *_invoicings(case),
        *_each(case, "follow_up", tr("Follow-up"), _follow_up),
        _legal(case),
        _exceptions(case),
        _log(case),
    )
    first, *rest = [each for each in tables if each.rows]
    shown = [replace(each, as_of=None) for each in rest]
    last = replace(shown[-1], notes=(*shown[-1].notes, *remarks))
    return (replace(first, as_of=case.as_of), *shown[:-1], last)


def _pairs(name: str, title: str, pairs: Pairs) -> Table:
    rows = tuple(Row(each) for each in pairs if each[1] not in (None, ""))
    return Table(name, title, None, (Column("field", ""), Column("value", "")), rows)


def _each(case: Case, block: Part, title: str, table: Tell, name: str = "") -> Iterator[Table]:
    """Yield a *table* of each state that a block has had, with its days if there are several."""
    states = [each for each in joined(case.terms, block) if getattr(each, block)]
    for number, terms in enumerate(states, 1):
        days = _days(terms.first, terms.last) if len(states) > 1 else ""
        found = table(case, terms)
        suffix = f"-{number}" if number > 1 else ""
        yield replace(
            found,
            name=f"{name or block}{suffix}",
            title=f"{title}, {days}" if days else title,
        )


def _days(first: date | None, last: date | None) -> str:
    """Return from when to when something holds, as far as it has bounds."""
    if first and last:
        return tr("{first} to {last}", first=first, last=last)
    if first:
        return tr("from {first}", first=first)
    return tr("to {last}", last=last) if last else ""


def _names(terms: Terms) -> dict[str, str]:
    return {handle: party.called for handle, party in terms.parties.items()}


def _stated(block: Strict, terms: Terms, *but: str) -> Pairs:
    """Yield what a block states, but for the keys that are told otherwise."""
    yield from ((each.label, each.value) for each in facts(block, _names(terms), but))


# ------------------------------------------------------------------ the head and the parties
_LAST: Final = ("succeeds", "part_of", "source", "notes")
_BLOCKS: Final = (
    *("title", "kind", "parties", "validity", "economy", "invoicing", "follow_up", "volume"),
    *("legal", "exceptions", "log"),
)


def _about(case: Case, parts: Sequence[str]) -> Pairs:
    agreement, terms = case.agreement, case.terms[-1]
    yield "id", agreement.id
    yield label(Agreement, "kind"), told(agreement.kind, "choice", {}, (Agreement, "kind"))
    yield from _stated(agreement, terms, "id", *_LAST, *_BLOCKS)
    volumes = [each for each in joined(case.terms, "volume") if each.volume]
    for state in volumes:
        days = f", {_days(state.first, state.last)}" if len(volumes) > 1 else ""
        for each in state.volume:
            yield label(Agreement, "volume"), f"{_volume(each, state)}{days}"
    others = tuple(name for name in Agreement.model_fields if name not in _LAST)
    yield from _stated(agreement, terms, *others)
    yield tr("succeeded by"), case.successor
    for part in parts:
        yield tr("part"), part


def _parties(_: Case, terms: Terms) -> Table:
    columns = (
        Column("party", "party"),
        Column("side", "side", Kind.STATE),
        Column("org_number", "number", Kind.DATE),
        Column("board", "committee"),
    )
    rows = tuple(
        Row((_name(each), each.role, each.org_number, each.board))
        for each in terms.parties.values()
    )
    return Table("parties", "", None, columns, rows)


def _volume(each: Volume, terms: Terms) -> str:
    target = "" if each.target is None else f"{each.target} "
    measure = {"places": tr(" at a time"), "per_year": tr(" a year"), None: ""}[each.measure]
    party = f", {terms.parties[each.party].called}" if each.party else ""
    return f"{target}{each.unit}{measure}{party}"


_TOLD_OF_PARTIES: Final = (
    *("role", "name", "short_name", "count", "org_number", "board", "coordinator"),
)


def _more_of_parties(_: Case, terms: Terms) -> Table:
    columns = (
        Column("party", "party"),
        Column("field", "what"),
        Column("value", "as written"),
    )
    rows = tuple(
        Row((party.called, each.label, each.value))
        for party in terms.parties.values()
        for each in facts(party, _names(terms), _TOLD_OF_PARTIES)
    )
    return Table("party_facts", "", None, columns, rows)


def _name(party: Party) -> str:
    short = f" ({party.short_name})" if party.name and party.short_name else ""
    return f"{party.name or party.called}{short}{tr(', coordinator') if party.coordinator else ''}"


# ------------------------------------------------------------------ the validity
def _validity(case: Case) -> Pairs:
    validity, reach = case.terms[-1].validity, case.reach
    yield tr("state"), tr(stage(case))
    if validity is None:
        return
    yield label(Validity, "signed"), validity.signed and validity.signed.text
    yield tr("start"), reach.start
    yield tr("start as written"), _as_known(case.first_known)
    yield tr("end"), tr(OPEN, until="") if reach.is_open else reach.end
    yield tr("end as written"), _as_known(case.last_known)
    if validity.last != reach.end:
        yield tr("end as first agreed"), validity.last
    for gap in reach.gaps:
        yield tr("not in force"), tr("{first} to {last}", first=gap.first, last=gap.last)
    if validity.length:
        yield tr("length"), _months(validity.length)
    yield tr("last day of notice"), reach.notice_day
    told_above = ("signed", "start", "end", "years", "months", "extension")
    yield from _stated(validity, case.terms[-1], *told_above)
    if validity.extension:
        yield label(Validity, "extension"), _extension(validity.extension)
    yield tr("options left"), _options_left(case)
    told = tr("goes on unless terminated") if reach.rolls_on else tr("option")
    for option in case.options:
        yield told, tr("{first} to {last}", first=option.first, last=option.last)
    yield tr("latest end"), case.latest_end


def _as_known(day: Period | None) -> str:
    """Return a month or year of which no day is known, "" where one is."""
    return day.text if day and day.first != day.last else ""


def _options_left(case: Case) -> str:
    if case.options_left is None:
        return tr("not known") if case.reach.is_hearsay else tr("without limit")
    return str(case.options_left)


def _validities_before(case: Case) -> Iterator[Table]:
    """Yield what the validity was before each amendment that has changed it."""
    states = [each for each in joined(case.terms, "validity") if each.validity]
    for number, terms in enumerate(states[:-1], 1):
        title = tr("Validity until it was amended from {day}", day=states[number].first)
        stated = _stated(terms.validity or UNKNOWN, terms)
        yield _pairs(f"validity_before-{number}", title, stated)


def _extension(extension: Extension) -> str:
    months, times = extension.length, extension.times
    parts = (
        told(extension.kind, "choice", {}, (type(extension), "kind")),
        counted("{number} time", "{number} times", times) if times else "",
        counted("{number} month each", "{number} months each", months) if months else "",
        *map(_months, extension.lengths),
    )
    return ", ".join(filter(None, parts))


def _months(number: int) -> str:
    return counted("{number} month", "{number} months", number)


# ------------------------------------------------------------------ the economy
def _economy(_: Case, terms: Terms) -> Table:
    economy = terms.economy

    def pairs() -> Pairs:
        yield label(Economy, "base_year"), terms.base_year and str(terms.base_year)
        yield from _stated(economy, terms, "base_year", "contributions")

    return _pairs("economy", "", pairs())


_TOLD_OF_ROWS: Final = ("party", "item", "board")


def _rows(_: Case, terms: Terms) -> Table:
    columns = (
        Column("row", "row", Kind.NUMBER),
        Column("party", "party"),
        Column("item", "item"),
        Column("board", "paid by"),
        Column("written", "as written"),
    )
    rows = tuple(
        Row(
            (
                number + 1,
                jointly([terms.parties[each].called for each in row.party]),
                row.item,
                _payers(terms, number),
                _written(row, _names(terms)),
            )
        )
        for number, row in enumerate(terms.economy.contributions)
    )
    return Table("rows", "", None, columns, rows)


def _payers(terms: Terms, number: int) -> str:
    """Return the committees that pay a public row; of others, the one that the row names."""
    if terms.side(number) == "public":
        return committees(boards(terms, number))
    board = terms.economy.contributions[number].board
    return committees(board) if board else ""


def _written(row: Contribution, names: Mapping[str, str]) -> str:
    """Return the rest of a row in the file's order; that it has no amount is told, too."""
    parts = [f"{each.label} {each.value}" for each in facts(row, names, _TOLD_OF_ROWS)]
    return "; ".join(parts if row.basis != "none" else [tr("no amount"), *parts])


def _budget(case: Case) -> Table:
    shown = budget.table([case], case.as_of, by="row", options=True)
    return replace(
        shown,
        columns=shown.columns[1:],
        rows=tuple(map(_unnamed, shown.rows)),
        title=tr("Budget, kronor"),
        notes=notes.of_budget([case], shown, options=True),
    )


def _unnamed(row: Row) -> Row:
    """Leave out the agreement's id, which the page is about; a total keeps its name."""
    first, *rest = row.cells
    return row._replace(cells=(first, *rest[1:]) if row.level is Level.TOTAL else tuple(rest))


# ------------------------------------------------------------------ the invoicing
def _invoicings(case: Case) -> Iterator[Table]:
    """Yield a table for each block, with the days that it rules where they are not all."""
    for number, block in enumerate(case.blocks, 1):
        days = "" if len(case.blocks) == 1 else _days(*_ruled(case, block))
        title = tr("Payout") if block.invoicing.method == "payout" else tr("Invoicing")
        yield _pairs(
            f"invoicing-{number}", f"{title}, {days}" if days else title, _invoicing(block)
        )


def _ruled(case: Case, block: Block) -> tuple[date | None, date | None]:
    """Return the first and the last day of a block, as far as they are the block's own."""
    first = None if block.first in {date.min, case.reach.start} else block.first
    last = None if block.last in {date.max, case.reach.end} else block.last
    return first, last


_BUYERS: Final = ("peppol_id", "gln")


def _invoicing(block: Block) -> Pairs:
    """Yield how money is asked for; what is paid out is no invoice from one to another."""
    invoicing, terms = block.invoicing, block.terms[0]
    paid_out = invoicing.method == "payout"
    named = {"seller": tr("to"), "buyer": tr("from")} if paid_out else {}
    told_below = ("recipient", "interval", "instalments", *_BUYERS)
    for each in facts(invoicing, _names(terms), told_below):
        yield named.get(each.name, each.label), each.value
        if each.name == "buyer":
            yield label(Invoicing, "recipient"), _address(invoicing.recipient)
    how_often = tr("how often") if paid_out else label(Invoicing, "interval")
    if not invoicing.instalments:
        _, assumed = unstated(block.terms[-1])
        not_stated = tr("not stated ({assumed})", assumed=assumed)
        yield how_often, _interval(invoicing) or not_stated
    elif invoicing.interval:
        yield how_often, _interval(invoicing)
    for part in invoicing.instalments:
        yield (
            tr("instalment"),
            tr(
                "{day}: {amount} kr for {period}",
                day=part.date.text,
                amount=kronor(part.amount),
                period=part.period.text,
            ),
        )
    for name in _BUYERS:
        own = getattr(invoicing, name) or getattr(block.buyer, name)
        yield label(Invoicing, name), own


def _interval(invoicing: Invoicing) -> str:
    interval = invoicing.interval
    return told(interval, "choice", {}, (Invoicing, "interval")) if interval else ""


def _address(address: Address | None) -> str:
    if address is None:
        return ""
    place = " ".join(part for part in (address.postal_code, address.city) if part)
    abroad = [address.country] if "country" in address.model_fields_set else []
    return ", ".join([*address.lines, *([place] if place else []), *abroad])


# ------------------------------------------------------------------ follow-up, law, exceptions
def _follow_up(_: Case, terms: Terms) -> Table:
    return _pairs("follow_up", "", _of_follow_up(terms, terms.follow_up or FollowUp()))


def _of_follow_up(terms: Terms, follow_up: FollowUp) -> Pairs:
    told_below = ("evaluation", "review_every_years", "duties", "settled_until", "settled")
    yield from _stated(follow_up, terms, *told_below)
    if evaluation := follow_up.evaluation:
        days = [evaluation.due.text] if evaluation.due else []
        before = [tr("before renewal")] * evaluation.before_renewal
        yield tr("evaluation due"), ", ".join(days + before)
    if years := follow_up.review_every_years:
        yield tr("review"), counted("every year", "every {number} years", years)
    for each in follow_up.duties:
        yield told(each.kind, "choice", {}, (type(each), "kind")), _undertaking(each, terms)
    yield label(FollowUp, "settled_until"), follow_up.settled_until
    if follow_up.settled:
        for fact in facts(follow_up.settled, {}):
            yield tr("{kind} settled until", kind=fact.label), fact.value


def _undertaking(each: Undertaking, terms: Terms) -> str:
    """Return what is promised, in the file's own words and order."""
    days = [due.text if isinstance(due, Period) else "{:02}-{:02}".format(*due) for due in each.due]
    after = each.months_after_end
    parts = (
        each.what or "",
        tr("due {days}", days=", ".join(days)) if days else "",
        tr("every {time}", time=each.every.text) if each.every else "",
        tr("{number} months after the end", number=after) if after else "",
        tr("to {last}", last=each.to) if each.to else "",
        tr("by {who}", who=terms.parties[each.by].called) if each.by else "",
    )
    return ", ".join(filter(None, parts))


def _legal(case: Case) -> Table:
    legal = case.agreement.legal
    pairs = _stated(legal, case.terms[-1]) if legal else iter(())
    return _pairs("legal", tr("Law"), pairs)


def _exceptions(case: Case) -> Table:
    columns = (
        Column("rule", "rule"),
        Column("path", "place"),
        Column("until", "until", Kind.DATE),
        Column("reason", "reason"),
    )
    given = case.agreement.exceptions
    rows = tuple(Row((each.rule, each.path, each.until, each.reason)) for each in given)
    return Table("exceptions", tr("Exceptions"), None, columns, rows)


# ------------------------------------------------------------------ the log
def _log(case: Case) -> Table:
    columns = (
        Column("date", "date", Kind.DATE),
        Column("event", "event"),
        Column("about", "about"),
    )
    names = {handle: name for terms in case.terms for handle, name in _names(terms).items()}
    rows = tuple(
        Row((each.date.text, tr(each.event.replace("_", " ")), "; ".join(_of_event(each, names))))
        for each in case.agreement.log
        if each.date.first <= case.as_of
    )
    return Table("log", tr("Log"), None, columns, rows)


def _of_event(event: Event, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what the log says of an event, in the file's own words and order."""
    for each in facts(event, names, ("date", "event", "terms", "actual")):
        yield each.value if each.name == "text" else f"{each.label}: {each.value}"
    if isinstance(event, Report) and event.actual:
        yield f"{label(Report, 'actual')}: {', '.join(_came_to(e, names) for e in event.actual)}"
    if isinstance(event, Amendment):
        blocks = [label(NewTerms, name) for name in sorted(event.terms.model_fields_set)]
        yield f"{label(Amendment, 'terms')}: {', '.join(blocks)}"


def _came_to(each: Actual, names: Mapping[str, str]) -> str:
    numbers = (
        f"{kronor(each.amount)} kr" if each.amount is not None else "",
        f"{each.hours} h" if each.hours is not None else "",
    )
    return " ".join(filter(None, (names[each.party], each.item, *numbers)))
