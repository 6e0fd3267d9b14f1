"""Whatever agreement reads, no command meets a bug in it, in any format."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iopctl.output import TableFormat
from tests import drawn

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Result, Run

GIT = shutil.which("git") or "git"
ID = "drawn-2024"
TABLES = (*TableFormat,)
YEAR = "{year}"
SHOWN = [
    *(["budget", "--by", by, *more] for by in ("agreement", "party", "board", "row") for more in ([], ["--options"], ["--year", YEAR])),
    ["budget", "--options", "--from", "1990", "--to", "2199"],
    ["budget", "--trail", "--options"],
    ["budget", "--what-if-index", "2.5", "--by", "row"],
    ["split"],
    ["split", "--year", YEAR],
    ["split", "--board", "KS"],
    ["list"],
    ["show", ID],
    ["status"],
    ["due"],
    ["expiring"],
    ["invoice", "--year", YEAR],
    ["ledger"],
]  # fmt: skip
CHECKS = ("text", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "markdown")
REPORTS = (["overview", "--board", "KS"], ["overview", "--year", YEAR], ["memo", ID], ["annual", ID, "--year", YEAR])  # fmt: skip
BILLS: tuple[list[str], ...] = (
    ["--period", "{year}"],
    ["--period", "{year}-Q1"],
    ["--year", YEAR],
    [],
)
EVENTS = {
    "meeting": ["--outcome", "deltagare=3"],
    "report": ["--year", YEAR],
    "decision": ["--body", "KS"],
    "invoice": ["--number", "N1", "--period", "{year}-Q2", "--amount", "100.50"],
    "credit": ["--number", "N2", "--of", "F1", "--amount", "5"],
    "payment": ["--period", "{year}-H1", "--amount", "7"],
    "extension": [],
    "option_declined": [],
    "amendment": ["--effective", "{year}-07-01", "--terms", "terms.yaml"],
    "termination": ["--effective", "{year}-06-30"],
}
COMMANDS = [
    *([*words, "--format", form, "--keep-going"] for words in SHOWN if words[0] != "show" for form in TABLES if words[0] != "invoice" or form in {"text", "json"}),
    *(["show", ID, "--format", form] for form in TABLES),
    ["due", "--ics", "out.ics", "--force"],
    *(["check", "--no-cache", "--format", form] for form in CHECKS),
    ["check", "--no-cache", "--statistics"],
    ["check", "--no-cache", "--diff"],
    *(["invoice", ID, *which, "--number", "X1", "--date", "{year}-06-30", "--format", form, "-o", "bills"] for which in BILLS for form in ("html", "peppol")),
    *(["invoice", ID, *which, "--format", form] for which in BILLS for form in ("text", "json")),
    *(["invoice", ID, which, "F1", "--format", form] for which in ("--number", "--credit") for form in ("text", "html", "json")),
    ["invoice", ID, "--credit", "F1", "--period", "{year}-Q1"],
    ["invoice", ID, "--year", YEAR, "--format", "html,json", "--preview", "-o", "bills"],
    ["invoice", "--year", YEAR, "--all", "--number", "X1", "--date", "{year}-06-30", "--format", "html", "-o", "bills"],
    *(["report", *which, *how] for which in REPORTS for how in ([], ["--pictures"], ["-o", "paper.html", "--force"])),
    ["report", "dashboard", "-o", "-", "--keep-going"],
    *(["export", "-o", name, "--force", "--options", "--keep-going"] for name in ("all.xlsx", "all.json", "tables/", "budget.csv", "tables.parquet")),
    *(["log", ID, kind, "--date", "{year}-03-04", *words] for kind, words in EVENTS.items()),
    ["extend", ID],
    ["extend", ID, "--until", "{year}-12-31"],
    ["amend", ID, "--effective", "{year}-07-01", "--raise", "2.5"],
    ["amend", ID, "--effective", "{year}-07-01", "--row", "Lokaler=200000"],
    ["renew", ID, "--as", "ny-2030"],
    ["renew", ID, "--as", "ny-2030", "--years", "2", "--decided"],
    ["new", "nytt-2030", "--title", "Nytt", "--public", "Exempels kommun", "--civil", "F", "--start", "2030-01-01"],
    *(["diff", "--format", form] for form in TABLES),
]  # fmt: skip
DEAR = [["report", *which, "-o", f"paper.{suffix}", "--force"] for which in REPORTS for suffix in ("docx", "odt", "pdf")] + [
    ["invoice", ID, *which, "--number", "X1", "--date", "{year}-06-30", "--format", "pdf", "-o", "bills"] for which in BILLS
]  # fmt: skip
TERMS = "economy: {contributions: [{party: kommunen, item: Lokaler, amount: 1000.25}]}\n"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a git repository with a configuration, and an agreement that a drawn one replaces."""
    folder = tmp_path_factory.mktemp("repository")
    (folder / "agreements").mkdir()
    (folder / "bills").mkdir()
    (folder / "iopctl.toml").write_text(drawn.CONFIGURATION, "utf-8")
    (folder / "terms.yaml").write_text(TERMS, "utf-8")
    (folder / "agreements" / f"{ID}.yaml").write_text(
        f"id: {ID}\ntitle: T\nparties: {{kommunen: {{role: public, name: K}}, foreningen: {{role: civil, name: F}}}}\nvalidity: {{start: 2023-01-01, end: 2025-12-31}}\n{TERMS}",
        "utf-8",
    )
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "T"]):  # fmt: skip
        subprocess.run([GIT, *words], cwd=folder, check=True)
    return folder


def ran(run: Run, repository: Path, text: str, words: list[str], year: int) -> Result:
    """Run a command where *text* is the only agreement, in the middle of *year*."""
    shutil.rmtree(repository / "bills")
    (repository / "bills").mkdir()
    (repository / "agreements" / f"{ID}.yaml").write_text(text, "utf-8")
    return run(*(word.format(year=year) for word in words), "--as-of", f"{year}-05-15")


def assert_no_bug(result: Result) -> None:
    """Check that a command did what it was asked for, or told why not, in words."""
    assert result.code in {0, 1, 2}
    assert "Traceback" not in result.out + result.err
    assert "IOP009" not in result.out + result.err


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(drawn.agreements(ID), st.data(), st.integers(2019, 2028))
def test_no_command_meets_a_bug(
    run: Run,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    data: st.DataObject,
    year: int,
) -> None:
    """Every command in every format, a few for each agreement; `check` in any case."""
    monkeypatch.chdir(repository)
    some = st.lists(st.sampled_from(COMMANDS), min_size=4, max_size=4)
    assert_no_bug(ran(run, repository, text, ["check", "--no-cache"], year))
    for words in data.draw(some):
        assert_no_bug(ran(run, repository, text, words, year))


@settings(
    max_examples=settings().max_examples // 25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn.agreements(ID), st.sampled_from(DEAR), st.integers(2019, 2028))
def test_no_paper_meets_a_bug(
    run: Run,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    words: list[str],
    year: int,
) -> None:
    """In the formats that take seconds to write."""
    monkeypatch.chdir(repository)

    assert_no_bug(ran(run, repository, text, words, year))
