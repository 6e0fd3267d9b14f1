"""What is shown, and how much it weighs, is the municipality's choice, within bounds."""

from __future__ import annotations

import json

import pytest

from iopctl.check import baseline
from iopctl.check.diagnostics import Diagnostic, Finding, Severity, fingerprints
from iopctl.check.rules import ALL, BY_NAME
from iopctl.check.selection import ALWAYS, FOUND_BY_RULES, selection
from iopctl.config import Config, config
from iopctl.errors import UserError
from iopctl.source import Span


def diagnostic(name: str, *, line: int = 1, reason: str = "") -> Diagnostic:
    """Return what the rule *name* may have found."""
    rule = BY_NAME[name]
    span = Span(line, 1, line, 2, 0, 1)
    finding = Finding((), "it is so")
    return Diagnostic("a.yaml", span, rule.code, name, rule.severity, finding, reason=reason)


def configured(text: str) -> Config:
    """Return the configuration that *text* is."""
    return config(text, "iopctl.toml")


# ------------------------------------------------------------------ selection
@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("", Severity.WARNING),
        ('[severity]\nlabel-missing = "error"', Severity.ERROR),
        ('[severity]\nIOP403 = "note"', Severity.NOTE),
        ('[severity]\nIOP403 = "note"\n4xx = "error"', Severity.NOTE),
        ('[severity]\n4xx = "error"\nIOP40 = "note"', Severity.NOTE),
        ('[severity]\nIOP403 = "warning"\n4xx = "off"', Severity.WARNING),
        ('[severity]\nlabel-missing = "off"', None),
        ('[severity]\n4xx = "off"', None),
        ('ignore = ["4xx"]\n[severity]\nIOP403 = "error"', None),
        ('select = ["2xx"]', None),
        ('select = ["2xx", "label-missing"]', Severity.WARNING),
    ],
)
def test_severity_of_a_rule(text: str, severity: Severity | None) -> None:
    """The configuration may change it or hide the rule; a rule's own word beats its series'."""
    shown = selection(configured(text)).shown([diagnostic("label-missing")])

    assert [each.severity for each in shown] == ([severity] if severity else [])


def test_what_the_parties_stand_by_stays_a_note() -> None:
    """However much the rule weighs else."""
    found = diagnostic("label-missing", reason="Så är det.")._replace(severity=Severity.NOTE)
    shown = selection(configured('[severity]\nlabel-missing = "error"')).shown([found])

    assert [each.severity for each in shown] == [Severity.NOTE]


def test_the_command_line_replaces_what_is_selected() -> None:
    """And adds to what is ignored."""
    settings = configured('select = ["2xx"]\nignore = ["IOP201"]')

    assert {code[:4] for code in selection(settings, ["4xx"]).codes - ALWAYS} == {"IOP4"}
    assert selection(settings, (), ["IOP210"]).codes.isdisjoint({"IOP201", "IOP210"})


def test_unreadable_files_are_always_told_of() -> None:
    """Whatever is selected, ignored or weighed otherwise: it can't be excepted, either."""
    settings = configured('select = ["2xx"]\nignore = ["1xx"]\n[severity]\n1xx = "note"')
    chosen = selection(settings)

    assert chosen.codes >= ALWAYS >= {"IOP001", "IOP015", "IOP101", "IOP601"}
    assert chosen.severities.keys().isdisjoint(ALWAYS)
    assert FOUND_BY_RULES.isdisjoint(ALWAYS)
    assert {each.severity for each in ALL if each.code in ALWAYS} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('ignore = ["00x"]', "00x can't be ignored or weighed otherwise"),
        (
            '[severity]\nkey-missing = "warning"',
            "key-missing can't be ignored or weighed otherwise",
        ),
        ('[severity]\nlabel-mising = "note"', "'label-mising' is no rule.*: write label-missing"),
        ('select = ["IOP7"]', "'IOP7' is no rule and no series such as 2xx"),
        ('select = ["?"]', "'\\?' is no rule.*: iopctl rule --all lists the rules"),
    ],
)
def test_what_is_no_rule_is_refused(text: str, told: str) -> None:
    """With the one that may be meant."""
    with pytest.raises(UserError, match=told):
        selection(configured(text))


# ------------------------------------------------------------------ baseline
def test_baseline_has_what_may_be_silenced() -> None:
    """What is new is shown, of findings alike as many as there are more."""
    old = [diagnostic("label-missing"), diagnostic("key-missing")]
    now = [diagnostic("label-missing", line=9), diagnostic("label-missing", line=10), old[1]]
    text = baseline.written(old, None, "b.json")

    assert baseline.compared(now, text, "b.json") == (now[1:], 0)
    assert baseline.compared([], text, "b.json") == ([], 1)


def test_what_a_baseline_has_of_an_unreadable_file_stays() -> None:
    """It is the file's own when it can be read again; what else was listed goes."""
    before = baseline.written(
        [diagnostic("label-missing"), diagnostic("label-missing")._replace(file="b.yaml")],
        None,
        "b.json",
    )
    text = baseline.written([diagnostic("key-missing")], before, "b.json")

    assert baseline.compared([diagnostic("label-missing")], text, "b.json") == ([], 0)


def test_an_unreadable_file_has_lost_no_finding() -> None:
    """What the baseline has of it is not looked for, and so not told as gone."""
    old = [diagnostic("label-missing"), diagnostic("label-missing")._replace(file="b.yaml")]
    text = baseline.written(old, None, "b.json")
    unread = diagnostic("key-missing")._replace(file="b.yaml")

    assert baseline.compared([old[0], unread], text, "b.json") == ([unread], 0)
    assert baseline.compared([unread], text, "b.json") == ([unread], 1)


def test_a_baseline_is_written_over_no_other_file() -> None:
    """As over an agreement, named by mistake."""
    with pytest.raises(UserError, match=r"a\.yaml is no baseline, and is left as it is"):
        baseline.written([], "id: a", "a.yaml")


def test_baseline_hides_no_unreadable_file() -> None:
    """Not even one in which somebody has written its fingerprint."""
    found = [diagnostic("key-missing")]
    (mark,) = fingerprints(found)
    forged = json.dumps({"schema": baseline.SCHEMA, "files": {"a.yaml": {"IOP011": [mark]}}})

    assert baseline.compared(found, forged, "b.json").new == found


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"schema": "iopctl/baseline/2", "files": {}}', "[" * 100_000]
    + [
        f'{{"schema": "{baseline.SCHEMA}", "files": {files}}}'
        for files in ("[]", '{"a": 1}', "1", '{"a": {"b": [1]}}')
    ],
)
def test_what_is_no_baseline_is_refused(text: str) -> None:
    """Nothing is hidden by a file that is something else."""
    with pytest.raises(UserError, match=r"b.json is no baseline: write one with --write-baseline"):
        baseline.compared([diagnostic("label-missing")], text, "b.json")
