"""What has happened: the events of an agreement's log, oldest first."""

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Final, Literal, Self, TypeAlias, get_args

from pydantic import AfterValidator, Discriminator, Tag, model_validator

from iopctl.language import tr
from iopctl.model.base import Strict, refusal
from iopctl.model.economy import Economy
from iopctl.model.follow_up import FollowUp, Volumes
from iopctl.model.invoicing import Invoicings
from iopctl.model.parties import Handle, Party
from iopctl.model.scalars import (
    AnyDate,
    Day,
    Flag,
    Kronor,
    Name,
    PartialDate,
    PeriodText,
    Quantity,
    Slug,
    Text,
    Year,
)
from iopctl.model.validity import Validity


class Event(Strict):
    """Something that happened on a day, or in a month or year where no more is known."""

    date: PartialDate


class Step(Event):
    """What took the agreement further, be it not known when: then its place in the log tells."""

    date: AnyDate


class Decision(Step):
    """A committee, board or official decided."""

    event: Literal["decision"]
    proposed_by: Name | None = None
    body: Name | None = None
    dnr: Name | None = None
    text: Text | None = None
    conditional_on: Text | None = None


class Meeting(Event):
    """The parties met to follow up."""

    event: Literal["meeting"]
    what: Name | None = None
    period: PeriodText | None = None
    outcome: dict[Name, Quantity] | None = None
    text: Text | None = None


class Actual(Strict):
    """What a party's part has come to: kronor, hours or both; of one row where *item* names it."""

    party: Handle
    item: Name | None = None
    amount: Kronor | None = None
    hours: Quantity | None = None

    @model_validator(mode="after")
    def _some_number(self) -> Self:
        if self.amount is None and self.hours is None:
            raise refusal(
                "half-stated",
                tr("it has neither amount nor hours"),
                tr("write what the report tells"),
                at=("party",),
            )
        return self


def _told_once(actual: tuple[Actual, ...]) -> tuple[Actual, ...]:
    told: set[tuple[str, str | None]] = set()
    for number, each in enumerate(actual):
        if (each.party, each.item) in told:
            raise refusal(
                "stated-twice",
                tr("{item} is told of twice", item=each.item or each.party),
                tr("add them up, or name the row of each by item"),
                at=(number, "party"),
            )
        told.add((each.party, each.item))
    return actual


class Report(Event):
    """The non-profit reported a year or a period to the committee."""

    event: Literal["report"]
    what: Name | None = None
    year: Year | None = None
    period: PeriodText | None = None
    outcome: dict[Name, Quantity] | None = None
    actual: Annotated[tuple[Actual, ...], AfterValidator(_told_once)] | None = None
    text: Text | None = None

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if self.year and self.period:
            raise refusal(
                "stated-twice", tr("year and period are both given"), tr("keep one"), at=("period",)
            )
        return self


class Evaluated(Event):
    """The partnership was evaluated."""

    event: Literal["evaluation"]
    what: Name | None = None
    text: Text | None = None


class Reviewed(Event):
    """The parties looked the agreement over, to see if it is to go on as it is."""

    event: Literal["review"]
    what: Name | None = None
    text: Text | None = None


class Audited(Event):
    """Accounts or activities were audited."""

    event: Literal["audit"]
    what: Name | None = None
    text: Text | None = None


class Fulfilled(Event):
    """What the agreement has by its own name under `duties` was done."""

    event: Literal["done"]
    what: Name
    text: Text | None = None


class InvoiceSent(Event):
    """An invoice was sent: its number, the period it is for and its amount without VAT.

    Seller, buyer and committee are named where several could be meant, and the payment's
    reference where it is the invoice's own. *made* is the day on which one was made that is dated
    ahead: what is logged later knows of it, and it knows nothing of that.
    """

    event: Literal["invoice"]
    number: Name
    period: PeriodText
    amount: Kronor
    seller: Handle | None = None
    buyer: Handle | None = None
    board: Name | None = None
    payment_reference: Name | None = None
    made: Day | None = None


class Credit(Event):
    """An invoice was credited: whole, so that its period is open again, or a part of it.

    The seller is named where several have sent an invoice of that number. *made* is as an
    invoice's.
    """

    event: Literal["credit"]
    number: Name
    of: Name
    seller: Handle | None = None
    amount: Kronor | None = None
    period: PeriodText | None = None
    made: Day | None = None


class Payment(Event):
    """Money was paid out without an invoice; *repaid* is what came back of such a payment."""

    event: Literal["payment"]
    period: PeriodText
    amount: Kronor
    receiver: Handle | None = None
    buyer: Handle | None = None
    board: Name | None = None
    repaid: Flag = False


def whose(event: InvoiceSent | Payment) -> tuple[str | None, str | None, str | None]:
    """Return what an event itself says of who gets the money, who pays, and for what committee."""
    receiver = event.seller if isinstance(event, InvoiceSent) else event.receiver
    return receiver, event.buyer, event.board


class Extended(Step):
    """The parties extended the agreement until a day, or by the next option's length.

    *start* is the first day of the extension where it is later than the day after the end.
    """

    event: Literal["extension"]
    start: Day | None = None
    until: Day | None = None
    decision: Name | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start and self.until and self.until < self.start:
            raise refusal(
                "validity-reversed",
                tr("the end {last} is before the start {first}", last=self.until, first=self.start),
                tr("compare both dates with the agreement"),
                at=("until",),
            )
        return self


class OptionDeclined(Step):
    """The options that were left are not taken."""

    event: Literal["option_declined"]
    text: Text | None = None


class NewTerms(Strict):
    """Whole blocks that take the place of the old ones."""

    parties: dict[Slug, Party] | None = None
    validity: Validity | None = None
    economy: Economy | None = None
    invoicing: Invoicings | None = None
    follow_up: FollowUp | None = None
    volume: Volumes | None = None


class Amendment(Step):
    """The parties changed the terms from a day."""

    event: Literal["amendment"]
    effective: Day
    terms: NewTerms
    text: Text | None = None


class Termination(Step):
    """The agreement ends early, *effective* being its last day."""

    event: Literal["termination"]
    effective: Day
    reason: Text | None = None


FollowUpEvent: TypeAlias = Meeting | Report | Evaluated | Reviewed | Audited | Fulfilled
"""What the follow-up may ask for."""

MoneyEvent: TypeAlias = InvoiceSent | Credit | Payment
"""What moves money."""

TermsEvent: TypeAlias = Extended | OptionDeclined | Amendment | Termination
"""What changes what holds, and so what is owed."""


# ------------------------------------------------------------------ the union
def _kind(value: object) -> str | None:
    kind = value.get("event") if isinstance(value, dict) else None
    return f"«{kind}»" if isinstance(kind, str) else None


LoggedEvent = Annotated[
    Annotated[Decision, Tag("«decision»")]
    | Annotated[Meeting, Tag("«meeting»")]
    | Annotated[Report, Tag("«report»")]
    | Annotated[Evaluated, Tag("«evaluation»")]
    | Annotated[Reviewed, Tag("«review»")]
    | Annotated[Audited, Tag("«audit»")]
    | Annotated[Fulfilled, Tag("«done»")]
    | Annotated[InvoiceSent, Tag("«invoice»")]
    | Annotated[Credit, Tag("«credit»")]
    | Annotated[Payment, Tag("«payment»")]
    | Annotated[Extended, Tag("«extension»")]
    | Annotated[OptionDeclined, Tag("«option_declined»")]
    | Annotated[Amendment, Tag("«amendment»")]
    | Annotated[Termination, Tag("«termination»")],
    Discriminator(_kind),
]

KINDS: Final[Mapping[str, type[Event]]] = {
    get_args(model.model_fields["event"].annotation)[0]: model
    for model, _ in map(get_args, get_args(get_args(LoggedEvent)[0]))
}
"""Each kind of event by the word that files have for it."""

SORTS: Final[tuple[UnionType | type[Event], ...]] = (
    FollowUpEvent,
    Decision,
    MoneyEvent,
    TermsEvent,
)
"""What events are about: each kind is of one sort."""


def words_of(*sorts: UnionType | type[Event]) -> list[str]:
    """Return the words of the kinds of some *sorts*, sort by sort."""
    return [word for sort in sorts for word, kind in KINDS.items() if issubclass(kind, sort)]
