"""Who the parties of an agreement are."""

import re
from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainValidator,
    ValidationInfo,
    model_validator,
)

from iopctl.countries import HOME
from iopctl.language import both, counted, tr
from iopctl.model.base import Strict, refusal
from iopctl.model.identifiers import (
    Bankgiro,
    Gln,
    Iban,
    OrgNumber,
    PeppolId,
    Plusgiro,
    VatNumber,
)
from iopctl.model.scalars import (
    Flag,
    Inhabitants,
    Members,
    Name,
    PartialDate,
    Year,
    shown,
    slug,
)

_POSTAL_CODE: Final = re.compile(r"[0-9]{3} ?[0-9]{2}", re.ASCII)

Role = Literal["public", "civil", "funder"]


def _known(handle: str, info: ValidationInfo) -> str:
    """Refuse a handle that no party of the file bears: the reader puts those in the context."""
    known = (info.context or {}).get("handles")
    if known is None or handle in known:
        return handle
    raise refusal(
        "party-unknown",
        tr("{handle} is no party of this agreement", handle=shown(handle)),
        (
            tr("name one of: {known}", known=", ".join(known))
            if known
            else tr("add it under parties")
        ),
    )


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _distinct(handles: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(handles)) < len(handles):
        raise refusal("stated-twice", tr("a party is named twice"), tr("name each of them once"))
    return handles


Handle = Annotated[str, PlainValidator(slug), AfterValidator(_known)]
Handles = Annotated[tuple[Handle, ...], BeforeValidator(_as_list), AfterValidator(_distinct)]


class Address(Strict):
    """Where post goes: lines under the addressee's name, postal code, city and country."""

    lines: tuple[Name, ...] = ()
    postal_code: Name | None = None
    city: Name | None = None
    country: Name = "SE"

    @property
    def lacking(self) -> tuple[str, ...]:
        """What it lacks for post to arrive: the code, of five digits in Sweden, and the city."""
        code = self.postal_code or ""
        is_whole = self.country != HOME or _POSTAL_CODE.fullmatch(code)
        wanted = "postal_code of five digits" if code else "postal_code"
        return (*[wanted] * (not code or not is_whole), *["city"] * (not self.city))


class Party(Strict):
    """A party: `public` (municipality, region), `civil` (non-profit) or `funder` (neither side)."""

    role: Role
    name: Name | None = None
    count: Members | None = None
    short_name: Name | None = None
    org_number: OrgNumber | None = None
    register_number: Name | None = None
    inhabitants: dict[Year, Inhabitants] | None = None
    board: Name | None = None
    payer: Name | None = None
    department: Name | None = None
    address: Address | None = None
    peppol_id: PeppolId | None = None
    gln: Gln | None = None
    bankgiro: Bankgiro | None = None
    plusgiro: Plusgiro | None = None
    iban: Iban | None = None
    vat_number: VatNumber | None = None
    f_tax: Flag | None = None
    coordinator: Flag = False
    start: PartialDate | None = None
    end: PartialDate | None = None

    @model_validator(mode="after")
    def _one_name_and_account(self) -> Self:
        if (self.name is None) == (self.count is None):
            raise refusal(
                "half-stated",
                tr("a party has a name, or a count where nobody is named"),
                tr("give one of the two"),
            )
        accounts = [kind for kind in ("bankgiro", "plusgiro", "iban") if getattr(self, kind)]
        if len(accounts) > 1:
            raise refusal(
                "stated-twice",
                tr("{accounts} are both given", accounts=both(accounts)),
                tr("keep the one that invoices ask to be paid to"),
                at=(accounts[1],),
            )
        if self.start and self.end and self.end.last < self.start.first:
            raise refusal(
                "validity-reversed",
                tr(
                    "the party's end {end} is before its start {start}",
                    end=self.end.text,
                    start=self.start.text,
                ),
                tr("compare both dates with the agreement"),
                at=("end",),
            )
        return self

    @property
    def called(self) -> str:
        """The shortest name that the file gives."""
        own = self.short_name or self.name
        several = counted("{number} organisation", "{number} organisations", self.count or 0)
        return own or several

    @property
    def identity(self) -> str:
        """What two agreements know the same party by: its number, else its name."""
        return self.org_number or self.name or f"{self.count} organisations"
