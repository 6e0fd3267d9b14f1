"""Whether a document is an agreement, or a proposal of one; and what it seems to be if not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.reading.facts import DocumentReading, Doubt, Fact

_KINDS: Final = (
    (
        marked("minutes of a meeting (protokoll)"),
        (
            r"^(?:\S+ ){0,4}?(?:samman\S*protokoll|mötesprotokoll|protokoll"
            r"|protokollsutdrag|minnesanteckningar|minutes)\b"
        ),
    ),
    (
        marked("an agenda or a notice of a meeting (dagordning, kallelse)"),
        r"^(?:kallelse|dagordning|föredragningslista|agenda)\b",
    ),
    (
        marked("an invoice (faktura)"),
        r"^(?:kredit)?(?:faktura|invoice)(?:\s*(?:nr|no|nummer)?[\s:.]*\d+)?$",
    ),
    (marked("an application (ansökan)"), r"^ansökan\b|^ansökningsblankett|^application\b"),
    (
        marked("a report of what has been done (redovisning)"),
        (
            r"^(?:verksamhetsberättelse|årsredovisning|slutrapport|delrapport|årsrapport"
            r"|annual report)\b"
        ),
    ),
    (marked("statutes (stadgar)"), r"^stadgar\b|^statutes\b"),
    (marked("guidelines (riktlinjer)"), r"^(?:riktlinjer|policy|vägledning|guidelines)\b"),
    (
        marked("an invitation to tender (upphandling)"),
        (
            r"^(?:förfrågningsunderlag|upphandlingsdokument|anbudsinbjudan|invitation to"
            r" tender)"
        ),
    ),
    (marked("a letter or press release"), r"^(?:pressmeddelande|nyhetsbrev|press release)\b"),
)
_EARLY: Final = 8


def not_an_agreement(reading: DocumentReading, facts: Sequence[Fact | Doubt]) -> str | None:
    """Return what the document seems to be, or lacks; None for an agreement."""
    from iopctl.reading.facts import Fact

    for passage in reading.passages[:_EARLY]:
        for kind, words in _KINDS:
            if re.search(words, passage.text, re.IGNORECASE) and len(passage.text) < 100:
                return tr("it seems to be {kind}", kind=tr(kind))
    roles = {party.role for party in reading.parties.members}
    if not {"public", "civil"} <= roles:
        return tr("it names no municipality or region together with a non-profit as its parties")
    paths = {fact.path[:2] for fact in facts if isinstance(fact, Fact)}
    if not paths & {
        ("economy", "contributions"),
        ("economy", "stated"),
        ("validity", "start"),
        ("validity", "end"),
        ("validity", "years"),
    }:
        return tr("it states neither a period nor what each party puts in")
    return None
