"""Events to be logged: what each kind takes, where it goes, and that any log gives a state."""

from __future__ import annotations

from datetime import date
from inspect import signature
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.case.stage import stage
from iopctl.check.portfolio import Document, document
from iopctl.cli.log import log
from iopctl.drafting import logbook
from iopctl.errors import Refused, UserError
from iopctl.input import Input
from iopctl.model.log import KINDS, SORTS, Event, words_of
from tests.conftest import AGREEMENT

if TYPE_CHECKING:
    from iopctl.drafting.repricing import Data
    from tests.conftest import AgreementText

ROLLING = f"{AGREEMENT}\n".replace(
    "2025-12-31}", "2025-12-31, notice_months: 3, extension: {kind: automatic, years: 1}}"
)
OPTIONAL = f"{AGREEMENT}\n".replace(
    "2025-12-31}", "2025-12-31, extension: {kind: mutual, times: 2, years: 1}}"
)


def opened(text: str) -> Document:
    """Return a text as an agreement, which it must be."""
    found = document(Input("a.yaml", text.encode()))

    assert found.diagnostics == ()
    return found


def logged(agreement: str, kind: str, day: str, **parts: str | Data) -> str:
    """Return the text of an agreement with an event in its log."""
    found = opened(agreement)

    assert found.source
    assert found.agreement
    return logbook.logged(found.source, found.agreement, logbook.typed(kind, day, parts))


def test_every_event_is_a_kind_of_one_sort() -> None:
    """A class that the log does not know is no event, and one of no sort nobody would read of."""
    classes = list(Event.__subclasses__())
    for each in classes:
        classes += each.__subclasses__()

    assert {each for each in classes if "event" in each.model_fields} == set(KINDS.values())
    assert sorted(words_of(*SORTS)) == sorted(KINDS)


def test_every_part_of_an_event_has_an_option() -> None:
    """The command takes what the model has, and no more."""
    parts = {name for kind in KINDS.values() for name in kind.model_fields} - {*logbook.ALWAYS}

    assert parts == {*signature(log).parameters} - {"agreement", "kind", "date", "write", "as_of"}


def test_an_event_has_its_parts_in_the_model_s_order() -> None:
    """However they were given."""
    event = logbook.event("decision", "2024-05-14", {"text": "Ja", "body": "Nämnden"})

    assert list(event.items()) == [
        ("date", "2024-05-14"),
        ("event", "decision"),
        ("body", "Nämnden"),
        ("text", "Ja"),
    ]


@pytest.mark.parametrize(
    ("kind", "parts", "message"),
    [
        ("meeting", {"number": "1"}, "--number is not for this event: meeting takes --what, --period, --outcome, --text"),
        ("invoice", {"number": "1", "amount": "1"}, "invoice needs --period"),
        ("decision", {"of": "1"}, "--of is not for this event: decision takes --proposed-by, --body, --dnr, --text, --conditional-on"),
        ("termination", {}, "termination needs --effective"),
    ],
)  # fmt: skip
def test_what_an_event_does_not_take_is_refused(kind: str, parts: Data, message: str) -> None:
    """And what it can't do without is asked for."""
    with pytest.raises(UserError) as refused:
        logbook.event(kind, "2024-05-14", parts)

    assert str(refused.value) == message


def test_an_event_goes_where_its_date_belongs(agreement_text: AgreementText) -> None:
    """After those of the same day; a month counts as its first day."""
    text = agreement_text("log:\n  - {date: 2024-03, event: meeting}")
    for day in ("2024-05-14", "2024-02-01", "2024-05-14", "2024-03-01", "2024"):
        text = logged(text, "meeting", day, text=f"m {day}")

    assert text.partition("log:\n")[2].splitlines() == [
        "  - {date: 2024, event: meeting, text: m 2024}",
        "  - {date: 2024-02-01, event: meeting, text: m 2024-02-01}",
        "  - {date: 2024-03, event: meeting}",
        "  - {date: 2024-03-01, event: meeting, text: m 2024-03-01}",
        "  - {date: 2024-05-14, event: meeting, text: m 2024-05-14}",
        "  - {date: 2024-05-14, event: meeting, text: m 2024-05-14}",
    ]


def test_a_log_is_begun_where_there_is_none(agreement_text: AgreementText) -> None:
    """At its natural place, which is the end."""
    for text in (agreement_text(), agreement_text("log: []")):
        after = logged(text, "meeting", "2024-05-14")

        assert after.endswith("log:\n  - {date: 2024-05-14, event: meeting}\n")


def test_a_date_that_is_none_is_refused(agreement_text: AgreementText) -> None:
    """Before anything is written."""
    with pytest.raises(UserError, match="--date 14 maj: write a day as 2024-06-30"):
        logged(agreement_text(), "meeting", "14 maj")


def test_a_number_is_not_used_twice(agreement_text: AgreementText) -> None:
    """By the same seller; two sellers count each for themselves."""
    event = (
        "{date: 2024-12-31, event: invoice, number: 7, period: 2024, amount: 1, seller: foreningen}"
    )
    text = agreement_text(f"log: [{event}]")

    with pytest.raises(Refused, match="the number 7 is that of the invoice of 2024-12-31"):
        logged(text, "credit", "2025-01-01", number="7", of="7")
    with pytest.raises(Refused):
        logged(text, "invoice", "2025-01-01", number="7", period="2025", amount="1")
    assert "seller: kommunen" in logged(
        text, "invoice", "2025-01-01", number="7", period="2025", amount="1", seller="kommunen"
    )


# ------------------------------------------------------------------ any log gives a state
days = st.dates(date(2023, 1, 1), date(2030, 12, 31)).map(date.isoformat)
dates = days | days.map(lambda day: day[:7]) | days.map(lambda day: day[:4])
words = st.text("abc åäö:#-'\"[]{},&*!|>%@", min_size=1, max_size=20)
TERMS: Data = {"validity": {"start": "2024-01-01", "end": "2027-12-31"}}
events = st.one_of(
    st.tuples(st.just("meeting"), st.fixed_dictionaries({"text": words})),
    st.tuples(st.just("report"), st.fixed_dictionaries({"year": days.map(lambda day: day[:4])})),
    st.tuples(st.just("decision"), st.fixed_dictionaries({"body": words, "conditional_on": words})),
    st.tuples(
        st.just("invoice"),
        st.fixed_dictionaries({"number": days, "period": dates, "amount": st.just("1000")}),
    ),
    st.tuples(st.just("extension"), st.one_of(st.just({}), st.fixed_dictionaries({"until": days}))),
    st.tuples(st.just("option_declined"), st.just({})),
    st.tuples(st.just("termination"), st.fixed_dictionaries({"effective": days})),
    st.tuples(
        st.just("amendment"),
        st.fixed_dictionaries({"effective": days, "terms": st.sampled_from([TERMS, {}])}),
    ),
)


@given(
    st.sampled_from([f"{AGREEMENT}\n", ROLLING, OPTIONAL]),
    st.lists(st.tuples(dates, events), max_size=8),
    st.dates(date(2023, 1, 1), date(2031, 12, 31)),
)
def test_any_sequence_of_events_gives_a_state(
    text: str, sequence: list[tuple[str, tuple[str, Data]]], as_of: date
) -> None:
    """In any order of dates, whatever the events contradict; the log stays in order."""
    for day, (kind, parts) in sequence:
        try:
            text = logged(text, kind, day, **parts)
        except Refused:  # a number that is taken
            continue
    found = opened(text)

    assert found.agreement
    assert stage(Case(found.agreement, as_of))
    days_ = [each.date.first for each in found.agreement.log]
    assert days_ == sorted(days_)
