"""The non-profit's report on a year to the committee, for the template `annual.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iopctl import localised
from iopctl.localised import in_full, in_kronor
from iopctl.money import total
from iopctl.render import pictures
from iopctl.render import swedish as words
from iopctl.render.reports.filling import filled
from iopctl.render.reports.illustration import illustration
from iopctl.render.reports.partnership import partnership, target, told
from iopctl.render.swedish import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.config import Config
    from iopctl.deadlines.follow_up import Quota
    from iopctl.economy.figures import Figure
    from iopctl.invoicing.billing import Bill
    from iopctl.model.log import InvoiceSent
    from iopctl.render.reports.illustration import Form
    from iopctl.report.annual import Annual, Outcome
    from iopctl.report.texts import Texts

_DERIVED: Final = "Återstoden av det värde som anges"
_FORMS: Final = {"cash": "kontant", "in_kind": "i natura"}


def markdown(
    found: Annual,
    config: Config,
    texts: Texts,
    folders: Sequence[str] = (),
    form: Form | None = None,
) -> str:
    """Write the report, with *texts* in its sections, and pictures where they have a *form*."""
    each = found.partnership
    promised = each.terms.follow_up
    drawn = (
        pictures.outcomes([each.standing], each.year),
        pictures.costs([each.sheet], each.standing.as_of),
    )
    values = {
        **partnership(each),
        **follow_up(found),
        "year": str(each.year),
        "date": in_full(each.standing.as_of),
        "report_to": (promised and promised.report_to) or localised.listed(sorted(each.own_boards)),
        "held": [told(event) for event in found.held],
        "outcomes": [_outcome(one, found) for one in found.outcomes],
        "rows": [_row(figure) for figure in each.figures],
        "benchmark": words.benchmark(config.benchmark),
        "picture": illustration(drawn, form),
        **_invoices(found),
    }
    return filled("annual.md", values, texts, folders)


# ------------------------------------------------------------------ duties and outcomes
def follow_up(found: Annual) -> dict[str, Any]:
    """Return how many meetings and reports the year asks for, and what has become of them."""
    given = found.partnership.reports
    return {
        "meetings": _duty(found, found.meetings, len(found.held)),
        "reporting": _duty(found, found.reports, len(given)),
        "reported": localised.listed([words.in_month(event.date) for event in given]),
    }


def _duty(found: Annual, quota: Quota | None, logged: int) -> dict[str, str]:
    done = localised.number(logged)
    if quota is None:
        summary = done if logged else MISSING
        return {"promised": MISSING, "done": done, "summary": summary, "state": MISSING}
    promised, done = localised.number(quota.wanted), localised.number(quota.done)
    states = {
        "done": "klart",
        "settled": "avstämt utanför loggen",
        "ahead": f"återstår, senast {in_full(quota.due)}",
        "missed": f"{localised.number(quota.left)} saknas enligt loggen",
    }
    summary, state = f"{done} av {promised}", states[found.state(quota)]
    return {"promised": promised, "done": done, "summary": summary, "state": state}


def _outcome(one: Outcome, found: Annual) -> dict[str, str]:
    """Return a number that was reported beside its targets; one of the two may be missing."""
    return {
        "unit": one.unit,
        "period": words.period(one.period) if one.period else "",
        "target": ", ".join(target(found.partnership, each) for each in one.targets) or MISSING,
        "number": MISSING if one.number is None else localised.number(one.number),
    }


# ------------------------------------------------------------------ the money
def _row(figure: Figure) -> dict[str, str]:
    row, parties = figure.contribution, figure.terms.parties
    amount = MISSING if figure.amount is None else in_kronor(figure.amount)
    return {
        "party": localised.listed([words.called(parties[handle]) for handle in row.party]),
        "item": row.item or (_DERIVED if row.remainder else ""),
        "quantity": row.quantity or "",
        "form": _FORMS[figure.terms.form(figure.row)],
        "amount": amount if figure.year else f"{amount} för hela avtalstiden",
    }


def _invoices(found: Annual) -> dict[str, Any]:
    """Return what was to be invoiced for the year, and what was."""
    asked = [bill.amount for bill in found.bills]
    known = [amount for amount in asked if amount is not None]
    return {
        "bills": [_bill(bill, found.bills[:place]) for place, bill in enumerate(found.bills)],
        "unasked": [_sent(event) for event in found.unasked],
        "asked": in_kronor(total(known)) if len(known) == len(asked) else MISSING,
        "invoiced": in_kronor(total(event.amount for event in found.invoiced)),
    }


def _bill(bill: Bill, before: Sequence[Bill]) -> dict[str, str]:
    """Return a bill beside its invoice, which may be for one *before* it, too."""
    sent = {"invoice": "avstämd utanför loggen" if bill.settled else "ingen enligt loggen"}
    if bill.invoiced:
        again = bill.invoiced in [each.invoiced for each in before]
        sent = {"invoice": "samma faktura"} if again else _sent(bill.invoiced)
    return {
        "period": words.period(bill.period),
        "asked": MISSING if bill.amount is None else in_kronor(bill.amount),
        "invoice": sent["invoice"],
        "amount": sent.get("amount", ""),
    }


def _sent(event: InvoiceSent) -> dict[str, str]:
    return {
        "period": words.period(event.period),
        "invoice": f"{event.number}, {words.day(event.date)}",
        "amount": in_kronor(event.amount),
    }
