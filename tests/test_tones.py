"""Colour leads an eye to what a row says in words; a line parts what is late from what is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import AgreementText, Run


@pytest.fixture(autouse=True)
def _three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreement_text: AgreementText) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agreements").mkdir()
    text = agreement_text("follow_up: {meetings_per_year: 1}")
    (tmp_path / "agreements/exempel-2024.yaml").write_text(
        text.replace("Lokaler, amount: 450000", "Lokaler, amount: 50000"), "utf-8"
    )


@pytest.mark.parametrize(
    ("words", "as_of", "colored"),
    [
        (["due"], "2025-06-01", {"31": r"2024-12-31 +-"}),
        (["due"], "2024-01-02", {}),
        (["list"], "2026-06-01", {"2": "exempel-2024 .* expired"}),
        (["status", "--no-timeline"], "2026-06-01", {"2": "exempel-2024 .*expired"}),
        (["split"], "2024-06-01", {"33": "exempel-2024 .* above"}),
    ],
)
def test_a_row_has_the_colour_of_what_it_says(
    run: Run, words: list[str], as_of: str, colored: dict[str, str]
) -> None:
    """Without colour, the same words stand there."""
    told = run(*words, "--as-of", as_of, "--color", "always").out
    plain = run(*words, "--as-of", as_of).out

    assert set(re.findall(r"\x1b\[(31|2|33)m", told)) == set(colored)
    for color, row in colored.items():
        assert re.search(rf"\x1b\[{color}m{row}", told)
    if words == ["due"]:
        assert re.sub(r"\x1b\[[0-9]*m", "", told) == plain


def test_a_line_parts_what_is_late_from_what_is_to_come(run: Run) -> None:
    """Where both are there, in the order of days."""

    def rules(*words: str) -> int:
        return len(re.findall(r"(?m)^─+$", run("due", "--as-of", "2025-06-01", *words).out))

    assert rules() == 2
    assert rules("--overdue") == rules("--sort", "-date") == 1
