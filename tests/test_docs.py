"""The pages that are made from the code say what the code says: `make docs` writes them anew."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
import typer

from iopctl import language
from iopctl.check.rules import ALL, Rule
from iopctl.cli import app
from iopctl.listings.export.portfolio import about
from iopctl.output import manual
from tests import errors, keys, manpage
from tests.pages import ROOT, Page, command_of
from tests.test_language import COMPILED, catalogue, compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from iopctl.language import Language
    from tests.conftest import AgreementText, Golden, Run

RULES: dict[Language, Path] = {"en": ROOT / "docs/rules", "sv": ROOT / "docs/sv/regler"}
ENGLISH = ("README.en.md", "docs/invoicing.md")
SWEDISH = (
    "README.md",
    "docs/sv/andra.md",
    "docs/sv/export.md",
    "docs/sv/fakturering.md",
    "docs/sv/fragor.md",
    "docs/sv/granska.md",
    "docs/sv/import.md",
    "docs/sv/iopctl-toml.md",
    "docs/sv/kom-igang.md",
    "docs/sv/rapporter.md",
)
ERRORS = ("docs/errors.md", "docs/sv/felmeddelanden.md")
OF_DEVELOPERS = ("architecture.md", "decisions.md", "performance.md")
USERS = [
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/sv/*.md"))
    if path.name not in OF_DEVELOPERS
]
AS_OF = date(2026, 11, 29)
GLOBAL = typer.main.get_command(app)


@pytest.fixture(scope="module", autouse=True)
def _catalogue_of_today(request: pytest.FixtureRequest) -> None:
    """Let pages that are written anew have the words that the catalogue has now."""
    if request.config.getoption("--update-golden"):
        COMPILED.write_bytes(compiled(catalogue()))


@pytest.fixture(params=RULES)
def folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Return where the pages of one language lie, while texts are in it."""
    language.use(request.param)
    yield RULES[request.param]
    language.use("en")


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_page_of_a_rule_is_fresh(rule: Rule, folder: Path, golden: Golden) -> None:
    """A rule's page is what its docstring says."""
    golden(folder / f"{rule.code}.md", manual.markdown(rule))


def test_index_of_the_rules_is_fresh(folder: Path, golden: Golden) -> None:
    """Every rule is in the index, with its severity."""
    golden(folder / "README.md", manual.markdown_index(ALL))


@pytest.mark.parametrize("pages", RULES.values(), ids=RULES)
def test_every_page_is_of_a_rule(pages: Path) -> None:
    """No page is left of a rule that there is no more."""
    assert {path.stem for path in pages.glob("*.md")} == {rule.code for rule in ALL} | {"README"}


@pytest.fixture
def play(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Page]]:
    """Play a page of the repository in the language of its readers."""

    def played(name: str) -> Page:
        monkeypatch.setenv("IOPCTL_LANG", "sv" if name in (*SWEDISH, ERRORS[1]) else "en")
        page = Page((ROOT / name).read_text("utf-8"), run, tmp_path, monkeypatch)
        page.play()
        return page

    yield played
    language.use("en")


@pytest.mark.parametrize("name", [*SWEDISH, *ENGLISH])
def test_page_shows_what_commands_print(
    play: Callable[[str], Page], golden: Golden, name: str
) -> None:
    """To the letter, in the reader's language, but for the blanks that keep figures together."""
    golden(ROOT / name, play(name).text)


@pytest.mark.parametrize("name", ERRORS)
def test_page_of_errors_has_an_example_of_each(
    play: Callable[[str], Page],
    golden: Golden,
    agreement_text: AgreementText,
    as_of: date,
    name: str,
) -> None:
    """Each command of it fails; what rules find and what stops a command is listed whole."""
    page, swedish = play(name), "/sv/" in name
    language.use("sv" if swedish else "en")  # a wrong --lang is told in that of the system

    assert [line for line, code in page.codes if code not in {1, 2}] == []
    golden(ROOT / name, errors.with_lists(page.text, agreement_text(), as_of, swedish=swedish))


@pytest.mark.parametrize("name", USERS)
def test_commands_that_a_page_names_are_there(name: str) -> None:
    """With their flags, also where they stand in a sentence or a table."""
    text = (ROOT / name).read_text("utf-8").partition("<!-- findings -->")[0]
    lines = re.findall(r"`iopctl ([^`\n]+)`|^ *iopctl (.+)$", text, re.MULTILINE)
    named = [(inline or alone).partition("  #")[0].split() for inline, alone in lines]

    assert [words for words in named if not is_there(words)] == []


def is_there(words: list[str]) -> bool:
    """Whether a line's command is one, and its flags are its own, or those of all commands."""
    own = {each for one in GLOBAL.params for each in one.opts}
    while words and words[0] in own:
        words = words[1:] if words[0].startswith("--") else words[2:]
    command, named = command_of(words)
    if command is None:
        return not words
    flags = {each for one in command.params for each in one.opts} | own
    given = {each.partition("=")[0] for each in words[named:] if re.match("--?[a-zA-Z]", each)}
    return given <= flags | {"--help"}


def test_pages_of_errors_have_the_same_examples() -> None:
    """What is shown in one language is shown in the other."""
    english, swedish = (
        re.findall(r"(?m)^\$ .+$", (ROOT / name).read_text("utf-8")) for name in ERRORS
    )

    assert english == swedish


def test_swedish_tables_of_keys_are_those_of_the_model(golden: Golden) -> None:
    """Every block has its table, under `<!-- keys of MODEL -->`, in the words of the editor."""
    path = ROOT / "docs/sv/format.md"
    page = path.read_text("utf-8")

    assert sorted(keys.models_on(page)) == sorted(keys.wanted())
    golden(path, keys.with_tables(page))


def test_tables_for_other_programs_are_told_column_by_column(golden: Golden) -> None:
    """Each of them has its heading, and below it what the table itself says of its columns."""
    path = ROOT / "docs/export.md"
    columns: dict[str, str] = {}
    for name, key, kind, meaning in (row.cells for row in about(AS_OF).rows):
        if key:
            columns[f"{name}"] = f"{columns.get(f'{name}', '')}| `{key}` | {kind} | {meaning} |\n"
    section = re.compile(r"(?ms)(^### (\S+)\n[^#]*?^\|---.*?\n)((?:^\|[^\n]*\n)*)")
    page = path.read_text("utf-8")

    assert [each[2] for each in section.finditer(page)] == [*columns]
    golden(path, section.sub(lambda each: each[1] + columns[each[2]], page))


def test_every_key_of_the_configuration_has_its_line_in_swedish() -> None:
    """The table has all of them; one that a table of the user's own names has NAMN in it."""
    page = (ROOT / "docs/sv/iopctl-toml.md").read_text("utf-8")
    described = re.findall(r"(?m)^\| `([\w.]+)` \|", page)

    assert sorted(described) == sorted(keys.settings())


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_man_page_is_what_help_says(golden: Golden, spoken: Language) -> None:
    """Of every command, flag and topic; the wheel brings it to where `man` looks."""
    folder = ROOT / "docs/man"
    language.use(spoken)
    text = manpage.page(spoken)
    language.use("en")

    golden((folder if spoken == "en" else folder / spoken) / "iopctl.1", text)
