"""Wrong use of the command line: every kind of it is told in words that say what to do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import typer

from iopctl.cli.manual import ToldCommand
from iopctl.cli.misuse import misuse

if TYPE_CHECKING:
    from tests.conftest import Run


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["xyzzy"], "there is no command xyzzy; see iopctl --help"),
        (["budgt"], "there is no command budgt: did you mean budget?; see iopctl --help"),
        (["--nix"], "there is no option --nix; see iopctl --help"),
        (["split", "--yea", "3"], "there is no option --yea: did you mean --area, --year?; see iopctl split --help"),
        (["set", "a", "title", "- b"], "a value that begins with - is no option: write it behind --; see"),
        (["split", "--year"], "--year needs a value; see iopctl split --help"),
        (["report", "memo", "--year"], "--year needs a value; see iopctl report memo --help"),
        (["version"], "there is no command version: did you mean --version?; see iopctl --help"),
        (["dashboard"], "there is no command dashboard: did you mean report dashboard?; see iopctl --help"),
        (["split", "--year", "24"], "--year 24: write 1990 or more; see iopctl split --help"),
        (["split", "--year", "20244"], "--year 20244: write 2199 or less; see iopctl split --help"),
        (["split", "--year", "2023-2024"], "--year 2023-2024: write a whole number; see iopctl split --help"),
        (["split", "-f", "xml"], "--format xml: write one of text, json, csv, csv-rfc4180, markdown; see iopctl split --help"),
        (["list", "-f", "xlsx"], "--format xlsx: iopctl export -o FILE.xlsx writes a workbook; see iopctl list --help"),
        (["show"], "ID|FILE is missing (the agreement); see iopctl show --help"),
        (["show", "a", "b"], "b: not expected; see iopctl show --help"),
        (["log", "a"], "KIND is missing: write one of meeting, report, evaluation,"),
        (["log", "a", "met"], "KIND met: write one of meeting, report, evaluation, review,"),
        (["report"], "which of its commands? write one of: dashboard, overview, memo, annual, decision, agreement; see iopctl report --help"),
        (["report", "memo", "a", "--templates", "nix"], "--templates nix: is not there"),
    ],
)  # fmt: skip
def test_wrong_use_is_told_with_what_to_do(run: Run, words: list[str], told: str) -> None:
    """On one line, with the words in hand and where help is."""
    code, out, err = run(*words)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"iopctl: {told}")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["xyzzy"], "det finns inget kommando xyzzy; se iopctl --help"),
        (["budgt"], "det finns inget kommando budgt: menade du budget?; se iopctl --help"),
        (["report"], "vilket av dess kommandon? skriv ett av: dashboard, overview, memo,"),
        (["show"], "ID|FIL saknas (avtalet); se iopctl show --help"),
    ],
)
@pytest.mark.usefixtures("swedish")
def test_wrong_use_is_told_in_swedish(run: Run, words: list[str], told: str) -> None:
    """With what there is instead, as in English."""
    assert run("--lang", "sv", *words).err.startswith(f"iopctl: {told}")


def test_what_the_library_says_otherwise_is_passed_on() -> None:
    """A sentence that is not known here is better than none."""
    option: Any = SimpleNamespace(param_type_name="option", opts=["--x"])
    hinted = misuse(typer.BadParameter("is odd.", param_hint="--x"))
    named = misuse(typer.BadParameter("is odd", param=option))

    assert hinted == "Invalid value for --x: is odd; see iopctl --help"
    assert named == "--x: is odd; see iopctl --help"


@pytest.mark.parametrize("words", [["help", "iop210"], ["help", "share-off-benchmark"]])
def test_help_explains_a_rule(run: Run, words: list[str]) -> None:
    """As `iopctl rule` does."""
    assert run(*words) == run("rule", "IOP210")


def test_help_is_that_of_a_command(run: Run) -> None:
    """As its own --help is; without a word, all commands are listed."""
    assert run("help", "report", "memo") == run("report", "memo", "--help")
    assert run("help") == run("--help")


def test_help_on_nothing_that_is_known(run: Run) -> None:
    """It says where all kinds are listed."""
    assert run("help", "xyzzy").err == (
        "iopctl: xyzzy is no command, no topic and no rule: iopctl help lists commands and topics,"
        " iopctl rule --all the rules\n"
    )


def test_a_command_without_help_has_no_flag_for_it() -> None:
    """As the library has it."""
    command = ToldCommand("x", add_help_option=False)

    assert command.get_help_option(command.make_context("x", [])) is None
