"""What an editor shows beside and above the text: sums, shares, kronor in thousands, figures."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from lsprotocol.types import CodeLens, Command, InlayHint

from iopctl.case.worth import yearly
from iopctl.editor import summaries

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from fractions import Fraction

    from iopctl.case.case import Case
    from iopctl.editor.manuscript import LastAgreement
    from iopctl.editor.words import Wording
    from iopctl.source import Path

KINDS: Final = ("sum", "share", "kronor", "dates")
"""The kinds of hint, each of which can be switched off."""

MONEY: Final = frozenset({"amount", "total", "unit_price", "public_cash", "period_total"})
BY_KEY: Final = frozenset({"by_year", "by_party"})
_LONG: Final = 5  # digits from which on groups of three are wanted
BUDGET: Final = "iopctl.server.budget"
INVOICES: Final = "iopctl.server.invoices"


def hints(
    known: LastAgreement, start: int, end: int, kinds: Collection[str], say: Wording
) -> list[InlayHint]:
    """Return the hints of these *kinds* between two offsets of the text of now."""
    found = [
        hint
        for kind, made in _MADE.items()
        if kind in kinds
        for hint in made(known, say)
        if start <= hint[0] <= end
    ]
    found.sort(key=lambda each: each[0])
    return [
        InlayHint(known.ruler.position(offset), label(), padding_left=True)
        for offset, label in found
    ]


Hint = tuple[int, "Callable[[], str]"]
"""Where a hint stands, and what writes it once it is known to be in sight."""


def _sums(known: LastAgreement, say: Wording) -> Iterator[Hint]:
    """Yield what the rows add up to, beside the stated total."""
    for terms in known.case.economies:
        added = yearly(terms.economy, terms.economy.contributions)
        end = _end(known, terms.path("economy", "stated", "total"))
        if end is not None and added.complete:
            yield end, partial(_rows, added.known, say)


def _rows(added: Decimal, say: Wording) -> str:
    return say("the rows: {amount}", amount=say.kronor(added))


def _shares(known: LastAgreement, say: Wording) -> Iterator[Hint]:
    """Yield the public side's share, beside the key of the rows."""
    percent = known.case.share().percent
    key = known.reading.source.key(known.case.terms[-1].path("economy", "contributions"))
    if percent is not None and key:
        yield known.moved(key.end + 1), partial(_share, percent, say)


def _share(percent: Fraction, say: Wording) -> str:
    return say("{share} public", share=say.percent(percent))


def _kronor(known: LastAgreement, say: Wording) -> Iterator[Hint]:
    """Yield amounts of many digits in groups of three."""
    for path, (_, value, style) in known.reading.source.places():
        if style == "plain" and value[1] - value[0] >= _LONG and _is_money(path):
            text = known.reading.source.text[value[0] : value[1]]
            if text.replace(".", "", 1).isdecimal():
                yield known.moved(value[1]), partial(say.kronor, Decimal(text))


def _is_money(path: Path) -> bool:
    return not MONEY.isdisjoint(path[-1:]) or not BY_KEY.isdisjoint(path[-2:-1])


def _dates(known: LastAgreement, say: Wording) -> Iterator[Hint]:
    """Yield how far the options lead, beside the written end."""
    end = _end(known, known.case.terms[-1].path("validity", "end"))
    if end is not None and known.case.options:
        yield end, partial(summaries.latest, known.case, say)


_MADE: Final[dict[str, Callable[[LastAgreement, Wording], Iterator[Hint]]]] = {
    "sum": _sums,
    "share": _shares,
    "kronor": _kronor,
    "dates": _dates,
}


def _end(known: LastAgreement, path: Path) -> int | None:
    span = known.reading.source.value(path)
    return span and known.moved(span.end)


# ------------------------------------------------------------------ lenses
def lenses(known: LastAgreement, uri: str, say: Wording) -> list[CodeLens]:
    """Return the lines above the blocks: what the economy, validity and invoicing come to."""
    written: dict[str, tuple[Callable[[Case, Wording], str], str]] = {
        "validity": (summaries.validity, BUDGET),
        "economy": (summaries.economy, BUDGET),
        "invoicing": (summaries.invoicing, INVOICES),
    }
    found = []
    for block, (told, command) in written.items():
        key = known.reading.source.key((block,))
        if key:
            title = told(known.case, say)
            found.append(CodeLens(known.place(key), Command(title, command, arguments=[uri])))
    return found
