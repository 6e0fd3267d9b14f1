"""A rule that raises is a finding about the file; all other rules and files are as ever."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from iopctl.check import rules
from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.facts import facts
from iopctl.check.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from iopctl.case.case import Case
    from iopctl.check.facts import Facts
    from iopctl.check.rules import Context
    from tests.conftest import AgreementText, Run

AS_OF = ("--as-of", "2024-06-01", "--no-cache")
REMEDY = "report it as a bug in iopctl, with this file or as much of it as you may show"


@pytest.fixture
def folder(tmp_path: Path, agreement_text: AgreementText, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of work, with two agreements in both of which a rule finds something."""
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "agreements"
    made.mkdir()
    for name in ("a-2024", "b-2024"):
        text = agreement_text(f"id: {name}\neconomy: {{contributions: [{{party: kommunen, amount: 1}}, {{party: foreningen, amount: 9}}]}}")  # fmt: skip
        (made / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def found(run: Run, *words: str) -> list[tuple[str, str, str]]:
    """Return the file, code and message of every error and warning."""
    told = json.loads(run("check", *words, "-f", "json", *AS_OF).out)["findings"]
    return [(each["file"], each["code"], each["message"]) for each in told]


def fails(case: Case) -> Iterator[Finding]:
    """Find something, and then divide by zero, in one file of two."""
    yield Finding(("title",), "a finding before the fault")
    if case.agreement.id == "a-2024":
        _ = 1 / 0


def fails_across(facts: Sequence[Facts], _: Context) -> Iterator[tuple[Facts, Finding]]:
    """Find something, and then miss a key."""
    yield facts[1], Finding(("title",), "a finding before the fault")
    raise KeyError(len(facts))


@pytest.mark.usefixtures("folder")
def test_a_rule_that_raises_is_a_finding_about_the_file(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names the rule, the error and its place; what others find stays as it was."""
    before = found(run)
    broken = Rule("IOP999", "broken", Severity.NOTE, "A rule.", check=fails)
    monkeypatch.setattr(rules, "ALL", (broken, *rules.ALL))
    code, out, err = run("check", *AS_OF)
    line = fails.__code__.co_firstlineno + 4
    message = (
        f"rule IOP999 broken could not be worked out: ZeroDivisionError in {__name__}, line {line}"
    )

    assert (code, "2 files, 1 error" in err) == (1, True)
    assert REMEDY in " ".join(out.split())
    assert [each for each in found(run) if each[1] == "IOP009"] == [
        ("agreements/a-2024.yaml", "IOP009", message)
    ]
    assert [each for each in found(run) if each[1] != "IOP009"] == before != []


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("named", [(), ("a-2024",), ("b-2024",)])
def test_a_rule_across_files_that_raises_is_a_finding(
    run: Run, monkeypatch: pytest.MonkeyPatch, named: tuple[str, ...]
) -> None:
    """About the first of them, also where others than this were asked about."""
    before = found(run, *named)
    broken = Rule("IOP999", "broken", Severity.NOTE, "A rule.", across=fails_across)
    monkeypatch.setattr(rules, "ALL", (*rules.ALL, broken))
    after = found(run, *named)

    assert [(file, code) for file, code, _ in after if code == "IOP009"] == [
        ("agreements/a-2024.yaml", "IOP009")
    ]
    assert [each for each in after if each[1] != "IOP009"] == before


@pytest.mark.usefixtures("folder")
def test_a_file_whose_facts_raise_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own findings are shown all the same."""
    before = found(run)

    def broken(file: str, case: Case) -> Facts:
        if case.agreement.id == "a-2024":
            raise IndexError(file)
        return facts(file, case)

    monkeypatch.setattr("iopctl.check.facts.facts", broken)
    after = found(run)
    failed = [message for _, code, message in after if code == "IOP009"]

    assert [message.partition(" in ")[0] for message in failed] == [
        "what other files need could not be worked out: IndexError"
    ]
    assert [each for each in after if each[1] != "IOP009"] == before


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("wish", [("--ignore", "IOP009"), ("--select", "IOP201")])
def test_no_choice_hides_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, wish: tuple[str, str]
) -> None:
    """A check that is not whole must not look so."""
    broken = Rule("IOP999", "broken", Severity.NOTE, "A rule.", check=fails)
    monkeypatch.setattr(rules, "ALL", (*rules.ALL, broken))
    code, out, err = run("check", *wish, "-f", "concise", *AS_OF)

    assert code in {1, 2}
    assert "IOP009" in out + err
