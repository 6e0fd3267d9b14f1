"""Duties as an iCalendar file (RFC 5545), which a calendar can subscribe to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from iopctl.dates import ONE_DAY
from iopctl.installation import MissingExtra
from iopctl.listings.due import VALIDITY
from iopctl.output.terminal import without_commands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from icalendar import Alarm, Event

    from iopctl.case.duties import Duty

PRODUCT: Final = "-//iopctl//deadlines of agreements//EN"
DAYS_AHEAD: Final = (30, 7)
_MORNING: Final = timedelta(hours=9)  # a day begins at midnight, when nobody wants a reminder
_EPOCH: Final = date(1990, 1, 1)


def calendar(found: Iterable[Duty], titles: Mapping[str, str], as_of: date) -> bytes:
    """Return the calendar of duties, each an event of a whole day; *titles* are by agreement.

    An event keeps its UID when its day moves, and its SEQUENCE grows with *as_of*: a calendar
    that has it moves it. The same duties on the same day give the same bytes.

    Raises:
        MissingExtra: the library icalendar is not installed.
    """
    try:
        from icalendar import Calendar
    except ModuleNotFoundError:
        raise MissingExtra("calendar", "--ics") from None

    result = Calendar()
    result.add("prodid", PRODUCT)
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    result.add("x-wr-calname", "IOP")
    result.add("refresh-interval", ONE_DAY, parameters={"VALUE": "DURATION"})
    for duty in found:
        result.add_component(_event(duty, titles[duty.agreement], as_of))
    return bytes(result.to_ical())


def harmless(calendar: str) -> str:
    """Return a calendar that says no command to a CI service that prints it."""
    return without_commands(calendar, lambda character: f"\\\\x{ord(character):02x}")


def is_ours(content: object) -> bool:
    """Whether what a file holds is a calendar that `calendar` made."""
    return isinstance(content, bytes) and f"PRODID:{PRODUCT}".encode() in content


def _event(duty: Duty, title: str, as_of: date) -> Event:
    from icalendar import Event

    summary = f"{title}: {duty.what}"
    event = Event()
    event.add("uid", f"{duty.key}.{duty.agreement}@iopctl")
    event.add("sequence", (as_of - _EPOCH).days)
    event.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    event.add("dtstart", duty.day)
    event.add("dtend", duty.day + ONE_DAY)
    event.add("transp", "TRANSPARENT")
    event.add("summary", summary)
    event.add("description", f"{duty.told}\n{duty.who}\n{duty.agreement}")
    event.add("categories", [duty.kind])
    for alarm in _alarms(duty, summary, as_of):
        event.add_component(alarm)
    return event


def _alarms(duty: Duty, summary: str, as_of: date) -> Iterator[Alarm]:
    """Yield a reminder a week ahead, and one a month ahead of what concerns validity."""
    from icalendar import Alarm

    for days in DAYS_AHEAD if duty.kind in VALIDITY else DAYS_AHEAD[1:]:
        if duty.day - timedelta(days) >= as_of:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", summary)
            alarm.add("trigger", _MORNING - timedelta(days))
            yield alarm
