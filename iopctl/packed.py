"""Many values in little room: thousands of agreements, or the rows of their tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Item_co = TypeVar("Item_co", covariant=True)
Other = TypeVar("Other")

TOGETHER: Final = 50
"""Values that are packed and unpacked at once: they share what is alike in them."""

_QUICKLY: Final = 1


class Packed(Sequence[Item_co], Generic[Item_co]):
    """Values that are packed, and made anew each time that they are gone through, in their order.

    What holds none of them longer than it needs it needs no more room than for a few. They must be
    such as can be pickled, and each is another one each time.
    """

    def __init__(self, values: Iterable[Item_co] = ()) -> None:
        self._parts: list[bytes] = []
        self._last: list[Any] = []
        self._made: Callable[[Any], Item_co] | None = None
        self.extend(values)

    def extend(self: Packed[Other], values: Iterable[Other]) -> None:
        """Add *values* at the end."""
        for value in values:
            self._last.append(value)
            if len(self._last) == TOGETHER:
                import pickle  # these two take a while to load, and few values need none
                import zlib

                self._parts.append(zlib.compress(pickle.dumps(self._last), _QUICKLY))
                self._last = []

    def of_each(self, made: Callable[[Item_co], Other]) -> Packed[Other]:
        """Return what *made* gives of each, when it is asked for."""
        found: Packed[Other] = Packed()
        found._parts, found._last = self._parts, self._last
        found._made = lambda value: made(self._given(value))
        return found

    def __iter__(self) -> Iterator[Item_co]:
        for part in self._parts:
            import pickle
            import zlib

            yield from map(self._given, pickle.loads(zlib.decompress(part)))  # noqa: S301 - our own
        yield from map(self._given, self._last)

    def _given(self, value: Any) -> Item_co:  # noqa: ANN401 - of whatever kind it was made
        return self._made(value) if self._made else value

    def __len__(self) -> int:
        return len(self._parts) * TOGETHER + len(self._last)

    @overload
    def __getitem__(self, at: int) -> Item_co: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Item_co]: ...
    def __getitem__(self, at: int | slice) -> Item_co | Sequence[Item_co]:
        """Return one value, or several: each time all are made, so go through them instead."""
        return tuple(self)[at]
