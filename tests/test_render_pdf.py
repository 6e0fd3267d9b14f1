"""PDF by typst: what is missing is told, and only our own templates serve."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from iopctl.errors import UserError
from iopctl.installation import MissingExtra
from iopctl.output.pdf import pdf

DAY = date(2024, 12, 2)


def test_without_typst_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    monkeypatch.setitem(sys.modules, "typst", None)

    with pytest.raises(MissingExtra, match=r"a PDF needs more: .* 'iopctl\[pdf\]'"):
        pdf("invoice.typ", {}, DAY)


def test_a_template_that_is_not_ours_is_a_bug() -> None:
    """The name is never a user's."""
    pytest.importorskip("typst")

    with pytest.raises(ValueError, match=r"there is no template none\.typ"):
        pdf("none.typ", {}, DAY)


def test_what_is_wrong_in_a_template_is_not_hidden() -> None:
    """Only missing characters are borne with."""
    pytest.importorskip("typst")

    with pytest.raises(UserError, match=r"the PDF can't be set: .*kind"):
        pdf("invoice.typ", {}, DAY)
