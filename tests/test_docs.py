"""The pages that are made from the code say what the code says: `make docs` writes them anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl.check.rules import ALL, Rule
from iopctl.output import manual

if TYPE_CHECKING:
    from tests.conftest import Golden

PAGES = Path(__file__).parents[1] / "docs" / "rules"


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
