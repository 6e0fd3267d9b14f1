"""The pages that are made from the code say what the code says: `make docs` writes them anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from iopctl.check.rules import ALL, Rule
from iopctl.output import manual
from tests import keys
from tests.pages import ROOT, Page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Golden, Run

PAGES = ROOT / "docs" / "rules"
ENGLISH = ("README.en.md", "docs/invoicing.md")
SWEDISH = (
    "README.md",
    *(
        f"docs/sv/{each}.md"
        for each in ("kom-igang", "fakturering", "rapporter", "export", "iopctl-toml")
    ),
)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_page_of_a_rule_is_fresh(rule: Rule, golden: Golden) -> None:
    """A rule's page is what its docstring says."""
    golden(PAGES / f"{rule.code}.md", manual.markdown(rule))


def test_index_of_the_rules_is_fresh(golden: Golden) -> None:
    """Every rule is in the index, with its severity."""
    golden(PAGES / "README.md", manual.markdown_index(ALL))


def test_every_page_is_of_a_rule() -> None:
    """No page is left of a rule that there is no more."""
    pages = {path.stem for path in PAGES.glob("*.md")}

    assert pages == {rule.code for rule in ALL} | {"README"}


@pytest.mark.parametrize("name", [*SWEDISH, *ENGLISH])
def test_page_shows_what_commands_print(
    run: Run, golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """To the letter, in the reader's language, but for the blanks that keep figures together."""
    monkeypatch.setenv("IOPCTL_LANG", "sv" if name in SWEDISH else "en")
    page = Page((ROOT / name).read_text("utf-8"), run, tmp_path, monkeypatch)

    golden(ROOT / name, page.played())


def test_swedish_tables_of_keys_are_those_of_the_model(golden: Golden) -> None:
    """Every block has its table, under `<!-- keys of MODEL -->`, in the words of the editor."""
    path = ROOT / "docs/sv/format.md"
    page = path.read_text("utf-8")

    assert sorted(keys.models_on(page)) == sorted(keys.wanted())
    golden(path, keys.with_tables(page))


def test_every_key_of_the_configuration_has_its_line_in_swedish() -> None:
    """The table has all of them; one that a table of the user's own names has NAMN in it."""
    page = (ROOT / "docs/sv/iopctl-toml.md").read_text("utf-8")
    described = re.findall(r"(?m)^\| `([\w.]+)` \|", page)

    assert sorted(described) == sorted(keys.settings())
