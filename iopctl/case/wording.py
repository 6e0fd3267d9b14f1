"""How raises are written: the steps that lead to an amount, for a pocket calculator."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.language import current
from iopctl.localised import number
from iopctl.money import NBSP, kronor, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.case.raises import IndexChange, Raise
    from iopctl.case.worth import Derivation
    from iopctl.language import Language

_DIGITS: Final = Context(prec=11, rounding=ROUND_HALF_UP)
_FINE: Final = Decimal("0.0001")


def decimal(value: Fraction) -> str:
    """Write a number with a decimal comma, to eleven digits: `1,02`, `3,5333333333`."""
    exact = _DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
    return number(exact)


class Notation(NamedTuple):
    """The words and the decimal sign that raises are written with."""

    most: str
    least: str
    what_if: str
    point: str = "."

    def number(self, value: Decimal | Fraction) -> str:
        """Write a number to four decimals, as far as it has them."""
        fine = rounded(value, _FINE)
        text = f"{fine:f}".rstrip("0").rstrip(".") if fine else "0"
        return text.replace(".", self.point)

    def percent(self, part: Fraction) -> str:
        """Write a part of 1 in percent."""
        return f"{self.number(part * 100)}{NBSP}%"

    # -------------------------------------------------------------- the steps
    def steps(self, steps: Sequence[Raise]) -> str:
        """Write the raises of years, those that are alike as one: `2025–2027: 2 %`."""
        runs = [list(run) for _, run in groupby(steps, key=_alike)]
        return "; ".join(f"{_years(run)}: {self._step(run[0], len(run))}" for run in runs)

    def _step(self, step: Raise, times: int) -> str:
        if step.kronor is not None:
            many = f"{times} × " if times > 1 else ""
            return f"+ {many}{kronor(step.kronor)}{NBSP}kr"
        told = self.percent(step.rate) + (f" ({self.what_if})" if step.assumed else "")
        if not step.changes:
            return told
        parts = " + ".join(self._change(each) for each in step.changes)
        exact = sum((each.rate * each.weight for each in step.changes), Fraction(0)) * step.share
        share = f" × {self.percent(step.share)}" if step.share != 1 else ""
        if share and len(step.changes) > 1:
            parts = f"({parts})"
        told = f"{parts}{share}"
        if share or len(step.changes) > 1:
            told = f"{told} = {self.percent(exact)}"
        if step.bound is None:
            return told
        word = self.most if step.bound == "cap" else self.least
        return f"{told}, {word} {self.percent(step.rate)}"

    def _change(self, change: IndexChange) -> str:
        now, before = change.now, change.before
        numbers = now.period
        if before is not None:
            numbers = (
                f"{now.period}/{before.period}: {self.exact(now.value)}/{self.exact(before.value)}"
            )
        weight = f" × {self.percent(change.weight)}" if change.weight != 1 else ""
        return f"{now.series} {self.percent(change.rate)} ({numbers}){weight}"

    def exact(self, value: Decimal) -> str:
        """Write a number with all its decimals."""
        return f"{value:f}".replace(".", self.point)

    def raises(self, found: Derivation) -> str:
        """Write the raises behind an amount; of a part of one, how the whole came about first."""
        if found.whole is None:
            return self.steps(found.steps)
        whole = (
            f"{kronor(found.whole.base)} × {self.number(found.whole.factor)} = {kronor(found.base)}"
        )
        return f"{self.steps(found.whole.steps)}: {whole}"


ENGLISH: Final = Notation("at most", "at least", "what if")
SWEDISH: Final = Notation("högst", "lägst", "tänkt", ",")


def notation(language: Language | None = None) -> Notation:
    """Return how raises are written in *language*, by default the one that is used."""
    return SWEDISH if (language or current()) == "sv" else ENGLISH


def _alike(step: Raise) -> object:
    """Return what is equal for raises that need not be told apart."""
    return (step.rate, step.kronor, step.assumed) if not step.changes else step


def _years(steps: Sequence[Raise]) -> str:
    first, last = steps[0].year, steps[-1].year
    return str(first) if first == last else f"{first}–{last}"
