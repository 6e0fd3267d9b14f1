"""Which texts a spreadsheet would take for formulas."""

from __future__ import annotations

import re
from typing import Final

# OWASP, "CSV Injection": spaces, tabs and line ends before the sign are skipped, and the
# full-width signs are taken for the others.
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]")


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet that is given *text* to a cell would reckon it out."""
    return _FORMULA.match(text) is not None
