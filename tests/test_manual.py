"""A rule's page reads the same in a terminal, in Markdown and for a program."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from iopctl.check.diagnostics import Severity
from iopctl.check.rules import ALL, BY_NAME, Rule
from iopctl.check.rules.page import page
from iopctl.output import manual
from iopctl.output.terminal import Screen

if TYPE_CHECKING:
    from tests.conftest import Golden, Run

DOC = """A total is odd.

    The rows say
    another.

    Source: the agreement's
    section on economy.

    Bad:

        economy:
          stated: {total: 1}  # expect: IOP999

    Good:

        economy:
          stated: {total: 2}
    """
BARE = """A file is odd.

    Nobody knows why.

    Source: the format.
    """


def rule(doc: str) -> Rule:
    """Return a rule with this manual page."""
    return Rule("IOP999", "odd-total", Severity.WARNING, doc)


def test_page_has_the_parts_of_the_docstring() -> None:
    """Paragraphs are on one line each, and examples keep their lines."""
    assert page(DOC)._asdict() == {
        "summary": "A total is odd.",
        "prose": ("The rows say another.",),
        "source": "the agreement's section on economy.",
        "bad": "economy:\n  stated: {total: 1}  # expect: IOP999",
        "good": "economy:\n  stated: {total: 2}",
    }


def test_an_example_with_invoicing_has_a_whole_block() -> None:
    """`# with invoicing` saves six lines; one of them may be left out, changed, or added to."""
    doc = """An invoice is odd.

    Nobody knows why.

    Source: the format.

    Bad:

        # with invoicing without label  # expect: IOP999
          reference: >-
            150
          vat: S
        id: annat-2024

    Good:

        # with invoicing
    """

    assert page(doc).bad.splitlines() == [
        "invoicing:  # expect: IOP999",
        "  seller: foreningen",
        "  buyer: kommunen",
        "  recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}",
        "  reference: >-",
        "    150",
        "  interval: yearly",
        "  vat: S",
        "id: annat-2024",
    ]
    assert page(doc).good.splitlines()[4:] == [
        "  reference: 150Z",
        "  label: IOP Exemplet",
        "  interval: yearly",
    ]


def test_page_of_nothing_is_empty() -> None:
    """Python without docstrings has rules without pages."""
    assert page("") == ("", (), "", "", "")


def test_text_is_wrapped_to_the_screen() -> None:
    """Prose wraps without an indentation; an example stands as it is."""
    assert manual.text(rule(DOC), Screen(width=16)).splitlines() == [
        "IOP999 odd-total (warning)",
        "",
        "A total is odd.",
        "",
        "The rows say",
        "another.",
        "",
        "Source: the",
        "agreement's",
        "section on",
        "economy.",
        "",
        "Bad:",
        "",
        "    economy:",
        "      stated: {total: 1}  # expect: IOP999",
        "",
        "Good:",
        "",
        "    economy:",
        "      stated: {total: 2}",
    ]


def test_text_is_plain_where_the_screen_is() -> None:
    """The title is bold in colour only, and an old console gets the signs that it has."""
    assert manual.text(rule(BARE), Screen(color=True)).startswith("\x1b[1mIOP999 odd-total (")
    assert "20 -> 30" in manual.text(rule(BARE.replace("why", "20 → 30")), Screen(encoding="cp850"))


def test_page_without_examples_is_whole() -> None:
    """What no text can show has no headings for it."""
    assert manual.markdown(rule(BARE)) == (
        "# IOP999 odd-total\n\nA file is odd.\n\nNobody knows why.\n\n"
        "- Severity: warning\n- Source: the format.\n"
    )
    assert "Bad" not in manual.text(rule(BARE))


def test_every_series_has_a_heading() -> None:
    """The index has a line for each rule, whichever its series."""
    assert manual.markdown_index(ALL).count("\n| [") == len(ALL)


# ------------------------------------------------------------------ the command
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
@pytest.mark.parametrize("word", ["IOP201", "stated-total-differs", "iop201"])
def test_rule(run: Run, golden: Golden, word: str, form: str) -> None:
    """A rule is shown by its code or name, in capitals or not."""
    code, out, err = run("rule", word, "--format", form)

    assert (code, err) == (0, "")
    golden(f"rule/IOP201.{form}", out)


@pytest.mark.usefixtures("swedish")
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_rule_in_swedish(run: Run, golden: Golden, form: str) -> None:
    """The words are in Swedish, and the example, the codes and a program's keys as they are."""
    code, out, err = run("rule", "IOP201", "--format", form, "--lang", "sv")

    assert (code, err) == (0, "")
    golden(f"rule/IOP201.sv.{form}", out)


def test_all_rules_are_listed(run: Run) -> None:
    """The list has a line for each rule."""
    code, out, err = run("rule", "--all")

    assert (code, err) == (0, "")
    assert [line[:6] for line in out.splitlines()] == [each.code for each in ALL]


def test_all_rules_are_listed_as_markdown(run: Run) -> None:
    """The list in Markdown is the index of the pages."""
    assert run("rule", "--all", "--format", "markdown") == (0, manual.markdown_index(ALL), "")


def test_all_pages_are_one_document(run: Run) -> None:
    """A program gets every page whole."""
    found = json.loads(run("rule", "--all", "--format", "json").out)
    first = BY_NAME["not-readable"]

    assert found["schema"] == "iopctl/rules/1"
    assert [each["code"] for each in found["rules"]] == [each.code for each in ALL]
    assert found["rules"][0]["summary"] == page(first.doc).summary


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["stated-totl-differs"], "stated-totl-differs is no rule: write stated-total-differs"),
        (["q"], "q is no rule: iopctl rule --all lists the rules"),
        ([], "name a rule by its code or name, or list all with --all"),
        (["IOP201", "--all"], "name a rule by its code or name, or list all with --all"),
    ],
)
def test_unknown_rule_is_refused(run: Run, words: list[str], told: str) -> None:
    """What is no rule is told with the nearest one, or where to find them."""
    assert run("rule", *words) == (2, "", f"iopctl: {told}\n")


def test_python_without_docstrings_has_no_pages() -> None:
    """That is told in a line."""
    command = [sys.executable, "-OO", "-m", "iopctl", "rule", "IOP201"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "iopctl: the pages are docstrings, which Python leaves out: run it without -OO\n"
    )
