"""What iopctl.source promises: data as written, the place of every part, problems for the rest."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from iopctl.source import Span, events, read

if TYPE_CHECKING:
    from iopctl.source import Source
    from tests.conftest import Golden

BROKEN = sorted((Path(__file__).parent / "broken" / "source").glob("*.yaml"))

AGREEMENT = """\
# schema: iop
id: exempel-2024   # the file's name
title: "IOP: Exemplet # 1"
purpose: |  # a block
  Att fler # kommer
  i arbete

activities: [Café, 'Butik', {namn: x}]
validity:
  start: 2024-01-01
  end:
economy:
  contributions:
    - {party: kommunen, amount: 450000}
    - party: föreningen
      item: >-
        Lokaler

# the end
log: []
"""


def written(source: Source, span: Span | None) -> str | None:
    """Return the text that a span covers."""
    return None if span is None else source.text[span.start : span.end]


def told(source: Source) -> str:
    """Write the problems as golden files have them."""
    return "".join(
        f"{line}:{column}-{end_line}:{end_column} {name}: {message}\n  {remedy}\n"
        for name, (line, column, end_line, end_column, *_), message, remedy in source.problems
    )


def summary(raw: str | bytes) -> list[str]:
    """Return each problem of a text as `line:column name: message`."""
    source = read(raw if isinstance(raw, bytes) else raw.encode())
    return [f"{span.line}:{span.column} {name}: {message}" for name, span, message, _ in source.problems]


@pytest.fixture
def agreement() -> Source:
    """Return a text with every style of key, value and comment."""
    return read(AGREEMENT.encode())


# ------------------------------------------------------------------ data
def test_every_scalar_stays_text(agreement: Source) -> None:
    """No number, date or truth is guessed; quotes and blocks are read as YAML has them."""
    assert agreement.problems == ()
    assert agreement.data == {
        "id": "exempel-2024",
        "title": "IOP: Exemplet # 1",
        "purpose": "Att fler # kommer\ni arbete\n",
        "activities": ["Café", "Butik", {"namn": "x"}],
        "validity": {"start": "2024-01-01", "end": None},
        "economy": {
            "contributions": [
                {"party": "kommunen", "amount": "450000"},
                {"party": "föreningen", "item": "Lokaler"},
            ]
        },
        "log": [],
    }
