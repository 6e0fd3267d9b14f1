"""Every rule's manual page, tried: what it shows as bad is found where it says, the good is not.

An example is the part of an agreement that it changes: its blocks stand in place of those of
`agreement_text`, `# expect: CODE` on the very line of a finding, or `# expect below: CODE` above
a line that ends with a comment of another kind. Lines of their own may say

    # the whole file:           (nothing is added to what follows)
    # as of 2025-03-01
    # in iopctl.toml: benchmark.tolerance = 5
    # in annat-2024.yaml:       (what follows is another file)

and on a manual page `# with invoicing` stands for a whole block of it (see `page`).
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iopctl import config
from iopctl.check import checked, findings, portfolio, rules
from iopctl.check.diagnostics import Severity
from iopctl.check.rules import ALL, Context, Rule, form, reading
from iopctl.check.rules.page import page
from iopctl.files import content
from iopctl.input import Input
from iopctl.source import read

if TYPE_CHECKING:
    from iopctl.check.diagnostics import Diagnostic
    from tests.conftest import AgreementText, Golden

HERE = Path(__file__).parent
CASES = sorted((HERE / "rules").glob("*.yaml"))
BROKEN = sorted((HERE / "broken").glob("IOP*"))
AGREEMENTS = sorted((HERE.parent / "agreements").glob("*.yaml"))

every_rule = pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
every_example = pytest.mark.parametrize(
    "rule", [rule for rule in ALL if page(rule.doc).bad], ids=lambda rule: rule.code
)

READING = {rule.code for rule in (*reading.RULES, *form.RULES)}
Place = tuple[str, int, str]  # file, line, code


class Example(NamedTuple):
    """The files of an example by name, and how they are looked at."""

    files: dict[str, str]
    context: Context


def example(text: str, base: str, as_of: date) -> Example:
    """Return what *text* stands for, *base* being the agreement that it changes."""
    settings = "\n".join(re.findall(r"(?m)^# in iopctl\.toml: (.+)$", text))
    day = re.search(r"(?m)^# as of (\S+)$", text)
    context = Context(
        config.config(settings, "iopctl.toml"), date.fromisoformat(day[1]) if day else as_of
    )
    first, *others = re.split(r"(?m)^# in (\S+\.yaml):\n", text)
    parts = dict(zip(others[::2], others[1::2], strict=True))
    if first.strip():
        parts = {"exempel-2024.yaml": first, **parts}
    return Example({name: whole(part, base) for name, part in parts.items()}, context)


def whole(part: str, base: str) -> str:
    """Return the agreement *base* with the blocks of *part*, as they stand, in place of its own."""
    if part.startswith("# the whole file:"):
        return f"{part}\n"
    changed = set(re.findall(r"(?m)^([a-z_]+):", part))
    blocks = re.split(r"(?m)^(?=[a-z])", base)
    return "".join(each for each in blocks if each.partition(":")[0] not in changed) + f"{part}\n"


def expected(files: dict[str, str]) -> set[Place]:
    """Return the findings that the comments of *files* announce."""
    return {
        (name, number + bool(told[1]), code)
        for name, text in files.items()
        for number, line in enumerate(text.split("\n"), 1)
        if (told := re.search(r"# expect( below)?: (.+)", line))
        for code in told[2].split()
    }


def diagnostics(case: Example) -> list[Diagnostic]:
    """Return what reading and the rules find in the files of an example."""
    raw = {name: text.encode() for name, text in case.files.items()}
    results = [checked(Input(*each), case.context) for each in raw.items()]
    return findings(results, case.context, lambda name: read(raw[name]))


def found(case: Example) -> set[Place]:
    """Return where something is found that no exception explains."""
    told = (each for each in diagnostics(case) if not each.reason)
    return {(each.file, each.span.line, each.code) for each in told}


def cases(rule: Rule) -> list[Path]:
    """Return the further cases of a rule."""
    return [path for path in CASES if path.name.startswith(rule.code)]


def of(rule: Rule, all_places: set[Place]) -> set[Place]:
    """Return the places of one rule, and those that make a file unreadable."""
    return {place for place in all_places if place[2] in {rule.code, *READING}}


def agreements(day: date) -> Example:
    """Return the repository's own agreements, looked at from *day*."""
    files = {path.name: path.read_text(encoding="utf-8") for path in AGREEMENTS}
    return Example(files, Context(config.DEFAULT, day))


# ------------------------------------------------------------------ the manual pages
@every_example
def test_bad_example_is_found_where_it_says(
    rule: Rule, agreement_text: AgreementText, as_of: date
) -> None:
    """The rule finds its bad example on the lines that it marks, and on no others."""
    case = example(page(rule.doc).bad, agreement_text(), as_of)
    places, announced = found(case), expected(case.files)

    assert rule.code in {code for _, _, code in announced}
    assert of(rule, places) == of(rule, announced)
    assert announced <= places


@every_example
def test_good_example_is_not_found(rule: Rule, agreement_text: AgreementText, as_of: date) -> None:
    """The good example can be read, and the rule finds nothing in it."""
    case = example(page(rule.doc).good, agreement_text(), as_of)

    assert of(rule, found(case)) == set()


@every_rule
def test_page_is_whole(rule: Rule) -> None:
    """A page has a summary on one line, says why and what to do, and names its source."""
    told = page(rule.doc)

    assert re.fullmatch(r"[A-Z][^\n]{10,}\.", told.summary)
    assert told.prose != ()
    assert told.source.endswith(".")
    assert bool(told.bad) == bool(told.good)


@every_rule
def test_rule_is_shown(rule: Rule) -> None:
    """A rule without an example in text has a file in tests/broken, or a test of its own."""
    broken = {path.name[:6] for path in BROKEN}

    assert page(rule.doc).bad or rule.code in {*broken, "IOP001", "IOP009", "IOP620"}


# ------------------------------------------------------------------ the catalogue
def test_codes_are_unique_and_sorted() -> None:
    """No code stands for two rules."""
    codes = [rule.code for rule in ALL]

    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"IOP\d{3}", code) for code in codes)


def test_names_are_unique_words() -> None:
    """A name is lower-case words joined by hyphens, and stands for one rule."""
    names = [rule.name for rule in ALL]

    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


def test_every_rule_is_in_the_catalogue() -> None:
    """A rule that is written but not listed would be silent."""
    import importlib
    import pkgutil

    modules = [
        importlib.import_module(f"{rules.__name__}.{each.name}")
        for each in pkgutil.iter_modules(rules.__path__)
    ]
    written = [
        each for module in modules for each in vars(module).values() if isinstance(each, Rule)
    ]

    assert [each.code for each in written if each not in ALL] == []


# ------------------------------------------------------------------ further cases
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_is_found_where_it_says(
    path: Path, agreement_text: AgreementText, as_of: date
) -> None:
    """A case is an example of the rule that its name begins with, good or bad."""
    rule = next(each for each in ALL if path.name.startswith(each.code))
    case = example(path.read_text(encoding="utf-8"), agreement_text(), as_of)

    assert of(rule, found(case)) == of(rule, expected(case.files))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_file_is_found_where_it_says(path: Path) -> None:
    """What no text can show lies in a file of its own, with what is expected in its comments."""
    raw = path.read_bytes()
    text = raw.decode(errors="replace")
    told = portfolio.document(Input(path.name, raw)).diagnostics

    assert {(path.name, each.span.line, each.code) for each in told} == expected({path.name: text})


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_pipe_is_not_readable(tmp_path: Path) -> None:
    """A pipe, which git can't keep, is told of at the file's start and never waited for."""
    os.mkfifo(tmp_path / "pipe.yaml")
    told = portfolio.document(Input("pipe.yaml", content(str(tmp_path / "pipe.yaml")))).diagnostics

    assert [each.line for each in told] == [
        "pipe.yaml:1:1: IOP001 not-readable: is no regular file; name a file with an agreement"
    ]


def test_messages(agreement_text: AgreementText, as_of: date, golden: Golden) -> None:
    """Each message has the values in hand, and says what to do."""
    told = [
        each.line
        for rule in ALL
        for text in (page(rule.doc).bad, *(path.read_text("utf-8") for path in cases(rule)))
        for each in diagnostics(example(text, agreement_text(), as_of))
        if each.code == rule.code
    ]

    golden("rules/messages.txt", "".join(f"{line}\n" for line in told))


# ------------------------------------------------------------------ the repository's agreements
@pytest.mark.parametrize("day", ["2023-06-01", "2025-03-01", "2026-11-22"])
def test_agreements(day: str, golden: Golden) -> None:
    """Every trap of the source documents is named, and nothing that is not so."""
    told = diagnostics(agreements(date.fromisoformat(day)))

    golden(f"rules/{day}.txt", "".join(f"{each.severity}: {each.line}\n" for each in told))


@given(st.dates(date(2017, 1, 1), date(2035, 12, 31)))
@settings(max_examples=25)
def test_agreements_have_no_error_on_any_day(day: date) -> None:
    """What an agreement's own text has wrong, or a day brings, fails no check."""
    told = diagnostics(agreements(day))

    assert [each.line for each in told if each.severity is Severity.ERROR] == []
