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
        "none late, none to come\nnot all days are known, so that more may be due: exempel-2024\n"
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
    file = tmp_path / "notes.ics"
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


NEW = """id: exempel-2026
succeeds: exempel-2024
validity: {signed: 2025-06-01, start: 2026-01-01, end: 2027-12-31}
"""


@pytest.fixture
def renewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreement_text: AgreementText) -> Path:
    """Return a folder of agreements: one with an option left, and the one that follows it."""
    folder = tmp_path / "agreements"
    folder.mkdir()
    old = "validity: {start: 2024-01-01, end: 2025-12-31, notice_months: 6, extension: {kind: mutual, times: 1, years: 2}}"
    (folder / "exempel-2024.yaml").write_text(agreement_text(old), "utf-8")
    (folder / "exempel-2026.yaml").write_text(agreement_text(NEW), "utf-8")
    (folder / "other.yaml").write_text(agreement_text("id: other\nsucceeds: x"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def test_a_successor_is_what_follows_also_where_one_agreement_is_asked_for(
    run: Run, renewed: Path
) -> None:
    """No decision, no option, and an end that another agreement follows; a draft decides nothing."""
    asked = ("due", "exempel-2024", "--as-of", "2025-10-01", "--format", "csv")
    found = run(*asked).out
    draft = (renewed / "exempel-2026.yaml").read_text("utf-8") + "status: draft\n"
    (renewed / "exempel-2026.yaml").write_text(draft, "utf-8")

    assert "the agreement ends, and another one follows" in found
    assert found.count("exempel-2024") == 1
    assert run(*asked).out.count("exempel-2024") == 3


@pytest.mark.parametrize("day", ["2025-06-01", "2025-10-01", "2026-02-01"])
def test_check_asks_for_no_decision_that_a_successor_is(run: Run, renewed: Path, day: str) -> None:
    """Not before the last day of notice, nor after it, nor after the end."""
    asked = (
        "check",
        "--as-of",
        day,
        "--format",
        "concise",
        "--select",
        "IOP303,IOP305,IOP306,IOP307",
    )
    decided = run(*asked).out
    (renewed / "exempel-2026.yaml").unlink()

    assert "exempel-2024" not in decided
    assert "exempel-2024" in run(*asked).out


def test_of_an_extension_that_is_hearsay_nobody_has_an_option(
    run: Run, tmp_path: Path, agreement_text: AgreementText
) -> None:
    """It was extended, on what terms is not known: there is nothing to take or to log."""
    text = agreement_text(
        "validity: {start: 2020-01-01, end: 2021-12-31, extension: {kind: unspecified}}\n"
        "invoicing: {seller: foreningen, buyer: kommunen, interval: yearly, timing: advance}\n"
        "log: [{date: 2021-11, event: extension, until: 2025-12-31}]"
    )
    (tmp_path / "exempel-2024.yaml").write_text(text, "utf-8")
    for day in ("2025-02-01", "2026-02-01"):
        told = run("due", tmp_path, "--as-of", day).out + run("check", tmp_path, "--as-of", day).out

        assert "option" not in told
        assert "extend, or" not in told
        assert "unless extended" not in told

    billed = run(
        "invoice", tmp_path / "exempel-2024.yaml", "--year", "2026", "--as-of", "2025-02-01"
    )

    assert "it ends on 2025-12-31, and how it may be extended is not known" in billed.err
    assert "iopctl extend" not in billed.err


def test_after_a_gap_check_names_the_last_day_of_notice_of_what_goes_on(
    run: Run, tmp_path: Path, agreement_text: AgreementText
) -> None:
    """And the end that it goes on to, counted from the gap."""
    text = agreement_text(
        "validity: {start: 2022-01-01, end: 2022-12-31, notice_months: 3,"
        " extension: {kind: automatic, times: 4, years: 1}}\n"
        "log: [{date: 2022-09-20, event: extension, start: 2025-04-01}]"
    )
    (tmp_path / "exempel-2024.yaml").write_text(text, "utf-8")
    told = run("check", tmp_path, "--as-of", "2025-12-01", "--select", "IOP306").out

    assert "the last day of notice is 2025-12-31, in 30 days" in told
    assert "it goes on to 2027-03-31" in told


def test_weeks_are_veckor_too(run: Run, busy: Path) -> None:
    """A Swede writes 12v."""
    swedish, english = (
        run("due", busy, "--as-of", "2024-12-31", "--within", time).out for time in ("12v", "12w")
    )

    assert swedish == english
