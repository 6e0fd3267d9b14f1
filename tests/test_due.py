"""`iopctl due` and `iopctl expiring`: every deadline as a line, in a calendar, and as an exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import AgreementText, Golden, Run

HERE = Path(__file__).parent
AGREEMENTS = HERE.parent / "agreements"
FIXTURES = HERE / "fixtures"
BOTH = (AGREEMENTS / "ikf-2023.yaml", AGREEMENTS / "stadsmissionen-2024.yaml")


@pytest.fixture
def busy(tmp_path: Path, agreement_text: AgreementText) -> Path:
    """Return a file whose agreement asks for a report and meetings in 2024 and 2025."""
    file = tmp_path / "exempel-2024.yaml"
    file.write_text(
        agreement_text("follow_up: {meetings_per_year: 2, reports_per_year: 1}"), "utf-8"
    )
    return file


def days(out: str) -> list[str]:
    """Return the days of a table in CSV, with the agreement of each."""
    rows = (line.split('","') for line in out.splitlines() if line.startswith('"row"'))
    return [f"{row[1]} {row[3]}" for row in rows]


@pytest.mark.parametrize("form", ["text", "csv", "json", "markdown"])
def test_all_deadlines(run: Run, golden: Golden, form: str) -> None:
    """Late ones come first, and what is assumed or suggested is marked, in every format."""
    code, out, err = run("due", AGREEMENTS, "--as-of", "2025-03-01", "--format", form)

    assert (code, err) == (0, "")
    golden(f"due.{form}", out)


def test_what_ended_long_ago_is_one_line(run: Run, golden: Golden) -> None:
    """What nobody logged is not shouted about year after year."""
    code, out, _ = run("due", AGREEMENTS, FIXTURES, "--as-of", "2026-11-22")

    assert code == 0
    golden("due-long-ago.text", out)


def test_expiring_is_the_same_list_narrowed_to_validity(run: Run, golden: Golden) -> None:
    """Decisions, options and ends alone; of an agreement long ended, the option left open."""
    code, out, _ = run("expiring", AGREEMENTS, FIXTURES, "--as-of", "2026-11-22")

    assert code == 0
    golden("expiring.text", out)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--within", "30d"], ["2024-12-31", "2025-03-31"]),
        (["--within", "29d"], ["2024-12-31"]),
        (["--within", "18w"], ["2024-12-31", "2025-03-31", "2025-06-30"]),
        (["--within", "4m"], ["2024-12-31", "2025-03-31", "2025-06-30"]),
        (["--overdue"], ["2024-12-31"]),
        (["--overdue", "--within", "0d"], ["2024-12-31"]),
        ([], ["2024-12-31", "2025-03-31", "2025-06-30", *["2025-12-31"] * 2, "2026-03-31"]),
    ],
)
def test_the_list_is_narrowed(
    run: Run, busy: Path, options: list[str], expected: list[str]
) -> None:
    """To a time from the day, that day included, or to what is late."""
    where = ("--as-of", "2025-03-01", "--format", "csv-rfc4180")
    _, out, _ = run("due", busy, *where, *options)

    assert [day.split()[0] for day in days(out)] == expected


def test_what_is_due_today_is_not_late(run: Run, busy: Path) -> None:
    """There is the day left to do it."""
    _, out, _ = run("due", busy, "--as-of", "2024-12-31", "--overdue", "--format", "csv-rfc4180")

    assert days(out) == []


@pytest.mark.parametrize("within", ["90", "d", "-1d", "1.5m", "10000d", "3 m", "٣d"])
def test_a_time_has_one_spelling(run: Run, busy: Path, within: str) -> None:
    """Anything else is refused with the right one."""
    code, out, err = run("due", busy, "--within", within)

    assert (code, out) == (2, "")
    assert err.endswith("write a time as 90d, 12w or 6m\n")


@pytest.mark.parametrize(
    ("command", "as_of", "code"),
    [
        ("due", "2024-12-31", 0),
        ("due", "2025-01-01", 1),
        ("expiring", "2025-06-30", 0),
        ("expiring", "2025-07-01", 1),
    ],
)
def test_a_nightly_job_fails_on_what_is_late(
    run: Run, busy: Path, command: str, as_of: str, code: int
) -> None:
    """On its day a duty is not late yet; without the option nothing fails."""
    failing = run(command, busy, "--as-of", as_of, "--fail-overdue")
    showing = run(command, busy, "--as-of", as_of)

    assert (failing.code, showing.code) == (code, 0)
    assert failing.out == showing.out


def test_nothing_due_is_said(run: Run, tmp_path: Path, agreement_text: AgreementText) -> None:
    """An empty list leaves no doubt whether anything was looked at."""
    (tmp_path / "a.yaml").write_text(agreement_text("validity: {start: 2024-01-01}"), "utf-8")
    _, out, _ = run("due", tmp_path, "--as-of", "2025-03-01")

    assert out.endswith(
        "none late, none to come\ndates unknown, so that nothing is known to be due: exempel-2024\n"
    )


# ------------------------------------------------------------------ the calendar file
def test_a_calendar_is_written_and_replaced(run: Run, busy: Path, tmp_path: Path) -> None:
    """Our own file may be written again without asking; it then says the new day's deadlines."""
    file = tmp_path / "due.ics"
    first = run("due", busy, "--as-of", "2024-03-01", "--ics", file)
    second = run("due", busy, "--as-of", "2025-03-01", "--ics", file)

    assert (first.code, first.out) == (0, "")
    assert first.err == f"{file}: 6 deadlines written\n"
    assert second.code == 0
    assert b"DTSTAMP:20250301T000000Z" in file.read_bytes()


def test_a_calendar_may_go_to_standard_output(run: Run, busy: Path) -> None:
    """Then nothing else is written there."""
    code, out, err = run("due", busy, "--as-of", "2024-03-01", "--ics", "-")

    assert (code, err) == (0, "")
    assert out.startswith("BEGIN:VCALENDAR\r\n")
    assert out.endswith("END:VCALENDAR\r\n")


def test_a_file_that_is_no_such_calendar_is_left_alone(
    run: Run, busy: Path, tmp_path: Path
) -> None:
    """Unless --force asks for it."""
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    refused = run("due", busy, "--as-of", "2024-03-01", "--ics", file)
    kept = file.read_text()
    forced = run("due", busy, "--as-of", "2024-03-01", "--ics", file, "--force")

    assert (refused.code, kept) == (2, "mine")
    assert "is there already: name another, or add --force" in refused.err
    assert forced.code == 0
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_calendar_says_nothing_to_a_ci_service(
    run: Run, tmp_path: Path, agreement_text: AgreementText
) -> None:
    """What reads calendars reads what the agreement has; what reads logs sees no command."""
    pytest.importorskip("icalendar")
    file = tmp_path / "a.yaml"
    file.write_text(agreement_text("title: 'A ::stop-commands::x ##vso[y]'"), "utf-8")
    words = ("due", file, "--as-of", "2025-03-01", "--ics")

    assert run(*words, tmp_path / "a.ics").code == 0
    written = (tmp_path / "a.ics").read_bytes().decode()
    assert "A ::stop-commands::x ##vso[y]" in written
    assert run(*words, "-").out == written.replace(" ::stop", r" \\x3a:stop").replace(
        "##", r"\\x23#"
    )
