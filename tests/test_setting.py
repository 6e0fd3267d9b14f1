"""`iopctl set`: one value in the smallest change, shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import AgreementText, Run

AS_OF = ("--as-of", "2024-06-01")
MORE = """
invoicing: {seller: foreningen, buyer: kommunen}  # as agreed
volume: [{unit: deltagare, target: 40}]
legal:
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreement_text: AgreementText) -> Path:
    """Return an agreement in a folder of work."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "agreements/exempel-2024.yaml"
    path.parent.mkdir()
    path.write_text(agreement_text(MORE), "utf-8")
    return path


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        ("title", "IOP: Nytt", 'title: "IOP: Nytt"'),
        ("area", "Arbetsmarknad", "area: Arbetsmarknad"),
        ("invoicing.marking", "X9", "marking: X9}  # as agreed"),
        ("economy.contributions.2.amount", "460 000 kr", "item: Lokaler, amount: 460000}"),
        ("economy.contributions.handledning.amount", "1", "item: Handledning, amount: 1}"),
        ("volume", "[{unit: barn, target: 3}]", "{unit: barn, target: 3}"),
        ("legal.state_aid", "{basis: none}", "state_aid: {basis: none}"),
        ("follow_up.meetings_per_year", "2", "meetings_per_year: 2"),
    ],
)
def test_a_value_is_put_in_its_place(run: Run, file: Path, key: str, value: str, line: str) -> None:
    """It is shown, and written only when asked; all other lines stay."""
    before = file.read_text("utf-8")
    shown = run("set", "exempel", key, value, *AS_OF)

    assert shown.code == 0
    assert file.read_text("utf-8") == before
    assert run("set", "exempel", key, value, "--write", *AS_OF).out == shown.out
    after = file.read_text("utf-8")
    assert line in after
    lost = set(before.splitlines()) - set(after.splitlines())
    assert len(lost) <= 1
    assert not (set(before.splitlines()) - lost) - set(after.splitlines())


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("invoicing..x", "1", "invoicing..x: write the keys that lead there, as invoicing.marking"),
        ("title.x", "1", "title.x: write the keys that lead there"),
        ("economy.contributions.3.amount", "1", "'3' is no row of 2: count from 1, or name one"),
        ("economy.contributions.x.amount", "1", "'x' is no row of 2"),
        ("volume.x", "1", "'x' is no row of 1"),
        ("title", " ", "the value is empty: delete the key by hand"),
        ("volume", "[{", "[{: "),
        ("nope", "1", "nothing is written: agreements/exempel-2024.yaml would have an error"),
        ("validity.start", "1 maj", "would have an error"),
    ],
)
def test_what_cannot_be_set_is_told(run: Run, key: str, value: str, told: str) -> None:
    """With what to write instead, where that is known."""
    code, out, err = run("set", "exempel", key, value, *AS_OF)

    assert code in {1, 2}
    assert out == ""
    assert told in err


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("invoicing.märknin", "error: invoicing.märknin: "),
        ("volume.1.targt", "error: volume.1.targt: "),
    ],
)
def test_a_place_is_told_as_the_file_has_it(run: Run, file: Path, key: str, told: str) -> None:
    """Rows of a list are numbered; the only block of invoicing is no list."""
    assert file.exists()
    assert run("set", "exempel", key, "7", *AS_OF).err.startswith(told)
