"""What a document calls the agreement: title, kind, case number, and whether it is decided."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.reading.facts import Doubt, Evidence, Fact, of_match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import DocumentReading
    from iopctl.reading.passages import Passage

_GENRE: Final = (
    r"(?:partnerskapsöverenskommelse|samverkansöverenskommelse|överenskommelse|samverkansavtal"
    r"|partnerskapsavtal|föreningsavtal|samarbetsavtal|avtal|bidragsavtal"
    r"|agreement|partnership agreement"
    r"|idéburet offentligt partnerskap|idéburna offentliga partnerskap|partnerskap"
    r"|iop|civil society public partnership|public[- ]civil partnership"
    r"|non-profit public partnership)"
)
_ONLY_GENRE: Final = re.compile(
    rf"^[\W\d]*(?:{_GENRE}|om|ett|avseende|för|mellan|and|on|an|of|for|om|i|och|a"
    rf"|the|[\W\d]|\(iop\)|parter|bilaga|utkast|between|idéburet|idéburna|idéburen"
    rf"|offentligt|offentliga|offentlig|samverkan|samarbete|partnerskap"
    r"|förslag|tjänsteskrivelse|information|till|[a-zåäö-]+nämnden)*[\W\d]*$",
    re.IGNORECASE,
)
_PREFIX: Final = re.compile(
    (
        rf"^(?:{_GENRE}(?:\s(?:om|avseende|för|on|for"
        rf"|\(IOP\)))?\s?)+(?:{_GENRE})?(?:\s?\(IOP\))?(?:\s?\d{{4}}(?:\s?[–-]\s?\d{{4}})?)?\s?[:–-]\s+(?=\S)"
    ),
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(
    r"(?:avseende|benämn\w+|kall\w+|partnerskapet|projektet|named|called|titled"
    r"|insatsen|verksamheten)\s[\"”“]([^\"”“]{4,80})[\"”“]"
)
_BETWEEN: Final = re.compile(r"\s*[–,-]?\s*\b(?:mellan|between)\b.*$", re.IGNORECASE)
_DNR: Final = re.compile(
    r"(?:\bdnr|diarienummer|diarienr|ärendenummer|ärendenr|ärende|beteckning|case"
    r" (?:no|number|ref\w*)|reference number|our ref\w*|file (?:no"
    r"|number))\b\.?\s?[:.]?\s*"
    r"([A-ZÅÄÖ]{1,8}[ /-]?(?:19|20)?\d\d[-/.: ]\s?\d[\w/.-]*|(?:19"
    r"|20)\d\d[-/:.]\d{2,6}(?:[-/]\d+)?|[A-ZÅÄÖ]{1,6}\s?\d{2,6}[-/]\d{2,4})",
    re.IGNORECASE,
)
_BARE_DNR: Final = re.compile(r"(?<![\w/])([A-ZÅÄÖ]{2,6}[ /]?(?:20)\d\d[-/.:]\s?\d{1,6})(?!\d)")
_KINDS: Final = (
    ("iop", r"idébur\w+[ -]offentlig\w*[ -]partnerskap|\bIOP\b"),
    ("foreningsavtal", r"föreningsavtal"),
    ("samverkansavtal", r"samverkansavtal|samarbetsavtal|cooperation agreement"),
    ("bidrag", r"bidragsavtal|bidragsbeslut|grant agreement"),
)
_PROPOSAL: Final = re.compile(
    r"tjänsteskrivelse|förslag till beslut|föreslås (?:gälla|besluta)|utkast|\bdraft\b",
    re.IGNORECASE,
)
LONGEST_TITLE: Final = 90
_WORDS: Final = {
    "samverkansavtal": "Samverkansavtal",
    "foreningsavtal": "Föreningsavtal",
    "bidrag": "Bidrag",
}


def facts(reading: DocumentReading) -> Iterator[Fact | Doubt]:
    """Yield title, kind and case number; and whether the document is but a proposal."""
    yield _title(reading)
    kind = _kind(reading)
    if kind and kind[0] != "iop":
        yield Fact(("kind",), *kind)
    if (dnr := _dnr(reading)) is not None:
        yield dnr
    proposal = reading.first(_PROPOSAL, without="background")
    if proposal:
        yield Doubt(
            ("status",),
            "ett förslag eller utkast, ännu inte beslutat: avtalet kan bli ett annat",
            of_match(*proposal),
        )


# ------------------------------------------------------------------ the title
def _title(reading: DocumentReading) -> Fact:
    for passage in reading.passages[:12]:
        quoted = _QUOTED.search(passage.text)
        if quoted:
            return Fact(("title",), quoted[1], Evidence(passage.place, quoted[0]))
    for passage in _opening(reading):
        title = _bare(passage.text)
        if title:
            return Fact(("title",), title, Evidence(passage.place, passage.text[:LONGEST_TITLE]))
    names = [party.name for party in reading.parties.members if party.role == "civil"]
    kind = _kind(reading)
    word = _WORDS.get(kind[0] if kind else "iop", "IOP")
    return Fact(
        ("title",), f"{word} {' och '.join(names) or 'utan namn'}", None, "ingen rubrik ger namnet"
    )


def _opening(reading: DocumentReading) -> Iterator[Passage]:
    """Yield what may be the title: what stands above the first numbered section or paragraph."""
    names = {party.name.lower() for party in reading.parties.members}
    asides = {"edge", "row", "item"}
    passed = [passage for passage in reading.passages if passage.style not in asides]
    for passage in passed[:14]:
        text = passage.text
        if passage.topic == "parties" or len(text) > 160:
            return
        if (
            passage.style == "heading"
            and passage.topic in {"background", "purpose", "proposal"}
            and passage.place.heading == text
        ):
            return
        bare = text.lower().strip()
        if (
            bare not in names
            and not _DNR.search(text)
            and not re.search(
                (
                    r"(?:kontoret|förvaltningen|avdelningen|nämnden)$|^till |^datum|bankgiro"
                    r"|\d{6}-?\d{4}|\borg\b|^adress|plusgiro|faktur|e-post|@|^handl|^telefon|kommun$|^\W*\d|^part(?:er|s"
                    r"|ies)?\b"
                ),
                bare,
            )
        ):
            yield passage


def _bare(text: str) -> str:
    """Return a title without what every agreement is called; "" where nothing is left."""
    title = _BETWEEN.sub("", _PREFIX.sub("", text)).strip(' .:–-"”“')
    if _ONLY_GENRE.match(title) or re.match(r"^(?:mellan|between)\b", text, re.IGNORECASE):
        return ""
    together = re.match(
        r"(?:förslag om )?idéburet offentligt partnerskap(?:,| med) (.+)$", title, re.IGNORECASE
    )
    title = f"IOP {together[1]}" if together else title
    title = re.sub(r"^(?:Överenskommelse|Avtal) om (?=IOP\s)", "", title)
    return re.sub(r"^\d+[.)]?\s+", "", title)[:LONGEST_TITLE]


# ------------------------------------------------------------------ kind and case number
def _kind(reading: DocumentReading) -> tuple[str, Evidence] | None:
    opening = reading.passages[:25]
    for passages in (opening[:8], opening):
        for kind, words in _KINDS:
            for passage in passages:
                found = re.search(words, passage.text, re.IGNORECASE)
                if found and passage.topic != "background":
                    return kind, Evidence(passage.place, found[0])
    return None


def _dnr(reading: DocumentReading) -> Fact | None:
    for pattern in (_DNR, _BARE_DNR):
        ordered = [
            *reading.passages[:15],
            *(each for each in reading.passages if each.style == "edge"),
        ]
        if pattern is _DNR:
            ordered += [
                each for each in reading.passages[15:] if each.topic not in {"background", "legal"}
            ]
        for passage in ordered:
            found = pattern.search(passage.text)
            if found:
                return Fact(("dnr",), found[1].strip(" ."), Evidence(passage.place, found[0]))
    return None
