"""One agreement and its figures, worked out when they are first asked for."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from iopctl.case.figures import figures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iopctl.case.figures import Figure, Rates
    from iopctl.case.standing import Standing
    from iopctl.model import Agreement


class Sheet:
    """One agreement and its figures, which are worked out when they are first asked for."""

    def __init__(self, standing: Standing, rates: Rates) -> None:
        self.standing = standing
        self._rates = rates

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.standing.agreement

    @cached_property
    def decided(self) -> tuple[Figure, ...]:
        """The figure of every row for every decided year, and for totals that no year divides."""
        return figures(self.standing, self._rates, "decided")

    @cached_property
    def options(self) -> tuple[Figure, ...]:
        """The figure of every row for every year that options not yet taken would add."""
        return figures(self.standing, self._rates, "option")

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, row by row."""
        both = (*self.decided, *self.options)
        return tuple(sorted(both, key=lambda each: (each.terms.first or date.min, each.row)))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that have decided figures."""
        return frozenset(each.year for each in self.decided if each.year)

    def shown(self, *, options: bool) -> tuple[Figure, ...]:
        """The decided figures, or with *options* all."""
        return self.figures if options else self.decided


def sheets(standings: Iterable[Standing], rates: Rates) -> tuple[Sheet, ...]:
    """Return a sheet for each agreement."""
    return tuple(Sheet(each, rates) for each in standings)
