"""The terms of an agreement as sentences of its own text: who gives what, and what is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iopctl import localised
from iopctl.dates import MONTHS_A_YEAR, Period
from iopctl.localised import in_full, in_kronor, month_name
from iopctl.model.swedish.follow_up import UNDERTAKINGS
from iopctl.model.swedish.index import in_clause
from iopctl.papers import law
from iopctl.papers import swedish as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.model import Party, Terms
    from iopctl.model.follow_up import FollowUp, Undertaking
    from iopctl.model.validity import Extension

_EVERY: Final = {
    "month": "varje månad",
    "quarter": "varje kvartal",
    "tertial": "varje tertial",
    "half_year": "varje halvår",
    "year": "varje år",
}
_INTERVALS: Final = {
    "monthly": "varje månad",
    "quarterly": "varje kvartal",
    "tertial": "varje tertial",
    "half_yearly": "varje halvår",
    "yearly": "en gång om året",
    "once": "en gång",
}
_TIMINGS: Final = {"advance": "i förskott", "arrears": "i efterskott"}


def party(each: Party) -> dict[str, str]:
    """Return a party as the head of an agreement names it."""
    return {
        "name": words.in_whole(each),
        "org_number": each.org_number or "",
        "board": words.in_running_text(each.board) if each.board else "",
    }


def money(terms: Terms) -> dict[str, Any]:
    """Return what the agreement says of its kronor: the base year, the raise, and the rest."""
    economy = terms.economy
    raised = " ".join(_raises(terms))
    return {
        "base_year": str(terms.base_year) if raised and terms.base_year else "",
        "raised": raised,
        "unspent": law.unspent(economy),
        "invoicing": [_invoiced(terms, number) for number in range(len(terms.invoicing))],
    }


def _raises(terms: Terms) -> Iterator[str]:
    """Yield how amounts are raised: those of all rows, and of rows with an index of their own."""
    for path, index, rows in terms.economy.indexes():
        what = "Beloppen" if len(path) == 1 else f"Beloppet för {rows[0].described}"
        yield f"{what} räknas upp{in_clause(index)}."


def _invoiced(terms: Terms, number: int) -> str:
    block = terms.invoicing[number]
    seller, buyer = terms.parties[block.seller], terms.parties[block.buyer]
    how = [_INTERVALS.get(block.interval or "", ""), _TIMINGS.get(block.timing or "", "")]
    told = " ".join(filter(None, how))
    if block.method == "payout":
        return _paid_out(terms, number, told)
    days = block.payment_days
    paid = f", att betala inom {localised.number(days)} dagar" if days else ""
    bounds = (("från och med", block.start), ("till och med", block.end))
    when = ", ".join(f"{word} {_date(day)}" for word, day in bounds if day)
    said = f" Fakturan anger: {block.label}." if block.label else ""
    return (
        f"{words.in_whole(seller)} fakturerar {words.in_whole(buyer)}"
        f"{' ' + told if told else ''}{f' {when}' if when else ''}{paid}.{said}"
    )


_MONEY: Final = {"bidrag": "bidraget", "ersättning": "ersättningen", None: "pengarna"}


def _paid_out(terms: Terms, number: int, how: str) -> str:
    """Write that money is paid without an invoice, and how often."""
    block = terms.invoicing[number]
    seller, buyer = terms.parties[block.seller], terms.parties[block.buyer]
    what = _MONEY[terms.economy.label]
    told = f" {how}" if how else ""
    return (
        f"{words.in_whole(buyer)} betalar ut {what} till {words.in_whole(seller)}{told},"
        " utan faktura."
    )


# ------------------------------------------------------------------ follow-up
def promised(terms: Terms) -> list[str]:
    """Return what the parties are to do by when, a sentence each."""
    return list(_promised(terms.follow_up, terms)) if terms.follow_up else []


def _promised(asked: FollowUp, terms: Terms) -> Iterator[str]:
    if asked.meetings_per_year:
        yield f"Parterna träffas minst {words.times(asked.meetings_per_year)} om året."
    if asked.reports_per_year:
        to = f" till {words.in_running_text(asked.report_to)}" if asked.report_to else ""
        due = f", senast den {_day(asked.report_due)} året efter" if asked.report_due else ""
        often = words.times(asked.reports_per_year)
        yield f"Verksamheten rapporteras skriftligt{to} {often} om året{due}."
    if asked.evaluation and asked.evaluation.due:
        yield f"Partnerskapet utvärderas senast {_date(asked.evaluation.due)}."
    if asked.evaluation and asked.evaluation.before_renewal:
        yield "Partnerskapet utvärderas innan det förlängs."
    if asked.review_every_years:
        yield f"Överenskommelsen ses över {_years(asked.review_every_years)}."
    for each in asked.duties:
        yield undertaking(each, terms)


def undertaking(each: Undertaking, terms: Terms) -> str:
    """Write what is promised on days: `Slutrapport till nämnden senast tre månader efter …`."""
    by = f", av {words.called(terms.parties[each.by])}" if each.by else ""
    to = f" till {words.in_running_text(each.to)}" if each.to else ""
    return f"{each.what or UNDERTAKINGS[each.kind].agreed}{to} {_when(each)}{by}."


def _when(each: Undertaking) -> str:
    days = [f"den {_day(due)}" if not isinstance(due, Period) else _date(due) for due in each.due]
    yearly = any(not isinstance(due, Period) for due in each.due)
    often = ""
    if each.every:
        often = _EVERY.get(each.every.text) or _years(each.every.months // MONTHS_A_YEAR)
    if days:
        back = "varje år" if yearly else often and f"och sedan {often}"
        return " ".join(filter(None, ("senast", localised.listed(days), back)))
    if each.months_after_end:
        after = words.length(each.months_after_end)
        of = "efter periodens slut" if each.every else "efter avtalstidens slut"
        return " ".join(filter(None, (often, f"senast {after} {of}")))
    return often


def _years(number: int) -> str:
    return _OFTEN.get(number) or f"vart {number}:e år"


_OFTEN: Final = {
    1: "varje år",
    2: "vartannat år",
    3: "vart tredje år",
    4: "vart fjärde år",
    5: "vart femte år",
    6: "vart sjätte år",
}


def _date(when: Period) -> str:
    return f"den {words.day(when)}" if when.first == when.last else words.in_month(when)


def _day(day: tuple[int, int]) -> str:
    return f"{day[1]} {month_name(day[0])}"


# ------------------------------------------------------------------ validity
def notice(terms: Terms) -> str:
    """Return by when notice is given; empty where no terms say."""
    validity = terms.validity
    if validity is None:
        return ""
    if validity.notice_months:
        ahead = words.length(validity.notice_months)
        return f"Uppsägning ska ske senast {ahead} före avtalstidens slut."
    match validity.notice_by:
        case Period() as by:
            return f"Uppsägning ska ske senast den {in_full(by.last)}."
        case (int() as month, int() as day):
            by_day = _day((month, day))
            return f"Uppsägning ska ske senast den {by_day}, före avtalstidens slut."
        case _:
            return ""


def extension(terms: Terms) -> str:
    """Return how the agreement may be extended, as was agreed; empty where that is not said."""
    granted = terms.validity and terms.validity.extension
    if not granted or _is_silent(granted):
        return ""
    if granted.kind == "none":
        return "En fortsättning kräver en ny överenskommelse."
    return words.granted_in_words(granted, granted.times, "den", itself="själv")


def _is_silent(granted: Extension) -> bool:
    """Whether all that is known is that it may be extended, or was."""
    known = granted.times or granted.lengths or granted.length
    return granted.kind == "unspecified" and not known


def rows(terms: Terms) -> list[dict[str, str]]:
    """Return who gives what, as the agreement states it."""
    found = []
    for number, row in enumerate(terms.economy.contributions):
        amount = terms.economy.yearly(row)
        told = in_kronor(amount) if amount is not None else "utan belopp"
        if row.total is not None:
            told = f"{in_kronor(row.total)} {words.whole_time(row)}"
        elif row.by_year:
            told = "; ".join(f"{year}: {in_kronor(each)}" for year, each in row.by_year.items())
        elif row.units_by_year and row.unit_price is not None:
            told = f"{in_kronor(row.unit_price)} × antal {row.unit or 'enheter'}"
        found.append(
            {
                "party": localised.listed(
                    [words.called(terms.parties[each]) for each in row.party]
                ),
                "item": row.item or "",
                "form": "kontant" if terms.form(number) == "cash" else "i natura",
                "quantity": words.quantity(row, None),
                "amount": told,
            }
        )
    return found
