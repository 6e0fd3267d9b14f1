"""What is to be done is told in Swedish, of every kind of deadline that an agreement has."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from iopctl.case.case import Case
from iopctl.case.duties import DutyKind
from iopctl.check.portfolio import load
from iopctl.input import Input
from iopctl.listings.due import agenda
from iopctl.papers.duties import assumed, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.duties import Duty
    from tests.conftest import AgreementText, Golden

FIXTURES = Path(__file__).parent / "fixtures"
FILES = (
    "agreed-and-actual",
    "extension-automatic",
    "extension-mutual",
    "extension-none",
    "extension-option",
    "governance",
    "known-to-the-month",
    "not-priced",
    "quarterly-then-tertial",
    "terminated",
)
FOLLOW_UP = """
validity: {start: 2023-01-01, end: 2025-12-31, extension: {kind: mutual}}
follow_up:
  meetings_per_year: 2
  reports_per_year: 2
  review_every_years: 1
  evaluation: {due: 2025-09-30, before_renewal: true}
invoicing: {seller: foreningen, buyer: kommunen, interval: quarterly}
"""

TO_CREDIT = """
invoicing: {seller: foreningen, buyer: kommunen, timing: advance}
log:
  - {date: 2024-01-02, event: invoice, number: 1, period: 2024, amount: 460000}
  - {date: 2024-01-02, event: invoice, number: 2, period: 2025, amount: 440000}
"""
PAID_OUT = """
invoicing: {seller: foreningen, buyer: kommunen, method: payout}
"""
UNDERTAKINGS = """
validity: {start: 2022-01-01, end: 2026-12-31}
follow_up:
  duties:
    - {kind: audit, what: Revision, due: 03-31}
    - {kind: other, what: Studiebesök, due: 2024-09-01, by: foreningen}
"""


def found(content: bytes, day: date) -> Iterator[tuple[Duty, Case]]:
    """Yield the deadlines of an agreement as a day sees them."""
    [agreement] = load([Input("a.yaml", content)]).readable
    sheet = Case(agreement, day)
    for duty in agenda([sheet], day):
        yield duty, sheet


def test_every_kind_of_deadline(agreement_text: AgreementText, golden: Golden) -> None:
    """Each says what it is about, by when something follows, and what of it is assumed."""
    contents = {name: (FIXTURES / f"{name}.yaml").read_bytes() for name in FILES}
    contents["follow-up"] = agreement_text(FOLLOW_UP).encode()
    contents["to-credit"] = agreement_text(TO_CREDIT).encode()
    contents["paid-out"] = agreement_text(PAID_OUT).encode()
    contents["undertakings"] = agreement_text(UNDERTAKINGS).encode()
    lines = [
        (name, duty, f"{duty.day} {told(duty, at)} ({assumed(duty)})".removesuffix(" ()"))
        for name, content in contents.items()
        for day in (date(2022, 6, 1), date(2024, 6, 1), date(2026, 2, 1))
        for duty, at in found(content, day)
    ]

    assert {duty.kind for _, duty, _ in lines} == set(get_args(DutyKind))
    golden("duties.text", "".join(dict.fromkeys(f"{name}: {line}\n" for name, _, line in lines)))
