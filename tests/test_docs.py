"""The pages that are made from the code say what the code says: `make docs` writes them anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl import language
from iopctl.check.rules import ALL, Rule
from iopctl.output import manual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.language import Language
    from tests.conftest import Golden

DOCS = Path(__file__).parents[1] / "docs"
PAGES: dict[Language, Path] = {"en": DOCS / "rules", "sv": DOCS / "sv" / "regler"}


@pytest.fixture(params=PAGES)
def folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Return where the pages of one language lie, while texts are in it."""
    language.use(request.param)
    yield PAGES[request.param]
    language.use("en")


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_page_of_a_rule_is_fresh(rule: Rule, folder: Path, golden: Golden) -> None:
    """A rule's page is what its docstring says."""
    golden(folder / f"{rule.code}.md", manual.markdown(rule))


def test_index_of_the_rules_is_fresh(folder: Path, golden: Golden) -> None:
    """Every rule is in the index, with its severity."""
    golden(folder / "README.md", manual.markdown_index(ALL))


@pytest.mark.parametrize("pages", PAGES.values(), ids=PAGES)
def test_every_page_is_of_a_rule(pages: Path) -> None:
    """No page is left of a rule that there is no more."""
    assert {path.stem for path in pages.glob("*.md")} == {rule.code for rule in ALL} | {"README"}
