"""What is billed before its days are decided, of an agreement that goes on by itself.

One until further notice is decided year by year, and one that is renewed unless somebody acts from
end to end; but what is due in January in advance is invoiced in December.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.dates import add_months
from iopctl.model.log import TermsEvent

if TYPE_CHECKING:
    from iopctl.case.billing import Bill
    from iopctl.case.case import Case

MONTHS_AHEAD: Final = 3
"""So long before it is due a bill is offered."""


def goes_on(case: Case) -> bool:
    """Whether an agreement goes on after its decided days by itself, and can't be stopped in time.

    One that is renewed can, as long as notice may be given.
    """
    reach = case.reach
    if reach.is_open:
        return True
    is_late = reach.notice_day is None or reach.notice_day < case.as_of
    return reach.rolls_on and is_late


def coming(case: Case) -> tuple[Bill, ...]:
    """Return the bills of the days after the decided ones that are due in the next few months.

    They are by what has been agreed on until now: later changes have not happened.
    """
    until = add_months(case.as_of, MONTHS_AHEAD)
    if case.days is None or until <= case.days.last or not goes_on(case):
        return ()
    last = case.days.last
    known = (
        each
        for each in case.agreement.log
        if not isinstance(each, TermsEvent) or each.date.first <= case.as_of
    )
    ahead = case.by_log(known, until)
    return tuple(bill for bill in ahead.bills if bill.period.first > last and bill.due <= until)
