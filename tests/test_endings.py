"""What files and folders are called that commands write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import AgreementText, Run

NUMBERED = ("--number", "1", "--date", "2025-12-31")
IN_A_FOLDER = (
    "what is written gets names of its own in a folder: name one, as fakturor; end it with /"
)


@pytest.fixture(autouse=True)
def agreements(
    tmp_path: Path, agreement_text: AgreementText, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stand where there is one agreement."""
    monkeypatch.chdir(tmp_path)
    Path("agreements").mkdir()
    Path("agreements", "a-2024.yaml").write_text(agreement_text("id: a-2024"), "utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["invoice", "a-2024", "--year", "2025", *NUMBERED, "-f", "html", "-o", "ut.html"], f"--output ut.html: {IN_A_FOLDER}"),
        (["init", "ny.txt"], f"FOLDER ny.txt: {IN_A_FOLDER}"),
        (["new", "--title", "X", "--public", "K", "--civil", "F", "--folder", "x.yaml", "--write"], f"--folder x.yaml: {IN_A_FOLDER}"),
        (["report", "overview", "--year", "2025", "-o", "mapp/"], "--output mapp/: name a file that ends in .md, .html, .docx, .odt, .pdf"),
        (["report", "overview", "--year", "2025", "-o", "mapp"], "--output mapp: name a file that ends in .md"),
        (["report", "dashboard", "-o", "sida.pdf"], "--output sida.pdf: name a file that ends in .html, .htm"),
        (["due", "--ics", "dagar.txt"], "--ics dagar.txt: name a file that ends in .ics"),
        (["export", "-o", "alla.xlsx/"], "alla.xlsx/ names a folder: name a file in it"),
        (["check", "--baseline", "b/", "--write-baseline"], "b/ names a folder: name a file in it"),
    ],
)  # fmt: skip
def test_a_name_of_another_kind_is_refused(run: Run, words: list[str], told: str) -> None:
    """In a line, and neither file nor folder is left behind."""
    code, out, err = run(*words)

    assert (code, out) == (2, "")
    assert f"iopctl: {told}" in err
    assert [each.name for each in Path().iterdir()] == ["agreements"]


def test_a_folder_may_be_called_so(run: Run) -> None:
    """Where it is there, or ends with a slash."""
    run("init", "ny.txt/")

    assert run("init", "ny.txt").code == 0
    assert Path("ny.txt", "iopctl.toml").is_file()
