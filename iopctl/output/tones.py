"""Colour for rows that an eye is led to; what it tells, the row's words tell, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.tables import Tone

if TYPE_CHECKING:
    from iopctl.output.terminal import Screen

_COLORS: Final = {Tone.LATE: "31", Tone.ENDED: "2", Tone.OFF: "33"}


def toned(text: str, tone: Tone, on: Screen) -> str:
    """Return *text* in the colour of a *tone* where the screen *on* has colour."""
    color = _COLORS.get(tone)
    return f"\x1b[{color}m{text}\x1b[0m" if on.color and color else text
