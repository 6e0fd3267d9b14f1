"""What of an invoice's note may be lost or misread on its way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.case.marking import note
from iopctl.case.needs.need import (
    BIS,
    CHARACTER,
    NOTE_LENGTH,
    Medium,
    Need,
)
from iopctl.language import both, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.needs.block import DatedBlock


# UN/EDIFACT's free text (FTX) is five lines of seventy: systems older than Peppol keep that much.
LONGEST_NOTE: Final = 350
_SUBJECT: Final = re.compile(r"[^#]*#([^#]{3})#")
_ODD: Final = re.compile(r"[\n\r\t]|^#|[^\u0000-\uffff]")


def of_note(asked: DatedBlock) -> Iterator[Need]:
    """Yield what reference, marking and label have that not all systems take."""
    yield from _characters(asked)
    yield from _subject_code(asked)


def _characters(asked: DatedBlock) -> Iterator[Need]:
    """Yield what may be lost on the way, which stops nothing."""
    if asked.period and (length := len(note(asked.own, asked.period))) > LONGEST_NOTE:
        yield Need(
            NOTE_LENGTH,
            asked.path("label"),
            asked.field("label"),
            tr(
                "the note is {length} characters, more than {most}",
                length=length,
                most=LONGEST_NOTE,
            ),
            f"{BIS}, PEPPOL-EN16931-R002; UN/EDIFACT FTX",
            values={"length": length, "longest": LONGEST_NOTE},
        )
    for key in ("reference", "marking", "label"):
        if odd := _ODD.search(getattr(asked.own, key) or ""):
            character = f"U+{ord(odd[0]):04X}"
            yield Need(
                CHARACTER,
                asked.path(key),
                asked.field(key),
                tr("{character} may be lost on the way", character=character),
                f"EN 16931, {both(('BT-21', 'BT-22'))}",
                values={"field": key, "character": character},
            )


def _subject_code(asked: DatedBlock) -> Iterator[Need]:
    """Yield what makes the note begin with what an e-invoice has for a code of its subject."""
    read = _SUBJECT.match(note(asked.own, asked.period)) if asked.period else None
    if read is None:
        return
    key = next(
        each
        for each in ("reference", "marking", "label")
        if "#" in (getattr(asked.own, each) or "")
    )
    yield Need(
        CHARACTER,
        asked.path(key),
        asked.field(key),
        tr(
            "an e-invoice reads #{code}# as the code of its subject: write it without #",
            code=read[1],
        ),
        "EN 16931, BR-CL-08",
        Medium.PEPPOL,
        Medium.PEPPOL,
        values={"field": key, "character": "#"},
    )
