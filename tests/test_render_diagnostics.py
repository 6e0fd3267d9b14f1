"""Every format of findings is what its reader wants, and nothing from a file gets out of it."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import validate
from junitparser import Failure, JUnitXml
from sarif_kit.validate import validation_errors

from iopctl.check.diagnostics import Diagnostic, Finding, RelatedPlace, Severity
from iopctl.check.rules import BY_NAME
from iopctl.output.diagnostics import FindingFormat, Findings, rendered
from iopctl.output.terminal import Screen
from iopctl.source import Span
from iopctl.source.places import Edit

SPAN = Span(3, 5, 3, 11, 40, 46)
EVERY_FORMAT = pytest.mark.parametrize("form", FindingFormat)
HOSTILE = "\x1b[31m\x07\r\n::error::x\n##[group]\u202e\u200b</failure>|*`<b>%0A,:\ufffe\udc80"

# What GitLab reads of a Code Quality report, by its documentation.
CODE_QUALITY: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^./]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def diagnostic(
    message: str = "the total {stated} kr is wrong",
    *,
    file: str = "agreements/a.yaml",
    rule: str = "stated-total-differs",
    severity: Severity = Severity.WARNING,
    span: Span = SPAN,
    excerpt: str = "    910000  # så står det",
    **changes: Any,  # noqa: ANN401 - whatever a diagnostic may have
) -> Diagnostic:
    """Return a diagnostic to vary."""
    finding = Finding(
        ("economy", "stated", 0),
        message,
        remedy="ask the parties",
        stated=Decimal(910000),
        day=date(2024, 6, 1),
        others=("b.yaml", 7),
        nothing=None,
    )
    code = BY_NAME[rule].code
    return Diagnostic(
        file, span, code, rule, severity, changes.pop("finding", finding), excerpt, **changes
    )


def findings(*diagnostics: Diagnostic) -> Findings:
    """Return what a run found, of the files in question and one in which all is well."""
    files = sorted({"agreements/well.yaml", *(each.file for each in diagnostics)})
    ordered = sorted(diagnostics, key=lambda each: each.order)
    return Findings(files, date(2024, 6, 1), ordered)


def of_each_severity() -> Findings:
    """Return an error, a warning and a note."""
    names = ("amount-spelling", "stated-total-differs", "hour-price-unlikely")
    return findings(
        *(diagnostic(rule=name, severity=each) for each, name in zip(Severity, names, strict=True))
    )


def hostile() -> Findings:
    """Return a finding in which everything from outside is an attack."""
    finding = Finding((HOSTILE,), "found {found}", remedy=HOSTILE, found=HOSTILE)
    return findings(
        diagnostic(
            file=f"agreements/{HOSTILE}.yaml",
            finding=finding,
            excerpt=HOSTILE.split("\n", maxsplit=1)[0],
            span=Span(1, 1, 1, 3, 0, 2),
            related=(RelatedPlace(Span(1, 1, 1, 1, 0, 0), HOSTILE),),
        )
    )


# ------------------------------------------------------------------ all formats
@EVERY_FORMAT
def test_every_severity_is_in_every_format(form: FindingFormat) -> None:
    """No format leaves out notes."""
    text = rendered(of_each_severity(), form)

    assert all(word in text for word in ("amount-spelling", "stated-total", "hour-price"))


@EVERY_FORMAT
def test_nothing_from_a_file_acts_on_a_terminal(form: FindingFormat) -> None:
    """No control or hidden character gets through, nor a command to a CI service."""
    text = rendered(hostile(), form)
    own_command = form is FindingFormat.GITHUB

    assert text.replace("\n", "").replace("\u00a0", "").isprintable()
    assert re.findall(r"(?m)^\s*(?:::|##\[)", text) == (["::"] if own_command else [])


@EVERY_FORMAT
def test_amounts_are_grouped_for_people_alone(form: FindingFormat) -> None:
    """Programs find the plain number among the values."""
    text = rendered(findings(diagnostic()), form)

    assert "910\u00a0000 kr" in text
    assert ('"stated": "910000"' in text) is (form in {FindingFormat.JSON, FindingFormat.JSONL})


@EVERY_FORMAT
def test_no_findings(form: FindingFormat) -> None:
    """Formats that are documents are so without findings, too."""
    text = rendered(findings(), form)

    assert (text == "") is (
        form
        in {FindingFormat.TEXT, FindingFormat.CONCISE, FindingFormat.JSONL, FindingFormat.GITHUB}
    )


@EVERY_FORMAT
def test_reason_is_told_instead_of_the_remedy(form: FindingFormat) -> None:
    """What the parties stand by needs nothing done."""
    text = rendered(findings(diagnostic(severity=Severity.NOTE, reason="Så är det.")), form)

    assert "the parties stand by it: Så är det." in text
    assert ("ask the parties" in text) is (form in {FindingFormat.JSON, FindingFormat.JSONL})


# ------------------------------------------------------------------ text
def test_text_points_at_the_place() -> None:
    """Under the line of the file, as wide as what is wrong, with other places and what to do."""
    related = (RelatedPlace(Span(7, 1, 7, 2, 0, 1), "the rows"),)
    text = rendered(findings(diagnostic(related=related)), FindingFormat.TEXT)

    assert (
        text
        == """\
agreements/a.yaml:3:5: warning IOP201 stated-total-differs
  the total 910\u00a0000 kr is wrong
    3 |     910000  # så står det
      |     ^^^^^^
  line 7: the rows
  = ask the parties
"""
    )


@pytest.mark.parametrize(
    ("line", "span", "shown", "carets"),
    [
        ("år: 漢字 x", (5, 7), "år: 漢字 x", "    ^^^^"),
        ("a:\tb", (4, 5), "a:\\tb", "    ^"),
        ("key: a", (1, 1), "key: a", "^"),
        ("a" * 200, (1, 4), "a" * 120 + "…", "^^^"),
        ("a" * 100 + "b" + "c" * 200, (101, 102), "…" + "a" * 40 + "b" + "c" * 79 + "…", " " * 41 + "^"),
        ("a" * 130, (129, 131), "…" + "a" * 42, " " * 41 + "^^"),
    ],
)  # fmt: skip
def test_text_shows_the_part_of_a_line(
    line: str, span: tuple[int, int], shown: str, carets: str
) -> None:
    """Of a long line the part round the place; wide characters and tabs don't shift the carets."""
    first, last = span
    place = Span(3, first, 3, last, 0, 0)
    lines = rendered(findings(diagnostic(excerpt=line, span=place)), FindingFormat.TEXT).split("\n")

    assert lines[2:4] == [f"    3 | {shown}", f"      | {carets}"]


def test_text_marks_a_block_to_the_end_of_its_line() -> None:
    """What goes on below is not shown."""
    place = Span(3, 1, 9, 2, 0, 99)
    text = rendered(findings(diagnostic(excerpt="log:  ", span=place)), FindingFormat.TEXT)

    assert "    3 | log:\n      | ^^^^" in text


@pytest.mark.parametrize("excerpt", ["", "short"])
def test_text_shows_no_line_where_there_is_none(excerpt: str) -> None:
    """As of a file that could not be opened, or far out on an absurd line."""
    text = rendered(
        findings(diagnostic(excerpt=excerpt, span=Span(1, 9, 1, 9, 0, 0))), FindingFormat.TEXT
    )

    assert "|" not in text


def test_text_is_bounded_by_weight() -> None:
    """Of one file twenty are shown, the gravest, and how many more there are."""
    notes = [
        diagnostic(severity=Severity.NOTE, span=Span(line, 1, line, 2, 0, 1))
        for line in range(1, 31)
    ]
    error = diagnostic(severity=Severity.ERROR, span=Span(99, 1, 99, 2, 0, 1))
    text = rendered(findings(*notes, error), FindingFormat.TEXT)

    assert (text.count(": note "), text.count(": error ")) == (19, 1)
    assert text.endswith(
        "agreements/a.yaml: 11 more findings\n\n --format concise shows them all\n"
    )


def test_text_of_a_message_is_bounded() -> None:
    """Where a file has a whole book for a name."""
    text = rendered(findings(diagnostic("x" * 1000)), FindingFormat.TEXT)

    assert f"\n  {'x' * 500}…\n" in text


def test_text_of_a_run_is_bounded() -> None:
    """Two hundred are shown of all files, errors before all else."""
    many = [
        diagnostic(file=f"{name:03}.yaml")._replace(name=f"rule-{name}", code=f"IOP{name:03}")
        for name in range(300)
    ]
    error = diagnostic(file="zzz.yaml", severity=Severity.ERROR)
    text = rendered(findings(*many, error), FindingFormat.TEXT)

    assert (text.count(": warning "), text.count("zzz.yaml:3:5: error")) == (199, 1)
    assert "\n 101 more findings in 101 other files\n" in text


def test_text_has_colours_where_the_screen_does() -> None:
    """The severity and the carets have its colour, the place is bold."""
    found = findings(diagnostic())
    text = rendered(found, FindingFormat.TEXT, Screen(color=True))

    assert "\x1b[1magreements/a.yaml:3:5:\x1b[0m \x1b[33mwarning\x1b[0m IOP201" in text
    assert "\x1b[33m^^^^^^\x1b[0m" in text
    assert re.sub(r"\x1b\[\d+m", "", text) == rendered(found, FindingFormat.TEXT)


def test_text_is_written_in_what_the_screen_can_show() -> None:
    """What its encoding lacks is spelled in ASCII before carets are placed."""
    place = Span(3, 4, 3, 5, 0, 1)
    found = findings(diagnostic(excerpt="→: x", span=place))

    assert "    3 | ->: x\n      |     ^" in rendered(
        found, FindingFormat.TEXT, Screen(encoding="cp850")
    )


# ------------------------------------------------------------------ lines for editors and CI
def test_concise_is_a_line_each() -> None:
    """Place, code, name, severity, message and remedy, as editors take them apart."""
    text = rendered(findings(diagnostic()), FindingFormat.CONCISE)

    assert text == (
        "agreements/a.yaml:3:5: IOP201 stated-total-differs: warning:"
        " the total 910\u00a0000 kr is wrong; ask the parties\n"
    )


def command(line: str) -> tuple[str, dict[str, str], str]:
    """Take a workflow command apart as GitHub's runner does."""
    found = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
    assert found
    pairs = (each.partition("=") for each in found[2].split(","))
    values = {key: value.replace("%2C", ",").replace("%3A", ":") for key, _, value in pairs}
    decoded = {key: value.replace("%25", "%") for key, value in values.items()}
    return found[1], decoded, found[3].replace("%25", "%")


def test_github_reads_back_what_was_meant() -> None:
    """A column that is exclusive here is inclusive there."""
    found = diagnostic("100 %, %0A and %25", file="agreements/a,b:c%.yaml")
    name, values, message = command(rendered(findings(found), FindingFormat.GITHUB).rstrip("\n"))

    assert (name, message) == ("warning", "100 %, %0A and %25; ask the parties")
    assert values == {
        "file": "agreements/a,b:c%.yaml",
        "line": "3",
        "endLine": "3",
        "col": "5",
        "endColumn": "10",
        "title": "IOP201 stated-total-differs",
    }


@pytest.mark.parametrize(
    ("span", "columns"),
    [
        (Span(3, 5, 7, 2, 0, 9), {"line": "3", "endLine": "7"}),
        (Span(3, 5, 3, 5, 0, 0), {"line": "3", "endLine": "3", "col": "5", "endColumn": "5"}),
    ],
)
def test_github_gets_columns_within_one_line_alone(span: Span, columns: dict[str, str]) -> None:
    """It leaves out an annotation that has columns on several lines."""
    _, values, _ = command(
        rendered(findings(diagnostic(span=span)), FindingFormat.GITHUB).rstrip("\n")
    )

    assert {key: value for key, value in values.items() if key not in {"file", "title"}} == columns


# ------------------------------------------------------------------ documents
def test_json_has_all_that_is_known() -> None:
    """With the values of the message, other places, and the correction."""
    finding = Finding(("a", 0), "found {x}", fix=Edit(("a", 0), "5"), x=Decimal("5.50"), y=True)
    related = (RelatedPlace(Span(7, 1, 7, 2, 0, 1), "the rows"),)
    found = findings(diagnostic(finding=finding, related=related))
    (written,) = json.loads(rendered(found, FindingFormat.JSON))["findings"]

    assert written["fix"] == {"path": ["a", 0], "text": "5"}
    assert written["values"] == {"x": "5.50", "y": True}
    assert written["related"] == [
        {"line": 7, "column": 1, "end_line": 7, "end_column": 2, "label": "the rows"}
    ]
    assert written == json.loads(rendered(found, FindingFormat.JSONL))


def test_json_has_the_values_of_a_message() -> None:
    """Kronor as strings with a point, dates in ISO form, lists as lists."""
    (written,) = json.loads(rendered(findings(diagnostic()), FindingFormat.JSON))["findings"]

    assert written["values"] == {
        "stated": "910000",
        "day": "2024-06-01",
        "others": ["b.yaml", 7],
        "nothing": None,
    }


def test_gitlab_report_is_what_gitlab_reads() -> None:
    """No two findings have the same fingerprint."""
    report = json.loads(rendered(findings(diagnostic(), diagnostic()), FindingFormat.GITLAB))
    validate(report, CODE_QUALITY)
    validate(json.loads(rendered(of_each_severity(), FindingFormat.GITLAB)), CODE_QUALITY)

    assert len({each["fingerprint"] for each in report}) == 2


@pytest.mark.parametrize("found", [of_each_severity(), hostile(), findings()])
def test_sarif_is_valid(found: Findings) -> None:
    """By the schema that OASIS has published."""
    assert validation_errors(json.loads(rendered(found, FindingFormat.SARIF))) == []


def test_sarif_tells_of_rules_places_and_reasons() -> None:
    """The rules are those that found something; what the parties stand by is suppressed."""
    related = (RelatedPlace(Span(7, 1, 7, 2, 0, 1), "the rows"),)
    found = diagnostic(
        file="agreements/å b.yaml", severity=Severity.NOTE, related=related, reason="Ja."
    )
    log = json.loads(rendered(findings(found), FindingFormat.SARIF))
    (run,) = log["runs"]
    (result,) = run["results"]

    assert validation_errors(log) == []
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["IOP201"]
    assert (result["ruleIndex"], result["level"]) == (0, "note")
    assert result["suppressions"] == [{"kind": "inSource", "justification": "Ja."}]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "agreements/%C3%A5%20b.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 11}
    assert result["relatedLocations"][0]["message"]["text"] == "the rows"


@pytest.mark.usefixtures("swedish")
def test_sarif_explains_the_rules_in_the_language_that_is_used() -> None:
    """The page that a reviewer opens beside the finding is Swedish with it."""
    log = json.loads(rendered(findings(diagnostic()), FindingFormat.SARIF))
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]

    assert rule["shortDescription"]["text"].startswith("Den summa som avtalet anger")
    assert rule["help"]["text"].endswith("\n\nKälla: avtalets avsnitt om ekonomi.")
    assert rule["defaultConfiguration"]["level"] == "warning"


def test_sarif_names_a_file_elsewhere_whole() -> None:
    """A file that is not below the folder of work has an absolute name."""
    log = json.loads(rendered(findings(diagnostic(file="/srv/a.yaml")), FindingFormat.SARIF))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]

    assert place["artifactLocation"]["uri"] == "file:///srv/a.yaml"


def test_junit_is_read_as_tests() -> None:
    """Errors fail, all else passes with its text, and a file that is well passes."""
    found = JUnitXml.fromstring(rendered(of_each_severity(), FindingFormat.JUNIT).encode())
    ill, well = found
    cases = {case.name.split()[0]: case for case in ill}

    assert (found.tests, found.failures) == (4, 1)
    assert (ill.name, well.name) == ("agreements/a.yaml", "agreements/well.yaml")
    assert [type(result) for result in cases["IOP015"].result] == [Failure]
    assert cases["IOP232"].system_out.startswith("note: the total")
    assert [case.name for case in well] == ["nothing found"]


def test_junit_holds_what_xml_does_not() -> None:
    """Whatever is in a file, the document can be read."""
    suites = JUnitXml.fromstring(rendered(hostile(), FindingFormat.JUNIT).encode())

    assert suites.tests == 2


def test_markdown_is_a_table_for_each_file() -> None:
    """No finding's text is markup."""
    text = rendered(hostile(), FindingFormat.MARKDOWN)
    row = text.splitlines()[6]

    assert len(re.findall(r"(?<!\\)\|", row)) == 5
    assert "<b>" not in re.sub(r"\\.", "", text)


# ------------------------------------------------------------------ fingerprints
def test_fingerprint_stays_when_lines_move() -> None:
    """And changes with the file, the rule, the keys or the line itself."""

    def mark(found: Diagnostic) -> str:
        fingerprint: str = json.loads(rendered(findings(found), FindingFormat.JSONL))["fingerprint"]
        return fingerprint

    same = mark(diagnostic())
    moved = mark(diagnostic("other words", span=Span(9, 1, 9, 3, 0, 2), severity=Severity.ERROR))
    others = {
        mark(diagnostic(file="b.yaml")),
        mark(diagnostic(rule="share-off-benchmark")),
        mark(diagnostic(finding=Finding(("economy",), ""))),
        mark(diagnostic(excerpt="    920000  # så står det")),
    }

    assert moved == same
    assert len(others - {same}) == 4


@given(st.text(), st.text(), st.text(), st.integers(1, 50), st.integers(0, 50))
def test_any_text_is_borne(message: str, line: str, file: str, column: int, length: int) -> None:
    """Every format is whole whatever stands in it."""
    finding = Finding((), "{message}", remedy=message, message=message)
    span = Span(1, column, 1, column + length, 0, length)
    found = findings(diagnostic(file=file, finding=finding, excerpt=line, span=span))

    for form in FindingFormat:
        assert rendered(found, form).replace("\n", "").replace("\u00a0", "").isprintable()
    assert len(rendered(found, FindingFormat.CONCISE).splitlines()) == 1
    assert len(rendered(found, FindingFormat.GITHUB).splitlines()) == 1
    assert validation_errors(json.loads(rendered(found, FindingFormat.SARIF))) == []
    assert JUnitXml.fromstring(rendered(found, FindingFormat.JUNIT).encode()).tests == 2


@pytest.mark.parametrize("width", [40, 60, 80])
def test_text_fits_a_screen(width: int) -> None:
    """Words wrap, of a long line the part round the place is shown, and the carets stand under it."""
    span = Span(3, 91, 3, 97, 90, 96)
    line = "    - {party: kommunen, item: Handledning och annat, unit: x, quantity: 3, price: 9, amount: 910000, label: y}"
    files = [f"agreements/exempel-{number}.yaml" for number in range(6)]
    each = [diagnostic(file=file, span=span, excerpt=line) for file in files]
    text = rendered(
        Findings(files, date(2024, 6, 1), each), FindingFormat.TEXT, Screen(width=width)
    )
    lines = text.splitlines()

    assert max(map(len, lines[1:])) <= width
    excerpt, carets = (each for each in lines if " | " in each)
    assert excerpt[carets.index("^") : carets.index("^") + 6] == line[90:96]
