"""`iopctl status`: a line an agreement, and the picture under it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl.check import portfolio
from iopctl.cli import findings
from iopctl.cli.reading import selection
from iopctl.source import reader

if TYPE_CHECKING:
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.source import Source
    from tests.conftest import AgreementText, Golden, Run

HERE = Path(__file__).parent
AGREEMENTS = HERE.parent / "agreements"
FIXTURES = HERE / "fixtures"
LIVES = ("draft", "extension-automatic", "extension-mutual", "open-ended", "terminated")


@pytest.mark.parametrize("form", ["text", "csv", "json", "markdown"])
def test_the_state_of_all(run: Run, golden: Golden, form: str) -> None:
    """State, ends, what is left, late and next, and the worst finding; a picture in text alone."""
    code, out, err = run("status", AGREEMENTS, "--as-of", "2025-03-01", "--format", form)

    assert (code, err) == (0, "")
    golden(f"status.{form}", out)


def test_every_kind_of_agreement(run: Run, golden: Golden) -> None:
    """Without end, without limit, ended early, and not agreed yet."""
    files = [FIXTURES / f"{name}.yaml" for name in LIVES]
    code, out, _ = run("status", *files, "--as-of", "2024-05-01")

    assert code == 0
    golden("status-kinds.text", out)


def test_the_picture_may_be_left_out(run: Run) -> None:
    """The table is the same."""
    drawn = run("status", AGREEMENTS, "--as-of", "2025-03-01").out
    plain = run("status", AGREEMENTS, "--as-of", "2025-03-01", "--no-timeline").out

    assert drawn.startswith(plain)
    assert "█" in drawn
    assert "█" not in plain


def test_nothing_is_drawn_of_unknown_dates(
    run: Run, tmp_path: Path, agreement_text: AgreementText
) -> None:
    """The table says that the state is unknown, and there is no empty picture."""
    (tmp_path / "a.yaml").write_text(agreement_text(without="validity"), "utf-8")
    code, out, _ = run("status", tmp_path, "--as-of", "2025-03-01")

    assert code == 0
    assert out.endswith("1 unknown\n")


def test_of_several_findings_the_gravest_is_told(
    run: Run, tmp_path: Path, agreement_text: AgreementText
) -> None:
    """A warning goes before a note; a file that can't be read is told on its own."""
    (tmp_path / "a.yaml").write_text(
        agreement_text(
            "economy: {stated: {total: 5}, base_year: 2024,"
            " contributions: [{party: kommunen, amount: 4}]}"
        ),
        "utf-8",
    )
    (tmp_path / "b.yaml").write_text("id: [", "utf-8")
    code, out, err = run("status", tmp_path, "--as-of", "2024-03-01", "--keep-going")

    assert code == 0
    assert "warning IOP" in out
    assert "b.yaml" in err


@pytest.fixture
def folder(tmp_path: Path, agreement_text: AgreementText, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of work, with three agreements that share a marking."""
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "agreements"
    made.mkdir()
    for name, more in (
        ("annat", ""),
        ("detta", ""),
        ("undantaget", "exceptions: [{rule: IOP612, reason: Köparen har bara en.}]"),
    ):
        block = f"{{seller: foreningen, buyer: kommunen, marking: A1, label: {name}}}"
        text = agreement_text(f"id: {name}\ninvoicing: {block}\n{more}")
        (made / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "settings", "told"),
    [
        ("detta", 'select = ["IOP612"]', "note IOP612"),
        ("detta", 'select = ["IOP612"]\nseverity = {IOP612 = "error"}', "error IOP612"),
        ("undantaget", 'select = ["IOP612"]\nseverity = {IOP612 = "error"}', "note IOP612"),
        ("detta", 'select = ["IOP201"]', "(assumed: yearly, in arrears)"),
    ],
)
def test_the_worst_finding_is_what_a_check_tells(
    run: Run, folder: Path, name: str, settings: str, told: str
) -> None:
    """Configuration and exceptions count, and so do the agreements beside it."""
    (folder / "iopctl.toml").write_text(settings, "utf-8")
    out = run("status", name, "--as-of", "2024-06-01", "--no-timeline").out

    line = next(line for line in out.splitlines() if line.startswith(name))
    assert line.rstrip().endswith(told)


def seen(given: list[Diagnostic]) -> list[tuple[object, ...]]:
    """Return what people see of findings, which are equal to themselves alone."""
    return [(each.line, each.span, each.severity, each.excerpt, each.related) for each in given]


def test_the_worst_is_what_a_check_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In files that are read once for both: with marks, comments and exceptions in them."""
    monkeypatch.chdir(tmp_path)
    texts = [path.read_text("utf-8") for path in sorted(FIXTURES.glob("*.yaml"))]
    texts += [texts[0], "id: a\n", f"# iopctl: ignore[IOP602] av skäl\n{texts[1]}"]
    for number, text in enumerate(texts):
        (tmp_path / f"a{number}.yaml").write_text(f"\ufeff{text}" if number % 2 else text, "utf-8")

    told = findings.of(selection(["."], "2024-06-01", keep_going=True, drafts=True))

    wishes = findings.Wishes((".",), as_of="2024-06-01", use_cache=False)
    assert len(told) > len(texts)
    assert seen(told) == seen(findings.findings(findings.run(wishes)))


def test_a_file_is_read_once_for_its_figures_and_findings(
    monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """Its text is only looked up where there is something to tell."""
    read: list[bytes] = []

    def counted(raw: bytes) -> Source:
        read.append(raw)
        return reader.read(raw)

    monkeypatch.setattr(portfolio, "read", counted)

    assert run("status", FIXTURES / "terminated.yaml").code == 0

    assert len(read) == 1
