"""The next option of an agreement: to what day it leads, or why there is none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.check.portfolio import Document, document
from iopctl.drafting import logbook
from iopctl.drafting.extending import extended_to
from iopctl.errors import Refused
from iopctl.input import Input
from tests.conftest import AGREEMENT

if TYPE_CHECKING:
    from tests.conftest import AgreementText

TODAY = date(2025, 6, 1)
OPTIONS = (
    "validity: {start: 2024-01-01, end: 2025-12-31, extension: {kind: mutual, times: 2, years: 2}}"
)


def opened(text: str) -> Document:
    """Return a text as an agreement."""
    return document(Input("a.yaml", text.encode()))


def seen(text: str, as_of: date = TODAY) -> Case:
    """Return where the agreement of a text stands."""
    found = opened(text).agreement

    assert found
    return Case(found, as_of)


def test_the_next_option_is_taken(agreement_text: AgreementText) -> None:
    """As long as there are any, each counted from the written end."""
    taken = "log: [{date: 2025-05-01, event: extension, until: 2027-12-31}]"

    assert extended_to(seen(agreement_text(OPTIONS))) == date(2027, 12, 31)
    assert extended_to(seen(agreement_text(f"{OPTIONS}\n{taken}"))) == date(2029, 12, 31)


@pytest.mark.parametrize("until", [date(2026, 12, 31), date(2029, 12, 31)])
def test_another_end_may_be_agreed_on(agreement_text: AgreementText, until: date) -> None:
    """Within what the options allow."""
    assert extended_to(seen(agreement_text(OPTIONS)), until) == until


@pytest.mark.parametrize(
    ("validity", "log", "why"),
    [
        ("end: 2025-12-31", "", "it states no extension; iopctl renew makes a new agreement"),
        ("end: 2025-12-31, extension: {kind: none}", "", "it has no extension; iopctl renew makes a new agreement"),
        ("end: open", "", "it holds until further notice"),
        ("end: 2025-12-31, notice_months: 3, extension: {kind: automatic, years: 1}", "", "it goes on to 2026-12-31 by itself, unless it is terminated"),
        ("end: 2025-12-31, extension: {kind: mutual, times: 2}", "", "to what day is not stated; give it with --until"),
        ("end: 2025-12-31, extension: {kind: option, times: 1, years: 1}", "event: extension", "no option is left, and it ends on 2026-12-31"),
        ("end: 2025-12-31, extension: {kind: option, years: 1}", "event: option_declined", "its option was declined, and it ends on 2025-12-31"),
        ("end: 2025-12-31, extension: {kind: option, years: 1}", "event: termination, effective: 2025-09-30", "it is terminated, and ends on 2025-09-30"),
    ],
)  # fmt: skip
def test_where_there_is_no_option_the_reason_is_told(
    agreement_text: AgreementText, validity: str, log: str, why: str
) -> None:
    """With what to do, where something can be done."""
    event = f"log: [{{date: 2025-05-01, {log}}}]" if log else ""
    text = agreement_text(f"validity: {{start: 2024-01-01, {validity}}}\n{event}")

    with pytest.raises(Refused) as refused:
        extended_to(seen(text))
    assert str(refused.value) == f"exempel-2024 is not extended: {why}"


@pytest.mark.parametrize(
    ("until", "message"),
    [
        (date(2025, 12, 31), "--until 2025-12-31 is not after 2025-12-31, when the agreement ends"),
        (date(2030, 1, 1), "--until 2030-01-01 is after 2029-12-31, where its options end"),
    ],
)
def test_an_end_that_no_option_leads_to_is_refused(
    agreement_text: AgreementText, until: date, message: str
) -> None:
    """Too early, or too late."""
    with pytest.raises(Refused, match=message):
        extended_to(seen(agreement_text(OPTIONS)), until)


@pytest.mark.parametrize(
    "validity",
    ["end: 2025-12-31, extension: {kind: mutual}", "signed: 2024, extension: {kind: option}"],
)
def test_an_end_may_be_told_where_none_is_stated(
    agreement_text: AgreementText, validity: str
) -> None:
    """The length of the extension is not known, or the end itself."""
    text = agreement_text(f"validity: {{{validity}}}")

    assert extended_to(seen(text), date(2026, 12, 31)) == date(2026, 12, 31)


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.integers(1, 40),
    st.integers(1, 4),
    st.sampled_from(["mutual", "option", "unspecified"]),
    st.dates(date(2019, 1, 1), date(2045, 12, 31)),
)
def test_what_is_extended_stands_so(
    end: date, months: int, times: int, kind: str, as_of: date
) -> None:
    """Option by option the agreement ends where the extension says, till none is left."""
    validity = f"end: {end}, extension: {{kind: {kind}, times: {times}, months: {months}}}"
    text = f"{AGREEMENT}\n".replace(
        "start: 2024-01-01, end: 2025-12-31", f"start: 2019, {validity}"
    )
    for left in reversed(range(times)):
        found = opened(text)
        assume(found.agreement and found.source)
        assert found.agreement
        assert found.source
        until = extended_to(Case(found.agreement, as_of))
        event = logbook.event("extension", as_of.isoformat(), {"until": until.isoformat()})
        text = logbook.logged(found.source, found.agreement, event)
        reach = seen(text, as_of).reach

        assert (reach.end, reach.options_left) == (until, left)
    with pytest.raises(Refused, match="no option is left"):
        extended_to(seen(text, as_of))
