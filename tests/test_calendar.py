"""The calendar says what the list says, in a form that calendars update by."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from iopctl.case.case import Case
from iopctl.case.duties import Duty
from iopctl.installation import MissingExtra
from iopctl.listings.due import agenda
from iopctl.output.calendar import calendar, is_ours
from tests.test_extensions import TWICE, extended
from tests.test_model import read

if TYPE_CHECKING:
    from tests.conftest import AgreementText, Golden

icalendar = pytest.importorskip("icalendar")

TODAY = date(2025, 3, 1)
TITLES = {"a-2024": "IOP Åäö, del 1; test"}


def duty(day: date, kind: str = "report", key: str = "report-2024") -> Duty:
    """Return a duty of the one agreement that has a title."""
    what = "rapport; för 2024, \\ till Nämnden"
    return Duty(day, "a-2024", kind, key, what, "Föreningen", "assumed day")  # type: ignore[arg-type] # the test's own word


def events(content: bytes) -> dict[str, Any]:
    """Return the events of a calendar by their UID."""
    found = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {str(each["UID"]): each for each in found}


def of(text: str, as_of: date) -> bytes:
    """Return the calendar of an agreement."""
    agreement = read(text)
    given = [Case(agreement, as_of)]
    found = agenda(given, as_of)
    return calendar(found, {agreement.id: agreement.title}, as_of)


def test_the_calendar_as_it_is_written(golden: Golden) -> None:
    """Every line of it, as calendars read it; line ends are those of RFC 5545."""
    path = Path(__file__).parent.parent / "agreements" / "stadsmissionen-2024.yaml"
    content = of(path.read_text("utf-8"), TODAY)

    assert content.count(b"\r\n") == content.count(b"\n")
    golden("due.ics", content.decode().replace("\r\n", "\n"))


def test_an_event_is_a_whole_day_and_says_what_the_list_says() -> None:
    """Read back, it is what it was made from; a day ends before the next begins."""
    (event,) = events(calendar([duty(date(2025, 12, 31))], TITLES, TODAY)).values()

    assert event.decoded("DTSTART") == date(2025, 12, 31)
    assert event.decoded("DTEND") == date(2026, 1, 1)
    assert event["SUMMARY"] == "IOP Åäö, del 1; test: rapport; för 2024, \\ till Nämnden"
    assert event["DESCRIPTION"].split("\n") == [
        "rapport; för 2024, \\ till Nämnden (assumed day)",
        "Föreningen",
        "a-2024",
    ]
    assert event["TRANSP"] == "TRANSPARENT"
    assert event.decoded("DTSTAMP") == datetime(2025, 3, 1, tzinfo=UTC)


def test_the_same_day_gives_the_same_bytes(agreement_text: AgreementText) -> None:
    """No clock and no chance is in it."""
    assert of(agreement_text(), TODAY) == of(agreement_text(), TODAY)


def test_what_moves_keeps_its_uid_and_counts_up(agreement_text: AgreementText) -> None:
    """A calendar that has the end of 2025 moves it to 2027 when the agreement is extended."""
    text = agreement_text(f"validity: {{{TWICE}}}\nlog: [{{{extended('2025-05-01')}}}]")
    before, after = (events(of(text, date(2025, month, 1))) for month in (4, 5))
    end = "end.exempel-2024@iopctl"

    assert before[end].decoded("DTSTART") == date(2025, 12, 31)
    assert after[end].decoded("DTSTART") == date(2027, 12, 31)
    assert before[end]["SEQUENCE"] < after[end]["SEQUENCE"]


@pytest.mark.parametrize(
    ("kind", "days", "ahead"),
    [
        ("end", 40, [30, 7]),
        ("end", 30, [30, 7]),
        ("end", 29, [7]),
        ("report", 40, [7]),
        ("report", 6, []),
        ("report", -6, []),
    ],
)
def test_reminders_come_in_the_morning_and_never_late(
    kind: str, days: int, ahead: list[int]
) -> None:
    """A week ahead; of validity a month, too; none for a day that has gone."""
    content = calendar([duty(TODAY + timedelta(days), kind)], TITLES, TODAY)
    alarms = icalendar.Calendar.from_ical(content).walk("VALARM")
    expected = [timedelta(hours=9) - timedelta(days=each) for each in ahead]

    assert [each.decoded("TRIGGER") for each in alarms] == expected


def test_our_own_calendar_is_known_again() -> None:
    """Nothing else is, be it another program's calendar or no file at all."""
    ours = calendar([], {}, TODAY)

    assert is_ours(ours)
    assert not is_ours(ours.replace(b"iopctl", b"others"))
    assert not is_ours(None)


def test_without_the_library_the_command_to_install_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only this needs it."""
    monkeypatch.setitem(sys.modules, "icalendar", None)

    with pytest.raises(MissingExtra, match=r"--ics needs more: .* 'iopctl\[calendar\]'"):
        calendar([], {}, TODAY)
