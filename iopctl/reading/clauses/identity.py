"""What is said of the parties: numbers, committees, offices, addresses, who coordinates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.reading import identifiers
from iopctl.reading.facts import Evidence, Fact, evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import DocumentReading
    from iopctl.reading.parties import DocumentParty
    from iopctl.reading.passages import Passage
    from iopctl.reading.sentences import Sentence

_PART: Final = r"(?:[\wåäöÅÄÖ]+-)"
COMMITTEE: Final = (
    rf"(?:(?:{_PART},? (?:och |samt )?)*[\wåäöÅÄÖ-]*(?:nämnden|utskottet)|(?:kommun"
    rf"|region)styrelsen"
    r"|(?-i:(?:[A-Z][\w-]+ (?:and )?){1,4}(?:Committee|Board)))"
)
_COMMITTEE: Final = re.compile(rf"(?<![\w-])({COMMITTEE})\b", re.IGNORECASE)
_OFFICE: Final = re.compile(
    r"(?<![\w-])((?:[\wåäöÅÄÖ]+-? och )?[\wåäöÅÄÖ-]*(?:förvaltning(?:en)?"
    r"|kontor(?:et)?|avdelningen|omsorgen|(?:[A-Z]\w+ )?Department))(?![\w])"
)
_NO_OFFICE: Final = re.compile(
    r"^(?:den |kommunens?|hela |en |ekonomi)?(?:förvaltning(?:en)?|kontor(?:et)?"
    r"|avdelningen|omsorgen)$|skatte|redovisnings|huvudkontor"
    r"|ekonomi(?:avdelningen|kontoret)"
    r"|personal|äldreomsorgen|barnomsorgen",
    re.IGNORECASE,
)
ADDRESS: Final = re.compile(
    r"(?P<line>(?:Box|PO Box|P\.O\. Box)\s\d+|[A-ZÅÄÖ][\wåäö.]+(?: [\wåäö.]+){0,2}"
    r" \d+\s?[A-Z]?)\s?[,·]\s?(?:SE-)?(?P<code>\d{3}"
    r" ?\d{2})\s+(?P<city>[A-ZÅÄÖ][\wåäöÅÄÖ]+(?: [A-ZÅÄÖ][\wåäöÅÄÖ]+)?)"
)
_POSTAL: Final = re.compile(
    r"Postadress:?\s+(?P<line>[^,]+),\s?(?P<code>\d{3} ?\d{2})\s+(?P<city>[A-ZÅÄÖ][\wåäö]+)"
)
_COORDINATES: Final = re.compile(
    (
        r"samordnande part|samordnare för|samordnar (?:parterna|partnerskapet"
        r"|föreningarna)|företräder (?:de |övriga )|coordinating party|lead partner"
    ),
    re.IGNORECASE,
)
_TO: Final = re.compile(rf"^Till (?:{COMMITTEE})$", re.IGNORECASE)


def capital(text: str) -> str:
    """Return *text* with a capital first letter, as names of committees are written."""
    text = re.sub(r"^the ", "", text, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:]


def committees(text: str) -> list[str]:
    """Return the committees that *text* names, in order, each once."""
    found = [capital(each[1]) for each in _COMMITTEE.finditer(text)]
    named = [
        each
        for each in found
        if not re.fullmatch(r"(?i)(?:nämnden|utskottet|arbetsutskottet|valnämnden)", each)
    ]
    return list(dict.fromkeys(named))


def facts(reading: DocumentReading) -> Iterator[Fact]:
    """Yield each party's role, name and number, and what else is said of it."""
    for party in reading.parties.members:
        here = Evidence(party.passage.place, party.name)
        yield Fact(("parties", party.handle, "role"), party.role)
        yield Fact(("parties", party.handle, "name"), party.name, here)
        if party.short_name:
            yield Fact(("parties", party.handle, "short_name"), party.short_name)
        if party.org_number:
            yield Fact(
                ("parties", party.handle, "org_number"),
                party.org_number,
                Evidence(party.passage.place, party.org_number),
            )
    yield from _boards(reading)
    yield from _department(reading)
    yield from _addresses(reading)
    yield from _accounts(reading)
    yield from _coordinator(reading)


# ------------------------------------------------------------------ committees and offices
def _boards(reading: DocumentReading) -> Iterator[Fact]:
    publics = [party for party in reading.parties.members if party.role == "public"]
    for party in publics:
        found = _board_beside(party, reading, alone=len(publics) == 1)
        if found:
            yield Fact(("parties", party.handle, "board"), *found)


def _board_beside(
    party: DocumentParty, reading: DocumentReading, *, alone: bool
) -> tuple[str, Evidence] | None:
    """Return the committees named beside the party, else (where it is alone) in the opening."""
    near = [party.passage]
    place = reading.passages.index(party.passage)
    near += reading.passages[place + 1 : place + 2]
    for passage in near:
        at = passage.text.find(party.name)
        after = passage.text[at:] if at >= 0 else passage.text
        other = [len(after)] + [
            after.find(each.name)
            for each in reading.parties.members
            if each is not party and after.find(each.name) > 0
        ]
        told = after[: min(other)]
        named = (
            committees(told)
            if re.search(r"genom|företr|nämnd|through|represented|styrelse", told)
            else []
        )
        if named:
            return " och ".join(
                [named[0], *(each[0].lower() + each[1:] for each in named[1:])]
            ), Evidence(passage.place, told[:90])
    if not alone:
        return None
    for passage in reading.passages:
        decides = passage.topic == "proposal" and re.match(
            rf"(?:\d+\.\s)?({COMMITTEE})\s(?:föreslås|noterar|beslutar|godkänner)",
            passage.text,
            re.IGNORECASE,
        )
        if decides:
            return capital(decides[1]), Evidence(passage.place, decides[0])
    for passage in reading.passages:
        opening = passage in reading.passages[:25] or passage.style == "edge"
        if opening and (
            passage.style == "edge"
            or _TO.match(passage.text)
            or re.search(r"genom|företr|through|nämnd(?:en)?$|Inom", passage.text)
        ):
            named = committees(passage.text)
            if named:
                return named[0], Evidence(passage.place, passage.text[:90])
    return None


def _department(reading: DocumentReading) -> Iterator[Fact]:
    publics = reading.parties.of_role("public")
    if len(publics) != 1:
        return
    edges = [each for each in reading.passages if each.style == "edge"]
    opening = [
        each
        for each in reading.passages[:12]
        if len(each.text) <= 120 or each.topic in {"parties", ""}
    ]
    invoiced = [
        each
        for each in reading.passages
        if each.topic in {"invoicing", "economy"} and len(each.text) <= 100
    ]
    closing = [each for each in reading.passages[-8:] if len(each.text) <= 60]
    for passage in (*edges, *opening, *invoiced, *closing):
        found = _OFFICE.search(passage.text)
        if (
            found
            and not _NO_OFFICE.search(found[1])
            and not re.search(r"föreningens|stiftelsens", passage.text)
        ):
            yield Fact(
                ("parties", publics[0], "department"),
                capital(found[1]),
                Evidence(passage.place, found[0]),
            )
            return


# ------------------------------------------------------------------ addresses and accounts
def _addresses(reading: DocumentReading) -> Iterator[Fact]:
    for sentence in reading.sentences:
        if sentence.topic in {"invoicing", "economy"}:
            continue
        for pattern in (_POSTAL, ADDRESS):
            for found in pattern.finditer(sentence.text):
                at = found.end() if pattern is _POSTAL else found.start()
                whose = _beside(reading, sentence, at)
                if whose:
                    address = {
                        "lines": [found["line"].strip()],
                        "postal_code": _code(found["code"]),
                        "city": found["city"],
                    }
                    yield Fact(
                        ("parties", whose, "address"),
                        dict(address),
                        evidence(sentence, found.start(), found.end()),
                    )


def _code(text: str) -> str:
    digits = text.replace(" ", "")
    return f"{digits[:3]} {digits[3:]}"


def _beside(reading: DocumentReading, sentence: Sentence, at: int) -> str:
    """Return the party that was named last before a place, or in the line above."""
    if sentence.passage.style == "edge" and "Postadress" not in sentence.text:
        return ""
    before = [
        each
        for each in reading.parties.mentions(sentence.text)
        if each.start < at or sentence.passage.style == "edge"
    ]
    if not before:
        place = reading.passages.index(sentence.passage)
        above: list[Passage] = list(reading.passages[max(place - 1, 0) : place])
        before = [each for passage in above for each in reading.parties.mentions(passage.text)]
    return before[-1].handles[0] if before and len(before[-1].handles) == 1 else ""


def _accounts(reading: DocumentReading) -> Iterator[Fact]:
    for sentence in reading.sentences:
        for field, number, spelling in identifiers.of(sentence.text):
            side = "public" if field in {"gln", "peppol_id"} else "civil"
            whose = _owner(reading, sentence, side, number)
            if whose:
                at = sentence.text.find(spelling)
                yield Fact(
                    ("parties", whose, field), number, evidence(sentence, at, at + len(spelling))
                )


def _owner(reading: DocumentReading, sentence: Sentence, side: str, number: str) -> str:
    """Return the party of a side that a number belongs to: by the number, the words, or alone."""
    handles = reading.parties.of_role(side)
    for party in reading.parties.members:
        if party.org_number and party.org_number.replace("-", "") in number:
            return party.handle
    if len(handles) == 1:
        return handles[0]
    at = sentence.text.find(number[:4])
    named = [
        each
        for each in reading.parties.mentions(sentence.text)
        if each.handles[0] in handles and len(each.handles) == 1
    ]
    before = [each for each in named if each.start <= at] or named
    return before[-1].handles[0] if before else ""


def _coordinator(reading: DocumentReading) -> Iterator[Fact]:
    if len(reading.parties.of_role("civil")) < 2:
        return
    for sentence, match in reading.found(_COORDINATES, "parties"):
        before = [
            each
            for each in reading.parties.mentions(sentence.text[: match.start()])
            if len(each.handles) == 1
        ]
        if before and reading.parties.role(before[-1].handles[0]) == "civil":
            yield Fact(
                ("parties", before[-1].handles[0], "coordinator"),
                "true",
                evidence(sentence, match.start(), match.end()),
            )
            return
