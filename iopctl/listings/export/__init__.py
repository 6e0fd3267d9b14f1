"""The portfolio for other programs: its tables by name, and the files that hold them."""

from __future__ import annotations

from typing import Literal

TableName = Literal[
    "about",
    "agreements",
    "parties",
    "rows",
    "budget",
    "split",
    "outcome",
    "deadlines",
    "ledger",
    "log",
]
