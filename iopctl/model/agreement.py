"""One agreement, as one file under `agreements/` says it."""

from collections.abc import Iterator, Mapping
from typing import Literal, Self

from pydantic import model_validator

from iopctl.language import tr
from iopctl.model.base import Strict, refusal
from iopctl.model.economy import Economy
from iopctl.model.extent import invoiced
from iopctl.model.follow_up import Deviation, FollowUp, Legal, Volumes
from iopctl.model.invoicing import Invoicings
from iopctl.model.log import Amendment, LoggedEvent
from iopctl.model.parties import Party
from iopctl.model.scalars import Name, Slug, Text, Title, Words
from iopctl.model.validity import YEARS_UNTOLD, Validity

MOST_AMENDMENTS = 500
"""What holds when is worked out for each day on which one was logged: work squares with them."""

MOST_ROW_YEARS = 105_000
"""Rows times years: what a row gives is worked out for each of them, and for each invoice."""

MOST_INVOICED = 500_000
"""Parts of rows in bills: each is worked out, and they add up to what the row gives."""

AgreementKind = Literal["iop", "samverkansavtal", "foreningsavtal", "bidrag", "other"]


class Agreement(Strict):
    """An agreement: its parties, validity and economy, and the log of what has happened."""

    id: Slug
    title: Title
    kind: AgreementKind = "iop"
    status: Literal["draft"] | None = None
    area: Name | None = None
    tags: tuple[Name, ...] = ()
    dnr: Name | None = None
    source: Name | None = None
    notes: Text | None = None
    purpose: Text | None = None
    target_group: Text | None = None
    referral: Text | None = None
    activities: tuple[Words, ...] = ()
    succeeds: Slug | None = None
    part_of: Slug | None = None
    parties: dict[Slug, Party]
    validity: Validity | None = None
    economy: Economy
    invoicing: Invoicings = ()
    follow_up: FollowUp | None = None
    volume: Volumes = ()
    legal: Legal | None = None
    exceptions: tuple[Deviation, ...] = ()
    log: tuple[LoggedEvent, ...] = ()

    @model_validator(mode="after")
    def _log_in_order(self) -> Self:
        dates = [event.date for event in self.log]
        latest = 0  # of those so far, the first that begins last
        for i, later in enumerate(dates):
            earlier = dates[latest]
            if later.first > earlier.first:
                latest = i
            if later.last < earlier.first:
                raise refusal(
                    "contradiction",
                    tr(
                        "the event of {later} stands after that of {earlier}",
                        later=later.text,
                        earlier=earlier.text,
                    ),
                    tr("order the log by date, oldest first"),
                    at=("log", i, "date"),
                )
        return self

    @model_validator(mode="after")
    def _few_figures(self) -> Self:
        amended = [event.terms for event in self.log if isinstance(event, Amendment)]
        economies = [self.economy, *(each.economy for each in amended if each.economy)]
        rows = max(len(each.contributions) for each in economies)
        years = self._most_years
        if rows * years > MOST_ROW_YEARS:
            raise refusal(
                "too-large",
                tr(
                    "{rows} rows in {years} years are more than {most} figures",
                    rows=rows,
                    years=years,
                    most=MOST_ROW_YEARS,
                ),
                tr("put rows of one kind together"),
                at=("economy", "contributions"),
            )
        return self

    @model_validator(mode="after")
    def _few_invoiced(self) -> Self:
        for parties, economy, invoicing in self._states():
            rows = economy.contributions
            number = invoiced(rows, parties, invoicing, self._most_years)
            if number > MOST_INVOICED:
                raise refusal(
                    "too-large",
                    tr(
                        "{rows} rows and {blocks} blocks of invoicing come to {number} parts of"
                        " invoices, more than {most}",
                        rows=len(rows),
                        blocks=len(invoicing),
                        number=number,
                        most=MOST_INVOICED,
                    ),
                    tr("put rows of one kind together, or ask for them less often"),
                    at=("invoicing",),
                )
        return self

    @property
    def _most_years(self) -> int:
        amended = [event.terms.validity for event in self.log if isinstance(event, Amendment)]
        validities = [self.validity, *(each for each in amended if each)]
        return max(each.most_years if each else YEARS_UNTOLD for each in validities)

    def _states(self) -> Iterator[tuple[Mapping[str, Party], Economy, Invoicings]]:
        """Yield the blocks that say what is invoiced, at first and after each amendment of one."""
        parties, economy, invoicing = self.parties, self.economy, self.invoicing
        yield parties, economy, invoicing
        for event in self.log:
            if isinstance(event, Amendment):
                new = event.terms
                parties, economy = new.parties or parties, new.economy or economy
                invoicing = invoicing if new.invoicing is None else new.invoicing
                if new.economy or new.invoicing or new.parties:
                    yield parties, economy, invoicing

    @model_validator(mode="after")
    def _few_amendments(self) -> Self:
        amended = [i for i, event in enumerate(self.log) if isinstance(event, Amendment)]
        if len(amended) > MOST_AMENDMENTS:
            raise refusal(
                "contradiction",
                tr(
                    "the log has {number} amendments, more than {most}",
                    number=len(amended),
                    most=MOST_AMENDMENTS,
                ),
                tr("write what holds now as an agreement of its own that succeeds this one"),
                at=("log", amended[MOST_AMENDMENTS]),
            )
        return self
