"""Parts of the portfolio, the order of rows, and what Tab offers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from iopctl import language
from iopctl.cli import completion

if TYPE_CHECKING:
    from tests.conftest import AgreementText, Run

ROOT = Path(__file__).parents[1]
AS_OF = ("--as-of", "2025-06-01")


@pytest.fixture(autouse=True)
def _at_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def ids(run: Run, *words: str, key: str = "agreement") -> list[Any]:
    """Return the agreements that a table has, in its order."""
    code, out, err = run(*words, "--format", "json", *AS_OF)

    assert (code, err) == (0, "")
    return [row["cells"][key] for row in json.loads(out)["rows"] if row["level"] == "row"]


@pytest.mark.parametrize("command", ["list", "status"])
def test_a_table_is_narrowed_to_what_is_asked_for(run: Run, command: str) -> None:
    """By committee in whichever case, by field of work, and by state."""
    everything = ids(run, command)

    assert ids(run, command, "--board", "ARBETSMARKNADSNÄMNDEN") == everything
    assert 0 < len(ids(run, command, "--board", "bin")) < len(everything)
    assert 0 < len(ids(run, command, "--state", "active")) < len(everything)
    assert ids(run, command, "--state", "draft") == []
    assert ids(run, command, "--area", "arbetsmarknad") == ids(
        run, "list", "--area", "Arbetsmarknad"
    )


def test_what_is_due_is_narrowed_alike(run: Run) -> None:
    """An agreement that another has followed stays followed."""
    everything, part = ids(run, "due"), ids(run, "due", "--state", "active")

    assert part == [each for each in everything if each in set(part)]
    assert 0 < len(part) < len(everything)
    assert ids(run, "due", "--sort", "-date", key="date") == sorted(
        ids(run, "due", key="date"), reverse=True
    )


def test_figures_are_narrowed_alike(run: Run) -> None:
    """Budget, split, outcome, ledger and what expires: by field and state, in the order asked for."""
    for command, column in (
        ("budget", "2024"),
        ("split", "share"),
        ("outcome", "agreed"),
        ("ledger", "open"),
        ("expiring", "date"),
    ):
        everything = ids(run, command)
        active = ids(run, command, "--state", "active", "--area", "arbetsmarknad")
        up, down = (
            ids(run, command, "--state", "active", "--sort", f"{way}{column}") for way in ("", "-")
        )

        assert {*active} == {"stadsmissionen-2024"}
        assert "stadsmissionen-2024" in everything
        assert up == down[::-1]
    assert {*ids(run, "expiring", "--board", "bin")} <= {"sprakvanner-2020", "bilda-2020"}


def test_rows_are_in_the_order_asked_for(run: Run) -> None:
    """Of a figure, a date or a word; what is not known last, either way."""
    for column in ("end", "public", "title", "state"):
        up, down = (ids(run, "list", "--sort", f"{way}{column}", key=column) for way in ("", "-"))
        known = [each for each in up if each not in (None, "")]
        assert known == list(reversed([e for e in down if e not in (None, "")]))
    numbers: list[Any] = ids(run, "status", "--sort", "days_left", key="days_left")
    known = [each for each in numbers if isinstance(each, int)]
    assert numbers[: len(known)] == known == sorted(known)


@pytest.mark.parametrize("way", ["", "-"])
def test_totals_stay_below_rows_in_any_order(run: Run, way: str) -> None:
    """Neither a sum that is the largest figure, nor what is not known, stands above its rows."""
    told = run("budget", "--sort", f"{way}2020", "-f", "json").out
    rows = [(row["level"], row["cells"]["2020"]) for row in json.loads(told)["rows"]]
    figures = [cell for level, cell in rows if level == "row"]
    known = [int(cell) for cell in figures if isinstance(cell, str)]

    assert [level for level, _ in rows] == ["row"] * (len(rows) - 1) + ["total"]
    assert known == sorted(known, reverse=bool(way))
    assert figures[: len(known)] == [str(each) for each in known]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["list", "--board", "Ingen"], "--board Ingen: there are Arbetsmarknadsnämnden"),
        (["list", "ikf-2018", "--area", "x"], "--area x: "),
        (
            ["list", "--state", "gone"],
            "--state gone: write one of draft, upcoming, active, expiring",
        ),
        (["list", "--sort", "size"], "--sort size: write one of agreement, title, with, state"),
    ],
)
def test_what_there_is_not_is_told(run: Run, words: list[str], told: str) -> None:
    """With what there is instead."""
    code, out, err = run(*words, *AS_OF)

    assert (code, out) == (2, "")
    assert told in err


def test_states_and_columns_go_by_the_words_that_are_shown(run: Run) -> None:
    """In the language that is used, as well as by those of the format."""
    english, swedish = (
        run("--lang", "sv", "list", "--state", state, "--sort", column, *AS_OF).out
        for state, column in (("active", "public"), ("Gällande", "offentlig"))
    )

    assert english == swedish
    assert "stadsmissionen-2024" in english
    assert "ikf-2018" not in english
    assert completion.states("G") == ["gällande"]
    language.use("en")
    assert completion.states("G") == []


def test_a_budget_is_cut_by_committee_field_and_category(run: Run) -> None:
    """All cuts have one sum; that others pay a part is told."""
    sums = set()
    for by in ("agreement", "area", "category"):
        out = run("budget", "--board", "arbetsmarknadsnämnden", "--by", by, "--format", "json").out
        found = json.loads(out)
        sums.add(json.dumps(list(found["rows"][-1]["cells"].values())[1:]))
        assert any("others pay a part: " in note for note in found["notes"])

    assert len(sums) == 1


def test_drafts_are_shown_where_they_are_asked_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreement_text: AgreementText
) -> None:
    """Else they are noted alone."""
    (tmp_path / "agreements").mkdir()
    monkeypatch.chdir(tmp_path)
    for id_, status in (("exempel-2024", ""), ("utkast-2024", "status: draft\n")):
        text = agreement_text(status).replace("id: exempel-2024", f"id: {id_}")
        (tmp_path / f"agreements/{id_}.yaml").write_text(text, "utf-8")

    for command in ("list", "status"):
        assert ids(run, command) == ["exempel-2024"]
        assert ids(run, command, "--drafts") == ["exempel-2024", "utkast-2024"]
    assert "utkast-2024" in run("budget", "--drafts", *AS_OF).out
    assert run("list", "--area", "x").err == "iopctl: --area x: no agreement names any\n"


# ------------------------------------------------------------------ Tab
def test_tab_offers_what_there_is() -> None:
    """Ids, rules with their names, committees, fields of work and sellers."""
    assert completion.ids("ikf") == ["ikf-2018", "ikf-2020", "ikf-2023"]
    assert completion.rules("iop20")[0][0] == "IOP201"
    assert ("share-off-benchmark") in [name for name, _ in completion.rules("share-")]
    assert "Arbetsmarknadsnämnden" in completion.boards("arb")
    assert "Arbetsmarknad" in completion.areas("")
    assert completion.sellers("ikf") + completion.sellers("zz") == completion.sellers("ikf")


def test_tab_offers_nothing_where_nothing_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shell has nowhere to show an error."""
    monkeypatch.chdir(tmp_path)
    assert completion.boards("") == []
    (tmp_path / "iopctl.toml").write_text("folder = ", "utf-8")

    assert completion.ids("") == completion.boards("") == completion.areas("") == []


@pytest.mark.parametrize(
    ("shell", "words", "expected"),
    [
        ("bash", "iopctl show ikf-20", "ikf-2023"),
        ("zsh", "iopctl show ikf-20", "ikf-2023"),
        ("fish", "iopctl show ikf-20", "ikf-2023"),
        ("powershell", "iopctl show ikf-20", "ikf-2023"),
        ("bash", "iopctl rule IOP20", "IOP201"),
        ("bash", "iopctl log ikf-20", "ikf-2023"),
        ("bash", "iopctl list --board Arb", "Arbetsmarknadsnämnden"),
        ("bash", "iopctl invoice --seller i", ""),
        ("bash", "iopctl list --state löp", "löper\\ ut"),
        ("zsh", "iopctl list --state löp", '"löper ut"'),
        ("fish", "iopctl list --state löp", "löper ut"),
        ("powershell", "iopctl list --state 'löp", "'löper ut':::"),
        ("fish", "iopctl rene", "renew\tSkriv avtalet som följer efter ett annat."),
        (
            "zsh",
            "iopctl report dec",
            '"decision":"Föreslå en nämnd att förlänga, förnya eller avsluta',
        ),
        (
            "fish",
            "iopctl budget --boa",
            "--board\tBara det som denna nämnd beslutar om eller betalar.",
        ),
    ],
)
def test_shells_get_what_tab_offers(
    run: Run, monkeypatch: pytest.MonkeyPatch, shell: str, words: str, expected: str
) -> None:
    """As each of them asks for it, in the person's language."""
    monkeypatch.setenv("IOPCTL_LANG", "sv")
    monkeypatch.setenv("_IOPCTL_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", words)
    monkeypatch.setenv("_TYPER_COMPLETE_WORD_TO_COMPLETE", words.rsplit(maxsplit=1)[-1])
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")

    assert expected in run().out
