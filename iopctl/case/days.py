"""Stretches of days that each belong to something: looked up, and cut out of a period."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Generic, TypeVar

from iopctl.dates import ONE_DAY, Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

Owner = TypeVar("Owner")


class Days(Generic[Owner]):
    """Stretches of days by their order, each with its owner; those of one owner may touch."""

    def __init__(self, spans: Sequence[tuple[Period, Owner]]) -> None:
        self._spans = spans
        self._reach: list[int] = []  # the last day of any so far, as a number that grows
        for period, _ in spans:
            last = period.last.toordinal()
            self._reach.append(max(last, self._reach[-1]) if self._reach else last)

    @classmethod
    def of(cls, spans: Iterable[tuple[Period, Owner]]) -> Days[Owner]:
        """Return stretches in the order of their days."""
        return cls(sorted(spans, key=lambda span: span[0][:2]))

    def meeting(self, period: Period) -> Iterator[Owner]:
        """Yield the owners of some day of a period, in the order of their days."""
        for place in range(self._first(period), len(self._spans)):
            mine, owner = self._spans[place]
            if mine.first > period.last:
                return
            if mine.last >= period.first:
                yield owner

    def cut(self, period: Period) -> Iterator[tuple[Period, Owner | None]]:
        """Yield a period in pieces, each with its owner, or None where it has none.

        The stretches may not share days.
        """
        day = period.first
        for place in range(self._first(period), len(self._spans)):
            mine, owner = self._spans[place]
            if mine.first > period.last:
                break
            if mine.first > day:
                yield Period.of(day, mine.first - ONE_DAY), None
            last = min(mine.last, period.last)
            yield _within(period, max(mine.first, day), last), owner
            day = last + ONE_DAY
        if day <= period.last:
            yield _within(period, day, period.last), None

    def _first(self, period: Period) -> int:
        """Return the place of the first stretch that may reach into a period."""
        return bisect_left(self._reach, period.first.toordinal())


def _within(period: Period, first: date, last: date) -> Period:
    return period if (first, last) == period[:2] else Period.of(first, last)


def merged(periods: Iterable[Period]) -> list[Period]:
    """Return stretches of days that do not share any, in their order, for those that may."""
    found: list[Period] = []
    for each in sorted(periods, key=lambda period: period[:2]):
        if found and each.first <= found[-1].last:
            last = max(found[-1].last, each.last)
            found[-1] = found[-1] if last == found[-1].last else Period.of(found[-1].first, last)
        else:
            found.append(each)
    return found
